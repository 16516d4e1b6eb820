"""What the time grammar gives: time expressions with their readings, and recurrences.

In: nothing. Out: frozen values that the other files of this folder fill.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

TimexType = Literal["DATE", "TIME", "DURATION", "SET"]
Relation = Literal["in", "since", "until", "before", "after", "by", "during", "ago"]
Direction = Literal["past", "future", "lean"]


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """One time expression.

    ``value`` is the TIMEX3 value, ``edtf``, ``earliest`` and ``latest`` the days that it bounds once the preposition is
    applied ("since 2015" is open to the right); all are None where nothing in the text or its publication date settles
    them. ``anchored`` tells that the day of publication (or a date named before) was needed. Where a name fits two
    periods ("on Tuesday", "in August") the plain fields hold the past reading and ``future_*`` the next one; elsewhere
    both are the same. ``lean`` is what the words nearby suggest. ``cue_start`` is where the preposition begins, and
    ``parts`` holds the ends of a range.
    """

    start: int
    end: int
    text: str
    timex3_type: TimexType
    value: str | None
    edtf: str | None
    earliest: date | None
    latest: date | None
    relation: Relation
    anchored: bool
    granularity: str
    future_value: str | None
    future_edtf: str | None
    future_earliest: date | None
    future_latest: date | None
    lean: Literal["past", "future"]
    cue_start: int
    mod: str | None = None
    parts: tuple[TimeExpression, ...] = ()
    rule: str = ""

    @property
    def ambiguous(self) -> bool:
        """Whether the past and the future reading differ."""
        return (self.earliest, self.latest) != (self.future_earliest, self.future_latest)

    def toward(self, direction: Direction) -> TimeExpression:
        """The same expression with the plain fields of the wanted reading ("lean": as the words nearby suggest)."""
        if direction == "past" or (direction == "lean" and self.lean == "past"):
            return self
        return replace(
            self, value=self.future_value, edtf=self.future_edtf, earliest=self.future_earliest,
            latest=self.future_latest, parts=tuple(part.toward("future") for part in self.parts),
        )

    def shifted(self, by: int) -> TimeExpression:
        """The same expression, and its parts, with their offsets moved."""
        parts = tuple(part.shifted(by) for part in self.parts)
        return replace(self, start=self.start + by, end=self.end + by, cue_start=self.cue_start + by, parts=parts)


@dataclass(frozen=True, slots=True)
class Recurrence:
    """"for the third time in August": ordinal 3 and the window, in words and in EDTF (None where unresolved)."""

    start: int
    end: int
    text: str
    ordinal: int
    window: TimeExpression | None
    edtf: str | None
