"""Comparing one hand-coded record with one of the program's, slot by slot.

In: two records as plain dictionaries (gold_format and the JSON of a record). Out: for each slot what stands on either
side and whether it agrees; and whether a pair is usable.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from tocsin.evaluation.rules import JOIN, scoring_rules

Dict = dict[str, Any]
Bounds = tuple[Any, Any]
ALWAYS = ("status", "historical", "subtype", "attribution")
_ARTICLE = re.compile(r"^\s*(?:the|a|an)\s+")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Slot:
    """One slot of a pair. ``counts`` is false where neither side fills a slot that may be left empty."""

    gold: Any
    program: Any
    equal: bool
    counts: bool = True


@dataclass(frozen=True, slots=True)
class Comparison:
    """All slots of a pair, with what they add up to."""

    slots: dict[str, Slot]
    wrong: tuple[str, ...]
    wrong_required: tuple[str, ...]
    swapped: bool

    @property
    def usable(self) -> bool:
        """Status, principal roles and every number of the gold record are right together."""
        return not self.wrong

    @property
    def usable_required(self) -> bool:
        """The same with only the roles that the type requires."""
        return not self.wrong_required

    @property
    def agreeing(self) -> int:
        """How many slots are equal, empty ones included: breaks ties between pairings."""
        return sum(slot.equal for slot in self.slots.values())


def compare(gold: Dict, program: Dict) -> Comparison:
    """Compare two records of the same type."""
    rules = scoring_rules()
    slots = {
        "status": _same(gold.get("status"), program.get("status")),
        "historical": _same(bool(gold.get("historical")), bool(program.get("historical"))),
        "subtype": _same(gold.get("subtype") or None, program.get("subtype") or None),
        "attribution": _attribution(gold, program),
    }
    roles = rules.roles_of(gold)
    for name in roles.all:
        slots[name] = _filled(countries(gold, name), countries(program, name))
    slots |= _matter(gold, program)
    numbers = _wrong_numbers(gold, program)
    return Comparison(
        slots=slots,
        wrong=tuple(_unequal(slots, ("status", *roles.principal)) + numbers),
        wrong_required=tuple(_unequal(slots, ("status", *roles.required)) + numbers),
        swapped=_swapped(slots, roles.principal),
    )


def countries(record: Dict, slot: str) -> frozenset[str]:
    """Countries of the parties in a role (or roles joined by ``+``); ``-`` stands for a party without one."""
    roles = record.get("roles") or {}
    return frozenset(party.get("country") or "-" for role in slot.split(JOIN) for party in roles.get(role) or ())


def bounds(count: Dict | None) -> Bounds | None:
    """Lower and upper bound of a count; None where it states no number."""
    if not count or (count.get("min") is None and count.get("max") is None):
        return None
    return count.get("min"), count.get("max")


def materiel_numbers(record: Dict) -> Counter[Bounds]:
    """The numbers that stand on a record's materiel lines."""
    found = (bounds(line.get("count")) for line in record.get("materiel") or ())
    return Counter(number for number in found if number is not None)


def _same(gold: Any, program: Any) -> Slot:
    return Slot(gold, program, gold == program)


def _filled(gold: Any, program: Any) -> Slot:
    return Slot(gold, program, gold == program, bool(gold) or bool(program))


def _unequal(slots: dict[str, Slot], names: Iterable[str]) -> list[str]:
    return [name for name in names if not slots[name].equal]


def _matter(gold: Dict, program: Dict) -> dict[str, Slot]:
    """Slots beside status and roles, all of which may be empty."""
    return {
        "materiel": _filled(_classes(gold), _classes(program)),
        "materiel counts": _filled(_listed(materiel_numbers(gold)), _listed(materiel_numbers(program))),
        "personnel": _personnel(gold, program),
        "casualties": _filled(_casualties(gold), _casualties(program)),
        "time": _time(gold, program),
        "place": _place(gold, program),
    }


def _classes(record: Dict) -> frozenset[str]:
    return frozenset(line.get("class") or "unspecified" for line in record.get("materiel") or ())


def _listed(numbers: Counter[Bounds]) -> tuple[Bounds, ...]:
    return tuple(sorted(numbers.elements(), key=repr))


def _personnel(gold: Dict, program: Dict) -> Slot:
    """Force size: "a division" without a number fills the slot as well, so both sides must then have it unnumbered."""
    ours, theirs = gold.get("personnel"), program.get("personnel")
    equal = (ours is None) == (theirs is None) and bounds(ours) == bounds(theirs)
    return Slot(_number(ours), _number(theirs), equal, ours is not None or theirs is not None)


