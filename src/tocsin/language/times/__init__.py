"""Time expressions in running text, with TIMEX3 values, EDTF, and the days that bound them.

In: text and the day of publication. Out: ``TimeExpression`` objects in text order; ``Recurrence`` objects for "the third
time in August". Rules and words stand in ``knowledge/time``. Nothing relative resolves without its anchor.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from tocsin.language.times.finder import Finder, default_finder
from tocsin.language.times.model import Direction, Recurrence, Relation, TimeExpression, TimexType

__all__ = [
    "Direction", "Finder", "Recurrence", "Relation", "TimeExpression", "TimexType", "default_finder", "find_recurrence",
    "find_times",
]


def find_times(
    text: str, published: date | None, *, direction: Direction = "past", previous: date | Literal["text"] | None = None
) -> list[TimeExpression]:
    """All time expressions of a text, in order, not overlapping.

    ``direction`` chooses the plain fields of names that fit two periods ("on Tuesday", "in August"): the past reading,
    the future one, or what the words nearby suggest ("lean"). ``previous`` is the date that "three weeks later" and
    "the following day" count from, or "text" for the date that the text named last; without it they stay unresolved.
    """
    return default_finder().times(text, published, direction=direction, previous=previous)


def find_recurrence(text: str, published: date | None = None) -> list[Recurrence]:
    """Ordinals of occasions ("for the third time in August", "its second drill this month") with their window."""
    return default_finder().recurrences(text, published)
