"""Adding a record that the coder has missed: its type, its sentence, its slots, by words of the article."""

from __future__ import annotations

import re

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from tocsin.errors import UsageError
from tocsin.export.entry import entry_of
from tocsin.knowledge.words import words
from tocsin.model import Article
from tocsin.web import reviewer
from tocsin.web.answers import page
from tocsin.web.library import opened
from tocsin.web.reviewing import Form, changing, form_of, note_of
from tocsin.web.slots import NEAR, SLOT, blank, made_of, slot_fields

_END = re.compile(r"[.!?][\"”’')]*\s+|\n\s*")


def form(request: Request) -> Response:
    """The form: for its type where there is none yet, else for its slots. ``at`` and ``to`` are words that were selected."""
    given = dict(request.query_params)
    unknown = next((name for name in given if name not in ("type", "at", "to")), None)
    if unknown is not None:
        raise UsageError(words()("find.unknown_filter", name=unknown, known="type, at, to"))
    return _asked(request, given.get("type", ""), given)


async def add(request: Request) -> Response:
    """Add what the form says, and lead to its record."""
    given = await form_of(request)
    return await run_in_threadpool(_add, request, given)


def _add(request: Request, given: Form) -> Response:
    name, type_ = request.path_params["article"], given.get("type", "")
    with opened(request.app.state.settings.register) as library:
        article = library.result(name).article
    record, wrong = made_of(type_, article, given)
    try:
        by = reviewer.given(request, given)
        if wrong:
            raise UsageError(words()("web.review_wrong", n=len(wrong)))
        with changing(request.app.state.settings.register) as register:
            done = register.reviews.add(name, record, by=by, note=note_of(given))
            told = register.reviews.told(done.id)
    except UsageError as error:
        return _asked(request, type_, given, wrong=wrong, message=str(error), status=400)
    answer = RedirectResponse(f"/records/{told.record if told else record.id}?done={done.id}", 303)
    reviewer.keep(answer, by)
    return answer


def _asked(request: Request, type_: str, given: Form, *, wrong: dict[str, str] | None = None, message: str = "",
           status: int = 200) -> Response:
    with opened(request.app.state.settings.register) as library:
        result = library.result(request.path_params["article"])
    slots = slot_fields(blank(type_, result.article)) if type_ else []
    return page(request, "add.html", status=status, entry=entry_of("a1", result, words()), article=result.article,
                slots=slots, type=type_, given=given, form=_with_sentence(result.article, given), wrong=wrong or {},
                message=message, by=reviewer.known(request))


def _with_sentence(article: Article, given: Form) -> Form:
    """The form with the sentence around the words that were selected, where nothing is typed for it."""
    at, to = (int(part) if part.isascii() and part.isdigit() and len(part) < 10 else -1
              for part in (given.get("at", ""), given.get("to", "")))
    if SLOT + "evidence" in given or not 0 <= at < to <= len(article.text):
        return given
    first, last = next(((b.start, b.end) for b in article.blocks if b.start <= at < b.end), (0, len(article.text)))
    start = max((found.end() for found in _END.finditer(article.text, first, at)), default=first)
    found = _END.search(article.text, to - 1, max(last, to))
    said = article.text[start:found.end() if found else max(last, to)].strip()
    return given | {SLOT + "evidence": " ".join(said.split()), NEAR + "evidence": str(start)}
