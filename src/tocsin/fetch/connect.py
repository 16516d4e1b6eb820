"""One request to one numeric address, under the name of the host: what was checked is what is connected to.

In: a target and an address of it. Out: the answer, open to be read. No proxy, no cookie, no name and no login of this
machine goes with it. Whoever answers slower than the time there is has the connection closed under them.
"""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import cache

import certifi
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.response import BaseHTTPResponse, HTTPResponse

from tocsin import __version__
from tocsin.fetch.body import ENCODINGS
from tocsin.fetch.guard import Target
from tocsin.fetch.rules import Rules

_PIECE = 65_536


class Deadline:
    """When all of it must be done."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    @property
    def left(self) -> float:
        """Seconds that are left; TimeoutError where none are."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left


@contextmanager
def answer(target: Target, address: str, rules: Rules, deadline: Deadline,
           held: Mapping[str, str] | None = None) -> Iterator[HTTPResponse]:
    """The answer of an address; ``held`` are headers that say which state of the page is held already. Raises OSError,
    TimeoutError, or what ``http.client`` and urllib3 raise."""
    connection = _connection(target, address, min(rules.wait, deadline.left))
    late = threading.Timer(deadline.left, _cut, (connection,))
    late.daemon = True
    late.start()
    try:
        connection.request("GET", target.path, headers={
            "Host": target.header, "User-Agent": rules.agent.format(version=__version__), "Accept": rules.accept,
            "Accept-Encoding": ENCODINGS, "Connection": "close", **(held or {})},
            preload_content=False, decode_content=False)
        response: BaseHTTPResponse = connection.getresponse()
        assert isinstance(response, HTTPResponse)
        yield response
    finally:
        late.cancel()
        connection.close()


def pieces(response: HTTPResponse, deadline: Deadline) -> Iterator[bytes]:
    """The body as it comes, packed as it is."""
    while True:
        piece = response.read1(_PIECE, decode_content=False)
        deadline.left  # noqa: B018 - raises where none is left
        if not piece:
            return
        yield piece


def _connection(target: Target, address: str, wait: float) -> HTTPConnection:
    if target.scheme == "http":
        return HTTPConnection(address, target.port, timeout=wait)
    return HTTPSConnection(address, target.port, timeout=wait, ssl_context=_trusted(), server_hostname=target.host)


@cache
def _trusted() -> ssl.SSLContext:
    """Whose signature is believed: the system's, and those of the package beside us where the system has none."""
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context


def _cut(connection: HTTPConnection) -> None:
    """Close a connection under whoever reads from it."""
    held = connection.sock
    if isinstance(held, socket.socket):
        with suppress(OSError):
            socket.socket.shutdown(held, socket.SHUT_RDWR)
