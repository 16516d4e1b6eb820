"""Fetching a file of the web (an archive, a table) rather than a page: an address in, its bytes in an open file out.

Whom may be asked, redirects and all else is as for pages, at each attempt; only the limits are wider (``file_…`` in
``fetch.yaml``). What breaks off is gone on with: where the host names the state of the file the rest is asked for (``Range``
with ``If-Range``, so that no two states are mixed), else all of it again. What came of a file that is still not whole is
kept, with the reason.
"""

from __future__ import annotations

import re
import shutil
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import BinaryIO, cast

from urllib3.response import HTTPResponse

from tocsin.fetch.connect import Deadline, pieces
from tocsin.fetch.fetcher import BROKEN, Fetched, Fetcher, declared
from tocsin.fetch.guard import FetchError, Passing, Resolve, StatusError, Target, system_resolve
from tocsin.fetch.rules import Rules, rules
from tocsin.knowledge.words import words

_AS_IT_IS = {"Accept-Encoding": "identity"}
_PACKED = frozenset({"", "identity", "gzip", "x-gzip"})  # many servers call a file that ends in .gz packed
_PART, _NO_SUCH_PART = 206, 416
_MAY_PASS = frozenset({408, 425, 429, 500, 502, 503, 504})
_RANGE = re.compile(r"bytes (?:(\d+)-\d+|\*)/(\d+|\*)", re.IGNORECASE)


def save(url: str, into: BinaryIO, *, private: bool = False, resolve: Resolve = system_resolve, most: int | None = None,
         limits: Rules | None = None) -> str | None:
    """Write a file of the web into an open one, no more than ``most`` bytes of it. Why what was written is not all; None
    where it is. Raises FetchError where nothing can be had."""
    chosen = limits or rules()
    chosen = replace(chosen, seconds=chosen.file_seconds, wait=chosen.file_wait, accept=chosen.file_accept,
                     bytes=chosen.file_bytes if most is None else min(most, chosen.file_bytes))
    saver = _Saver(into, private=private, resolve=resolve, limits=chosen)
    saver.save(url)
    return saver.held.lacks


class _NoRoom(FetchError):
    """What came cannot be written."""


@dataclass(frozen=True, slots=True)
class _Held:
    """What has come of a file: bytes, why it is not all, whether the rest may come (it broke off), how many bytes there are
    in all, and the header that names this state of it."""

    size: int = 0
    lacks: str | None = None
    broken: bool = False
    whole: int | None = None
    state: str | None = None


