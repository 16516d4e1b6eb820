"""Fetching a page: look up, check, ask, follow redirects, read.

page = fetch("https://example.org/news")
print(page.url, page.kind, len(page.content))
"""

from __future__ import annotations

import http.client
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from email.message import Message
from typing import Literal
from urllib.parse import urljoin

import urllib3.exceptions
from urllib3.response import HTTPResponse
from urllib3.util.ssl_match_hostname import CertificateError

from tocsin.fetch.body import TooMuch, Unpackable, begun, whole
from tocsin.fetch.connect import Deadline, answer, pieces
from tocsin.fetch.guard import FetchError, Passing, Resolve, StatusError, Target, checked, system_resolve, target_of
from tocsin.fetch.rules import Rules, rules
from tocsin.knowledge.beginnings import is_pdf, shape_of
from tocsin.knowledge.words import words

_MOVED = frozenset({301, 302, 303, 307, 308})
_FOR_GOOD = frozenset({301, 308})
_UNCHANGED = 304
BROKEN = (OSError, http.client.HTTPException, urllib3.exceptions.HTTPError, ValueError)


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page as it came: the address that it came from in the end, what it is, its bytes, the character set that was
    declared beside it, the headers of the answer. ``unchanged``: it is as it was held, and has no content. ``moved``: the
    address to ask from now on, where the page has moved for good."""

    url: str
    kind: Literal["html", "text", "pdf"]
    content: bytes
    charset: str | None = None
    headers: tuple[tuple[str, str], ...] = ()
    unchanged: bool = False
    moved: str | None = None

    def header(self, name: str) -> str | None:
        """A header of the answer by its name in small letters."""
        return next((value for key, value in self.headers if key.lower() == name), None)


class Fetcher:
    """Fetches pages. ``private`` lets it into private networks, too; ``resolve`` looks names up."""

    def __init__(self, *, private: bool = False, resolve: Resolve = system_resolve, limits: Rules | None = None) -> None:
        self._private, self._resolve, self._rules = private, resolve, limits or rules()

    def fetch(self, url: str, held: Mapping[str, str] | None = None, leads: Callable[[str], None] | None = None) -> Fetched:
        """A page. ``held``: headers (``If-None-Match``, ``If-Modified-Since``) saying which state of it is held. FetchError
        says what was found instead, and what to do: StatusError what was answered, Passing what may be over soon. ``leads``
        is told each other address to which it leads before that is asked, and may raise FetchError."""
        deadline = Deadline(self._rules.seconds)
        seen: list[str] = []
        for_good = True
        while True:
            target = target_of(url, self._rules)
            if target.url in seen:
                raise FetchError(words()("fetch.circle", url=target.url))
            if seen and leads is not None:
                leads(target.url)
            seen.append(target.url)
            if len(seen) > self._rules.redirects + 1:
                raise FetchError(words()("fetch.redirects", url=seen[0], most=self._rules.redirects))
            try:
                found = self._asked(target, deadline, held)
            except TimeoutError:
                raise Passing(words()("fetch.slow", url=target.url, seconds=f"{self._rules.seconds:g}")) from None
            if isinstance(found, Fetched):
                return replace(found, moved=found.url) if for_good and len(seen) > 1 else found
            url, status = found
            for_good = for_good and status in _FOR_GOOD

    def _asked(self, target: Target, deadline: Deadline, held: Mapping[str, str] | None) -> Fetched | tuple[str, int]:
        """The page, or the address that it has moved to and the status that says so."""
        addresses = checked(target, self._resolve, private=self._private, wait=min(self._rules.wait, deadline.left))
        for number, address in enumerate(addresses[:self._rules.addresses], 1):
            try:
                with answer(target, address, self._rules, deadline, held) as response:
                    return self._read(target, response, deadline, held)
            except FetchError:
                raise
            except BROKEN as error:
                deadline.left  # noqa: B018 - a connection that was cut is one that took too long
                if number == min(len(addresses), self._rules.addresses) or not _unconnected(error):
                    raise _told(target, error) from None
        raise AssertionError("a host has one address at least")

    def _read(self, target: Target, response: HTTPResponse, deadline: Deadline,
              held: Mapping[str, str] | None) -> Fetched | tuple[str, int]:
        if response.status in _MOVED and (to := response.headers.get("location")):
            return _joined(target.url, to.encode("latin-1", "replace").decode("utf-8", "replace").strip()), response.status
        headers = tuple(response.headers.items())
        if response.status == _UNCHANGED and any(name.lower().startswith("if-") for name in held or ()):
            return Fetched(target.url, "text", b"", headers=headers, unchanged=True)
        if response.status != 200:
            told = words()("fetch.status", url=target.url, status=response.status,
                       reason=http.client.responses.get(response.status, ""))
            raise StatusError(told, response.status, response.headers.get("retry-after"))
        return self._taken(target, response, deadline)

    def _taken(self, target: Target, response: HTTPResponse, deadline: Deadline) -> Fetched:
        """The page that an answer brings. Raises FetchError, and what the network raises."""
        say, headers = words(), tuple(response.headers.items())
        kind, charset = declared(response.headers.get("content-type", ""))
        packed, came = response.headers.get("content-encoding", ""), pieces(response, deadline)
        known = self._rules.kinds.get(kind)
        if kind in self._rules.unsure:
            begin, came = begun(came)
            known = "pdf" if is_pdf(begin) else None
        if kind and known is None:
            raise FetchError(say("fetch.kind", url=target.url, kind=kind[:80],
                                 advice=self._rules.advice.get(kind) or say("fetch.kind_advice")))
        most = self._rules.document_bytes if known == "pdf" else self._rules.bytes
        try:
            content = whole(came, packed, most)
        except TooMuch:
            raise FetchError(say("fetch.large", url=target.url, most=f"{most:,}")) from None
        except Unpackable as error:
            raise FetchError(say("fetch.packed", url=target.url, reason=error)) from None
        shape = shape_of(content)
        if known in ("html", "text") and shape != "pdf":
            shape = "html" if known == "html" else "text"
        elif known == "pdf" and shape == "text":
            shape = "pdf"  # a damaged one, which is told when it is read
        return Fetched(target.url, shape, content, charset, headers)


def fetch(url: str, *, private: bool = False) -> Fetched:
    """A page of the web. FetchError says what was found instead, and what to do."""
    return Fetcher(private=private).fetch(url)


def _joined(url: str, to: str) -> str:
    """The address that a page has moved to."""
    try:
        return urljoin(url, to)
    except ValueError:
        raise FetchError(words()("fetch.no_address", url=to[:200])) from None


def declared(content_type: str) -> tuple[str, str | None]:
    """The kind of a page and its character set, as its answer declares them; an empty kind where it declares none."""
    if not content_type.strip():
        return "", None
    header = Message()
    header["content-type"] = content_type[:500]
    charset = header.get_content_charset()
    return content_type.split(";")[0].strip().lower(), charset


def _unconnected(error: Exception) -> bool:
    """Whether another address of the host may do better."""
    return isinstance(error, urllib3.exceptions.NewConnectionError | urllib3.exceptions.ConnectTimeoutError)


def _told(target: Target, error: Exception) -> FetchError:
    say = words()
    reason = error.__cause__ if isinstance(error, urllib3.exceptions.HTTPError) and error.__cause__ else error
    if isinstance(reason, ssl.SSLError | CertificateError):
        told = getattr(reason, "verify_message", "") or getattr(reason, "reason", "") or reason
        return FetchError(say("fetch.certificate", host=target.host, reason=told))
    if isinstance(reason, TimeoutError | urllib3.exceptions.TimeoutError):
        return Passing(say("fetch.no_answer_in_time", host=target.host))
    if isinstance(error, urllib3.exceptions.NewConnectionError):
        return Passing(say("fetch.refused", host=target.host, port=target.port,
                           reason=getattr(reason, "strerror", "") or ""))
    return Passing(say("fetch.broken", url=target.url, reason=f"{type(reason).__name__}: {reason}"[:200]))
