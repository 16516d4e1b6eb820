"""Fetching a file of the web (an archive, a table) rather than a page: an address in, its bytes in an open file out.

Whom may be asked, redirects and all else is as for pages; only the limits are wider (``file_…`` in ``fetch.yaml``), and what
came of a file that broke off is kept, with the reason why it is not all.
"""

from __future__ import annotations

import tempfile
from dataclasses import replace
from typing import BinaryIO

from urllib3.response import HTTPResponse

from tocsin.fetch.connect import Deadline, pieces
from tocsin.fetch.fetcher import BROKEN, Fetched, Fetcher, declared
from tocsin.fetch.guard import FetchError, Resolve, Target, system_resolve
from tocsin.fetch.rules import Rules, rules
from tocsin.knowledge.words import words

_AS_IT_IS = {"Accept-Encoding": "identity"}
_PACKED = frozenset({"", "identity", "gzip", "x-gzip"})  # many servers call a file that ends in .gz packed


def save(url: str, into: BinaryIO, *, private: bool = False, resolve: Resolve = system_resolve, most: int | None = None,
         limits: Rules | None = None) -> str | None:
    """Write a file of the web into an open one, no more than ``most`` bytes of it. Why what was written is not all; None
    where it is. Raises FetchError where nothing can be had."""
    chosen = limits or rules()
    chosen = replace(chosen, seconds=chosen.file_seconds, wait=chosen.file_wait, accept=chosen.file_accept,
                     bytes=chosen.file_bytes if most is None else min(most, chosen.file_bytes))
    saver = _Saver(into, private=private, resolve=resolve, limits=chosen)
    saver.fetch(url, _AS_IT_IS)
    return saver.lacks


class _Saver(Fetcher):
    """A fetcher that writes what it is given into a file."""

    def __init__(self, into: BinaryIO, *, private: bool, resolve: Resolve, limits: Rules) -> None:
        super().__init__(private=private, resolve=resolve, limits=limits)
        self._into, self._size = into, 0
        self.lacks: str | None = None

    def _taken(self, target: Target, response: HTTPResponse, deadline: Deadline) -> Fetched:
        say, packed = words(), response.headers.get("content-encoding", "").strip().lower()
        kind, _ = declared(response.headers.get("content-type", ""))
        if self._rules.kinds.get(kind) == "html":
            raise FetchError(say("fetch.no_file", url=target.url))
        if packed not in _PACKED:
            raise FetchError(say("fetch.packed", url=target.url, reason=packed[:80]))
        try:
            for piece in pieces(response, deadline):
                if not self._write(target, piece):
                    self.lacks = say("fetch.file_large", most=f"{self._rules.bytes:,}")
                    break
        except BROKEN as error:
            if not self._size:
                raise
            self.lacks = say("fetch.file_cut", size=f"{self._size:,}", reason=type(error).__name__)
        told = response.headers.get("content-length", "")
        if self.lacks is None and told.isdecimal() and self._size < int(told):
            self.lacks = say("fetch.file_short", size=f"{self._size:,}", whole=f"{int(told):,}")
        return Fetched(target.url, "text", b"", headers=tuple(response.headers.items()))

    def _write(self, target: Target, piece: bytes) -> bool:
        """Write a piece; whether all of it was still allowed."""
        taken = piece[:self._rules.bytes - self._size]
        try:
            self._into.write(taken)
            self._into.flush()
        except OSError as error:
            raise FetchError(words()("fetch.file_no_room", url=target.url, folder=tempfile.gettempdir(),
                                     reason=error.strerror or error)) from None
        self._size += len(taken)
        return len(taken) == len(piece)