class _Saver(Fetcher):
    """A fetcher that writes what it is given into a file."""

    def __init__(self, into: BinaryIO, *, private: bool, resolve: Resolve, limits: Rules) -> None:
        super().__init__(private=private, resolve=resolve, limits=limits)
        self._into = into
        self.held = _Held()

    def save(self, url: str) -> None:
        """Fetch the file; what breaks off is tried again a few times, within the time that all of it may take."""
        end = Deadline(self._rules.seconds)
        self.fetch(url, _AS_IT_IS)
        tried = 1
        while self.held.broken and tried < self._rules.file_tries:
            wait = self._rules.file_back_off * 2 ** (tried - 1)
            try:
                if end.left <= wait:
                    return
                time.sleep(wait)
                self._rules = replace(self._rules, seconds=end.left)
            except TimeoutError:
                return
            before = self.held.size
            if not self._again(url):
                return
            tried = 1 if self.held.size - before >= self._rules.file_gain else tried + 1

    def _again(self, url: str) -> bool:
        """Ask for what is lacking, else for all; whether another attempt may bring more."""
        rest = {"Range": f"bytes={self.held.size}-", "If-Range": self.held.state} if self.held.state else {}
        try:
            self.fetch(url, {**_AS_IT_IS, **rest})
        except Passing:
            return True
        except StatusError as error:
            return error.status in _MAY_PASS
        except _NoRoom:
            raise
        except FetchError:
            return False
        return True

    def _read(self, target: Target, response: HTTPResponse, deadline: Deadline,
              held: Mapping[str, str] | None) -> Fetched | tuple[str, int]:
        if "Range" not in (held or {}) or response.status not in (_PART, _NO_SUCH_PART):
            return super()._read(target, response, deadline, held)
        found = _RANGE.match(response.headers.get("content-range", ""))
        start, whole = (found[1], found[2]) if found else (None, None)
        same = _state(response) in (None, self.held.state) and (
            self.held.whole is None or whole in ("*", str(self.held.whole)))
        if same and response.status == _NO_SUCH_PART and whole == str(self.held.size):
            self.held = _Held(self.held.size, whole=self.held.size)  # all was here, and its end was not told
        elif same and response.status == _PART and start == str(self.held.size):
            self._check(target, response)
            known = int(whole) if whole and whole.isdecimal() else self.held.whole
            self.held = self._written(target, response, deadline, self._into, replace(self.held, whole=known))
        else:  # another part than was asked for, or of another state: all of it again
            self.held = replace(self.held, state=None)
            raise Passing(words()("fetch.file_other_part", url=target.url))
        return Fetched(target.url, "text", b"")

    def _taken(self, target: Target, response: HTTPResponse, deadline: Deadline) -> Fetched:
        """All of the file from its beginning; what came before is given up only for more."""
        self._check(target, response)
        told = response.headers.get("content-length", "")
        begun = _Held(whole=int(told) if told.isdecimal() else None, state=_state(response))
        if not self.held.size:
            self.held = self._written(target, response, deadline, self._into, begun)
        else:
            with tempfile.TemporaryFile(prefix="tocsin-") as spare:
                found = self._written(target, response, deadline, cast(BinaryIO, spare), begun)
                if not found.broken or found.size > self.held.size:
                    self._replace(target, cast(BinaryIO, spare))
                    self.held = found
        return Fetched(target.url, "text", b"", headers=tuple(response.headers.items()))

    def _check(self, target: Target, response: HTTPResponse) -> None:
        say, packed = words(), response.headers.get("content-encoding", "").strip().lower()
        kind, _ = declared(response.headers.get("content-type", ""))
        if self._rules.kinds.get(kind) == "html":
            raise FetchError(say("fetch.no_file", url=target.url))
        if packed not in _PACKED:
            raise FetchError(say("fetch.packed", url=target.url, reason=packed[:80]))

    def _written(self, target: Target, response: HTTPResponse, deadline: Deadline, into: BinaryIO, held: _Held) -> _Held:
        """Write a body behind what is held. Raises what the network raises where there is nothing at all."""
        say, size = words(), held.size
        try:
            for piece in pieces(response, deadline):
                taken = piece[:self._rules.bytes - size]
                _write(target, into, taken)
                size += len(taken)
                if len(taken) < len(piece):
                    return replace(held, size=size, broken=False,
                                   lacks=say("fetch.file_large", most=f"{self._rules.bytes:,}"))
        except BROKEN as error:
            if not size:
                raise
            return replace(held, size=size, broken=True,
                           lacks=say("fetch.file_cut", size=f"{size:,}", reason=type(error).__name__))
        if held.whole is not None and size < held.whole:
            return replace(held, size=size, broken=True,
                           lacks=say("fetch.file_short", size=f"{size:,}", whole=f"{held.whole:,}"))
        return replace(held, size=size, broken=False, lacks=None)

    def _replace(self, target: Target, spare: BinaryIO) -> None:
        try:
            spare.seek(0)
            self._into.seek(0)
            self._into.truncate()
            shutil.copyfileobj(spare, self._into)
            self._into.flush()
        except OSError as error:
            raise _no_room(target, error) from None


def _write(target: Target, into: BinaryIO, piece: bytes) -> None:
    try:
        into.write(piece)
        into.flush()
    except OSError as error:
        raise _no_room(target, error) from None


def _no_room(target: Target, error: OSError) -> FetchError:
    return _NoRoom(words()("fetch.file_no_room", url=target.url, folder=tempfile.gettempdir(),
                           reason=error.strerror or error))


def _state(response: HTTPResponse) -> str | None:
    """The header that names the state of a file: a strong ETag, else when it was changed; None where neither can be sent
    back as it came."""
    tag = response.headers.get("etag", "").strip()
    found = tag if tag.startswith('"') else response.headers.get("last-modified", "").strip() if not tag else ""
    return found if found and len(found) <= 500 and found.isascii() and found.isprintable() else None
