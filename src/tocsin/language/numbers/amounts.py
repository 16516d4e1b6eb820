"""Numbers of things in running text: counts, measured amounts, sums of money, ordinals.

In: text. Out: ``Number`` objects in text order, with the bounds and the kind that the codebook asks for ("around 500",
"dozens", "between 300 and 400 km", "$3.5bn"). Dates, clock times, designations and section numbers are left out.
All words stand in ``knowledge/numbers``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from tocsin.knowledge.loader import Tables
from tocsin.language.numbers.number_masks import GAP, MaskedSpans, Masks, either, unwrapped
from tocsin.language.numbers.number_words import Amount, Amounts, Core, lowered, whole
from tocsin.model.base import CountKind

# How far back an approximator may begin before its number.
_LEAD = 48


@dataclass(frozen=True, slots=True)
class Number:
    """One number. The span holds approximator, number and unit; the core is the bare number (of a range: both ends).

    ``min`` and ``max`` are None where open, and both None for an ordinal. ``unit`` is None for plain counts. ``weak``
    marks a bare "one", which may be no number at all.
    """

    start: int
    end: int
    text: str
    min: Amount | None
    max: Amount | None
    kind: CountKind
    unit: str | None
    ordinal: int | None
    core_start: int
    core_end: int
    weak: bool = False

    @property
    def is_money(self) -> bool:
        """Whether it is a sum: its unit is a currency by its three letters ("USD"; "MW" is none)."""
        return self.unit is not None and len(self.unit) == 3 and self.unit.isupper()

    def shifted(self, by: int) -> Number:
        """The same number with its offsets moved."""
        start, end = self.core_start + by, self.core_end + by
        return replace(self, start=self.start + by, end=self.end + by, core_start=start, core_end=end)


@dataclass(frozen=True, slots=True)
class _Approximator:
    """What a word before a number makes of it, and when it does not."""

    kind: CountKind
    min_value: Amount = 0
    not_time: bool = False


def find_numbers(text: str) -> list[Number]:
    """All numbers of a text, in order, not overlapping. "a" and "an" are left to the caller."""
    return default_grammar().find(text)


@cache
def default_grammar() -> NumberGrammar:
    """The grammar of the project's own tables, built once."""
    return NumberGrammar(Tables())


