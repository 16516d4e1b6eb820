"""From text to time expressions: rules, composition, prepositions, in that order.

In: text and anchors. Out: ``TimeExpression`` and ``Recurrence`` objects.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from functools import cache, lru_cache
from typing import Literal

from tocsin.knowledge.loader import Tables
from tocsin.language.numbers.number_masks import GAP, either, unwrapped
from tocsin.language.times import calendar
from tocsin.language.times.calendar import Period
from tocsin.language.times.compose import Composer
from tocsin.language.times.context import Surroundings, bounded
from tocsin.language.times.grammar import Found, Grammar
from tocsin.language.times.model import Direction, Recurrence, TimeExpression
from tocsin.language.times.readings import Meaning

_ATTRIBUTE = re.compile(r" [a-z]{3,}")  # a noun right behind a date


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
        words = self._grammar.words
        self._nth = re.compile(
            rf"(?:(?<![\w-])(?:for{GAP})?(?:the|its|his|her|our|their|a)|[’']s?){GAP}"
            rf"(?P<ordinal>{words.amounts.ordinal_pattern}|\d+(?:st|nd|rd|th))(?:{GAP}(?:(?:such|consecutive|straight){GAP})?"
            rf"(?:(?:{either(words.cues['occasions'])})|(?:[\w-]+{GAP}){{0,2}}(?P<event>{either(words.cues['events'])}))"
            rf"|(?P<bare>)(?={GAP}(?:this|since|so{GAP}far)\b))\b",
            re.IGNORECASE,
        )
        # all that happens in a sentence asks for its occasions
        self._occasions = lru_cache(maxsize=64)(lambda text: tuple(self._nth.finditer(text)))
        prepositions = rf"(?:(?:in|since|during|within|over|of|on|so{GAP}far){GAP})*"
        self._to_window = re.compile(
            rf"(?:{GAP}of(?:{GAP}[\w-]+){{1,6}})?{GAP}{prepositions}(?:(?:the|just|less{GAP}than){GAP})*", re.IGNORECASE
        )

    def times(
        self,
        text: str,
        published: date | None,
        *,
        direction: Direction = "past",
        previous: date | Literal["text"] | None = None,
        carried: date | None = None,
        year: int | None = None,
    ) -> list[TimeExpression]:
        """See ``find_times``."""
        given, text = text, unwrapped(text)
        running = previous == "text"
        scanned = self._grammar.scan(
            text, published, carried if isinstance(previous, str) else previous, running, year
        )
        found = self._composer.compose(text, scanned, published)
        out: list[TimeExpression] = []
        for item in found:
            if item.meaning.split:
                out += [self._expression(text, Found(s, e, m, item.rule), published) for s, e, m in item.meaning.parts]
            else:
                out.append(self._expression(text, item, published))
        return [_as_given(expression.toward(direction), given) for expression in out]

    def _expression(self, text: str, found: Found, published: date | None) -> TimeExpression:
        meaning = found.meaning
        relation, cue = self._surroundings.relation(text, found.start)
        if meaning.parts and relation == "since":
            relation = "in"  # "from 3 to 9 May"
        relation = meaning.relation or relation
        possessive = text[found.end : found.end + 2] in ("'s", "’s")
        if possessive and text[cue : found.start].lower().startswith("from"):
            relation = "in"  # "the toll from yesterday's raids"
        dates_thing = text[cue : found.start].lower().endswith("the ") or possessive
        if dates_thing and text[cue : found.start].lower() == "to the " and _ATTRIBUTE.match(text, found.end):
            relation = "in"  # "pointed to the December 31 attack"
        past, future = self._bounds(meaning, published, text[cue : found.start])
        past, future = bounded(_sound(past), relation, dates_thing), bounded(_sound(future), relation, dates_thing)
        parts = (self._expression(text, Found(s, e, m, found.rule), published) for s, e, m in meaning.parts)
        return TimeExpression(
            start=found.start,
            end=found.end,
            text=text[found.start : found.end],
            timex3_type=meaning.type,
            value=_value(meaning, meaning.past),
            edtf=past.edtf if past else None,
            earliest=past.earliest if past else None,
            latest=past.latest if past else None,
            relation=relation,
            anchored=meaning.anchored,
            granularity=meaning.granularity,
            future_value=_value(meaning, meaning.future),
            future_edtf=future.edtf if future else None,
            future_earliest=future.earliest if future else None,
            future_latest=future.latest if future else None,
            lean=self._lean(text, found, published),
            cue_start=cue,
            mod=meaning.mod,
            parts=tuple(parts),
            rule=found.rule,
        )

    def _lean(self, text: str, found: Found, published: date | None) -> Literal["past", "future"]:
        meaning = found.meaning
        if published is None or meaning.past == meaning.future:
            return "past"
        weekly = meaning.cycle == "week"
        told = self._surroundings.lean(text, found.start, found.end, weekly)
        near = None if weekly or told.sure else self._surroundings.nearer(meaning.past, meaning.future, published)
        return near or told.side or "past"

    def _bounds(self, meaning: Meaning, published: date | None, cue: str) -> tuple[Period | None, Period | None]:
        past, future = meaning.past, meaning.future
        ahead = not self._grammar.words.ahead.isdisjoint(cue.lower().split()[:1])
        if ahead and published and meaning.type == "DURATION" and past is None and meaning.steps:
            future = _ahead(meaning, published)
        return past, future

    def recurrences(self, text: str, published: date | None) -> list[Recurrence]:
        """See ``find_recurrence``."""
        given, text = text, unwrapped(text)
        occasions = self._occasions(text)
        if not occasions:
            return []
        times = self.times(given, published)
        out = []
        for match in occasions:
            after = match.end()
            window = next((t for t in times if t.start >= after and self._to_window.fullmatch(text, after, t.start)), None)
            if window is None and (match["event"] or match["bare"] is not None):
                continue  # "the second exercise" alone may be the second of any list
            start, end = match.start() + len(match[0]) - len(match[0].lstrip("'’s \n")), window.end if window else after
            ordinal = self._grammar.words.amounts.ordinal(match["ordinal"])
            out.append(Recurrence(start, end, given[start:end], ordinal, window, _window(window, published)))
        return out


def _sound(period: Period | None) -> Period | None:
    """No period where the words contradict each other ("the end of early May")."""
    turned = period is not None and period.earliest is not None and period.latest is not None
    return None if turned and period and str(period.earliest) > str(period.latest) else period


def _as_given(expression: TimeExpression, given: str) -> TimeExpression:
    """The expression with the words of the text as it was given, line breaks and all."""
    if expression.text == given[expression.start : expression.end]:
        return expression
    parts = tuple(_as_given(part, given) for part in expression.parts)
    return replace(expression, text=given[expression.start : expression.end], parts=parts)


def _window(window: TimeExpression | None, published: date | None) -> str | None:
    """EDTF of the window; one that is open to the right ends at publication, told as coarsely as it begins."""
    if window is None or window.edtf is None:
        return None
    begin, _, end = window.edtf.partition("/")
    if end == ".." and published is not None and begin.count("-") < 3:
        return f"{begin}/{published.isoformat()[: len(begin)]}"
    return window.edtf


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
