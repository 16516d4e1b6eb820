"""Dates whose words were torn apart, and participles taken for finite verbs.

In: a sentence. Out: the same sentence; "28 September" is one phrase ("On 28 September two missiles …"), and a verb that only
says more of a noun before it is a participle ("A missile launched from X exploded").
"""

from __future__ import annotations

import itertools

from tocsin.language.lexicon import Lexicon
from tocsin.language.tokens import Sentence, Token

_DAYS = frozenset(map(str, range(1, 32)))


def mend_dates(sentence: Sentence, lexicon: Lexicon) -> bool:
    """All repairs of this file, in place; whether anything changed."""
    return _day_and_month(sentence, lexicon) | _participles(sentence)


def _day_and_month(sentence: Sentence, lexicon: Lexicon) -> bool:
    """ "On 28 September two missiles were launched" with the month below what is counted."""
    changed = False
    for day, month in itertools.pairwise(sentence.tokens):
        torn = month.head not in (day.i, month.i) and day.head != month.i and month.head > month.i
        if day.text in _DAYS and month.text in lexicon.months and torn and not sentence.kids(month, "case"):
            month.head, month.dep = day.i, "nmod:npmod"
            changed = True
    if changed:
        sentence.relink()
    return changed


def _participles(sentence: Sentence) -> bool:
    """ "A missile launched from X exploded": what hangs from a noun before it, without a subject, is no finite verb."""
    changed = False
    for verb in sentence.tokens:
        regular = verb.tag == "VBD" and verb.lower.endswith("ed") and verb.dep == "acl" and verb.head < verb.i
        if regular and not _finite(sentence, verb):
            verb.tag = "VBN"
            changed = True
    return changed


def _finite(sentence: Sentence, verb: Token) -> bool:
    """Whether a verb has what only a finite one, or an active one, has."""
    return bool(sentence.kids(verb, "nsubj", "obj", "mark", "aux", "ccomp"))
