"""From text to time expressions: rules, composition, prepositions, in that order.

In: text and anchors. Out: ``TimeExpression`` and ``Recurrence`` objects.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from typing import Literal

from tocsin.knowledge.loader import Tables
from tocsin.language.number_masks import GAP
from tocsin.language.times import calendar
from tocsin.language.times.calendar import Period
from tocsin.language.times.compose import Composer
from tocsin.language.times.context import Surroundings, bounded
from tocsin.language.times.grammar import Found, Grammar
from tocsin.language.times.model import Direction, Recurrence, Relation, TimeExpression
from tocsin.language.times.readings import Meaning


@cache
def default_finder() -> Finder:
    """The finder of the project's own tables, built once."""
    return Finder(Tables())


class Finder:
    """Grammar, composer and cue words of one set of tables."""

    def __init__(self, tables: Tables) -> None:
        self._grammar = Grammar(tables)
        self._composer = Composer(self._grammar.words)
        self._surroundings = Surroundings(self._grammar.words.cues)
        ordinal = self._grammar.words.amounts.ordinal_pattern
        self._nth = re.compile(
            rf"(?<![\w-])(?:for{GAP})?(?:the|its|his|her|their|a){GAP}(?P<ordinal>{ordinal}|\d+(?:st|nd|rd|th)){GAP}(?:such{GAP}|consecutive{GAP}|straight{GAP})?"
            rf"(?:time|occasion|instance)\b",
            re.IGNORECASE,
        )

    def times(
        self, text: str, published: date | None, *, direction: Direction = "past", previous: date | Literal["text"] | None = None
    ) -> list[TimeExpression]:
        """See ``find_times``."""
        running = previous == "text"
        scanned = self._grammar.scan(text, published, None if isinstance(previous, str) else previous, running)
        found = self._composer.compose(text, scanned, published)
        out: list[TimeExpression] = []
        for item in found:
            if item.meaning.split:
                out += [self._expression(text, Found(s, e, m, item.rule), published) for s, e, m in item.meaning.parts]
            else:
                out.append(self._expression(text, item, published))
        return [expression.toward(direction) for expression in out]

    def _expression(self, text: str, found: Found, published: date | None) -> TimeExpression:
        meaning = found.meaning
        relation, cue = self._surroundings.relation(text, found.start)
        if meaning.parts and relation == "since":
            relation = "in"  # "from 3 to 9 May"
        relation = meaning.relation or relation
        past, future = self._bounds(meaning, relation, published, text[cue : found.start])
        lean = self._lean(text, found, published)
        return TimeExpression(
            found.start, found.end, text[found.start : found.end], meaning.type, _value(meaning, meaning.past),
            past.edtf if past else None, past.earliest if past else None, past.latest if past else None,
            relation, meaning.anchored, meaning.granularity, _value(meaning, meaning.future),
            future.edtf if future else None, future.earliest if future else None, future.latest if future else None,
            lean, cue, meaning.mod, tuple(self._expression(text, Found(s, e, m, found.rule), published) for s, e, m in meaning.parts),
            found.rule,
        )

    def _lean(self, text: str, found: Found, published: date | None) -> Literal["past", "future"]:
        meaning = found.meaning
        if published is None or meaning.past == meaning.future:
            return "past"
        near = self._surroundings.nearer(meaning.past, meaning.future, published) if meaning.cycle != "week" else None
        return near or self._surroundings.lean(text, found.start, found.end, meaning.cycle == "week")

    @staticmethod
    def _bounds(
        meaning: Meaning, relation: Relation, published: date | None, cue: str
    ) -> tuple[Period | None, Period | None]:
        past, future = meaning.past, meaning.future
        if meaning.type == "DURATION" and past is None and meaning.steps and published and cue.lower().split()[:1] in (["in"], ["within"]):
            future = _ahead(meaning, published)
        return bounded(past, relation), bounded(future, relation)

    def recurrences(self, text: str, published: date | None) -> list[Recurrence]:
        """See ``find_recurrence``."""
        occasions = list(self._nth.finditer(text))
        if not occasions:
            return []
        times = self.times(text, published)
        out = []
        for match in occasions:
            link = re.compile(rf"{GAP}(?:(?:in|since|during|within|over|of|on|this|so{GAP}far)?{GAP}?(?:the{GAP}|just{GAP}|less{GAP}than{GAP})?)", re.IGNORECASE)
            window = next((t for t in times if t.start >= match.end() and link.fullmatch(text, match.end(), t.start)), None)
            end = window.end if window else match.end()
            ordinal = self._grammar.words.amounts.ordinal(match["ordinal"])
            out.append(Recurrence(match.start(), end, text[match.start() : end], ordinal, window, window.edtf if window else None))
        return out


def _value(meaning: Meaning, period: Period | None) -> str | None:
    if meaning.value is not None:
        return meaning.value
    if period is None:
        return None
    return f"{period.value}{meaning.clock}" if meaning.clock and "T" not in (period.value or "") else period.value


def _ahead(meaning: Meaning, published: date) -> Period | None:
    """The days that "in two weeks" and "within ten days" reach, counted from publication."""
    kind = {"weekend": "week"}.get(meaning.granularity, meaning.granularity)
    if kind in ("time", "unknown") or not float(meaning.steps or 0.5).is_integer():
        return None
    try:
        return calendar.stretch(published, calendar.move(published, kind, int(meaning.steps or 0)), None, kind)
    except (ValueError, OverflowError):
        return None
