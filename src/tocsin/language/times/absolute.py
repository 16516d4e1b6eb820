"""Readings of dates, months, years and other periods that the calendar names.

In: the captured words of a rule. Out: a ``Meaning``, or None where the words are no time after all.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from tocsin.language.times import calendar
from tocsin.language.times.calendar import Period
from tocsin.language.times.readings import (
    Context,
    Groups,
    Meaning,
    fixed,
    full_year,
    plain,
    recurring,
    side_of,
    unresolved,
    year_number,
)


def iso(groups: Groups, context: Context) -> Meaning | None:
    """Digits in the order year, month, day, or with a four-digit year last."""
    meaning = fixed(calendar.day(date(int(groups["y"]), int(groups["m"]), int(groups["d"]))))
    return _clocked(meaning, groups)


def slashed(groups: Groups, context: Context) -> Meaning | None:
    """12/31/1999; the month stands first unless it cannot."""
    a, b, year = int(groups["a"]), int(groups["b"]), full_year(groups["y"])
    month, day = (a, b) if a <= 12 else (b, a)
    return _clocked(fixed(calendar.day(date(year, month, day))), groups)


def _clocked(meaning: Meaning, groups: Groups) -> Meaning:
    if "h" in groups:
        meaning.clock = f"T{int(groups['h']):02}:{groups['mi']}"
    return meaning


def fixed_day(groups: Groups, context: Context) -> Meaning | None:
    """A name of one day of history."""
    return fixed(calendar.day(context.words.fixed[groups["fixed_day"].lower()]))


def day_month(groups: Groups, context: Context) -> Meaning | None:
    """A day of a month, with its year or without."""
    month = month_of(groups["month"], context)
    day = int(re.sub(r"\D", "", groups["day"])) if "day" in groups else context.words.amounts.ordinal(groups["dayword"])
    if "whichyear" in groups and year_number(groups, context) is None:
        return unresolved("day")
    meaning = dated(day, month, year_number(groups, context), context)
    if meaning.cycle and "weekday" in groups and context.published:
        number = context.words.weekdays[groups["weekday"].lower().rstrip(".")]
        return _on_weekday(meaning, number, day, month, context.published)
    return meaning


def _on_weekday(meaning: Meaning, number: int, day: int, month: int, published: date) -> Meaning:
    """The year nearest to publication in which a day falls on the weekday that the text gives."""
    for step in (0, -1, 1, -2, 2, -3, 3):
        when = date(published.year + step, month, day)
        if when.isoweekday() == number and abs((when - published).days) < 400:
            return fixed(calendar.day(when), anchored=True)
    return meaning


def dated(day: int, month: int, year: int | None, context: Context) -> Meaning:
    """A day of a month, of a known year or of the nearest ones."""
    if year is not None:
        return fixed(calendar.day(date(year, month, day)))
    return recurring(lambda y: calendar.day(date(y, month, day)), context.published, "day", context.year)


def month(groups: Groups, context: Context) -> Meaning | None:
    """A month with or without its year, or told from here ("last August")."""
    number = month_of(groups["month"], context)
    if "whichyear" in groups and year_number(groups, context) is None:
        return unresolved("month")
    if (year := year_number(groups, context)) is not None:
        return fixed(calendar.month(year, number), anchored="whichyear" in groups)
    if "yearword" in groups or not _may_stand_alone(groups, context):
        return None
    row, published = context.words.which.get(plain(groups.get("monthwhich", ""))), context.published
    if row is None or published is None:
        return recurring(lambda y: calendar.month(y, number), published, "month", context.year)
    side = side_of(row)
    steps = -(number >= published.month) if side < 0 else (number <= published.month) if side > 0 else 0
    return fixed(calendar.month(published.year + steps, number), anchored=True)


def month_of(word: str, context: Context) -> int:
    """The number of a month by its name."""
    return context.words.months[word.lower().rstrip(".")]


def _may_stand_alone(groups: Groups, context: Context) -> bool:
    """A short name needs its full stop; a month that is also a word or a name needs a preposition before it."""
    word = groups["month"]
    names = context.words.full_months
    if word.rstrip(".").lower() not in names:
        return word.endswith(".")
    if word.capitalize() in context.words.cues["doubtful_months"] and not groups.get("monthwhich"):
        lead = re.search(r"(\w+)[\s-]+$", context.before())
        led = lead is not None and lead[1].lower() in context.words.month_leads
        return led and re.match(r"\s+[A-Z][a-z]", context.after()) is None
    return True


def year(groups: Groups, context: Context) -> Meaning | None:
    """A bare year."""
    number = year_number(groups, context)
    if number is None or context.words.names_thing(context.text, context.start, context.end):
        return None
    return fixed(calendar.year(number))


def year_month(groups: Groups, context: Context) -> Meaning | None:
    """2021-08."""
    return fixed(calendar.month(int(groups["y"]), int(groups["m"])))


def decade(groups: Groups, context: Context) -> Meaning | None:
    """The 1990s, the '90s, the nineties."""
    if "decadeword" in groups:
        first = 1900 + context.words.decades[groups["decadeword"].lower()]
    else:
        first = int(groups["ten"]) * 10 if len(groups["ten"]) > 1 else 1900 + int(groups["ten"]) * 10
    return fixed(calendar.decade(first))


