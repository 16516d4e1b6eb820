"""Incidents for programs: the register by incident, one incident, decisions by hand, as JSON under /api/v1/incidents."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from tocsin.errors import UsageError
from tocsin.incidents import HandDecision, telling
from tocsin.incidents import as_json as incident_json
from tocsin.incidents.brief import Brief
from tocsin.incidents.brief import as_json as brief_json
from tocsin.knowledge.words import words
from tocsin.register.incidents import Pair
from tocsin.web import reviewer
from tocsin.web.answers import as_json
from tocsin.web.asked import FILTERS, YES, parse
from tocsin.web.incident_sight import told_brief, told_incident
from tocsin.web.incidents import ACTIONS, WHY
from tocsin.web.library import opened
from tocsin.web.operation import PAGES, Operation, body, paged
from tocsin.web.reviewing import changing

DECISION = {"incident": "string", "action": "string", "by": "string", "other": "string", "records": "list",
            "decision": "integer", "note": "string"}
_NEEDS = {"merge": "other", "apart": "other", "split": "records", "undo": "decision"}


def incidents(request: Request) -> Response:
    """A page of the incidents of a view."""
    asked = parse(request.query_params.multi_items(), (*FILTERS, *PAGES))
    with opened(request.app.state.settings.register) as library:
        found = library.register.incidents.briefs(asked.filters, limit=asked.limit, offset=asked.offset)
        rows = [_short(told_brief(one, request.app.state.settings)) for one in found.briefs]
    return paged(request, asked, found.total, "incidents", rows)


def incident(request: Request) -> Response:
    """One incident; with ``why=yes`` also why its reports are one."""
    given = dict(request.query_params)
    why = given.pop(WHY.name, "")
    if why not in ("", YES):
        raise UsageError(words()("web.unknown_value", name=WHY.name, value=why, known=YES))
    parse(list(given.items()), ())
    with opened(request.app.state.settings.register) as library:
        name, found = request.path_params["incident"], library.register.incidents
        told = told_incident(library, found.get(name), request.app.state.settings)
        pairs = [pair_json(pair) for pair in found.why(name)] if why and not told.spell else []
        return as_json(request, incident_json(told) | {
            "why": pairs, "unsure": [pair_json(pair) for pair in found.unsure(of=name)],
            "decisions": [decision_json(one) for one in found.decisions(name)]})


async def decide(request: Request) -> Response:
    """Merge, keep apart, split or undo."""
    given = body(await request.body(), DECISION, ("incident", "action", "by"))
    return await run_in_threadpool(_decide, request, given)


def _decide(request: Request, given: dict[str, Any]) -> Response:
    by, action = reviewer.checked(given["by"]), given["action"]
    if action not in ACTIONS:
        raise UsageError(words()("review.no_action", action=action, known=", ".join(ACTIONS)))
    if _NEEDS[action] not in given or not all(isinstance(name, str) for name in given.get("records", ())):
        raise UsageError(words()("web.incident_needs", action=action, field=_NEEDS[action]))
    form = {"other": given.get("other", ""), "records": "\n".join(given.get("records", ())),
            "decision": str(given.get("decision", "")), "note": given.get("note", "")}
    with changing(request.app.state.settings.register) as register:
        register.incidents.numbers(given["incident"])  # NoIncident where there is none
        return as_json(request, decision_json(ACTIONS[action](register, given["incident"], by, form)))


def _short(found: Brief) -> dict[str, Any]:
    """An incident on a list: how many reports instead of all."""
    return brief_json(found) | {"parties": telling.parties(found, words()), "report_count": found.count}


def pair_json(pair: Pair) -> dict[str, Any]:
    """A compared pair."""
    decision = pair.decision
    return {"incident": pair.incident, "other_incident": pair.other_incident, "one": pair.one, "other": pair.other,
            "judgement": decision.judgement, "score": decision.score,
            "reasons": [{"points": points, "words": told} for points, told in telling.reasons(decision, words())]}


def decision_json(one: HandDecision) -> dict[str, Any]:
    """A decision by hand."""
    return asdict(one) | {"ones": list(one.ones), "others": list(one.others)}


INCIDENTS: tuple[Operation, ...] = (
    Operation("/incidents", "incidents", incidents, "Incidents", (*FILTERS, *PAGES)),
    Operation("/incidents/{incident}", "incident", incident, "Incident", (WHY,)),
    Operation("/review/incidents", "review_incidents", decide, "IncidentDecision", method="POST",
              takes="IncidentJudgement"),
)
