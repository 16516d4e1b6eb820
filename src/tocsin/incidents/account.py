"""What an incident shows: state and history, every value with who says it, origins, grade, reports.

In: the reports of one incident, the newest day that the register knows of. Out: an ``Incident``, and that as plain JSON.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from tocsin.incidents.grading import Grade, grade
from tocsin.incidents.history import Course, course
from tocsin.incidents.origins import Origin, origins, with_cited
from tocsin.incidents.reports import DENIED, Report
from tocsin.incidents.rules import Rules
from tocsin.incidents.values import Slot, slots
from tocsin.model.record import Source


@dataclass(frozen=True, slots=True)
class Incident:
    """One event or lasting state with all its reports. ``first`` and ``last`` are the days of its first and last report;
    ``spell`` where it is a state that lasts."""

    id: str
    type: str
    subtype: str | None
    spell: bool
    first: str | None
    last: str | None
    course: Course
    slots: tuple[Slot, ...]
    origins: tuple[Origin, ...]
    outlets: tuple[str, ...]
    grade: Grade
    reports: tuple[Report, ...]

    @property
    def state(self) -> str:
        """Whether it has happened, lasts, is planned, was called off …"""
        return self.course.state

    @property
    def leading(self) -> dict[str, str]:
        """The value of each role that most reports give."""
        return {slot.slot: max(slot.values, key=lambda value: len(value.reports)).text for slot in self.slots
                if slot.slot.startswith("roles.")}

    @property
    def count(self) -> int:
        """How many reports there are."""
        return len(self.reports)

    @property
    def quote(self) -> str:
        """The first words of the first report's evidence; empty where it has none."""
        return next((quote.exact for quote in self.reports[0].record.evidence), "")


def account(name: str, reports: Sequence[Report], today: str | None, rules: Rules) -> Incident:
    """The account of an incident."""
    told_ = {report.face.name: report for report in with_cited([one for one in reports if not _denied(one, reports)])}
    ordered = tuple(sorted((told_.get(one.face.name) or _denial(one, reports) for one in reports),
                           key=lambda report: report.order))
    told = tuple(slots(ordered, rules))
    days = [report.published for report in ordered if report.published]
    firm = [report for report in ordered if report.affirms] or list(told_.values())
    types = Counter(report.record.type for report in firm)
    kinds = Counter(report.record.subtype for report in firm if report.record.subtype)
    return Incident(
        id=name, type=types.most_common(1)[0][0], subtype=kinds.most_common(1)[0][0] if kinds else None,
        spell=any(report.face.key is not None for report in ordered), first=min(days, default=None),
        last=max(days, default=None), course=course(ordered, today), slots=told, origins=tuple(origins(ordered)),
        outlets=tuple(dict.fromkeys(outlet for report in ordered for outlet in report.outlets)),
        grade=grade(ordered, told, rules), reports=ordered)


def _denied(report: Report, reports: Sequence[Report]) -> Report | None:
    """What a report is but the denial of; None where it tells something itself."""
    return next((other for other in reports if report.face.denial_of(other.face)), None) if report.face.denies else None


def _denial(report: Report, reports: Sequence[Report]) -> Report:
    """The statement "X denied it" as what it is to the incident: a report of the event with the status denied, by X."""
    event = _denied(report, reports)
    if event is None:
        return report
    speakers = [Source(text=one.text, start=one.start, end=one.end, name=one.name, country=one.country, kind=one.kind)
                for one in report.record.roles.get("speaker", ())]
    return replace(report, record=report.record.model_copy(update={
        "status": DENIED, "subtype": event.record.subtype, "roles": {},
        "attribution": tuple(speakers) or report.record.attribution}))


def as_json(incident: Incident) -> dict[str, Any]:
    """An incident as plain data: what ``tocsin incident --json`` prints (docs/contract.md)."""
    course = incident.course
    return {
        "id": incident.id, "type": incident.type, "subtype": incident.subtype, "state": course.state,
        "spell": incident.spell, "stale": course.stale, "due": course.due, "denied_by": list(course.denied_by),
        "first_report": incident.first, "last_report": incident.last,
        "history": [asdict(step) for step in course.steps],
        "values": [asdict(slot) for slot in incident.slots],
        "origins": [asdict(origin) for origin in incident.origins], "outlets": list(incident.outlets),
        "grade": asdict(incident.grade),
        "reports": [{
            "name": report.face.name, "record": report.record.id, "article": report.article, "title": report.title,
            "outlet": report.outlet, "copies": list(report.copies), "url": report.url, "source": report.source,
            "published": report.published, "status": report.record.status,
            "said_by": [source.name for source in report.record.attribution],
            "quotes": [quote.exact for quote in report.record.evidence]} for report in incident.reports],
    }
