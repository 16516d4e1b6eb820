"""Pages of the web: an address in, the page out. What cannot be had comes with its reason."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tocsin.sources.charsets import declared_text
from tocsin.sources.page import FailedSource, RawPage

_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)


def is_address(given: str) -> bool:
    """Whether an input is an address rather than the name of a file."""
    return _ADDRESS.match(given) is not None


def from_address(given: str, *, private: bool = False) -> Iterator[RawPage | FailedSource]:
    """The page of an address; ``private``: of a private network, too."""
    from tocsin.fetch import FetchError  # half a second to load, and files do not need it

    try:
        yield page_of(given, private=private)
    except FetchError as error:
        yield FailedSource(given, error)


def page_of(given: str, *, private: bool = False) -> RawPage:
    """The same. Raises FetchError."""
    from tocsin.fetch import fetch

    found = fetch(given, private=private)
    return RawPage(given, found.kind, declared_text(found.content, found.charset), url=found.url)
