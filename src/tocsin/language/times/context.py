"""The preposition before a time expression, and whether the words around it tell of the past or of what is to come.

In: text and spans. Out: the relation with the place where it begins, the bounds that it leaves, and the lean.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Literal, NamedTuple

from tocsin.language.numbers.number_masks import GAP, either
from tocsin.language.times import calendar
from tocsin.language.times.calendar import Period
from tocsin.language.times.model import Relation

_SENTENCE = re.compile(r"[.!?][\"”’')]*\s+(?=[A-Z\"“])|\n\s*\n|[;:]\s")
_REACH = 110


class Lean(NamedTuple):
    """To which side the words lean, and whether they outweigh a date that is close at hand on the other."""

    side: Literal["past", "future"] | None
    sure: bool


class Surroundings:
    """The cue words of ``knowledge/time/cues.yaml``."""

    def __init__(self, cues: dict[str, Any]) -> None:
        named = "|".join(f"(?P<r_{name}>{either(words)})" for name, words in cues["relations"].items())
        self._relation = re.compile(
            rf"(?<![\w-])(?:{named})(?:{GAP}|(?<=-))(?:(?:the|at{GAP}least|about|around|sometime|some{GAP}time|as{GAP}early{GAP}as){GAP})*$",
            re.IGNORECASE,
        )
        clitics = either([w.replace("'", mark) for w in cues["future"] if not w[0].isalpha() for mark in "'’"])
        future = either([w for w in cues["future"] if w[0].isalpha()])
        self._cue = re.compile(
            rf"(?P<future>\b(?:{future})\b|(?:{clitics})\b)|(?P<dates>\b(?:{either(cues['future_dates'])})\b)"
            rf"|(?P<past>\b(?:{either(cues['past'])})\b|(?-i:\b[a-z]{{3,}}ed\b))",
            re.IGNORECASE,
        )
        self._reporting = frozenset(cues["reporting"])
        self._near, self._far, self._sure = int(cues["near"]), int(cues["far"]), int(cues["sure"])

    def relation(self, text: str, start: int) -> tuple[Relation, int]:
        """What stands before an expression, and where it begins; "in" where nothing does."""
        low = max(0, start - 40)
        found = self._relation.search(text[low:start])
        if found is None:
            return "in", start
        name = next(key for key, value in found.groupdict().items() if value is not None)
        return name.removeprefix("r_"), low + found.start()  # type: ignore[return-value]

    def lean(self, text: str, start: int, end: int, weekly: bool) -> Lean:
        """What the nearest cue in the sentence says."""
        best, found = 3 * _REACH, Lean(None, False)
        cues = list(self._cue.finditer(text, *_sentence(text, start, end)))
        ahead = any(cue["past"] is None for cue in cues)
        for cue in cues:
            if (cue["dates"] and weekly) or (cue.start() < end and cue.end() > start):
                continue
            # What stands before an expression governs it more often than what follows.
            distance = start - cue.end() if cue.end() <= start else (cue.start() - end) * 2
            if distance < best:
                reports = cue[0].lower() in self._reporting
                sure = not ahead and not reports and distance <= self._sure and self.relation(text, start)[0] == "in"
                best, found = distance, Lean("future" if cue["past"] is None else "past", sure)
        return found

    def nearer(self, past: Period | None, future: Period | None, published: date) -> Literal["past", "future"] | None:
        """The reading that is close at hand where the other is most of a year away; None where neither stands out."""
        if past is None or future is None or past.latest is None or future.earliest is None:
            return None
        back, ahead = (published - past.latest).days, (future.earliest - published).days
        if back <= self._near and ahead >= self._far:
            return "past"
        if ahead <= self._near and back >= self._far:
            return "future"
        return None


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """The sentence around an expression, as far as cues reach."""
    low, high = max(0, start - _REACH), min(len(text), end + _REACH)
    for stop in _SENTENCE.finditer(text, low, start):
        low = stop.end()
    after = _SENTENCE.search(text, end, high)
    return low, after.start() if after else high


def bounded(period: Period | None, relation: Relation, inclusive: bool) -> Period | None:
    """The days that a period leaves after its preposition: "since 2015" has no end, "before Friday" ends on Thursday.

    ``inclusive`` is for periods that only date a thing ("before the 2020 election", "after Friday's vote"): the period
    itself then belongs to what is left.
    """
    if period is None or relation in ("in", "during", "ago"):
        return period
    earliest, latest, edtf = period.earliest, period.latest, period.edtf
    exact = edtf is not None and "/" not in edtf
    if relation == "since":
        return replace(period, latest=None, edtf=f"{edtf}/.." if exact else calendar.interval(earliest, None))
    if relation in ("until", "by"):
        return replace(period, earliest=None, edtf=f"../{edtf}" if exact else calendar.interval(None, latest))
    if relation == "before":
        return _open(period, None, latest if inclusive else _step(earliest, -1))
    return _open(period, earliest if inclusive else _step(latest, 1), None)


def _open(period: Period, earliest: date | None, latest: date | None) -> Period:
    return replace(period, earliest=earliest, latest=latest, edtf=calendar.interval(earliest, latest))


def _step(when: date | None, days: int) -> date | None:
    try:
        return when + timedelta(days=days) if when else None
    except OverflowError:
        return None
