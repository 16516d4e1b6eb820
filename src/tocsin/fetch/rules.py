"""The limits of fetching, from ``knowledge/fetch.yaml``."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from functools import cache

from tocsin.knowledge.loader import Tables


@dataclass(frozen=True, slots=True)
class Rules:
    """How much, how long, of what kind; see the comments in the table."""

    agent: str
    seconds: float
    wait: float
    bytes: int
    document_bytes: int
    redirects: int
    addresses: int
    ports: tuple[int, ...]
    first_free_port: int
    kinds: dict[str, str]
    unsure: tuple[str, ...]
    accept: str
    advice: dict[str, str]
    file_kinds: tuple[str, ...]
    file_seconds: float
    file_wait: float
    file_bytes: int
    file_accept: str
    file_tries: int
    file_back_off: float
    file_gain: int
    closed: tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, ...]


@cache
def rules() -> Rules:
    """The rules as shipped."""
    table = Tables().mapping("fetch.yaml")
    closed = tuple(ipaddress.ip_network(network) for network in table["closed"])
    return Rules(**{**table, "ports": tuple(table["ports"]), "unsure": tuple(table["unsure"]),
                    "file_kinds": tuple(table["file_kinds"]), "closed": closed})
