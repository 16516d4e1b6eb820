"""Putting neighbours together: clock times with their day, parts of periods ("the end of August"), ranges
("from Monday to Wednesday"), approximators.

In: the spans that the rules found, in text order. Out: fewer and longer ones.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

from tocsin.language.numbers.number_masks import GAP, either
from tocsin.language.times import calendar
from tocsin.language.times.calendar import Period
from tocsin.language.times.grammar import Found
from tocsin.language.times.lexicon import Lexicon
from tocsin.language.times.ranges import joined
from tocsin.language.times.readings import Meaning

_LEAD = 36


class Composer:
    """The patterns that stand between and before expressions."""

    def __init__(self, words: Lexicon) -> None:
        self._words = words
        data = words.words
        parts = {name: either(list_) for name, list_ in data["parts"].items()}
        named = "|".join(f"(?P<{name}>{pattern})" for name, pattern in parts.items())
        article = rf"(?:{GAP}|(?<=-))(?:(?:on|in|the|of|next|during){GAP})?$"
        self._part = re.compile(rf"(?<![\w-])(?:{named}){article}", re.IGNORECASE)
        self._side = re.compile(
            rf"(?<![\w-])(?:(?P<earlier>{either(data['before_now'])})|(?P<later>{either(data['after_now'])})"
            rf"|(?P<whole>{either(data['whole'])})){article}",
            re.IGNORECASE,
        )
        self._about = re.compile(rf"(?<![\w-])(?:{either(data['approximate'])}){GAP}$", re.IGNORECASE)
        self._clock_first = re.compile(rf",?{GAP}?(?:(?:on|of|the){GAP})*", re.IGNORECASE)
        self._day_first = re.compile(
            rf",?{GAP}?(?:(?:at|around|about|by|in|just|shortly|before|after|from|the){GAP})*", re.IGNORECASE
        )
        self._link = re.compile(
            rf"{GAP}?[-–—]{GAP}?|{GAP}(?P<word>to|through|until|till|and){GAP}(?:the{GAP})?", re.IGNORECASE
        )
        self._between = re.compile(rf"\bbetween{GAP}(?:the{GAP})?$", re.IGNORECASE)

    def compose(self, text: str, found: list[Found], published: date | None) -> list[Found]:
        """All steps, in order."""
        timed = list(self._with_clock(text, found))
        floor = 0
        for item in timed:
            self._extend(text, item, floor, published)
            floor = item.end
        return list(self._ranges(text, timed))

    def _with_clock(self, text: str, found: list[Found]) -> Iterator[Found]:
        """Join a clock time or a part of the day with the day beside it."""
        at = 0
        while at < len(found):
            item = found[at]
            after = found[at + 1] if at + 1 < len(found) else None
            together = self._pair(text, item, after) if after else None
            if together:
                yield together
                at += 2
            else:
                yield item
                at += 1

    def _pair(self, text: str, first: Found, second: Found) -> Found | None:
        if first.meaning.clock and first.meaning.granularity == "time" and _is_day(second.meaning):
            clock, day, link = first.meaning.clock, second.meaning, self._clock_first
        elif second.meaning.clock and second.meaning.granularity == "time" and _is_day(first.meaning):
            clock, day, link = second.meaning.clock, first.meaning, self._day_first
        else:
            return None
        if link.fullmatch(text, first.end, second.start) is None:
            return None
        meaning = replace(day, type="TIME", clock=clock)
        return Found(first.start, second.end, meaning, f"{first.rule}+{second.rule}")

    def _extend(self, text: str, item: Found, floor: int, published: date | None) -> None:
        """Take in the words before an expression that narrow it."""
        for _ in range(3):
            lead = text[max(floor, item.start - _LEAD) : item.start]
            if (found := self._part.search(lead)) and item.meaning.type in ("DATE", "TIME"):
                name = next(n for n in self._words.parts if found.groupdict().get(n))
                _each_period(item.meaning, partial(calendar.part_of, which=name, table=self._words.parts))
                item.meaning.mod = {"early": "START", "start": "START", "mid": "MID"}.get(name, "END")
            elif (found := self._side.search(lead)) and item.meaning.type in ("DATE", "TIME"):
                if found["whole"] is None and published is not None:
                    side = -1 if found["earlier"] else 1
                    _each_period(item.meaning, partial(_beside, side=side, published=published))
            elif (found := self._about.search(lead)) and not text.startswith(("the ", "The "), item.start):
                item.meaning.mod = "APPROX"
            else:
                return
            item.start -= len(lead) - found.start()

    def _ranges(self, text: str, found: list[Found]) -> Iterator[Found]:
        """Join two expressions with a dash, "to", or "and" after "between"."""
        at = 0
        while at < len(found):
            item = found[at]
            while at + 1 < len(found) and (wider := self._range(text, item, found[at + 1])):
                item = wider
                at += 1
            yield item
            at += 1

    def _range(self, text: str, first: Found, second: Found) -> Found | None:
        link = self._link.fullmatch(text, first.end, second.start)
        if link is None or first.meaning.parts or second.meaning.parts:
            return None
        lead = text[max(0, first.start - 16) : first.start]
        word = (link["word"] or "").lower()
        if word == "and" and not self._between.search(lead):
            return None
        parts = [(item.start, item.end, item.meaning) for item in (first, second)]
        meaning = joined(first.meaning, second.meaning, parts)
        return Found(first.start, second.end, meaning, "range") if meaning else None


def _is_day(meaning: Meaning) -> bool:
    return meaning.granularity == "day" and meaning.type in ("DATE", "TIME") and not meaning.parts and meaning.clock is None


def _each_period(meaning: Meaning, change: Callable[[Period], Period]) -> None:
    meaning.past = change(meaning.past) if meaning.past else None
    meaning.future = change(meaning.future) if meaning.future else None


def _beside(period: Period, side: int, published: date) -> Period:
    """The part of a period before (or after) the day of publication, where that day lies inside it."""
    if period.earliest is None or period.latest is None or not period.earliest <= published <= period.latest:
        return period
    if period.granularity == "day":
        return period
    earliest, latest = period.earliest, period.latest
    if side < 0:
        latest = published
    elif published < latest:
        earliest = published + timedelta(days=1)
    return replace(period, earliest=earliest, latest=latest, edtf=calendar.interval(earliest, latest))
