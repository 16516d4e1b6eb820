"""The page of what may be one incident: pairs that nobody has decided about, the likeliest first, with both sides.

A decision is posted to the first incident's address (``incidents.decide``), which leads back here.
"""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from tocsin.incidents import telling
from tocsin.incidents.brief import Brief
from tocsin.knowledge.words import words
from tocsin.web import reviewer
from tocsin.web.answers import page
from tocsin.web.asked import Parameter, parse
from tocsin.web.incident_sight import Reasons, shortened_brief
from tocsin.web.incidents import told_of
from tocsin.web.library import opened
from tocsin.web.operation import PAGES
from tocsin.web.whence import file_name

_PAIRS = 20  # on a page
_PAGE: tuple[Parameter, ...] = tuple(one for one in PAGES if one.name == "page")


@dataclass(frozen=True, slots=True)
class Waiting:
    """Two incidents that may be one, and why."""

    sides: tuple[Brief, Brief]
    score: float
    reasons: Reasons


def queue(request: Request) -> Response:
    """The pairs that wait. What is decided waits no more, so that a page is always full as long as there are any."""
    given, say = dict(request.query_params), words()
    asked = parse([pair for pair in given.items() if pair[0] not in ("done", "undone")], _PAGE)
    first = (asked.page - 1) * _PAIRS
    with opened(request.app.state.settings.register) as library:
        incidents = library.register.incidents
        pairs = incidents.unsure(first + _PAIRS + 1)[first:]
        shown = [(pair, (pair.incident, pair.other_incident)) for pair in pairs[:_PAIRS]]
        known = incidents.briefs_of([name for _, names in shown for name in names])
        waiting = [Waiting((shortened_brief(known[one], file_name), shortened_brief(known[other], file_name)),
                           pair.decision.score, list(telling.reasons(pair.decision, say))) for pair, (one, other) in shown]
        told = told_of(library.register, given)
    return page(request, "incident_queue.html", pairs=waiting, asked=asked, more=len(pairs) > _PAIRS,
                per_page=_PAIRS, told=told, telling=telling, by=reviewer.known(request))
