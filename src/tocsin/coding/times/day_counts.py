"""Days that are counted up to the report: "for the third day", "the 12 days of fighting", "in six days of war".

In: a clause that tells what has happened, the annotated article. Out: the time from the first of these days to publication,
inferred; None where no days are counted.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from tocsin.coding.times.event_time import inferred_time
from tocsin.language.annotate import Annotated
from tocsin.language.phrases.noun_phrases import case_of
from tocsin.language.tokens import Sentence, Token
from tocsin.model import EventTime
from tocsin.syntax import Clause

_MOST = 60  # days back that somebody counts one by one


def counted_days(clause: Clause, note: Annotated) -> EventTime | None:
    """From the first of the days counted on; the last of them is the day of the report."""
    if note.published is None:
        return None
    sentence = clause.sentence
    own = {clause.token.i} | ({clause.support.i} if clause.support is not None else set())
    for day, many in _days(sentence, note):
        if day.head in own and 1 < many <= _MOST:
            first = note.published - dt.timedelta(days=many - 1)
            return inferred_time(first.isoformat(), note.published.isoformat())
    return None


def _days(sentence: Sentence, note: Annotated) -> Iterator[tuple[Token, int]]:
    """The words for days with how many there have been."""
    fights = note.interpreter.lexicon.words("fights_counted_in_days")
    for day in sentence:
        if day.lemma != "day":
            continue
        numbers = [n for n in note.numbers if sentence.start <= n.start < day.end and n.end > day.start - _MOST]
        of_fight = any(k.lemma in fights and case_of(sentence, k) == "of" for k in sentence.kids(day, "nmod"))
        modifiers = list(sentence.kids(day, "amod", "nummod"))
        for number in numbers:
            if not any(number.start <= k.start < number.end for k in modifiers):
                continue
            if number.ordinal and case_of(sentence, day) == "for":
                yield day, number.ordinal
            elif of_fight and isinstance(number.min, int) and number.min == number.max:
                yield day, number.min
