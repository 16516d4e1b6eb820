"""Time expressions in running text, with TIMEX3 values, EDTF, and the days that bound them.

In: text and the day of publication. Out: ``TimeExpression`` objects in text order; ``Recurrence`` objects for "the third
time in August". Rules and words stand in ``knowledge/time``. Nothing relative resolves without its anchor.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Literal

from tocsin.language.digest import ends_story
from tocsin.language.times.finder import Finder, default_finder
from tocsin.language.times.model import Direction, Recurrence, Relation, TimeExpression, TimexType

__all__ = [
    "Direction", "Finder", "Recurrence", "Relation", "TimeExpression", "TimexType", "default_finder", "find_in_paragraphs",
    "find_recurrence", "find_times",
]


def find_times(
    text: str,
    published: date | None,
    *,
    direction: Direction = "past",
    previous: date | Literal["text"] | None = None,
    carried: date | None = None,
    year: int | None = None,
) -> list[TimeExpression]:
    """All time expressions of a text, in order, not overlapping.

    ``direction`` chooses the plain fields of names that fit two periods ("on Tuesday", "in August"): the past reading,
    the future one, or what the words nearby suggest ("lean"). ``previous`` is the date that "three weeks later" and
    "the following day" count from, or "text" for the date that the text named last (``carried``, before it names one);
    without it they stay unresolved. ``year`` is that of days and months without one, where ``published`` is not known.
    """
    return default_finder().times(
        text, published, direction=direction, previous=previous, carried=carried, year=year
    )


def find_in_paragraphs(
    text: str, stretches: Iterable[tuple[int, int]], published: date | None
) -> list[TimeExpression]:
    """All time expressions of an article; "the following day" at the head of a paragraph counts from the day that its story
    told last, though not from one that only dates a thing ("the May 4 accord"). Where nothing tells the day of publication,
    a day without its year ("on 9 March") is of the year of the day or month told last, else of the one in the headline."""
    found: list[TimeExpression] = []
    told: date | None = None
    year: int | None = None
    for start, end in stretches:
        here = find_times(text[start:end], published, previous="text", carried=told, year=year)
        found += [time.shifted(start) for time in here]
        told = next((t.earliest for t in reversed(here) if _tells(t, text[start:end])), told)
        headline = start == 0 and not text[start:end].rstrip().endswith((".", "!", "?", '"'))
        year = _year(here, headline) or year if published is None else None
        if ends_story(text[start:end]):
            told, year = None, None
    return found


def _tells(time: TimeExpression, text: str) -> bool:
    """Whether a day is told of what happened, not of a thing."""
    dates_thing = text[: time.start].lower().endswith("the ") or text[time.end : time.end + 2] in ("'s", "’s")
    whole = time.timex3_type == "DATE" and time.relation == "in" and time.granularity == "day" and not dates_thing
    return whole and time.earliest is not None and time.earliest == time.latest


def _year(times: list[TimeExpression], headline: bool) -> int | None:
    """The year of the last day or month that is told with one; in a headline of the last year."""
    kinds = ("day", "month", "year") if headline else ("day", "month")
    dated = [t for t in times if t.timex3_type == "DATE" and t.granularity in kinds and t.earliest is not None]
    return next((t.earliest.year for t in reversed(dated) if t.earliest is not None), None)


def find_recurrence(text: str, published: date | None = None) -> list[Recurrence]:
    """Ordinals of occasions ("for the third time in August", "its second drill this month") with their window."""
    return default_finder().recurrences(text, published)