def _number(count: Dict | None) -> Any:
    return None if count is None else bounds(count) or "no number"


def _casualties(record: Dict) -> tuple[tuple[str, Bounds], ...]:
    told = record.get("casualties") or {}
    found = [(kind, bounds(told.get(kind))) for kind in ("killed", "wounded")]
    return tuple((kind, number) for kind, number in found if number is not None)


def _attribution(gold: Dict, program: Dict) -> Slot:
    ours, theirs = (gold.get("attribution") or [None])[0], (program.get("attribution") or [None])[0]
    if ours is None or theirs is None:
        return Slot(_said_by(ours), _said_by(theirs), ours is theirs)
    same_country = ours.get("country") is not None and ours.get("country") == theirs.get("country")
    return Slot(_said_by(ours), _said_by(theirs), same_country or _same_name(ours, theirs))


def _said_by(source: Dict | None) -> str | None:
    return None if source is None else f"{source.get('text') or source.get('name')} ({source.get('country') or '-'})"


def _same_name(ours: Dict, theirs: Dict) -> bool:
    """Whether a name of one holds all words of a name of the other ("Interfax", "the Interfax news agency")."""
    return any(one <= other or other <= one for one in _names(ours) for other in _names(theirs))


def _names(source: Dict) -> list[frozenset[str]]:
    given = [name.casefold() for name in (source.get("text"), source.get("name")) if name]
    words = [frozenset(_WORD.findall(_ARTICLE.sub("", name))) for name in given]
    return [name for name in words if name]


def _time(gold: Dict, program: Dict) -> Slot:
    ours, theirs = _days(gold), _days(program)
    if ours is None or theirs is None:
        return Slot(ours, theirs, ours is theirs, ours is not theirs)
    return Slot(ours, theirs, _overlap(ours, theirs) >= scoring_rules().time_overlap)


def _days(record: Dict) -> tuple[dt.date | None, dt.date | None] | None:
    time = record.get("time") or {}
    first, last = _day(time.get("earliest")), _day(time.get("latest"))
    return None if first is None and last is None else (first, last)


def _day(value: Any) -> dt.date | None:
    if isinstance(value, dt.date):
        return value.date() if isinstance(value, dt.datetime) else value
    try:
        return dt.date.fromisoformat(str(value)[:10])
    except ValueError:
        return None


def _overlap(one: tuple[dt.date | None, dt.date | None], other: tuple[dt.date | None, dt.date | None]) -> float:
    (a, b), (c, d) = _closed(*one), _closed(*other)
    shared = min(b, d) - max(a, c) + 1
    return max(shared, 0) / ((b - a + 1) + (d - c + 1) - max(shared, 0))


def _closed(first: dt.date | None, last: dt.date | None) -> tuple[int, int]:
    """Day numbers of both ends; an open end lies ten years from the other; ends in the wrong order are put right."""
    away = scoring_rules().open_end_days
    start = first.toordinal() if first else last.toordinal() - away if last else 0
    end = last.toordinal() if last else start + away
    return min(start, end), max(start, end)


def _place(gold: Dict, program: Dict) -> Slot:
    ours = gold.get("place") or next(iter(gold.get("places") or ()), None)
    theirs = next(iter(program.get("places") or ()), None)
    if ours is None or theirs is None:
        return Slot(_where(ours), _where(theirs), ours is theirs, ours is not theirs)
    return Slot(_where(ours), _where(theirs), ours.get("country") == theirs.get("country"))


def _where(place: Dict | None) -> str | None:
    return None if place is None else f"{place.get('name') or place.get('text')} ({place.get('country') or '-'})"


def _wrong_numbers(gold: Dict, program: Dict) -> list[str]:
    """Which numbers that gold states the program misses; numbers that only the program has do no harm here."""
    wrong = []
    if materiel_numbers(gold) - materiel_numbers(program):
        wrong.append("materiel counts")
    stated = bounds(gold.get("personnel"))
    if stated is not None and stated != bounds(program.get("personnel")):
        wrong.append("personnel")
    told = dict(_casualties(program))
    wrong += [kind for kind, number in _casualties(gold) if told.get(kind) != number]
    return wrong


def _swapped(slots: dict[str, Slot], principal: tuple[str, ...]) -> bool:
    if len(principal) != 2:
        return False
    one, other = slots[principal[0]], slots[principal[1]]
    return bool(one.gold != other.gold and one.gold == other.program and other.gold == one.program)
