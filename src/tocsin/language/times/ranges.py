"""Readings of ranges whose ends are dates of the calendar: "21–31 August", "28 February to 3 March", "2014–2016".

In: the captured words of a rule, or two meanings that a link joins. Out: a ``Meaning`` with its ends as parts.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial

from tocsin.language.times import calendar
from tocsin.language.times.absolute import dated, month_of
from tocsin.language.times.calendar import Period
from tocsin.language.times.readings import Context, Groups, Meaning, fixed, recurring, unresolved, year_number


def day_range(groups: Groups, context: Context) -> Meaning | None:
    """21–31 August, May 3 to 9."""
    month_ = month_of(groups["month"], context)
    ends = [int(re.sub(r"\D", "", groups[name])) for name in ("a", "b")]
    number = year_number(groups, context)
    parts = [dated(end, month_, number, context) for end in ends]
    first, last, named = context.spans["a"], context.spans["b"], context.spans["month"]
    if named < first:
        first = (named[0], first[1])
    else:
        last = (last[0], named[1])
    return _ranged(groups, context, parts, [first, last])


def date_range(groups: Groups, context: Context) -> Meaning | None:
    """28 February to 3 March 2022."""
    number = year_number(groups, context)
    first, last = month_of(groups["am"], context), month_of(groups["bm"], context)
    parts: list[Meaning] = []
    for name, month_ in (("a", first), ("b", last)):
        year_ = number - 1 if number is not None and name == "a" and first > last else number
        parts.append(dated(int(re.sub(r"\D", "", groups[name])), month_, year_, context))
    pairs = [sorted((context.spans[name], context.spans[name + "m"])) for name in "ab"]
    spans = [(first_[0], last_[1]) for first_, last_ in pairs]
    return _ranged(groups, context, parts, spans)


def month_range(groups: Groups, context: Context) -> Meaning | None:
    """March to June 2020."""
    number = year_number(groups, context)
    if "whichyear" in groups and number is None:
        return unresolved("month")
    first, last = month_of(groups["am"], context), month_of(groups["bm"], context)
    if number is None and not all(groups[n].lower() in context.words.full_months for n in ("am", "bm")):
        return None
    parts = []
    for month_ in (first, last):
        if number is None:
            make = partial(calendar.month, number=month_)
            parts.append(recurring(make, context.published, "month", context.year))
        else:
            parts.append(fixed(calendar.month(number - (month_ == first and first > last), month_)))
    return _ranged(groups, context, parts, [context.spans["am"], context.spans["bm"]])


def year_range(groups: Groups, context: Context) -> Meaning | None:
    """2014–2016, 2019/20."""
    first = int(groups["a"])
    last = int(groups["ylast"]) if len(groups["ylast"]) == 4 else first // 100 * 100 + int(groups["ylast"])
    if last <= first or last - first > 300:
        return None
    parts = [fixed(calendar.year(first)), fixed(calendar.year(last))]
    return _ranged(groups, context, parts, [context.spans["a"], context.spans["ylast"]])


def _ranged(groups: Groups, context: Context, parts: list[Meaning], spans: list[tuple[int, int]]) -> Meaning | None:
    link = groups.get("link", "-").strip().lower()
    placed = [(start, end, part) for (start, end), part in zip(spans, parts, strict=True)]
    listed = link == "or" or (link == "and" and not re.search(r"\bbetween\s+(?:the\s+)?$", context.before(), re.IGNORECASE))
    if listed:
        return Meaning("DATE", parts[0].granularity, parts=placed, split=True)
    return joined(parts[0], parts[1], placed)


def joined(first: Meaning, last: Meaning, parts: list[tuple[int, int, Meaning]]) -> Meaning | None:
    """One range out of two meanings; None where they cannot be one."""
    if first.type != "DATE" or last.type != "DATE":
        return None
    if None in (first.past, first.future, last.past, last.future):
        if first.value == "PRESENT_REF" and last.cycle:  # "from now to March" lies ahead
            last = replace(last, past=last.future)
        return Meaning("DATE", last.granularity, anchored=True, parts=_with(parts, first, last))
    past, future = _pair(first, last, "past"), _pair(first, last, "future")
    if past is None or future is None:
        return None
    first, last = (replace(end, past=past[i], future=future[i]) for i, end in enumerate((first, last)))
    return Meaning("DATE", last.granularity, calendar.between(*past), calendar.between(*future),
                   anchored=first.anchored or last.anchored, parts=_with(parts, first, last))


def _with(parts: list[tuple[int, int, Meaning]], *ends: Meaning) -> list[tuple[int, int, Meaning]]:
    """The ends in their places, each in the reading that the range took."""
    return [(start, end, meaning) for (start, end, _), meaning in zip(parts, ends, strict=True)]


def _pair(first: Meaning, last: Meaning, which: str) -> tuple[Period, Period] | None:
    """The ends of the range in one reading; an end that stands the wrong way round is moved by its week or year."""
    begin: Period | None = getattr(first, which)
    end: Period | None = getattr(last, which)
    if begin is None or end is None or begin.earliest is None or end.latest is None:
        return None
    turned = begin.earliest > end.latest
    days = first.granularity == last.granularity == "day" and first.cycle == last.cycle == "year"
    if turned and which == "past" and days and last.future is not None:
        end = last.future  # "18–19 November", told on the 18th: under way
    elif turned and which == "past" and first.cycle:
        begin = _moved(begin, first.cycle, -1)
    elif turned and last.cycle:
        end = _moved(end, last.cycle, 1)
    if begin.earliest is None or end.latest is None or begin.earliest > end.latest:
        return None
    return begin, end


def _moved(period: Period, cycle: str, steps: int) -> Period:
    assert period.earliest is not None
    when = calendar.move(period.earliest, cycle, steps)
    return calendar.containing(period.granularity, when)

