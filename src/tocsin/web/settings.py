"""How the application is run: which register, who may ask, how much.

In: what ``tocsin serve`` was told. Out: one frozen value that all parts share.
"""

from __future__ import annotations

import ipaddress
import socket
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Settings:
    """``token`` is None where only this machine can ask. ``hosts`` are the names under which the application answers.

    Sizes are bytes, times seconds. A client may make ``burst`` requests at once and ``rate`` a second after; requests that
    change or compute something count ``heavy`` times.
    """

    register: Path
    token: str | None = None
    hosts: frozenset[str] = frozenset({"localhost", "127.0.0.1", "[::1]"})
    any_address: bool = False  # answer under any literal address, too: bound to all of them
    most_body: int = 300_000
    most_url: int = 8_000
    body_time: float = 10.0
    answer_time: float = 60.0
    rate: float = 40.0
    burst: float = 240.0
    heavy: float = 12.0
    reviewer: str = ""  # who judges where a browser has not said so


def is_loopback(host: str) -> bool:
    """Whether an address to bind to can be reached from this machine only."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


def settings_for(register: Path, host: str, token: str | None) -> Settings:
    """The settings for an address to bind to."""
    if is_loopback(host):
        return Settings(register, token)
    names = {host, f"[{host}]", socket.gethostname(), socket.getfqdn(), "localhost", "127.0.0.1", "[::1]"}
    return Settings(register, token, frozenset(name.lower() for name in names), any_address=True)
