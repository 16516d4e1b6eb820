"""What the reports of an incident say slot by slot: every value with who says it, and whether they agree.

In: reports and their origins. Out: slots. A slot is agreed where two origins or more say what can be the same, disputed
where two say what cannot, single where one origin alone says anything. Of a plan and its deed only the deed's values are
weighed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, Literal

from tocsin.incidents import amounts, parties, places
from tocsin.incidents.faces import NAMED_SPOTS, side_of
from tocsin.incidents.model import AHEAD, Face, Line, Range
from tocsin.incidents.naming import in_a_row
from tocsin.incidents.origins import origin_key
from tocsin.incidents.reports import DENIED, Report
from tocsin.incidents.rules import Rules
from tocsin.incidents.times import told

Standing = Literal["agreed", "disputed", "single"]
_PEOPLE = ("killed", "wounded", "captured")


@dataclass(frozen=True, slots=True)
class Value:
    """One value: its text, who says it (names of reports, outlets, keys of origins), whether it is only planned."""

    text: str
    reports: tuple[str, ...]
    outlets: tuple[str, ...]
    origins: tuple[str, ...]
    planned: bool


@dataclass(frozen=True, slots=True)
class Slot:
    """A slot: ``low`` and ``high`` bound all counts that were given, where it is one."""

    slot: str
    standing: Standing
    values: tuple[Value, ...]
    low: int | None = None
    high: int | None = None


@dataclass(frozen=True, slots=True)
class _Said:
    """What one report says of a slot."""

    report: Report
    text: str
    what: Any


def slots(reports: Sequence[Report], rules: Rules) -> list[Slot]:
    """All slots that any report fills, in the order of the codebook."""
    ordered = sorted(reports, key=lambda report: report.order)
    names = dict.fromkeys(name for report in ordered for name in _filled(report))
    only_denied = all(report.record.status == DENIED for report in ordered)  # then what is denied is all there is to show
    said = {name: [one for report in ordered if (one := _said(name, report, rules, only_denied)) is not None]
            for name in sorted(names, key=lambda name: _rank(name, list(ordered[0].record.roles)))}
    return [_slot(name, found, rules) for name, found in said.items() if found]


def _slot(name: str, said: Sequence[_Said], rules: Rules) -> Slot:
    firm = [one for one in said if one.report.record.status not in AHEAD] or list(said)
    clash = _clash(name, rules)
    different = {_same(one.what): one.what for one in firm}  # what is said alike many times is compared once
    disputed = any(clash(a, b) for a, b in combinations(different.values(), 2))
    agreed = len({origin_key(one.report) for one in firm}) > 1
    groups: dict[tuple[str, bool], list[_Said]] = {}
    for one in said:
        groups.setdefault((one.text, one.report.record.status in AHEAD), []).append(one)
    values = tuple(Value(text, tuple(one.report.face.name for one in group),
                         tuple(dict.fromkeys(outlet for one in group for outlet in one.report.outlets)),
                         tuple(dict.fromkeys(origin_key(one.report) for one in group)), planned)
                   for (text, planned), group in groups.items())
    low, high = _bounds([bounds for one in firm for bounds in _ranges(one.what)]) if _is_count(name) else (None, None)
    return Slot(name, "disputed" if disputed else "agreed" if agreed else "single", values, low, high)


def _same(what: Any) -> Any:
    """What is equal where two reports say the very same of a slot, which never clashes."""
    return what.when if isinstance(what, Face) else tuple(what) if isinstance(what, list) else what


def _filled(report: Report) -> Iterator[str]:
    record, face = report.record, report.face
    yield "status"
    if record.subtype:
        yield "subtype"
    yield from (f"roles.{role}" for role, filled in record.roles.items() if filled)
    yield from (f"materiel.{line.class_}" for line in face.lines)
    if face.people:
        yield "personnel"
    yield from (f"casualties.{kind}" for kind in face.tolls)
    if face.when.kind not in ("none", "recent"):
        yield "time"
    if face.places:
        yield "places"


def _said(name: str, report: Report, rules: Rules, only_denied: bool) -> _Said | None:
    """What a report says of a slot; None where nothing. Who denies an event that others tell does not say who did it."""
    record, face = report.record, report.face
    kind, _, part = name.partition(".")
    if kind == "roles":
        filled = record.roles.get(part, ())
        if not filled or (record.status == DENIED and not only_denied):
            return None
        return _Said(report, in_a_row(party.name for party in filled), tuple(side_of(party, rules) for party in filled))
    if kind == "materiel":
        lines = [line for line in face.lines if line.class_ == part]
        return _Said(report, ", ".join(map(_line, lines)), lines) if lines else None
    if kind == "casualties":
        return _Said(report, amounts.shown(face.tolls[part]), face.tolls[part]) if part in face.tolls else None
    return _plain(name, report)


def _plain(name: str, report: Report) -> _Said | None:
    record, face = report.record, report.face
    if name == "status":
        return _Said(report, record.status, record.status)
    if name == "subtype":
        return _Said(report, record.subtype, record.subtype) if record.subtype else None
    if name == "personnel":
        return _Said(report, amounts.shown(face.people), face.people) if face.people else None
    if name == "time":
        return _Said(report, told(face), face) if face.when.kind not in ("none", "recent") else None
    named = [spot for spot in face.places if spot.precision in NAMED_SPOTS] or list(face.places)
    shown = ", ".join(place.name for place in record.places if place.role != "origin")
    return _Said(report, shown, named) if named else None


def _clash(name: str, rules: Rules) -> Callable[[Any, Any], bool]:
    """Whether two values of a slot cannot both be so."""
    kind = name.partition(".")[0]
    if kind == "roles":
        return lambda a, b: bool(a and b) and parties.level(a, b) == "different"
    if kind == "materiel":
        return _lines_clash
    if _is_count(name):
        return lambda a, b: (share := amounts.ratio(a, b)) is not None and share < 1.0
    if kind == "status":
        return lambda a, b: (a in (DENIED, "not_occurred")) != (b in (DENIED, "not_occurred"))
    if kind == "time":
        return lambda a, b: a.when.kind == b.when.kind == "day" and a.when.first != b.when.first
    if kind == "places":
        return lambda a, b: all(places.relation(x, y, rules) in ("apart", "other_country") for x in a for y in b)
    return lambda a, b: False


def _line(line: Line) -> str:
    """A line of equipment: how many, which model."""
    count = amounts.shown((line.low, line.high)) if line.low is not None or line.high is not None else ""
    return " ".join(part for part in (count, line.model) if part) or "–"


def _lines_clash(ones: Sequence[Line], others: Sequence[Line]) -> bool:
    """Whether lines of one class give numbers of one thing that cannot both be so."""
    shares = [share for a in ones for b in others if a.model == b.model or not (a.model and b.model)
              if (share := amounts.ratio((a.low, a.high), (b.low, b.high))) is not None]
    return bool(shares) and max(shares) < 1.0


def _ranges(what: Any) -> list[Range]:
    return [(line.low, line.high) for line in what] if isinstance(what, list) else [what]


def _is_count(name: str) -> bool:
    return name.startswith(("materiel.", "casualties.")) or name == "personnel"


def _bounds(ranges: Sequence[Range]) -> Range:
    lows = [low for low, _ in ranges if low is not None]
    highs = [high for _, high in ranges if high is not None]
    return (min(lows) if lows else None, max(highs) if highs else max(lows) if lows else None)


def _rank(name: str, roles: Sequence[str]) -> tuple[int, int, str]:
    """Where a slot comes; roles as the type has them, who acts before whom it meets."""
    order = ("status", "subtype", "roles", "materiel", "personnel", "casualties", "time", "places")
    kind, _, part = name.partition(".")
    return order.index(kind), roles.index(part) if part in roles else len(roles), name
