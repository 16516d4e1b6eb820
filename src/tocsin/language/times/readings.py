"""What a matched rule means: the shared types of the readings, and names that recur every week or year.

In: the captured words of a rule and its surroundings. Out: a ``Meaning`` with periods and TIMEX3 value.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from tocsin.language.times import calendar
from tocsin.language.times.calendar import Period
from tocsin.language.times.lexicon import Lexicon
from tocsin.language.times.model import Relation, TimexType

Groups = dict[str, str]


@dataclass(slots=True)
class Meaning:
    """A reading. ``past`` and ``future`` differ where a name recurs; ``value`` overrides that of the period.

    ``cycle`` is how often the name comes back (day of the week, month of the year), ``parts`` are the ends of a range
    with their spans, ``split`` says that the parts are two dates rather than a range, and ``back`` that the expression looks
    back from another one.
    """

    type: TimexType
    granularity: str
    past: Period | None = None
    future: Period | None = None
    value: str | None = None
    anchored: bool = False
    relation: Relation | None = None
    cycle: str | None = None
    mod: str | None = None
    steps: float | None = None
    parts: list[tuple[int, int, Meaning]] = field(default_factory=list)
    split: bool = False
    clock: str | None = None
    back: bool = False


_REACH = 160
_OPEN_SENTENCE = re.compile(r"[.!?][\"”’')]*\s+(?=[A-Z\"“])|\n\s*\n")


@dataclass(frozen=True, slots=True)
class Context:
    """What a reading may look at besides its own words."""

    words: Lexicon
    text: str
    start: int
    end: int
    published: date | None
    previous: date | None
    spans: dict[str, tuple[int, int]]
    previous_kind: str = "day"
    year: int | None = None  # the year told last, where no day of publication is known

    def anchor(self, row: dict[str, Any] | None) -> date | None:
        """The day that a row of words.yaml counts from."""
        return self.previous if row and row.get("anchor") == "previous" else self.published

    def before(self, length: int = 24) -> str:
        """The words just before the match."""
        return self.text[max(0, self.start - length) : self.start]

    def compares(self) -> bool:
        """Whether the sentence so far sets one figure against another ("up from nine"): the same period is then meant."""
        return self.words.comparison.search(_OPEN_SENTENCE.split(self.before(_REACH))[-1]) is not None

    def after(self, length: int = 24) -> str:
        """The words just after the match."""
        return self.text[self.end : self.end + length]


def plain(words: str) -> str:
    """Words in lower case with single blanks."""
    return re.sub(r"\s+", " ", words.lower())


Reading = Callable[[Groups, Context], Meaning | None]


def fixed(period: Period, anchored: bool = False, type_: TimexType = "DATE") -> Meaning:
    """A meaning with one reading only."""
    return Meaning(type_, period.granularity, period, period, anchored=anchored)


def unresolved(granularity: str, type_: TimexType = "DATE") -> Meaning:
    """A relative expression without its anchor."""
    return Meaning(type_, granularity, anchored=True)


def recurring(
    make: Callable[[int], Period], published: date | None, granularity: str, year: int | None = None
) -> Meaning:
    """A name that comes back each year ("August", "5 May"): the last one not after publication, and the next one; without a
    day of publication that of the year that the text told last."""
    if published is None:
        return unresolved(granularity) if year is None else fixed(make(year), anchored=True)
    past, future = None, None
    for year in range(published.year - 8, published.year + 9):
        try:
            period = make(year)
        except ValueError:
            continue  # 29 February
        if period.earliest is not None and period.earliest <= published:
            past = period
        elif future is None:
            future = period
        if future is None and period.latest is not None and period.latest >= published:
            future = period
    if past is None and future is None:
        raise ValueError("no such day in any year")
    return Meaning("DATE", granularity, past, future, anchored=True, cycle="year")


def side_of(row: dict[str, Any] | None) -> int:
    """Which way a row of ``which`` looks: back (-1), ahead (1), or at the period itself (0)."""
    if row is None or row.get("past"):
        return -1 if row else 0
    return 1 if row.get("future") else int(row["steps"])


def weekday_of(number: int, word: str, context: Context) -> Meaning:
    """A day of the week; bare: the last one up to publication, and the next one from it."""
    row = context.words.which.get(word)
    anchor = context.anchor(row)
    if anchor is None:
        return unresolved("day")
    back, ahead = (anchor.isoweekday() - number) % 7, (number - anchor.isoweekday()) % 7
    if row is None:
        past, future = calendar.day(anchor - timedelta(days=back)), calendar.day(anchor + timedelta(days=ahead))
        return Meaning("DATE", "day", past, future, anchored=True, cycle="week")
    side = side_of(row)
    if side == 0:
        monday = anchor - timedelta(days=anchor.weekday())
        return fixed(calendar.day(monday + timedelta(days=number - 1)), anchored=True)
    if side > 0:
        return fixed(calendar.day(anchor + timedelta(days=ahead or 7)), anchored=True)
    if row["steps"] == -1 and back == 1:
        back = 8  # yesterday is never "last Tuesday"
    return fixed(calendar.day(anchor - timedelta(days=back or 7)), anchored=True)


def with_part(meaning: Meaning, code: str) -> Meaning:
    """A day with a part of it: "Tuesday morning"."""
    meaning.type = "TIME"
    for name in ("past", "future"):
        period: Period | None = getattr(meaning, name)
        if period is not None:
            setattr(meaning, name, replace(period, value=f"{period.value}T{code}"))
    return meaning


def year_number(groups: Groups, context: Context) -> int | None:
    """The year that a rule captured in digits, in words or as "last year"; None where it has none (or no anchor)."""
    if year := groups.get("year"):
        return int(year)
    if words := groups.get("yearword"):
        return spoken_year(words, context.words)
    if which := groups.get("whichyear"):
        return which_year(which, context)
    return None


def which_year(words: str, context: Context) -> int | None:
    """"last year", "this year" and the like as a number."""
    row = context.words.which.get(plain(words).rsplit(" ", 1)[0])
    anchor = context.anchor(row)
    return None if row is None or anchor is None else anchor.year + int(row["steps"])


def spoken_year(words: str, lexicon: Lexicon) -> int | None:
    """"nineteen ninety-six" as 1996, "two thousand and one" as 2001."""
    plain = words.lower()
    if plain.startswith("two"):
        value = lexicon.amounts.value(words)
        return int(value) if value and 2000 <= value < 2100 else None
    parts = [lexicon.amounts.cardinals[p] for p in re.split(r"[\s-]+", plain) if p in lexicon.amounts.cardinals]
    return 100 * parts[0] + sum(parts[1:]) if len(parts) > 1 and sum(parts[1:]) < 100 else None


def full_year(digits: str) -> int:
    """A year of two digits as one of four: up to 49 in this century."""
    number = int(digits)
    if len(digits) > 2:
        return number
    return number + (2000 if number < 50 else 1900)
