"""The review pages: the queue, one record at a time, and what a reviewer does with it.

A decision is a form that is posted here; the answer is a redirect to the next record, so that the back button leads to what
was judged and a reload repeats nothing. All of it works without JavaScript; the keys are the buttons' own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from tocsin.errors import UsageError
from tocsin.export.phrases import heading
from tocsin.knowledge.words import words
from tocsin.register import Register
from tocsin.review import Action
from tocsin.web import reviewer
from tocsin.web.answers import page
from tocsin.web.judging import Judging, from_query, judging
from tocsin.web.library import opened
from tocsin.web.sight import sight
from tocsin.web.slots import edits_of, slot_fields
from tocsin.web.waiting import standing

MOST_NOTE = 2_000  # characters
MOST_NUMBER = 2**53  # no correction has so high a number
Form = dict[str, str]


def queue(request: Request) -> Response:
    """The record in sight. An address without one leads to the first of its queue, so that every decision has its own."""
    asked = judging(request.query_params.multi_items())
    return show(request, asked)


def show(request: Request, asked: Judging, *, form: Form | None = None, message: str = "", status: int = 200,
         wrong: dict[str, str] | None = None) -> Response:
    """The page of a state of the queue; ``form`` is what was typed and could not be done, ``message`` why, ``wrong`` the
    same for single fields."""
    by = reviewer.known(request)
    with opened(request.app.state.settings.register) as library:
        place = standing(library, asked, by)
        if place.record and not asked.record:
            return RedirectResponse(asked.at(place.record, done=asked.done, undone=asked.undone).address(), 303)
        seen = sight(library, place.record, asked, by) if place.record else None
        reviews = library.register.reviews
        told = {name: reviews.told(number_of(value)) for name, value in (("done", asked.done), ("undone", asked.undone))
                if value}
        return page(request, "review.html", status=status, asked=asked, place=place, seen=seen, by=by, told=told,
                    form=form or {}, message=message, heading=heading, rate=reviews.rate(), agreed=reviews.agreed(),
                    counts=reviews.counts(), can_undo=bool(by) and reviews.can_undo(by), replace=replace,
                    wrong=wrong or {}, slots=slot_fields(seen.record) if seen and asked.edit else [])


async def decide(request: Request) -> Response:
    """Do what a form says: accept, reject, comment, undo."""
    form = await form_of(request)
    return await run_in_threadpool(_decide, request, form)


def _decide(request: Request, form: Form) -> Response:
    asked = from_query(form.get("view", ""))
    action = _ACTIONS.get(form.get("do", ""))
    if action is None:
        raise UsageError(words()("review.no_action", action=form.get("do", ""), known=", ".join(_ACTIONS)))
    try:
        name = reviewer.given(request, form)
        with changing(request.app.state.settings.register) as register:
            target = action(register, name, form, asked)
    except UsageError as error:
        if not (form.get("record") or asked.record):
            raise
        wrong = error.fields if isinstance(error, Wrong) else {}
        return show(request, _tried(asked, form), form=form, message=str(error), wrong=wrong, status=400)
    answer = RedirectResponse(_after(form, target), 303)
    reviewer.keep(answer, name)
    return answer


class Wrong(UsageError):
    """Some fields of a form cannot be so: for each why."""

    def __init__(self, fields: dict[str, str]) -> None:
        super().__init__(words()("web.review_wrong", n=len(fields)))
        self.fields = fields


def _tried(asked: Judging, form: Form) -> Judging:
    """The page on which it was tried."""
    return asked.at(form.get("record") or asked.record, edit="yes" if form.get("do") == "save" else "")


def _judge(register: Register, by: str, form: Form, asked: Judging) -> Judging:
    """Accept, reject or comment; after a comment the record stays in sight."""
    action = form["do"]
    note = note_of(form)
    if action == "comment" and not note:
        raise UsageError(words()("web.review_no_note"))
    done = register.reviews.judge(form.get("record", ""), cast(Action, action), by=by, note=note, queue=asked.source)
    after = form.get("record") if action == "comment" else form.get("next")
    return asked.at(after, done=str(done.id))


def _save(register: Register, by: str, form: Form, asked: Judging) -> Judging:
    """Set the slots that were changed, all of them or none."""
    row = register.record(form.get("record", ""))
    changes, wrong = edits_of(row.record, register.article(row.article.id), form)
    if wrong:
        raise Wrong(wrong)
    if not changes:
        raise UsageError(words()("web.review_no_change"))
    done = register.reviews.edit(row.record.id, changes, by=by, note=note_of(form), queue=asked.source)
    return asked.at(form.get("next"), done=str(done[-1].id))


def _undo(register: Register, by: str, form: Form, asked: Judging) -> Judging:
    """Undo a correction of one's own, the last where none is named; its record is in sight again."""
    number = number_of(form["correction"]) if form.get("correction") else None
    own(register, by, number)
    undone = register.reviews.undo(by=by, correction=number)
    told = register.reviews.told(undone.id)
    return asked.at(told.record if told else None, undone=str(undone.id))


def own(register: Register, by: str, number: int | None) -> None:
    """UsageError where a correction is not the reviewer's own."""
    told = register.reviews.told(number) if number is not None and 0 < number < MOST_NUMBER else None
    if number is not None and (told is None or told.correction.reviewer != by):
        raise UsageError(words()("web.review_not_yours", name=by))


_ACTIONS: dict[str, Callable[[Register, str, Form, Judging], Judging]] = {
    "accept": _judge, "reject": _judge, "comment": _judge, "save": _save, "undo": _undo}


async def form_of(request: Request) -> Form:
    """The fields of a form."""
    form = await request.form(max_files=0, max_fields=200)
    return {name: str(value) for name, value in form.items()}


def note_of(form: Form) -> str | None:
    """Why it was done so; None where nothing is said. UsageError where it is too long."""
    note = form.get("note", "").replace("\r\n", "\n").strip()
    if len(note) > MOST_NOTE:
        raise UsageError(words()("web.review_long_note", n=len(note), most=MOST_NOTE))
    return note or None


def changing(path: Path) -> Register:
    """The register, open for a change."""
    return Register(path, create=False)


def number_of(text: str) -> int:
    """The number of a correction; 0, which none has, where the text is no number."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else 0


def _after(form: Form, target: Judging) -> str:
    """Where a decision leads: on in the queue, or back to the page it was made on, which tells of it too."""
    back = back_of(form)
    told = urlencode([(name, getattr(target, name)) for name in ("done", "undone") if getattr(target, name)])
    return f"{back}?{told}" if back else target.address()


def back_of(form: Form) -> str | None:
    """The page of ours that a form asks to be led back to: a path, never the address of another site."""
    given: Any = form.get("back", "")
    local = given.startswith("/") and not given.startswith("//") and "\\" not in given and given.isprintable()
    return str(given) if local else None
