"""Periods of the calendar: their first and last day, their TIMEX3 value and their EDTF.

In: years, months, weeks, days. Out: ``Period`` objects. A date that does not exist raises ValueError, as ``date`` does.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of days, both ends included; an end that is open is None."""

    earliest: date | None
    latest: date | None
    value: str | None
    edtf: str | None
    granularity: str


def day(when: date) -> Period:
    """One day."""
    return Period(when, when, when.isoformat(), when.isoformat(), "day")


def week(when: date) -> Period:
    """The Monday to Sunday that holds a day."""
    monday = when - timedelta(days=when.weekday())
    year, number, _ = when.isocalendar()
    sunday = monday + timedelta(days=6)
    return Period(monday, sunday, f"{year}-W{number:02}", interval(monday, sunday), "week")


def weekend(when: date) -> Period:
    """The Saturday and Sunday of the week that holds a day."""
    whole = week(when)
    saturday = when + timedelta(days=5 - when.weekday())
    sunday = saturday + _DAY
    return Period(saturday, sunday, f"{whole.value}-WE", interval(saturday, sunday), "weekend")


def month(year: int, number: int) -> Period:
    """A month of a year."""
    name = f"{year:04}-{number:02}"
    return Period(date(year, number, 1), last_of_month(year, number), name, name, "month")


def months(year: int, first: int, last: int, value: str, edtf: str, granularity: str) -> Period:
    """Some months of a year; ``last`` may run into the next one."""
    over, number = divmod(last - 1, 12)
    return Period(date(year, first, 1), last_of_month(year + over, number + 1), value, edtf, granularity)


def quarter(year: int, number: int) -> Period:
    """A quarter of a year, 1 to 4."""
    return months(year, 3 * number - 2, 3 * number, f"{year}-Q{number}", f"{year:04}-{32 + number}", "quarter")


def half(year: int, number: int) -> Period:
    """A half of a year, 1 or 2."""
    return months(year, 6 * number - 5, 6 * number, f"{year}-H{number}", f"{year:04}-{39 + number}", "half")


def season(year: int, row: dict[str, Any]) -> Period:
    """A season as calendar.yaml gives it; winter runs into the next year."""
    first, last = row["months"]
    end = last if last >= first else last + 12
    return months(year, first, end, f"{year}-{row['code']}", f"{year:04}-{row['edtf']}", "season")


def year(number: int) -> Period:
    """A year."""
    return Period(date(number, 1, 1), date(number, 12, 31), f"{number:04}", f"{number:04}", "year")


def decade(first: int) -> Period:
    """Ten years from a year that ends in 0."""
    name = f"{first // 10:03}"
    return Period(date(first, 1, 1), date(first + 9, 12, 31), name, name + "X", "decade")


def century(number: int) -> Period:
    """A century by its ordinal; the 20th is told as 1900 to 1999."""
    first = 100 * (number - 1)
    name = f"{number - 1:02}"
    return Period(date(max(1, first), 1, 1), date(first + 99, 12, 31), name, name + "XX", "century")


def interval(earliest: date | None, latest: date | None) -> str | None:
    """EDTF of a stretch of days; an open end is written ``..``."""
    if earliest is None and latest is None:
        return None
    if earliest == latest and earliest is not None:
        return earliest.isoformat()
    return f"{earliest.isoformat() if earliest else '..'}/{latest.isoformat() if latest else '..'}"


def stretch(earliest: date | None, latest: date | None, value: str | None, granularity: str) -> Period:
    """Any run of days."""
    return Period(earliest, latest, value, interval(earliest, latest), granularity)


def between(first: Period, last: Period) -> Period | None:
    """From the beginning of one period to the end of another; None when they stand the wrong way round."""
    if first.earliest is None or last.latest is None or first.earliest > last.latest:
        return None
    simple = not any("/" in (p.edtf or "/") for p in (first, last))
    edtf = f"{first.edtf}/{last.edtf}" if simple else interval(first.earliest, last.latest)
    return Period(first.earliest, last.latest, f"{first.value}/{last.value}", edtf, last.granularity)


def containing(granularity: str, when: date) -> Period:
    """The period of a kind (day, week, weekend, month, quarter, year, decade, century) that holds a day."""
    if granularity == "quarter":
        return quarter(when.year, (when.month + 2) // 3)
    if granularity == "century":
        return century(when.year // 100 + 1)
    if granularity == "decade":
        return decade(when.year // 10 * 10)
    if granularity == "year":
        return year(when.year)
    if granularity == "month":
        return month(when.year, when.month)
    return {"week": week, "weekend": weekend}.get(granularity, day)(when)


def move(when: date, granularity: str, steps: int) -> date:
    """A day so many periods on (or back); the day of the month is kept where the month has it."""
    days = {"day": 1, "week": 7, "weekend": 7}.get(granularity)
    if days:
        return when + timedelta(days=days * steps)
    count = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}[granularity]
    over, number = divmod(when.month - 1 + count * steps, 12)
    target = when.year + over
    return date(target, number + 1, min(when.day, last_of_month(target, number + 1).day))


def last_of_month(year_: int, number: int) -> date:
    """The last day of a month."""
    if number == 12:
        return date(year_, 12, 31)
    return date(year_, number + 1, 1) - _DAY


def easter(year_: int) -> date:
    """Easter Sunday of the western churches (the anonymous Gregorian rule)."""
    a, b, c = year_ % 19, year_ // 100, year_ % 100
    d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
    return date(year_, f // 31, f % 31 + 1)


def named_day(row: dict[str, Any], year_: int) -> date:
    """The day that a row of ``named_days`` means in a year."""
    if "easter" in row:
        return easter(year_) + timedelta(days=row["easter"])
    if "nth" in row:
        first = date(year_, row["month"], 1)
        return first + timedelta(days=(row["weekday"] - first.isoweekday()) % 7 + 7 * (row["nth"] - 1))
    return date(year_, row["month"], row["day"])


def part_of(period: Period, which: str, table: dict[str, dict[str, list[int]]]) -> Period:
    """A part (early, mid, late …) of a period; the period itself where the table knows no part of its kind.

    The TIMEX3 value stays that of the whole, as TIMEX3 has it.
    """
    kind = period.granularity
    bounds = table[which].get(kind)
    if bounds is None or period.earliest is None or period.latest is None:
        return period
    first, last = bounds
    begin, end = period.earliest, period.latest
    if kind == "month":
        earliest, latest = begin.replace(day=first), min(end, begin + timedelta(days=last - 1))
    elif kind == "week":
        earliest, latest = begin + timedelta(days=first - 1), begin + timedelta(days=last - 1)
    elif kind in ("year", "season", "quarter"):
        start = move(begin, "month", first - 1)
        stop = move(begin, "month", last - 1)
        earliest, latest = start, last_of_month(stop.year, stop.month)
        first_month, last_month = earliest.isoformat()[:7], latest.isoformat()[:7]
        edtf = first_month if first_month == last_month else f"{first_month}/{last_month}"
        return Period(earliest, latest, period.value, edtf, kind)
    else:
        earliest, latest = date(begin.year + first, 1, 1), date(begin.year + last, 12, 31)
        return Period(earliest, latest, period.value, f"{earliest.year:04}/{latest.year:04}", kind)
    return replace(period, earliest=earliest, latest=latest, edtf=interval(earliest, latest))
