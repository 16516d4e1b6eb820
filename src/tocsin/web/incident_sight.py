"""An incident as its page shows it: values side by side by source, reports, what joined them, what was decided by hand.

In: an open register and a name. Out: ``Seen`` for the templates. Outlets without a name go by the name of their file.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from tocsin.export.dates import period_phrase
from tocsin.incidents import HandDecision, Incident, Report, telling
from tocsin.incidents.brief import Brief
from tocsin.incidents.decisions import counting
from tocsin.incidents.origins import Origin
from tocsin.incidents.values import Slot, Value
from tocsin.knowledge.words import Words
from tocsin.register.incidents import Pair
from tocsin.web.library import Library
from tocsin.web.settings import Settings
from tocsin.web.whence import told_source

_COLUMNS = 8  # origins that have a column of their own; the others share one
_EXPLAINED = 40  # reports up to which the page says at once why they are one
_UNSURE = 10
_OPEN = ".."  # no bound on this side, as in EDTF
Reasons = list[tuple[float | None, str]]


@dataclass(frozen=True, slots=True)
class Told:
    """One value in a cell: its text, whether it is only planned, the numbers of the reports that give it, and who says it
    where the column does not."""

    text: str
    planned: bool
    reports: tuple[int, ...]
    who: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A slot: its name, how far the sources agree, the range of its counts, a cell for each column."""

    label: str
    standing: str
    bounds: str | None
    cells: tuple[tuple[Told, ...], ...]


@dataclass(frozen=True, slots=True)
class Joined:
    """Two records that were compared, by the numbers of their reports here, and why they are one or may be."""

    score: float
    reasons: Reasons
    report: int | None = None
    fellow: int | None = None
    other: Brief | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """``columns`` are the origins of the table, ``more`` how many share its last column. ``why`` is None where it was not
    worked out; ``unsure`` are other incidents that may be the same."""

    incident: Incident
    columns: tuple[Origin, ...]
    more: int
    lines: tuple[Line, ...]
    numbers: dict[str, int]
    why: list[Joined] | None
    unsure: list[Joined]
    decisions: list[HandDecision]
    counting: frozenset[int]


def seen(library: Library, name: str, say: Words, short: Callable[[str], str], *, explain: bool) -> Seen:
    """An incident for its page. NoIncident where there is none; ``explain`` works out why it is one, however large."""
    incidents = library.register.incidents
    whole = incidents.get(name)
    incident = shortened(library, whole, short)
    numbers = {report.face.name: number for number, report in enumerate(incident.reports, 1)}
    columns = incident.origins[:_COLUMNS] if len(incident.origins) > _COLUMNS + 1 else incident.origins
    wanted = not incident.spell and (explain or len(incident.reports) <= _EXPLAINED)
    why = [_joined(pair, numbers, say) for pair in incidents.why(incident.id)] if wanted else [] if incident.spell else None
    pairs = incidents.unsure(_UNSURE, of=incident.id)
    others = incidents.briefs_of([_other(pair, incident.id) for pair in pairs])
    unsure = [replace(_joined(pair, numbers, say), other=shortened_brief(others[_other(pair, incident.id)], short))
              for pair in pairs]
    decisions = incidents.decisions(incident.id)
    return Seen(incident, columns, len(incident.origins) - len(columns),
                tuple(_line(slot, incident, columns, numbers, say) for slot in incident.slots), numbers, why, unsure,
                decisions, frozenset(one.id for one in counting(incidents.decisions())) if decisions else frozenset())


def told_incident(library: Library, found: Incident, settings: Settings) -> Incident:
    """An incident with the sources of its articles as others may know them."""
    return found if settings.token is None else shortened(library, found, lambda source: told_source(source, settings))


