"""What is only remembered: "the 30th anniversary of the opening of relations" tells of what was done thirty years ago.

In: a draft. Out: the same draft, marked as history, with the year that the number of the anniversary gives.
"""

from __future__ import annotations

import re

from tocsin.coding.draft import Draft
from tocsin.language.annotate import Annotated
from tocsin.language.tokens import Sentence, Token

_ORDINAL = re.compile(r"(\d{1,3})(?:st|nd|rd|th)$")
_BELOW = frozenset({"nmod", "conj", "appos", "nmod:poss"})


def recall(draft: Draft, note: Annotated) -> None:
    """Date an event noun below a noun of remembrance, in place; one year back is no history yet."""
    clause = draft.candidate.clause
    if clause.kind != "noun" or clause.support is not None or draft.status != "occurred":
        return
    noun = _remembrance(clause.sentence, clause.token, note.interpreter.lexicon.words("remembrance_nouns"))
    if noun is None:
        return
    years = _years(clause.sentence, noun)
    if years == 1:
        return
    draft.historical = True
    if years is None or note.published is None or draft.time.basis == "stated":
        return
    year = str(note.published.year - years)
    first, last = clause.sentence.subtree(noun)[0], noun
    draft.time = draft.time.model_copy(update={
        "text": note.article.text[first.start : last.end], "start": first.start, "end": last.end, "edtf": year,
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


def _years(sentence: Sentence, noun: Token) -> int | None:
    """How many years ago: "30th anniversary", "the first anniversary"."""
    for kid in sentence.kids(noun, "amod", "nummod", "compound"):
        found = _ORDINAL.match(kid.lower)
        if found:
            return int(found[1])
        if kid.lower in ("first", "one-year") or (kid.lower == "year" and sentence.tokens[kid.i - 1].lower == "one"):
            return 1
    return None
