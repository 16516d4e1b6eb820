"""Words as the time of an event: an expression of the text, or days that a reviewer types.

In: words such as "in October" or ``2021-08-21/2021-08-31``. Out: a time as the contract has it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

from tocsin.coding.times.event_time import stated_time
from tocsin.errors import UsageError
from tocsin.knowledge.words import words
from tocsin.language.times import find_recurrence, find_times
from tocsin.language.times.calendar import last_of_month
from tocsin.model import EventTime
from tocsin.review.place_words import Words

_DAY = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
_OPEN = ".."


def time_of(said: str, place: Callable[[str], Words], published: dt.date | None, status: str) -> dict[str, Any]:
    """The time; none of anything where nothing is said. UsageError where the words are no time."""
    if not said:
        return EventTime().model_dump(mode="json")
    typed = _typed(said)
    if typed is not None:
        return typed.model_dump(mode="json")
    where = place(said)
    found = max(find_times(where.text, published), key=lambda one: one.end - one.start, default=None)
    if found is None:
        raise UsageError(words()("review.no_time", said=said))
    time = stated_time(found.shifted(where.start), status)
    return time.model_copy(update={"text": where.text, "start": where.start, "end": where.end}).model_dump(mode="json")


def recurrence_of(where: Words, published: dt.date | None) -> dict[str, Any]:
    """The ordinal of an occasion. UsageError where the words tell none."""
    found = next(iter(find_recurrence(where.text, published)), None)
    if found is None:
        raise UsageError(words()("review.no_recurrence", said=where.text))
    return {"ordinal": found.ordinal, "window": found.edtf, "text": where.text, "start": where.start, "end": where.end}


def _typed(said: str) -> EventTime | None:
    """Days as typed: one, or two with a slash between of which either may be open."""
    parts = said.replace(" ", "").split("/")
    bounds = [_period(part) for part in parts]
    unknown = [part for part, bound in zip(parts, bounds, strict=True) if bound is None and part not in (_OPEN, "")]
    if len(parts) > 2 or not any(bounds) or unknown:
        return None
    first, last = bounds[0], bounds[-1]
    earliest, latest = (first[0] if first else None), (last[1] if last else None)
    if earliest and latest and earliest > latest:
        raise UsageError(words()("review.no_time", said=said))
    edtf = "/".join(part or _OPEN for part in parts)
    return EventTime(edtf=edtf, earliest=earliest.isoformat() if earliest else None,
                     latest=latest.isoformat() if latest else None, basis="corrected")


def _period(part: str) -> tuple[dt.date, dt.date] | None:
    """First and last day of a year, a month or a day; None where it is none."""
    found = _DAY.fullmatch(part)
    if found is None:
        return None
    year, month, day = (int(one) if one else None for one in found.groups())
    try:
        first = dt.date(year or 0, month or 1, day or 1)
    except ValueError:
        return None
    if day:
        return first, first
    return first, last_of_month(first.year, month) if month else dt.date(first.year, 12, 31)
