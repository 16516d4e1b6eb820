"""An incident in words. In: an incident, a decision, the catalogue of words. Out: lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tocsin.incidents.account import Incident
from tocsin.incidents.brief import Brief
from tocsin.incidents.model import Decision
from tocsin.incidents.values import Slot, Value
from tocsin.knowledge.words import Words

_NAMED = 3  # origins and outlets that are named; the rest is counted
Told = Incident | Brief


def heading(incident: Told, words: Words) -> str:
    """Type, kind, state: the title of an incident."""
    parts = [words.name("type", incident.type), words.name("subtype", incident.subtype) if incident.subtype else None,
             words(f"incident.state.{incident.state}"), words("incident.spell") if incident.spell else None]
    return " · ".join(part for part in parts if part)


def parties(incident: Told, words: Words) -> str:
    """Who it is about: the value of each role that most reports give."""
    found = incident.leading
    pair = [f"roles.{role}" for role in words.directed(incident.type)]
    if any(role in found for role in pair):
        return f" {words('arrow')} ".join(found.get(role, words("nothing")) for role in pair)
    return "; ".join(found.values())


def standing(incident: Told, words: Words) -> str:
    """How many reports, outlets and independent origins: "5 reports, 4 outlets, 1 origin: the Russian defence ministry"."""
    return words("incident.sum", reports=words("incident.reports", n=incident.count), **_sources(incident, words))


def independence(incident: Told, words: Words) -> str:
    """The same without the reports: "4 outlets, 1 origin: the Russian defence ministry"."""
    return words("incident.independence", **_sources(incident, words))


def _sources(incident: Told, words: Words) -> dict[str, str]:
    named = [origin.name for origin in incident.origins]
    return {"outlets": words("incident.outlets", n=len(incident.outlets)),
            "origins": words("incident.origins", n=len(named), names=listed(named, words))}


def listed(names: Sequence[str], words: Words) -> str:
    """Names in a row, the first few and how many more there are."""
    more = [words("incident.more", n=len(names) - _NAMED)] if len(names) > _NAMED else []
    return ", ".join([*names[:_NAMED], *more])


def lines(incident: Incident, words: Words) -> Iterator[str]:
    """What an incident shows, but for its reports."""
    yield " · ".join([incident.id, heading(incident, words)])
    if about := parties(incident, words):
        yield about
    yield standing(incident, words)
    if incident.first:
        key = "incident.one_day" if incident.first == incident.last else "incident.days"
        yield words(key, first=incident.first, last=incident.last)
    yield from _course(incident, words)
    yield graded(incident, words)


def bounds(slot: Slot, words: Words) -> str | None:
    """The range of the counts that are given for a slot, where they differ."""
    if slot.low is None or slot.high is None or slot.low == slot.high:
        return None
    return words("incident.range", low=f"{slot.low:,}", high=f"{slot.high:,}")


def value_text(slot: Slot, value: Value, words: Words) -> str:
    """A value as it is read: terms of the codebook in words."""
    return words.name(slot.slot, value.text) if slot.slot in ("status", "subtype") else value.text


def slot_line(slot: Slot, incident: Incident, words: Words) -> tuple[str, str]:
    """A slot and what is said of it: its name, and standing, range and values with who says them."""
    label = slot_name(slot.slot, words)
    kind = words(f"incident.standing.{slot.standing}")
    bounds = []
    if slot.standing == "disputed" and slot.low is not None:
        key = "incident.range" if slot.high is not None else "incident.range_open"
        bounds = [words(key, low=f"{slot.low:,}", high=f"{slot.high or 0:,}")]
    values = [_value(slot, value, incident, words) for value in slot.values]
    return label, " · ".join([", ".join([kind, *bounds]), *values])


def slot_name(slot: str, words: Words) -> str:
    """What a slot is called."""
    kind, _, part = slot.partition(".")
    group = {"roles": "role", "materiel": "class", "casualties": "slot"}.get(kind)
    return words.name(group, part) if group else words.name("slot", slot)


def reasons(decision: Decision, words: Words) -> Iterator[tuple[float | None, str]]:
    """Points and words of each reason, the weightiest first."""
    for reason in sorted(decision.reasons, key=lambda reason: (reason.points is not None, -abs(reason.points or 0.0))):
        about = {key: (words.name("slot" if key == "kind" else "role", str(value)) if key in ("kind", "role")
                       else words.name("subtype", str(value)) if reason.part == "kind" else value)
                 for key, value in reason.about.items()}
        yield reason.points, words(f"incident.why.{reason.part}.{reason.level}", **about)


def graded(incident: Told, words: Words) -> str:
    """The grade with the rules that gave it."""
    grade = incident.grade
    by = words("incident.by", name=grade.by) if grade.by else words("incident.by_nobody")
    return words("incident.grade", letter=grade.letter, figure=grade.figure, by=by,
                 letter_words=words(f"incident.letter.{grade.letter}"),
                 figure_words=words(f"incident.figure.{grade.figure}"),
                 rule=words(f"incident.rule.{grade.rule}", origins=grade.origins))


def _course(incident: Incident, words: Words) -> Iterator[str]:
    course = incident.course
    if len(course.steps) > 1:
        steps = [" ".join(part for part in (step.day, words.name("status", step.status),
                                            f"({words.name('subtype', step.subtype)})" if step.subtype else None) if part)
                 for step in course.steps]
        yield words("incident.history", steps=f" {words('arrow')} ".join(steps))
    if course.stale:
        yield words("incident.stale", day=course.due)
    elif course.due:
        yield words("incident.due", day=course.due)
    if course.denied_by:
        yield words("incident.denied_by", names=listed(course.denied_by, words))


def _value(slot: Slot, value: Value, incident: Incident, words: Words) -> str:
    said = {origin.key: origin.name for origin in incident.origins}
    named = [said.get(key, key) for key in value.origins]
    text = value_text(slot, value, words)
    return words("incident.value_planned" if value.planned and slot.slot != "status" else "incident.value", text=text,
                 outlets=listed(named, words))