def century(groups: Groups, context: Context) -> Meaning | None:
    """The 20th century."""
    number = int(groups["number"]) if "number" in groups else context.words.amounts.ordinal(groups["dayword"])
    return fixed(calendar.century(number)) if 0 < number < 30 else None


def named_day(groups: Groups, context: Context) -> Meaning | None:
    """Christmas, Thanksgiving and the like."""
    row = context.words.named[plain(groups["named_day"]).replace("’", "'")]
    if (number := year_number(groups, context)) is not None:
        return fixed(calendar.day(calendar.named_day(row, number)))
    meaning = recurring(lambda y: calendar.day(calendar.named_day(row, y)), context.published, "day")
    side = side_of(context.words.which.get(plain(groups.get("namedwhich", ""))))
    if side < 0:
        meaning.future = meaning.past
    elif side > 0:
        meaning.past = meaning.future
    return meaning


def quarter(groups: Groups, context: Context) -> Meaning | None:
    """The third quarter, Q3 2021, last year's first quarter."""
    number = context.words.amounts.ordinal(groups["quarter"])
    return _yearly(groups, context, lambda y: calendar.quarter(y, number), "quarter")


def half(groups: Groups, context: Context) -> Meaning | None:
    """The first half of 2020."""
    number = 1 if groups["half"].lower() in ("first", "1") else 2
    if "year" not in groups and "whichyear" not in groups:
        groups = {**groups, "whichyear": "this year"}
    return _yearly(groups, context, lambda y: calendar.half(y, number), "half")


def season(groups: Groups, context: Context) -> Meaning | None:
    """Spring 2022, last winter, the summer."""
    row: dict[str, Any] = context.words.seasons[groups["season"].lower()]
    which, published = context.words.which.get(plain(groups.get("seasonwhich", ""))), context.published
    if which is not None and published is not None:
        return fixed(_season_near(row, side_of(which), published), anchored=True)
    return _yearly(groups, context, lambda y: calendar.season(y, row), "season")


def _season_near(row: dict[str, Any], side: int, published: date) -> Period:
    """The last season of a name that is over, the next one, or the one that holds the day (of this year, if none does)."""
    periods = [calendar.season(published.year + step, row) for step in (-2, -1, 0, 1, 2)]
    if side < 0:
        return [p for p in periods if p.latest and p.latest < published][-1]
    if side > 0:
        return next(p for p in periods if p.earliest and p.earliest > published)
    now = [p for p in periods if p.earliest and p.latest and p.earliest <= published <= p.latest]
    return now[0] if now else calendar.season(published.year, row)


def _yearly(groups: Groups, context: Context, make: Any, granularity: str) -> Meaning:
    number = year_number(groups, context)
    if number is not None:
        return fixed(make(number), anchored="whichyear" in groups)
    if "whichyear" in groups or "yearword" in groups:
        return unresolved(granularity)
    return recurring(make, context.published, granularity, context.year)
