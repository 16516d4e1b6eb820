"""Reviews for programs: the queue, judgements, additions, undo, history and agreement, as JSON under /api/v1/review."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from pydantic import ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from tocsin.errors import UsageError
from tocsin.knowledge.words import words
from tocsin.model import Record
from tocsin.register import Register
from tocsin.register.history import History
from tocsin.register.precision import Rate
from tocsin.review import Correction, Verdict
from tocsin.web import reviewer
from tocsin.web.answers import as_json
from tocsin.web.asked import FILTERS, Parameter, parse
from tocsin.web.judging import ORDER, WHICH, judging
from tocsin.web.library import opened
from tocsin.web.operation import PAGES, Operation, body, paged, row_json
from tocsin.web.reviewing import MOST_NOTE, changing, own
from tocsin.web.slots import fill, made_of
from tocsin.web.waiting import Line
from tocsin.web.whence import told_row

BY = Parameter("by", "text", "web.about_by")
JUDGE = {"record": "string", "action": "string", "by": "string", "slot": "string", "value": "any", "words": "string",
         "note": "string", "queue": "string"}
ADD = {"article": "string", "by": "string", "record": "object", "type": "string", "slots": "object", "note": "string"}
UNDO = {"by": "string", "correction": "integer"}


def queue(request: Request) -> Response:
    """A page of what waits, in order."""
    given = request.query_params.multi_items()
    own_names = (ORDER.name, WHICH.name)
    asked = judging([pair for pair in given if pair[0] in own_names])
    by = next((value for name, value in given if name == BY.name), "")
    view = parse([pair for pair in given if pair[0] not in (*own_names, BY.name)], (*FILTERS, *PAGES))
    with opened(request.app.state.settings.register) as library:
        line = Line(library.register, judging([*view.chosen(), *asked.pairs()]), reviewer.checked(by) if by.strip() else "")
        names = line.names(view.offset, view.offset + view.limit)
        rows = [row_json(told_row(library.record(name), request.app.state.settings)) for name in names]
    kept = [(name, value) for name, value in given if name in (*own_names, BY.name)]
    return paged(request, view, len(line), "records", rows, kept)


def history(request: Request) -> Response:
    """What was done about a record."""
    name = request.path_params["record"]
    with opened(request.app.state.settings.register) as library:
        row = library.record(name)
        found = library.register.reviews.history(name)
    return as_json(request, row_json(told_row(row, request.app.state.settings)) | _history(found))


async def judge(request: Request) -> Response:
    """Accept, reject, edit or comment on a record."""
    given = body(await request.body(), JUDGE, ("record", "action", "by"))
    return await run_in_threadpool(_judge, request, given)


def _judge(request: Request, given: dict[str, Any]) -> Response:
    by, note = reviewer.checked(given["by"]), _note(given)
    if given["action"] == "edit" and ("slot" not in given or ("value" in given) == ("words" in given)):
        raise UsageError(words()("web.review_edit_needs"))
    _check_record(request, given["record"])
    with changing(request.app.state.settings.register) as register:
        slot, value = _edit(register, given) if given["action"] == "edit" else (None, None)
        done = register.reviews.judge(given["record"], given["action"], by=by, slot=slot, value=value, note=note,
                                      queue=given.get("queue"))
    return as_json(request, _correction(done))


def _edit(register: Register, given: dict[str, Any]) -> tuple[str, Any]:
    """The slot and value of an edit, found by words where these are given."""
    if "words" not in given:
        return given["slot"], given["value"]
    row = register.record(given["record"])
    return fill(given["slot"], given["words"], row.record, register.article(row.article.id))


async def add(request: Request) -> Response:
    """Add a record that the coder has missed."""
    given = body(await request.body(), ADD, ("article", "by"))
    return await run_in_threadpool(_add, request, given)


def _add(request: Request, given: dict[str, Any]) -> Response:
    by, note, say = reviewer.checked(given["by"]), _note(given), words()
    with opened(request.app.state.settings.register) as library:
        article = library.result(given["article"]).article
    if ("record" in given) == ("type" in given):
        raise UsageError(say("web.review_add_needs"))
    if "record" in given:
        record = _record(given["record"])
    else:
        slots = given.get("slots", {})
        if not all(isinstance(value, str) for value in slots.values()):
            raise UsageError(say("web.review_add_needs"))
        record, wrong = made_of(given["type"], article, {f"slot.{slot}": value for slot, value in slots.items()})
        if wrong:
            raise UsageError("; ".join(f"{slot}: {why}" for slot, why in wrong.items()))
    with changing(request.app.state.settings.register) as register:
        done = register.reviews.add(given["article"], record, by=by, note=note)
    return as_json(request, _correction(done))


async def undo(request: Request) -> Response:
    """Undo a correction of one's own."""
    given = body(await request.body(), UNDO, ("by",))
    return await run_in_threadpool(_undo, request, given)


