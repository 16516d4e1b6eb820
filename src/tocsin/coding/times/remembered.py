"""What is only remembered: "the 30th anniversary of the opening of relations" tells of what was done thirty years ago.

In: a draft. Out: the same draft, marked as history, with the year that the number of the anniversary gives.
"""

from __future__ import annotations

from tocsin.coding.draft import Draft
from tocsin.language.annotate import Annotated
from tocsin.language.tokens import Sentence, Token

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
