"""Days and numbers as people write them: ISO days and counts in, phrases out ("21–31 Aug 2021", "about 500")."""

from __future__ import annotations

import calendar
import datetime as dt

from tocsin.knowledge.words import Words
from tocsin.model import Count


def day_phrase(iso: str, words: Words) -> str:
    """An ISO day as ``13 Sep 2021``; anything else as it stands."""
    day = _day(iso)
    return iso if day is None else words("day", day=day.day, month=_month(day, words), year=day.year)


def period_phrase(earliest: str | None, latest: str | None, words: Words, *, ahead: bool = False) -> str | None:
    """Days that bound an event, as a phrase; None where there are none. ``ahead``: the event is still to come."""
    if earliest is None and latest is None:
        return None
    if earliest is None:
        return words("by_day", day=day_phrase(latest or "", words))
    if latest is None:
        return words("from_day" if ahead else "since_day", day=day_phrase(earliest, words))
    first, last = _day(earliest), _day(latest)
    if first is None or last is None or first == last:
        return day_phrase(earliest, words) if earliest == latest else _apart(earliest, latest, words)
    return _whole(first, last, words) or _within(first, last, words)


def _whole(first: dt.date, last: dt.date, words: Words) -> str | None:
    """A full year or month by its name."""
    ends_month = last.day == calendar.monthrange(last.year, last.month)[1]
    if first.day != 1 or not ends_month or first.year != last.year:
        return None
    if (first.month, last.month) == (1, 12):
        return str(first.year)
    return words("month", month=_month(first, words), year=first.year) if first.month == last.month else None


def _within(first: dt.date, last: dt.date, words: Words) -> str:
    if (first.year, first.month) == (last.year, last.month):
        return words("days", first=first.day, last=day_phrase(last.isoformat(), words))
    if first.year == last.year:
        opening = words("day_of_year", day=first.day, month=_month(first, words))
        return words("days_apart", first=opening, last=day_phrase(last.isoformat(), words))
    return _apart(first.isoformat(), last.isoformat(), words)


def _apart(earliest: str, latest: str, words: Words) -> str:
    return words("days_apart", first=day_phrase(earliest, words), last=day_phrase(latest, words))


def _month(day: dt.date, words: Words) -> str:
    return words.listed("months")[day.month - 1]


def _day(iso: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(iso)
    except ValueError:
        return None


def count_phrase(count: Count, words: Words) -> str:
    """A count with its kind: ``12``, ``about 500``, ``at least 20``, ``24 or more``; empty where nothing is stated."""
    low, high = count.min, count.max
    if low is None and high is None:
        return count.text or "" if count.kind != "unstated" else ""
    if low is None or high is None:
        known = low if low is not None else high
        side = "from" if low is not None else "to"
        key = f"count.vague_{side}" if count.kind == "vague" else _open_kind(count.kind, side)
        return words(key, n=_thousands(known))
    if low != high:
        return words("count.range", low=_thousands(low), high=_thousands(high))
    key = f"count.{count.kind}" if count.kind in ("about", "at_least", "at_most") else "count.exact"
    return words(key, n=_thousands(low))


def _open_kind(kind: str, side: str) -> str:
    return "count.at_least" if kind == "at_least" or side == "from" else "count.at_most"


def _thousands(value: int | float | None) -> str:
    return f"{value:,}" if value is not None else ""
