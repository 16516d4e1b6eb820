"""The page "Try it": a text or the address of a page in, its records out. Stored only when told to.

What was read is remembered for a while (``tried.Desk``), so that exactly what was shown is what is stored.
"""

from __future__ import annotations

from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from tocsin.errors import InputError, UsageError
from tocsin.export.entry import entry_of
from tocsin.knowledge.words import words
from tocsin.model import Result
from tocsin.pipeline import run_of
from tocsin.register import Register
from tocsin.web.answers import page

YES = "yes"


def form(request: Request) -> Response:
    """The empty form."""
    request.app.state.desk.warm()
    return _shown(request, {}, None, "")


async def send(request: Request) -> Response:
    """Read what the form holds and show its records, or store what was shown."""
    filled = await request.form(max_files=0, max_fields=10)
    given = {name: str(value) for name, value in filled.items()}
    return await run_in_threadpool(_kept if given.get("keep") else _tried, request, given)


def read_as_told(request: Request, given: dict[str, Any]) -> Result:
    """Read a text, or the page of an address. UsageError and InputError say what is wrong."""
    state = request.app.state
    text, url, day = given.get("text") or "", (given.get("url") or "").strip() or None, given.get("published") or None
    plain = given.get("plain") in (YES, True)
    if url is not None and not text.strip():
        found: Result = state.desk.read_address(url, day, plain=plain, private=state.settings.private)
    else:
        found = state.desk.read(text, day, plain=plain, title=given.get("title"), url=url)
    return found


def store(request: Request, result: Result) -> None:
    """Put what was read into the register."""
    with Register(request.app.state.settings.register, create=False) as register:
        register.add(result, run_of(None))


def _tried(request: Request, given: dict[str, str]) -> Response:
    try:
        result = read_as_told(request, given)
    except (UsageError, InputError) as error:
        return _shown(request, given, None, str(error), status=400)
    return _shown(request, given, result, "")


def _kept(request: Request, given: dict[str, str]) -> Response:
    result = request.app.state.desk.remembered(given["keep"])
    if result is None:
        return _shown(request, given, None, words()("web.try_forgotten"), status=400)
    store(request, result)
    return RedirectResponse(f"/articles/{result.article.id}", 303)


def _shown(request: Request, given: dict[str, str], result: Result | None, message: str, status: int = 200) -> Response:
    entry = entry_of("a1", result, words()) if result is not None else None
    return page(request, "try.html", status=status, given=given, entry=entry, message=message)
