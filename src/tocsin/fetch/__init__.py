"""Fetching one page of the web that a person asked for, and nothing of the networks behind this machine.

In: an address. Out: the page as it came, with the address that it came from. Every address that is connected to is checked
first, at every redirect, and it is the checked one that is connected to.
"""

from tocsin.fetch.fetcher import Fetched, Fetcher, fetch
from tocsin.fetch.guard import FetchError, Passing, StatusError

__all__ = ["FetchError", "Fetched", "Fetcher", "Passing", "StatusError", "fetch"]
