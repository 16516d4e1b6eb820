"""Days of publication: what a user gives, what metadata says, and a line of text that is nothing but a date."""

from __future__ import annotations

import datetime as dt
import re
from email.utils import parsedate_to_datetime
from functools import lru_cache
from typing import Any

from tocsin.errors import UsageError
from tocsin.knowledge.loader import Tables
from tocsin.model import Problem
from tocsin.sources.formats import limits

_ISO = re.compile(
    r"(\d{4}-\d{2}-\d{2})(?:[T ]\d{2}(?::?\d{2}(?::?\d{2}(?:[.,]\d+)?)?)?(?: ?(?:Z|[+-]\d{2}:?(?:\d{2})?))?)?", re.I)
_LEADING_ISO = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})(?!\d)")
_IN_ADDRESS = re.compile(r"/((?:19|20)\d{2})[/-](\d{1,2})[/-](\d{1,2})(?=[/_.-]|$)")
_TOKEN = re.compile(r"\d{4}-\d{2}-\d{2}|\d{1,2}[:.]\d{2}(?::\d{2})?|\d+|[^\W\d_]+(?:\.[^\W\d_]+)*")
_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th)\b", re.I)
_HINT = "give a day as YYYY-MM-DD, for example 2021-09-13"


def parse_published(value: str | dt.date) -> dt.date:
    """The day of publication that a user gives: YYYY-MM-DD, or an ISO date and time (its day as written).

    Raises UsageError, with what would work, for anything else.
    """
    if isinstance(value, dt.datetime):
        day = value.date()
    elif isinstance(value, dt.date):
        day = value
    else:
        day = _iso_day(value)
    if not limits().min_year <= day.year <= limits().max_year:
        raise UsageError(f"{value!s} is no day of publication (the year {day.year}); {_HINT}")
    return day


def future_problem(day: dt.date, today: dt.date | None = None) -> Problem | None:
    """A problem where the day is later than tomorrow (somewhere on Earth it may be tomorrow already)."""
    if day <= (today or dt.date.today()) + dt.timedelta(days=1):
        return None
    return Problem(stage="published", message=f"the day of publication {day} lies in the future; it was used as given")


def metadata_day(value: Any) -> dt.date | None:
    """The day that a page's metadata states in whatever usual form; None where it is none."""
    if not isinstance(value, str):
        return None
    text = value.strip()
    found = _LEADING_ISO.match(text)
    if found:
        return _day(*found.groups())
    try:
        return _in_range(parsedate_to_datetime(text).date())
    except (ValueError, TypeError, IndexError, OverflowError):
        return dated_line(text)


def address_day(address: str | None) -> dt.date | None:
    """The day in an address such as ``/2021/09/13/``."""
    found = _IN_ADDRESS.search(address or "")
    return _day(*found.groups()) if found else None


def dated_line(line: str) -> dt.date | None:
    """The day of a line that is nothing but a date, with or without a label, weekday, time of day and zone."""
    parsed = _read_line(line)
    return parsed[0] if parsed else None


def is_date_line(line: str) -> bool:
    """Whether the line is nothing but a date, of publication or of a change."""
    return _read_line(line) is not None


def _iso_day(value: Any) -> dt.date:
    found = _ISO.fullmatch(value.strip()) if isinstance(value, str) else None
    if found is None:
        raise UsageError(f"{value!r} is not a day; {_HINT}")
    try:
        return dt.date.fromisoformat(found[1])
    except ValueError as error:
        raise UsageError(f"{value!r} is not a day of the calendar; {_HINT}") from error


def _read_line(line: str) -> tuple[dt.date | None] | None:
    """None: no date line. Else its day, which is None where the label tells of a change."""
    words = date_words()
    text = _ORDINAL.sub("", line.strip().strip("()[]"))
    changed = False
    label = words.label.match(text)
    if label:
        changed = label["label"].casefold() in words.changed
        text = text[label.end():]
    if len(text) > 80:
        return None
    tokens = [token.casefold().replace(".", "") if not token[0].isdigit() else token for token in _TOKEN.findall(text)]
    passed = words.weekdays | words.passed
    day = _from_tokens([token for token in tokens if token not in passed])
    if day is None:
        return None
    return (None,) if changed else (day,)


def _from_tokens(tokens: list[str]) -> dt.date | None:
    months = date_words().months
    while tokens and (":" in tokens[-1] or "." in tokens[-1]):
        tokens = tokens[:-1]
    while tokens and (":" in tokens[0] or "." in tokens[0]):
        tokens = tokens[1:]
    if len(tokens) == 1:
        found = _LEADING_ISO.fullmatch(tokens[0]) if "-" in tokens[0] else None
        return _day(*found.groups()) if found else None
    if len(tokens) != 3:
        return None
    first, second, third = tokens
    if first in months and second.isdigit() and third.isdigit():
        return _day(third, months[first], second)
    if second in months and first.isdigit() and third.isdigit():
        year, day = (first, third) if len(first) == 4 else (third, first)
        return _day(year, months[second], day)
    return None


def _day(year: Any, month: Any, day: Any) -> dt.date | None:
    try:
        return _in_range(dt.date(int(year), int(month), int(day)))
    except ValueError:
        return None


def _in_range(day: dt.date) -> dt.date | None:
    return day if limits().min_year <= day.year <= limits().max_year else None


class DateWords:
    """Words of date lines, read from the table."""

    def __init__(self) -> None:
        table = Tables().mapping("reading/dates.yaml")
        self.months: dict[str, int] = dict(table["months"])
        self.weekdays = frozenset(table["weekdays"])
        self.changed = frozenset(table["changed"])
        labels = sorted([*table["labels"], *table["changed"]], key=len, reverse=True)
        self.label = re.compile(rf"(?P<label>{'|'.join(map(re.escape, labels))})(?:\s?:\s?|\s)(?=\S)", re.IGNORECASE)
        self.passed = frozenset(word for zone in table["zones"] for word in zone.split()) | frozenset(table["passed"])


@lru_cache(maxsize=1)
def date_words() -> DateWords:
    """The words as shipped."""
    return DateWords()
