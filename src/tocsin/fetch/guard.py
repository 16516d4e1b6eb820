"""Whom may be asked: an address of the web that leads to no private network.

In: the address of a page. Out: what to connect to: numeric addresses, each checked. A name is looked up once; whoever
answers it otherwise a moment later changes nothing.
"""

from __future__ import annotations

import ipaddress
import queue
import re
import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit

from urllib3.exceptions import LocationParseError
from urllib3.util import parse_url

from tocsin.errors import InputError
from tocsin.fetch.rules import Rules, rules
from tocsin.knowledge.words import words

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolve = Callable[[str, int], list[str]]
_UNWANTED = re.compile(r"[\x00-\x20\x7f-\x9f\\]")
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_COMPATIBLE = ipaddress.ip_network("::/96")  # the old way of writing an address of version 4
_PORTS = {"http": 80, "https": 443}


class FetchError(InputError):
    """A page that cannot be had; the message says what was found and what to do."""


class StatusError(FetchError):
    """An answer that is no page. ``retry_after`` is what it says of when to ask again, as it says it."""

    def __init__(self, message: str, status: int, retry_after: str | None = None) -> None:
        super().__init__(message)
        self.status, self.retry_after = status, retry_after


class Passing(FetchError):
    """A failure of the network that may be over the next time: no answer, none in time, one that breaks off."""


@dataclass(frozen=True, slots=True)
class Target:
    """A page: its address as it is asked for, and where to connect to for it."""

    url: str
    scheme: str
    host: str
    port: int
    path: str
    header: str  # the host as the request names it
    connects: tuple[str, ...] = ()


def target_of(url: str, limits: Rules) -> Target:
    """The parts of an address. FetchError where it is none of the web."""
    say = words()
    try:
        if _UNWANTED.search(url):
            raise ValueError
        parts = urlsplit(url)
        name, port = parts.hostname, parts.port
        if parts.scheme not in _PORTS or not name:
            raise FetchError(say("fetch.no_web", url=url))
        if parts.username is not None or parts.password is not None:
            raise FetchError(say("fetch.with_password", url=url))
        literal = f"[{name}]" if ":" in name else name.encode("idna").decode("ascii")
        at = "" if port is None else f":{port}"
        asked = parse_url(urlunsplit((parts.scheme, literal + at, parts.path or "/", parts.query, "")))
    except (ValueError, LocationParseError):  # UnicodeError is a ValueError
        raise FetchError(say("fetch.no_address", url=url)) from None
    port = _PORTS[parts.scheme] if port is None else port
    if port not in limits.ports and port < limits.first_free_port:
        raise FetchError(say("fetch.port", url=url, port=port))
    header = literal if port == _PORTS[parts.scheme] else f"{literal}:{port}"
    return Target(asked.url, parts.scheme, literal.strip("[]"), port, asked.request_uri, header)


def checked(target: Target, resolve: Resolve, *, private: bool, wait: float) -> tuple[str, ...]:
    """The numeric addresses of a host. FetchError where it has none, or one that is not public (``private``: whatever it
    is)."""
    say = words()
    try:
        found = _in_time(lambda: resolve(target.host, target.port), wait)
    except TimeoutError:
        raise Passing(say("fetch.no_name_in_time", host=target.host)) from None
    except (OSError, UnicodeError) as error:
        reason = getattr(error, "strerror", None) or error
        raise Passing(say("fetch.no_name", host=target.host, reason=reason)) from None
    if not found:
        raise Passing(say("fetch.no_name", host=target.host, reason=say("fetch.no_answer")))
    for one in found:
        if not private and not is_public(one):
            raise FetchError(say("fetch.private", host=target.host, address=one))
    return tuple(dict.fromkeys(found))


def system_resolve(host: str, port: int) -> list[str]:
    """What this machine says that a name stands for."""
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def is_public(text: str) -> bool:
    """Whether a numeric address is one of the public network, in whatever form it is written."""
    try:
        address: Address = ipaddress.ip_address(text)
    except ValueError:
        return False
    return all(_public(one) for one in _meant(address))


def _meant(address: Address) -> list[Address]:
    """An address, and those of version 4 that it carries within it."""
    if isinstance(address, ipaddress.IPv4Address):
        return [address]
    if address.ipv4_mapped is not None:
        return [address.ipv4_mapped]
    carried: list[Address] = [address]
    if address.sixtofour is not None:
        carried.append(address.sixtofour)
    if address.teredo is not None:
        carried += address.teredo
    if address in _NAT64 or address in _COMPATIBLE:
        carried = [*carried[1:], ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)]
    return carried


def _public(address: Address) -> bool:
    if address.is_multicast or address.is_reserved or address.is_loopback or address.is_link_local:
        return False
    if isinstance(address, ipaddress.IPv6Address) and (address.is_site_local or address.scope_id is not None):
        return False
    if any(address in network for network in rules().closed):
        return False
    return address.is_global and not address.is_private and not address.is_unspecified


def _in_time(call: Callable[[], list[str]], seconds: float) -> list[str]:
    """What a call gives. TimeoutError where it takes too long: a look-up of the system cannot be ended, only left."""
    answers: queue.SimpleQueue[list[str] | BaseException] = queue.SimpleQueue()

    def work() -> None:
        try:
            answers.put(call())
        except Exception as error:
            answers.put(error)

    threading.Thread(target=work, daemon=True).start()
    try:
        answer = answers.get(timeout=max(seconds, 0.01))
    except queue.Empty:
        raise TimeoutError from None
    if isinstance(answer, BaseException):
        raise answer
    return answer
