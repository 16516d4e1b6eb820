"""Readings of what is told from the day of publication, or from the date named before: "yesterday", "last week",
"three weeks later", "in the coming weeks", "Tuesday morning", "5 p.m.", "now".

In: the captured words of a rule. Out: a ``Meaning``; without the anchor it stays unresolved.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from tocsin.language.times import calendar
from tocsin.language.times.calendar import Period
from tocsin.language.times.durations import count_of, length
from tocsin.language.times.readings import (
    Context,
    Groups,
    Meaning,
    fixed,
    plain,
    unresolved,
    weekday_of,
    with_part,
)

# "A year earlier" than a month or a quarter is a month or a quarter.
_KEPT = ("month", "quarter")
_HOURS = 24  # of so many hours later one can say that it is that day or the next
# What half a period is counted in.
_FINER = {"year": ("month", 12), "month": ("day", 30), "week": ("day", 7), "decade": ("year", 10)}


def deictic(groups: Groups, context: Context) -> Meaning | None:
    """Yesterday, today, tonight, tomorrow."""
    word = plain(groups["deictic"])
    code = "NI" if word == "tonight" else context.words.tod.get(plain(groups.get("tod", "")), "")
    if context.published is None:
        return unresolved("day", "TIME" if code else "DATE")
    meaning = fixed(calendar.day(context.published + timedelta(days=context.words.deictic[word])), anchored=True)
    return with_part(meaning, code) if code else meaning


def part_of_day(groups: Groups, context: Context) -> Meaning | None:
    """This morning, last night, the afternoon."""
    row, code = context.words.parts_which[plain(groups["todwhich"])], context.words.tod[plain(groups["tod"])]
    anchor = context.anchor(row)
    if anchor is None:
        return unresolved("day", "TIME")
    meaning = with_part(fixed(calendar.day(anchor + timedelta(days=row["steps"])), anchored=True), code)
    return meaning if row.get("named", True) else _valued(meaning)


def overnight(groups: Groups, context: Context) -> Meaning | None:
    """The night before the day of publication."""
    if context.published is None:
        return unresolved("day", "TIME")
    night = calendar.stretch(context.published - timedelta(days=1), context.published, f"{context.published}TNI", "day")
    return fixed(night, anchored=True, type_="TIME")


def _valued(meaning: Meaning) -> Meaning:
    """Keep the TIMEX3 value and drop the days: the text names no day."""
    meaning.value = meaning.past.value if meaning.past else None
    meaning.past = meaning.future = None
    return meaning


def weekday(groups: Groups, context: Context) -> Meaning | None:
    """Tuesday, last Friday, Monday of last week, Tuesday morning."""
    word = groups["weekday"].lower().rstrip(".")
    if re.match(rf"\s(?:{context.words.papers})\b", context.after(12)):
        return None
    number = context.words.weekdays[word]
    if "which" in groups:
        meaning = _weekday_of_week(number, plain(groups["which"]), context)
    else:
        meaning = weekday_of(number, plain(groups.get("daywhich", "")), context)
    part = plain(groups.get("tod", ""))
    if part.endswith("s"):
        return None  # "Tuesday nights" is how often
    code = context.words.tod.get(part)
    return with_part(meaning, code) if code else meaning


def _weekday_of_week(number: int, which: str, context: Context) -> Meaning:
    row = context.words.which[which]
    base = context.anchor(row)
    if base is None:
        return unresolved("day")
    monday = base - timedelta(days=base.weekday())
    return fixed(calendar.day(monday + timedelta(days=7 * row["steps"] + number - 1)), anchored=True)


def which_unit(groups: Groups, context: Context) -> Meaning | None:
    """Last week, next month, this year, the following day."""
    kind = context.words.units[groups["unit1"].lower()]["period"]
    row = context.words.which[plain(groups["which"])]
    anchor = context.anchor(row)
    if kind == "day" and row["steps"] == 0 and "anchor" not in row:
        return None
    if anchor is None:
        return unresolved(kind)
    return fixed(calendar.containing(kind, calendar.move(anchor, kind, row["steps"])), anchored=True)


def the_unit(groups: Groups, context: Context) -> Meaning | None:
    """The week, the year: the one that holds the day of publication; the quarter: the last whole one."""
    kind = context.words.units[groups["unit1"].lower()]["period"]
    if context.published is None:
        return unresolved(kind)
    when = context.published
    if kind == "quarter":
        return fixed(calendar.containing(kind, calendar.move(when, kind, -1)), anchored=True)
    period = calendar.containing(kind, when)
    if kind != "weekend" or (period.earliest and period.earliest <= when):
        return fixed(period, anchored=True)
    return Meaning("DATE", kind, calendar.weekend(when - timedelta(days=7)), period, anchored=True, cycle="week")


def year_end(groups: Groups, context: Context) -> Meaning | None:
    """Year-end: the end of the year."""
    year = int(groups["year"]) if "year" in groups else context.published.year if context.published else None
    if year is None:
        return unresolved("year")
    end = calendar.part_of(calendar.year(year), "end", context.words.parts)
    return replace(fixed(end, anchored="year" not in groups), mod="END")


def year_ago(groups: Groups, context: Context) -> Meaning | None:
    """The year-ago period: that of the year before which answers to the one named last, or that year."""
    if "quarter" in groups and context.published is not None:
        number = context.words.amounts.ordinal(groups["quarter"])
        return replace(fixed(calendar.quarter(context.published.year - 1, number), anchored=True), back=True)
    if context.previous is not None and context.previous_kind in _KEPT:
        when = calendar.move(context.previous, "year", -1)
        return replace(fixed(calendar.containing(context.previous_kind, when), anchored=True), back=True)
    if context.published is None:
        return unresolved("year")
    if "quarterly" in groups:  # that of the day named last ("the quarter ended 30 June"), or the last whole one
        last = context.previous or calendar.move(context.published, "quarter", -1)
        return replace(fixed(calendar.containing("quarter", calendar.move(last, "year", -1)), anchored=True), back=True)
    return replace(fixed(calendar.year(context.published.year - 1), anchored=True), back=True)


def latest_period(groups: Groups, context: Context) -> Meaning | None:
    """The period that a report is about: the month or quarter named last."""
    if context.previous is None or context.previous_kind not in _KEPT:
        return None
    return fixed(calendar.containing(context.previous_kind, context.previous), anchored=True)


def ago(groups: Groups, context: Context) -> Meaning | None:
    """Two days ago, three weeks later, a year earlier."""
    suffix = context.words.suffixes[plain(groups["suffix"])]
    meaning = _away(groups, context, suffix)
    meaning.back = meaning.back or (suffix["steps"] < 0 and "anchor" in suffix)
    if suffix["steps"] < 0 and "anchor" not in suffix:
        meaning.relation = "ago"
    return meaning


def _away(groups: Groups, context: Context, suffix: dict[str, Any]) -> Meaning:
    row = context.words.units[(groups.get("unit") or groups["bare"]).lower()]
    count = count_of(groups["some"], context) if "some" in groups else None
    anchor, kind, side = context.anchor(suffix), row["period"], suffix["steps"]
    told = "anchor" not in suffix
    if count is None:
        value = ("PAST_REF" if side < 0 else "FUTURE_REF") if told else None
        bound = _vaguely(anchor, kind, side, context) if anchor is not None else None
        return Meaning("DATE", kind, bound, bound, value, anchored=True)
    if kind == "time":
        bound = _vaguely(anchor, kind, side, context) if anchor is not None and count <= _HOURS else None
        return Meaning("DURATION", kind, bound, bound, value=length(count, row), anchored=bound is not None)
    if anchor is None:
        return unresolved(kind)
    if kind == "year" and side < 0 and context.previous is not None and context.previous_kind in _KEPT:
        if not told:
            return _moved(anchor, kind, row, count * side, context.previous_kind)
        if context.compares():
            return replace(_moved(context.previous, kind, row, count * side, context.previous_kind), back=True)
    return _moved(anchor, kind, row, count * side)


def _vaguely(anchor: date, kind: str, side: int, context: Context) -> Period:
    """ "hours later" is that day or the next, "a few days ago" within a week; vaguer ones ("years ago") have an open end."""
    most = 1 if kind == "time" else context.words.few_ahead.get(kind)
    end = calendar.move(anchor, "day" if kind == "time" else kind, side * most) if most is not None else None
    return calendar.stretch(end, anchor, None, kind) if side < 0 else calendar.stretch(anchor, end, None, kind)


def _moved(anchor: date, kind: str, row: dict[str, Any], count: float, fine: str | None = None) -> Meaning:
    steps = count * (2 if row.get("times") == 2 else 1)
    if not float(steps).is_integer():
        kind, times = _FINER.get(kind, ("day", 1))
        steps = round(steps * times)
    when = calendar.move(anchor, kind, int(steps))
    fine = fine or {"decade": "year", "century": "year"}.get(kind, kind)
    return fixed(calendar.containing(fine, when), anchored=True)


def that_day(groups: Groups, context: Context) -> Meaning | None:
    """Later that day, early in the day: the date named last."""
    return unresolved("day") if context.previous is None else fixed(calendar.day(context.previous), anchored=True)


def day_before(groups: Groups, context: Context) -> Meaning | None:
    """The day before, the year after: told from the date named last."""
    kind = context.words.units[groups["unit1"].lower()]["period"]
    if context.previous is None:
        return unresolved(kind)
    step = context.words.suffixes[plain(groups["suffix"])]["steps"]
    return fixed(calendar.containing(kind, calendar.move(context.previous, kind, step)), anchored=True)


def rolling(groups: Groups, context: Context) -> Meaning | None:
    """The last five years, the next few days, recent weeks, the weeks ahead: a length with one end at publication."""
    roll = context.words.rolls.get(plain(groups["roll"]), {})
    row = context.words.units[(groups.get("unit") or groups.get("unit1") or groups["unitplural"]).lower()]
    count = 1.0 if "unit1" in groups else count_of(groups["count"], context) if "count" in groups else None
    meaning = Meaning("DURATION", row["period"], value=length(count, row), anchored=True)
    if "bare" in roll and not {"count", "unit1"} & groups.keys():
        meaning.type, meaning.value = "DATE", roll["bare"]
    meaning.past = meaning.future = _window(roll.get("side"), plain(groups["roll"]), row, count, context)
    return meaning


def _window(side: str | None, word: str, row: dict[str, Any], count: float | None, context: Context) -> Period | None:
    """From so far back to publication, or from publication on; open where the number is vague."""
    kind, now, words = row["period"], context.published, context.words
    if now is None or kind == "time" or side is None:
        return None
    limit: date | None = None
    if count is not None and float(count * row.get("times", 1)).is_integer():
        steps = int(count * (row["times"] if kind == "week" and "times" in row else 1))
        limit = calendar.move(now, kind, -steps if side == "past" else steps)
    elif word == "recent" and kind in words.recent:
        unit, back = words.recent[kind]
        limit = calendar.move(now, unit, -back)
    elif word == "next" and kind in words.few_ahead:
        limit = calendar.move(now, kind, words.few_ahead[kind])
    return calendar.stretch(limit, now, None, kind) if side == "past" else calendar.stretch(now, limit, None, kind)


def clock(groups: Groups, context: Context) -> Meaning | None:
    """A time of the clock; the day comes from its neighbours, else the value takes that of publication."""
    at = _clock_value(groups, context)
    if at is None:
        return None
    day = context.published
    return Meaning("TIME", "time", value=f"{day}{at}" if day else None, anchored=True, clock=at)


def _clock_value(groups: Groups, context: Context) -> str | None:
    if noon := groups.get("noon", "").lower():
        return "T24:00" if noon == "midnight" else "T12:00"
    hour = int(groups["h"]) if "h" in groups else context.words.amounts.cardinals[groups["hword"].lower()]
    part = context.words.tod.get(plain(groups.get("tod", "")))
    late = groups.get("ampm", "").lower().startswith("p") or part in ("AF", "EV")
    if groups.get("ampm") or part:
        hour = hour % 12 + (12 if late else 0)
    zone = "Z" if groups.get("tz", "").lower() in context.words.utc else ""
    return f"T{hour:02}:{groups.get('mi', '00')}{zone}"


def reference(groups: Groups, context: Context) -> Meaning | None:
    """Now, recently, in the future: no date."""
    kind = next(name for name in ("present", "bygone", "future") if name in groups)
    value = {"present": "PRESENT_REF", "bygone": "PAST_REF", "future": "FUTURE_REF"}[kind]
    return Meaning("DATE", "reference", value=value)


