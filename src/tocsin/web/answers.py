"""Answers: pages from templates, JSON, and what an error looks like as either.

In: a request and what is to be shown. Out: a response with an ETag of its content, or 304 where the client has it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from jinja2 import Environment
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Scope

from tocsin import __version__
from tocsin.errors import InputError, NoIncident, RegisterError, TocsinError, UsageError
from tocsin.export.dates import day_phrase
from tocsin.export.page import STATUSES
from tocsin.export.templating import environment, shown
from tocsin.knowledge.words import words
from tocsin.review.slots import types
from tocsin.web.asked import Asked
from tocsin.web.facets import Value
from tocsin.web.hands import NoSentence
from tocsin.web.library import NotThere
from tocsin.web.names import names
from tocsin.web.tried import Busy
from tocsin.web.waiting import waiting_count
from tocsin.web.whence import file_name

API = "/api/v1"
# A page that is built gets its place here.
NAV = (("home", "/"), ("records", "/records"), ("incidents", "/incidents"), ("review", "/review"), ("try", "/try"))
HTML, JSON = "text/html; charset=utf-8", "application/json"


def page(request: Request, template: str, *, status: int = 200, **values: Any) -> Response:
    """A page."""
    waiting = waiting_count(request) if "app" in request.scope else None
    body = _environment().get_template(template).render(path=request.url.path, waiting=waiting, **values)
    return answer(request, body, HTML, status)


def as_json(request: Request, content: Any, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """A value as JSON."""
    return answer(request, json.dumps(content, ensure_ascii=False, separators=(",", ":")), JSON, status, headers)


def answer(request: Request, body: str, media_type: str, status: int = 200,
           headers: dict[str, str] | None = None) -> Response:
    """A text, with an ETag where it was asked for by GET."""
    content = body.encode("utf-8", "replace")
    if request.method not in ("GET", "HEAD") or status != 200:
        return Response(content, status, headers, media_type)
    tag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    found = {**(headers or {}), "etag": tag}
    given = {part.strip().removeprefix("W/") for part in request.headers.get("if-none-match", "").split(",")}
    if tag in given or "*" in given:
        return Response(None, 304, found)
    return Response(content, 200, found, media_type)


def problem(request: Request, status: int, message: str) -> Response:
    """What went wrong, as JSON under the API and as a page elsewhere."""
    if request.url.path.startswith(API):
        return as_json(request, {"status": status, "message": message}, status)
    heading = words().get(f"web.error_{status}") or words()("web.error")
    return page(request, "error.html", status=status, heading=heading, message=message)


def refusal(scope: Scope, status: int, key: str) -> Response:
    """The answer to a request that the guard turned away."""
    return problem(Request(scope), status, words()(key))


def failed(request: Request, error: Exception) -> Response:
    """The answer where a handler raised one of our own errors."""
    if isinstance(error, HTTPException):
        say = words()
        told = {404: "web.no_page", 405: "web.no_method"}.get(error.status_code)
        answer = problem(request, error.status_code, say(told, path=request.url.path) if told else error.detail)
        answer.headers.update(error.headers or {})  # the methods that are allowed
        return answer
    status = next((status for kind, status in _STATUS.items() if isinstance(error, kind)), 500)
    return problem(request, status, str(error))


_STATUS = {NoSentence: 404, NoIncident: 404, UsageError: 400, InputError: 400, NotThere: 404, Busy: 503, RegisterError: 503}
ERRORS: tuple[type[Exception], ...] = (HTTPException, TocsinError, NotThere, Busy)


def safe_link(url: str | None) -> str | None:
    """An address that a click may lead to: of the web, and nothing else."""
    if not url:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc and shown(url) == url else None


def _day(iso: str | None) -> str:
    return day_phrase(iso, words()) if iso else ""


def _view(asked: Asked, path: str = "/records", **kept: str) -> str:
    """The address of a view."""
    query = "&".join(part for part in (asked.query(), urlencode(kept)) if part)
    return f"{path}?{query}" if query else path


def narrowing(asked: Asked) -> Callable[[tuple[tuple[str, str], ...]], str]:
    """Gives the address of a view narrowed by what a cell stands for; many cells of a table stand for the same."""
    @cache
    def address(sets: tuple[tuple[str, str], ...]) -> str:
        narrower = asked
        for name, value in sets:
            narrower = narrower.also(name, value)
        return _view(narrower)
    return address


def _party_words(value: str) -> str:
    """What the party filter is asked for, in words: "Russia as supplier", "Russia or Belarus"."""
    role, _, keys = value.rpartition("=")
    say = words()
    name = say("web.or").join(names().name(key.strip()) for key in keys.split(",") if key.strip())
    return say("web.as_role", name=name, role=say.name("role", role)) if role else name


def _toggled(asked: Asked, facet: str, value: Value) -> Asked:
    """A view with a value of a facet set, or without it where it is set."""
    if facet == "year":
        year = None if value.chosen else value.value
        return asked.only(since=year, until=year)
    return asked.less(facet, value.value) if value.chosen else asked.also(facet, value.value)


def _plain(asked: Asked) -> Asked:
    """A view with the columns that it has where none are chosen."""
    return replace(asked, columns=())


@cache
def _environment() -> Environment:
    found = environment("tocsin.web", "tocsin.export")
    found.globals.update(nav=NAV, words=words(), version=__version__, statuses=STATUSES, name_of=names().name, day=_day,
                         party=lambda key: f"/parties/{quote(key, safe=':')}", safe_link=safe_link, file_name=file_name,
                         party_words=_party_words,
                         Asked=Asked, view=_view, toggled=_toggled, plain=_plain,
                         types=tuple(sorted(types())))
    return found
