"""What is only remembered: "the 30th anniversary of the opening of relations" tells of what was done thirty years ago; "we
honour those who died two years ago" of the same day two years before.

In: a draft, or a time of an anniversary. Out: the same draft, marked as history, with the year that the number of the
anniversary gives; the day.
"""

from __future__ import annotations

from tocsin.coding.draft import Draft
from tocsin.language.annotate import Annotated
from tocsin.language.times import TimeExpression
from tocsin.language.tokens import Sentence, Token
from tocsin.model import EventTime

_BELOW = frozenset({"nmod", "conj", "appos", "nmod:poss"})


def recall(draft: Draft, note: Annotated) -> None:
    """Date an event noun below a noun of remembrance, in place; one year back is no history yet."""
    clause = draft.candidate.clause
    if clause.kind != "noun" or clause.support is not None or draft.status != "occurred":
        return
    noun = _remembrance(clause.sentence, clause.token, note.interpreter.lexicon.words("remembrance_nouns"))
    if noun is None:
        return
    first = clause.sentence.subtree(noun)[0]
    years = _years(noun, note, first.start)
    if years == 1:
        return
    draft.historical = True
    if years is None or note.published is None or draft.time.basis == "stated":
        return
    year = str(note.published.year - years)
    draft.time = draft.time.model_copy(update={
        "text": note.article.text[first.start : noun.end], "start": first.start, "end": noun.end, "edtf": year,
        "earliest": f"{year}-01-01", "latest": f"{year}-12-31", "basis": "inferred",
    })  # fmt: skip


def day_years_ago(time: EventTime, expression: TimeExpression, sentence: Sentence, note: Annotated) -> EventTime:
    """ "One year ago, missiles struck X", on the anniversary of that: the day of the year on which it is remembered."""
    counted = expression.rule == "ago" and expression.granularity == "year" and expression.mod is None
    if not counted or note.published is None or time.earliest is None or not _is_remembered(sentence, note):
        return time
    try:
        day = note.published.replace(year=int(time.earliest[:4])).isoformat()
    except ValueError:  # 29 February
        return time
    return time.model_copy(update={"earliest": day, "latest": day, "edtf": day})


def _is_remembered(sentence: Sentence, note: Annotated) -> bool:
    """Whether the headline, the sentence or the one after it is of remembrance, not of one still to come."""
    words = note.interpreter.lexicon.words
    nouns, verbs = words("remembrance_nouns"), words("remembrance_verbs")
    near = [s for s in note.sentences if s.kind == "headline" or 0 <= s.index - sentence.index <= 1]
    near = [s for s in near if s.kind == "headline" or s.paragraph in (sentence.paragraph, sentence.paragraph + 1)]
    return any(t.lemma.lower() in nouns or (t.pos == "VERB" and t.lemma in verbs) for s in near for t in s)


def _remembrance(sentence: Sentence, token: Token, nouns: frozenset[str]) -> Token | None:
    """The noun of remembrance that a phrase hangs from, through other nouns."""
    seen: set[int] = set()
    current: Token | None = token
    while current is not None and current.dep in _BELOW and current.i not in seen:
        seen.add(current.i)
        current = sentence.parent(current)
        if current is not None and current.lemma in nouns:
            return current
    return None


def _years(noun: Token, note: Annotated, first: int) -> int | None:
    """How many years ago: "30th anniversary", "the tenth anniversary", "the one-year anniversary"."""
    for number in note.numbers:
        if first <= number.start < noun.start:
            return number.ordinal or (number.min if number.unit == "years" and isinstance(number.min, int) else None)
    return None
