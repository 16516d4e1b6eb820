"""An incident in brief: what a list shows of it, small enough to be kept beside it.

In: an ``Incident``, or the JSON that ``to_json`` made of one before. Out: a ``Brief``. Whether a plan is stale depends on
the day on which it is asked, so that it is worked out when it is read.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from tocsin.incidents.account import Incident
from tocsin.incidents.grading import Grade
from tocsin.incidents.history import State, is_stale
from tocsin.incidents.origins import Origin


@dataclass(frozen=True, slots=True)
class Brief:
    """``leading`` is the value of each role that most reports give, ``count`` how many reports there are, ``quote`` the
    first one's first words, ``sources`` those of the ``outlets`` that are but the source of an article."""

    id: str
    type: str
    subtype: str | None
    spell: bool
    first: str | None
    last: str | None
    state: State
    due: str | None
    stale: bool
    denied_by: tuple[str, ...]
    leading: Mapping[str, str]
    origins: tuple[Origin, ...]
    outlets: tuple[str, ...]
    grade: Grade
    count: int
    quote: str
    sources: tuple[str, ...]


def brief_of(found: Incident) -> Brief:
    """An incident in brief."""
    course = found.course
    copies = {name for report in found.reports for name in (report.source, *report.copy_sources)}
    return Brief(
        id=found.id, type=found.type, subtype=found.subtype, spell=found.spell, first=found.first, last=found.last,
        state=course.state, due=course.due, stale=course.stale, denied_by=course.denied_by, leading=found.leading,
        origins=found.origins, outlets=found.outlets, grade=found.grade, count=found.count, quote=found.quote,
        sources=tuple(name for name in found.outlets if name in copies))


def to_json(brief: Brief) -> str:
    """A brief as it is kept, without what depends on the day."""
    kept = asdict(brief)
    del kept["stale"]
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":"))


def from_json(text: str, today: str | None) -> Brief:
    """A brief as it was, on the day ``today`` (YYYY-MM-DD)."""
    kept: dict[str, Any] = json.loads(text)
    lists = ("names", "outlets", "reports")
    origins = tuple(Origin(**one | {name: tuple(one[name]) for name in lists}) for one in kept["origins"])
    whole = {name: tuple(kept[name]) for name in ("denied_by", "outlets", "sources")}
    return Brief(**kept | whole | {"origins": origins, "grade": Grade(**kept["grade"]),
                                   "stale": is_stale(kept["due"], today)})


def as_json(brief: Brief) -> dict[str, Any]:
    """A brief as plain data: what ``/api/v1/incidents`` lists (docs/contract.md)."""
    return {
        "id": brief.id, "type": brief.type, "subtype": brief.subtype, "state": brief.state, "spell": brief.spell,
        "stale": brief.stale, "due": brief.due, "denied_by": list(brief.denied_by), "first_report": brief.first,
        "last_report": brief.last, "origins": [asdict(one) for one in brief.origins],
        "outlets": list(brief.outlets), "grade": asdict(brief.grade)}
