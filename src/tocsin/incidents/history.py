"""From plan to deed: what was said of an incident when, and what that comes to.

In: reports, and the day up to which the register knows the news. Out: steps in the order of their reports, the state,
whether a plan is stale (its time has passed, and nothing was reported).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from tocsin.incidents.model import AHEAD
from tocsin.incidents.reports import DENIED, NOT_OCCURRED, Report

State = Literal["occurred", "ongoing", "planned", "possible", "cancelled", "not_occurred", "denied"]


@dataclass(frozen=True, slots=True)
class Step:
    """What was reported first on a day: a status with its kind of event, by which report."""

    day: str | None
    status: str
    subtype: str | None
    report: str


@dataclass(frozen=True, slots=True)
class Course:
    """The course of an incident. ``due`` is the day by which a plan was to be carried out, ``denied_by`` who denies it."""

    state: State
    steps: tuple[Step, ...]
    due: str | None
    stale: bool
    denied_by: tuple[str, ...]


def course(reports: Sequence[Report], today: str | None) -> Course:
    """The course of an incident; ``today`` is the newest day that the register knows of."""
    ordered = sorted(reports, key=lambda report: report.order)
    steps: dict[tuple[str, str | None], Step] = {}
    for report in ordered:
        record = report.record
        steps.setdefault((record.status, record.subtype),
                         Step(report.published, record.status, record.subtype, report.face.name))
    state = _state(ordered)
    due = _due(ordered) if state in AHEAD else None
    deniers = dict.fromkeys(_denier(report) for report in ordered if report.record.status == DENIED)
    return Course(state, tuple(steps.values()), due, is_stale(due, today), tuple(deniers))


def is_stale(due: str | None, today: str | None) -> bool:
    """Whether a day by which something was to be done has passed."""
    return bool(due and today and due < today)


def _state(ordered: Sequence[Report]) -> State:
    statuses = [report.record.status for report in ordered]
    if any(report.affirms for report in ordered):
        return "occurred" if "occurred" in statuses else "ongoing"
    ahead = [at for at, status in enumerate(statuses) if status in AHEAD]
    off = [at for at, status in enumerate(statuses) if status == NOT_OCCURRED]
    if off and (not ahead or _day(ordered[off[-1]]) >= _day(ordered[ahead[-1]])):
        return "cancelled" if ahead else "not_occurred"
    if ahead:
        return "planned" if "planned" in statuses else "possible"
    return "denied"


def _day(report: Report) -> str:
    return report.published or ""


def _due(ordered: Sequence[Report]) -> str | None:
    """The last day of any plan's time."""
    lasts = [report.face.when.last for report in ordered if report.record.status in AHEAD and report.face.when.last]
    return dt.date.fromordinal(max(lasts)).isoformat() if lasts else None


def _denier(report: Report) -> str:
    """Who denies: the source closest to the claim, else who is said to have done it, else the outlet."""
    record = report.record
    first = next((parties[0].name for parties in record.roles.values() if parties), report.outlet)
    return record.attribution[0].name if record.attribution else first
