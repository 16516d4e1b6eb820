"""Pages that show a text: the reader, the explanation of a sentence, and "Try it"."""

from __future__ import annotations

from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from tocsin.errors import UsageError
from tocsin.export.entry import entry_of
from tocsin.export.phrases import fields, heading
from tocsin.knowledge.words import words
from tocsin.web.answers import page
from tocsin.web.library import opened


def reader(request: Request) -> Response:
    """An article with its records marked in it."""
    name = request.path_params["article"]
    with opened(request.app.state.settings.register) as library:
        result = library.result(name)
        versions, copies = library.register.versions(name), library.copies(name)
        others = {other: library.register.article(other) for other in dict.fromkeys((*versions, *copies)) if other != name}
        at = versions.index(name) if name in versions else 0
        changes = library.register.changes(versions[at - 1], name) if at else []
    return page(request, "reader.html", entry=entry_of("a1", result, words()), article=result.article, versions=versions,
                copies=copies, others=others, changes=changes, heading=heading,
                whole_source=request.app.state.settings.token is None)


def explain(request: Request) -> Response:
    """How one sentence of an article was read; without a number the list of the sentences."""
    name = request.path_params["article"]
    with opened(request.app.state.settings.register) as library:
        article = library.result(name).article
    told = request.app.state.desk.explain(article, dict(request.query_params))
    sentences = [(n, article.text[start:end]) for n, (start, end) in enumerate(told.sentences, 1)]
    return page(request, "explain.html", article=article, sentences=sentences, number=told.number, found=told.found,
                fields=fields, heading=heading)


def try_form(request: Request) -> Response:
    """The empty form of "Try it"."""
    return _tried(request, {}, None, "")


async def try_text(request: Request) -> Response:
    """Read the text of the form and show its records. Nothing is stored."""
    form = await request.form(max_files=0, max_fields=10)
    given = {name: str(value) for name, value in form.items()}
    return await run_in_threadpool(_try, request, given)


def _try(request: Request, given: dict[str, str]) -> Response:
    try:
        result = request.app.state.desk.read(given.get("text", ""), given.get("published", "").strip() or None,
                                             plain=given.get("plain") == "yes")
    except UsageError as error:
        return _tried(request, given, None, str(error), status=400)
    return _tried(request, given, entry_of("a1", result, words()), "")


def _tried(request: Request, given: dict[str, str], entry: Any, message: str, status: int = 200) -> Response:
    return page(request, "try.html", status=status, given=given, entry=entry, message=message)