def _undo(request: Request, given: dict[str, Any]) -> Response:
    by, number = reviewer.checked(given["by"]), given.get("correction")
    with changing(request.app.state.settings.register) as register:
        own(register, by, number)
        return as_json(request, _correction(register.reviews.undo(by=by, correction=number)))


def agreement(request: Request) -> Response:
    """How much was judged, how right the coder was, how far reviewers agree."""
    parse(request.query_params.multi_items(), ())
    with opened(request.app.state.settings.register) as library:
        reviews = library.register.reviews
        counts, rates = reviews.counts(), reviews.rates()
        return as_json(request, {
            "corrections": counts.corrections, "claims": counts.claims, "changed": counts.changed,
            "states": [{"state": state, "records": n} for state, n in sorted(counts.states.items())],
            "rate": _rate(reviews.rate()), "rates": [{"type": type_, **_rate(rate)} for type_, rate in rates.items()],
            "agreed": _agreed(reviews.agreed()), "agreement": [asdict(one) for one in reviews.agreement()]})


def _rate(rate: Rate) -> dict[str, Any]:
    return asdict(rate)


def _agreed(found: Any) -> dict[str, Any]:
    return {"claims": found.claims, "alpha": found.alpha}


def _check_record(request: Request, name: str) -> None:
    """NotThere where there is no record of this id."""
    with opened(request.app.state.settings.register) as library:
        library.record(name)


def _note(given: dict[str, Any]) -> str | None:
    note = str(given.get("note", "")).strip()
    if len(note) > MOST_NOTE:
        raise UsageError(words()("web.review_long_note", n=len(note), most=MOST_NOTE))
    if given.get("action") == "comment" and not note:
        raise UsageError(words()("web.review_no_note"))
    return note or None


def _record(given: dict[str, Any]) -> Record:
    try:
        record = Record.model_validate(given)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise UsageError(words()("review.bad_value", slot="record", where=where, reason=first["msg"])) from error
    if not record.evidence:
        raise UsageError(words()("review.no_evidence"))
    return record


def _history(found: History | None) -> dict[str, Any]:
    if found is None:
        return {"seen": None, "verdict": None, "by_reviewer": [], "changed": False, "corrections": []}
    return {"seen": {"article": found.claim.article, "record": _dump(found.claim.seen)}, "verdict": _verdict(found.verdict),
            "by_reviewer": [{"reviewer": name, **(_verdict(said) or {})} for name, said in found.by_reviewer.items()],
            "changed": found.changed, "corrections": [_correction(done) for done in found.corrections]}


def _verdict(verdict: Verdict | None) -> dict[str, Any] | None:
    return None if verdict is None else {
        "state": verdict.state, "by": verdict.by, "at": verdict.at, "edited": list(verdict.edited),
        "article": verdict.article, "record": _dump(verdict.record)}


def _correction(done: Correction) -> dict[str, Any]:
    return {"id": done.id, "action": done.action, "reviewer": done.reviewer, "made": done.made, "slot": done.slot,
            "value": done.value, "note": done.note, "undoes": done.undoes, "queue": done.queue,
            "record": _dump(done.record) if done.record is not None else None}


def _dump(record: Record) -> dict[str, Any]:
    return record.model_dump(mode="json", by_alias=True)


REVIEWS: tuple[Operation, ...] = (
    Operation("/review/queue", "review_queue", queue, "Records", (*FILTERS, ORDER, WHICH, BY, *PAGES)),
    Operation("/review/records/{record}", "review_history", history, "History"),
    Operation("/review/judge", "review_judge", judge, "Correction", method="POST", takes="Judgement"),
    Operation("/review/add", "review_add", add, "Correction", method="POST", takes="Addition"),
    Operation("/review/undo", "review_undo", undo, "Correction", method="POST", takes="Undo"),
    Operation("/review/agreement", "review_agreement", agreement, "Agreement"),
)
