"""The time of a record from a time expression, from days, or from its status alone.

In: an expression of the text, or first and last day. Out: an ``EventTime`` with its basis. What happened did so no later
than it was published; what is planned or lasts has no day unless one is told.
"""

from __future__ import annotations

import datetime as dt

from tocsin.language.annotate import Annotated
from tocsin.language.times import TimeExpression
from tocsin.model import EventTime

OVER = frozenset({"occurred", "denied"})  # statuses that lie before the report


def stated_time(expression: TimeExpression, status: str) -> EventTime:
    """A time expression as the event's time; a plan takes the future reading where there are two."""
    if status in ("planned", "possible"):
        expression = expression.toward("future")
    earliest, latest = expression.earliest, expression.latest
    return EventTime(
        text=expression.text,
        start=expression.start,
        end=expression.end,
        edtf=_edtf(earliest, latest, expression.edtf),
        earliest=_iso(earliest),
        latest=_iso(latest),
        basis="stated",
    )


def inferred_time(earliest: str | None, latest: str | None) -> EventTime:
    """A time between two days that the text does not state as the event's; None leaves an end open."""
    edtf = earliest if earliest == latest else f"{earliest or '..'}/{latest or '..'}"
    return EventTime(edtf=edtf, earliest=earliest, latest=latest, basis="inferred")


def undated(status: str, note: Annotated) -> EventTime:
    """The bound that the status alone gives."""
    if status in OVER and note.published is not None:
        return inferred_time(None, note.published.isoformat())
    return EventTime()


def settled(time: EventTime, status: str, note: Annotated) -> EventTime:
    """The time with the bound of the status that the record has in the end; words without a day ("recently") give none."""
    if time.earliest is not None and time.latest is None and status in OVER and note.published is not None:
        return _ended(time, note.published.isoformat())  # "since Monday", of what has happened
    if time.earliest is not None or (time.latest is not None and time.text is not None):
        return time
    if time.text is None:
        return undated(status, note)
    bound = undated(status, note)
    return time if bound.latest is None else bound.model_copy(update={k: getattr(time, k) for k in ("text", "start", "end")})


def _ended(time: EventTime, day: str) -> EventTime:
    later = time.earliest is not None and time.earliest > day
    return time if later else time.model_copy(update={"latest": day, "edtf": f"{time.earliest}/{day}"})


def better_time(one: EventTime, other: EventTime) -> EventTime:
    """Of two times told of one event: one that tells a day before words without any and before the mere bound of a status, a
    stated one before an inferred, one with a first day before one without, "on May 17" before "last month" that holds it."""
    finer = _rank(other) == _rank(one) and _within(other, one)
    return other if finer or _rank(other) > _rank(one) else one


def _within(one: EventTime, other: EventTime) -> bool:
    """Whether all days of a time with both ends lie among those of another."""
    if one.earliest is None or one.latest is None or other.earliest is None or other.latest is None:
        return False
    return other.earliest <= one.earliest and one.latest <= other.latest and one.basis == other.basis == "stated"


def _rank(time: EventTime) -> tuple[bool, bool, bool]:
    first = time.earliest is not None
    return first or (time.latest is not None and time.text is not None), time.basis == "stated", first


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


def _edtf(earliest: dt.date | None, latest: dt.date | None, given: str | None) -> str | None:
    if earliest is None and latest is None:
        return given
    if earliest == latest:
        return _iso(earliest)
    return f"{_iso(earliest) or '..'}/{_iso(latest) or '..'}"
