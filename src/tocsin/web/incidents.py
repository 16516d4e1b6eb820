"""The pages of incidents: the register by incident, one incident, and what is decided about it by hand.

A decision is a form that is posted to the incident's address, as on the review pages: the answer leads back to the incident
that now holds it, and tells of it.
"""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from tocsin.errors import UsageError
from tocsin.export.incidents import INCIDENT_EXPORTERS
from tocsin.incidents import HandDecision, telling
from tocsin.knowledge.words import words
from tocsin.register import Register
from tocsin.web import reviewer
from tocsin.web.answers import page
from tocsin.web.asked import FILTERS, YES, Asked, Parameter, parse
from tocsin.web.facets import facets
from tocsin.web.incident_sight import seen, shortened_brief
from tocsin.web.library import opened
from tocsin.web.operation import PAGES
from tocsin.web.pages import FIELDS, chips, register_name
from tocsin.web.reviewing import back_of, changing, note_of, number_of
from tocsin.web.whence import file_name

WHY = Parameter("why", "choice", "web.about_why", (YES,))
_OWN = (WHY.name, "done", "undone")


def listed(request: Request) -> Response:
    """The incidents of a view, those of most reports first."""
    given = request.query_params.multi_items()
    asked = parse(given, (*FILTERS, *PAGES))
    if any(not value.strip() for _, value in given):  # a form names its empty boxes, too
        return RedirectResponse(f"/incidents?{asked.query()}", 303)
    with opened(request.app.state.settings.register) as library:
        found = library.register.incidents.briefs(asked.filters, limit=asked.limit, offset=asked.offset)
        rows = [shortened_brief(one, file_name) for one in found.briefs]
        with library.counting() as db:
            narrower = facets(db, asked)
    return page(request, "incidents.html", asked=asked, total=found.total, rows=rows, facets=narrower, telling=telling,
                pages=max(1, -(-found.total // asked.limit)), fields=FIELDS, chips=chips(asked),
                many=[one.name for one in FILTERS if one.kind == "many"], register_name=register_name(request), Asked=Asked,
                formats=[name for name, one in INCIDENT_EXPORTERS.items() if one.installed])


def incident(request: Request) -> Response:
    """One incident."""
    return _show(request, dict(request.query_params))


async def decide(request: Request) -> Response:
    """Do what a form says: merge, keep apart, split, undo."""
    form = await request.form(max_files=0, max_fields=2_000)
    return await run_in_threadpool(_decide, request, form)


def _show(request: Request, given: dict[str, str], *, form: dict[str, str] | None = None, picked: tuple[str, ...] = (),
          message: str = "", status: int = 200) -> Response:
    """The page of an incident; ``form``, ``picked`` and ``message`` are what was tried and why it cannot be."""
    parse([(name, value) for name, value in given.items() if name not in _OWN], ())
    name, say = request.path_params["incident"], words()
    with opened(request.app.state.settings.register) as library:
        found = seen(library, name, say, file_name, explain=given.get(WHY.name) == YES)
        told = told_of(library.register, given)
    if found.incident.id != name and not message:
        query = urlencode(given)
        return RedirectResponse(f"/incidents/{found.incident.id}{'?' + query if query else ''}", 303)
    return page(request, "incident.html", status=status, seen=found, incident=found.incident, telling=telling, told=told,
                by=reviewer.known(request), form=form or {}, picked=picked, message=message)


def told_of(register: Register, given: dict[str, str]) -> dict[str, HandDecision]:
    """The decisions that the address asks to be told."""
    numbers = {name: number_of(given[name]) for name in ("done", "undone") if given.get(name)}
    made = {one.id: one for one in register.incidents.decisions()} if numbers else {}
    return {name: made[number] for name, number in numbers.items() if number in made}


def _decide(request: Request, given: FormData) -> Response:
    form = {name: str(value) for name, value in given.items()}
    records = tuple(str(value) for value in given.getlist("record"))
    act = ACTIONS.get(form.get("do", ""))
    if act is None:
        raise UsageError(words()("review.no_action", action=form.get("do", ""), known=", ".join(ACTIONS)))
    name = request.path_params["incident"]
    try:
        by = reviewer.given(request, form)
        with changing(request.app.state.settings.register) as register:
            done = act(register, name, by, form | {"records": "\n".join(records)})
    except UsageError as error:
        return _show(request, {}, form=form, picked=records, message=str(error), status=400)
    told = "undone" if form["do"] == "undo" else "done"
    back = back_of(form) or f"/incidents/{name}"
    answer = RedirectResponse(f"{back}{'&' if '?' in back else '?'}{told}={done.id}", 303)
    reviewer.keep(answer, by)
    return answer


def _merge(register: Register, name: str, by: str, form: dict[str, str]) -> HandDecision:
    return register.incidents.merge(name, other_of(register, form), by=by, note=note_of(form))


def _apart(register: Register, name: str, by: str, form: dict[str, str]) -> HandDecision:
    return register.incidents.apart(name, other_of(register, form), by=by, note=note_of(form))


def _split(register: Register, name: str, by: str, form: dict[str, str]) -> HandDecision:
    records = form["records"].split()
    if not records:
        raise UsageError(words()("web.incident_none_picked"))
    return register.incidents.split(name, records, by=by, note=note_of(form))


def _undo(register: Register, name: str, by: str, form: dict[str, str]) -> HandDecision:
    number = number_of(form.get("decision", ""))
    own(register, by, number)
    return register.incidents.undo(by=by, decision=number)


def other_of(register: Register, form: dict[str, str]) -> str:
    """The other incident that a form names, by its id or its address. UsageError where there is none."""
    name = form.get("other", "").strip().rstrip("/").rpartition("/")[2]
    if not register.incidents.has(name):
        raise UsageError(words()("web.incident_no_other", id=name))
    return name


def own(register: Register, by: str, number: int) -> None:
    """UsageError where a decision is not the reviewer's own."""
    if not any(one.id == number and one.reviewer == by for one in register.incidents.decisions()):
        raise UsageError(words()("web.review_not_yours", name=by))


ACTIONS: dict[str, Callable[[Register, str, str, dict[str, str]], HandDecision]] = {
    "merge": _merge, "apart": _apart, "split": _split, "undo": _undo}