def shortened(library: Library, incident: Incident, short: Callable[[str], str]) -> Incident:
    """An incident with the sources of its articles, where these stand for an outlet too, in short. Two outlets stay two."""
    sources = library.sources([report.article for report in incident.reports])
    renamed = _new_names([outlet for outlet in incident.outlets if outlet in sources], short)
    origins, keys = _origins(incident.origins, renamed)
    slots = tuple(replace(slot, values=tuple(replace(
        value, outlets=_all_of(value.outlets, renamed), origins=tuple(keys.get(key, key) for key in value.origins))
        for value in slot.values)) for slot in incident.slots)
    reports = tuple(_renamed(report, renamed, short) for report in incident.reports)
    denied = _all_of(incident.course.denied_by, renamed)
    return replace(incident, origins=origins, slots=slots, reports=reports, outlets=_all_of(incident.outlets, renamed),
                   course=replace(incident.course, denied_by=denied))


def shortened_brief(brief: Brief, short: Callable[[str], str]) -> Brief:
    """The same of an incident in brief."""
    renamed = _new_names(brief.sources, short)
    return replace(brief, origins=_origins(brief.origins, renamed)[0], outlets=_all_of(brief.outlets, renamed),
                   denied_by=_all_of(brief.denied_by, renamed), sources=_all_of(brief.sources, renamed))


def told_brief(brief: Brief, settings: Settings) -> Brief:
    """An incident in brief with the sources of its articles as others may know them."""
    return brief if settings.token is None else shortened_brief(brief, lambda source: told_source(source, settings))


def _new_names(sources: Sequence[str], short: Callable[[str], str]) -> dict[str, str]:
    """For each source its short name, numbered where another has it."""
    renamed: dict[str, str] = {}
    for source in sources:
        name, number = short(source), 1
        while name in renamed.values():
            number += 1
            name = f"{short(source)} ({number})"
        renamed[source] = name
    return renamed


def _all_of(names: Sequence[str], renamed: dict[str, str]) -> tuple[str, ...]:
    return tuple(renamed.get(name, name) for name in names)


def _origins(origins: Sequence[Origin], renamed: dict[str, str]) -> tuple[tuple[Origin, ...], dict[str, str]]:
    """Origins by their new names, and the new keys by the old."""
    keys = {one.key: f"{one.kind}:{renamed[one.name]}" for one in origins if one.name in renamed and one.kind == "outlet"}
    return tuple(replace(one, key=keys.get(one.key, one.key), name=renamed.get(one.name, one.name),
                         outlets=_all_of(one.outlets, renamed)) for one in origins), keys


def _renamed(report: Report, renamed: dict[str, str], short: Callable[[str], str]) -> Report:
    copies = tuple(renamed.get(name, name) for name in report.copies)
    return replace(report, source=renamed.get(report.source, short(report.source)), copies=copies)


def _other(pair: Pair, name: str) -> str:
    return pair.other_incident if pair.incident == name else pair.incident


def _joined(pair: Pair, numbers: dict[str, int], say: Words) -> Joined:
    return Joined(pair.decision.score, list(telling.reasons(pair.decision, say)), numbers.get(pair.other),
                  numbers.get(pair.one))


def _line(slot: Slot, incident: Incident, columns: Sequence[Origin], numbers: dict[str, int], say: Words) -> Line:
    """A slot with what each origin says of it."""
    of_report = {name: origin for origin in incident.origins for name in origin.reports}
    shown = [origin.key for origin in columns]
    cells: list[list[Told]] = [[] for _ in range(len(columns) + (len(columns) < len(incident.origins)))]
    for value in slot.values:
        text, planned = _text(slot, value, say), value.planned and slot.slot != "status"
        for key in value.origins:
            own = [name for name in value.reports if of_report[name].key == key]
            at = shown.index(key) if key in shown else len(shown)
            who = "" if key in shown else of_report[own[0]].name
            cells[at].append(Told(text, planned, tuple(numbers[name] for name in own), who))
    return Line(telling.slot_name(slot.slot, say), slot.standing, telling.bounds(slot, say),
                tuple(tuple(cell) for cell in cells))


def _text(slot: Slot, value: Value, say: Words) -> str:
    """A value in words; days as everywhere else on the pages."""
    if slot.slot != "time":
        return telling.value_text(slot, value, say)
    first, _, last = value.text.partition("/")
    earliest, latest = (None if part in ("", _OPEN) else part for part in (first, last or first))
    return period_phrase(earliest, latest, say, ahead=value.planned) or value.text