class NumberGrammar:
    """Regular expressions and tables made from ``knowledge/numbers``; build one and keep it."""

    def __init__(self, tables: Tables) -> None:
        units = dict(tables.mapping("numbers/units.yaml"))
        self.amounts = Amounts(tables, units.pop("currency_signs"))
        self._masks = Masks(tables)
        self._build_units(units)
        self._build_surroundings(tables.mapping("numbers/approximators.yaml"))

    def _build_units(self, units: dict[str, Any]) -> None:
        money: dict[str, list[str]] = units.pop("currency_words")
        self._units = {w.lower(): unit for group in units.values() for unit, words in group.items() for w in words}
        self._money = {w.lower(): code for code, words in money.items() for w in words}
        self._time_units = frozenset(units["time"])
        self._unit = re.compile(
            rf"(?P<gap>-|{GAP})?(?P<unit>{either(list(self._units))})(?!\w|-class\b|-\d)"
            rf"|(?:-|(?:{GAP}of)?{GAP})(?P<money>{either(list(self._money))})(?!\w)",
            re.IGNORECASE,
        )

    def _build_surroundings(self, data: dict[str, Any]) -> None:
        self._before: dict[str, _Approximator] = {}
        plain: list[str] = []
        graded: list[str] = []
        for row in data["before"]:
            use = _Approximator(row["kind"], row.get("min_value", 0), row.get("not_time", False))
            self._before.update(dict.fromkeys(row["words"], use))
            (graded if row.get("degree") else plain).extend(row["words"])
        words = [w for w in plain if w[0].isalpha()]
        signs = [w for w in plain if not w[0].isalpha()]
        degree = rf"(?:(?:{either(data['degree'])}){GAP})?"
        self._particle = re.compile(rf"\b(?:{either(data['particles'])}){GAP}over{GAP}$", re.IGNORECASE)
        self._lead = re.compile(
            rf"(?:(?<![\w-])(?:(?P<word>{either(words)})|{degree}(?P<graded>{either(graded)})){GAP}"
            rf"|(?P<sign>{either(signs)}){GAP}?)$",
            re.IGNORECASE,
        )
        self._after: dict[str, CountKind] = {
            word.strip(): row["kind"] for row in data["after"] for word in row["words"]
        }
        glued = either([w for w in self._after if not w[0].isalpha()])
        apart = either([w for w in self._after if w[0].isalpha()])
        self._trail = re.compile(rf"(?:(?P<glued>{glued})|{GAP}(?P<apart>{apart}))(?!\w)", re.IGNORECASE)
        self._link = re.compile(rf"(?:{GAP}|-)(?P<word>to|or|and)(?:{GAP}|-)|{GAP}?[-–]{GAP}?", re.IGNORECASE)
        self._between = re.compile(rf"\bbetween{GAP}$", re.IGNORECASE)
        self._from = re.compile(rf"(?<!ranging )(?<!ranges )(?<!anywhere )\bfrom{GAP}$", re.IGNORECASE)

    def find(self, text: str) -> list[Number]:
        """See ``find_numbers``."""
        given, text = text, unwrapped(text)
        cores = self._cores(text)
        numbers: list[Number] = []
        at = 0
        while at < len(cores):
            joined = self._range(text, cores[at], cores[at + 1]) if at + 1 < len(cores) else None
            at += 2 if joined else 1
            core = joined or cores[at - 1]
            numbers.append(self._surround(text, core, numbers[-1].end if numbers else 0))
        if given == text:
            return numbers
        return [replace(number, text=given[number.start : number.end]) for number in numbers]

    def _cores(self, text: str) -> list[Core]:
        lower = lowered(text)
        masked: MaskedSpans | None = None
        cores: list[Core] = []
        position = 0
        while found := self.amounts.pattern.search(lower, position):
            position = found.end()
            masked = masked or self._masks.spans(text, lower)  # most texts have nothing that looks like a number
            if (after := masked.over(*found.span())) is not None:
                position = max(after, found.start() + 1)
                continue
            core = self.amounts.read(found)
            if core is None:
                continue
            position = core.end
            measured = self._measured(text, core)
            if self._stands(text, core, measured):
                cores.append(measured)
                position = measured.end
        return cores

    def _stands(self, text: str, core: Core, measured: Core) -> bool:
        """No part of a longer token ("9K720", "5G", "one-sided"), and no year."""
        if measured.end > core.end:
            return True
        following = text[core.end : core.end + 1]
        if core.digits:
            glued = following.isalpha() or following == "_"
            return not glued and not self._masks.is_year(text, core.start, core.end)
        return not (core.low == 1 and following == "-")

    def _measured(self, text: str, core: Core) -> Core:
        """The number with the unit that follows it; one with a sign before it has its unit already."""
        if core.unit or core.ordinal is not None:
            return core
        found = self._unit.match(text, core.end)
        if found is None or (found["unit"] and not found["gap"] and text[core.end - 1].isalpha()):
            return core
        word = re.sub(r"\s+", " ", (found["money"] or found["unit"]).lower())
        unit = (self._money if found["money"] else self._units).get(word)
        if unit is None:
            return core  # a letter that matches in any case and has another small form: "mİ"
        if unit == "lb" and core.scale >= 10**6:
            unit = "GBP"  # nobody weighs in millions of pounds
        return replace(core, end=found.end(), unit=unit)

    def _range(self, text: str, low: Core, high: Core) -> Core | None:
        """Two neighbours read as one range: "10 to 15", "$3-4 billion", "between 300 and 400"."""
        if low.low is None or high.high is None or "vague" in (low.kind, high.kind):
            return None
        link = self._link.fullmatch(text, low.end, high.start)
        if link is None or (low.unit and high.unit and low.unit != high.unit):
            return None
        lead = text[max(0, low.start - 20) : low.start]
        between = self._between.search(lead)
        word = (link["word"] or "").lower()
        if (word == "and" and not between) or (word == "to" and self._from.search(lead)):
            return None
        first: Amount = low.low
        if low.scale == 1 and high.scale > 1 and first < high.high / high.scale:
            first = whole(first * high.scale)  # "1.5 to 2 million"
        if first >= high.high:
            return None
        start = low.start - len(between[0]) if between else low.start
        unit = high.unit or low.unit
        return Core(start, high.end, first, high.high, low.core_start, high.core_end, "range", unit)

    def _surround(self, text: str, core: Core, floor: int) -> Number:
        """Read the approximators around a bare number and make the number of it."""
        if core.ordinal is not None:
            span = text[core.start : core.end]
            return Number(core.start, core.end, span, None, None, "exact", None, core.ordinal, core.start, core.end)
        kind = core.kind
        found = self._trail.match(text, core.end)
        word = re.sub(r"\s+", " ", found["glued"] or found["apart"]).lower() if found is not None else ""
        if found is not None and word in self._after:
            kind = self._after[word]
            core = self._measured(text, replace(core, end=found.end()))
        start, kind = self._led(text, core, kind, max(floor, core.start - _LEAD))
        low, high = _bounds(kind, core)
        weak = kind == "exact" and core.low == 1 and core.unit is None and not core.digits
        span = text[start : core.end]
        return Number(start, core.end, span, low, high, kind, core.unit, None, core.core_start, core.core_end, weak)

    def _led(self, text: str, core: Core, kind: CountKind, floor: int) -> tuple[int, CountKind]:
        """Where the approximators before a number begin, and what they make of it; the outermost decides."""
        start = core.start
        while found := self._lead.search(text[floor:start]):
            word = re.sub(r"\s+", " ", found["word"] or found["graded"] or found["sign"]).lower()
            use = self._before[word]
            if word == "over" and self._particle.search(text[floor:start]):
                break
            if (core.low or 0) < use.min_value or (use.not_time and core.unit in self._time_units):
                break
            if use.kind != "about" or core.kind not in ("vague", "range"):
                kind = use.kind
            start = floor + found.start()
        return start, kind


def _bounds(kind: CountKind, core: Core) -> tuple[Amount | None, Amount | None]:
    if kind == "at_least":
        return core.low, None
    if kind == "at_most":
        return None, core.high if core.high is not None else core.low
    return core.low, core.high
