"""Which word of a time expression the others hang from, and whether that hangs from a clause.

In: a sentence, a range of its text or a token. Out: a token, or whether the way up meets the clause before anything else.
"""

from __future__ import annotations

from tocsin.language.lexicon import Lexicon
from tocsin.language.phrases.noun_phrases import case_of
from tocsin.language.tokens import Sentence, Token


def head_of(sentence: Sentence, start: int, end: int) -> Token | None:
    """The token of a range of the text from which the others of it hang."""
    inside = [t for t in sentence if t.start >= start and t.end <= end] or [
        t for t in sentence if t.start < end and t.end > start
    ]
    for token in inside:
        parent = sentence.parent(token)
        if parent is None or not start <= parent.start < end:
            return token
    return None


def hangs_from(sentence: Sentence, token: Token, anchors: set[int], lexicon: Lexicon) -> bool:
    """Whether the way up from the token meets the clause before it meets another predicate."""
    bounding = lexicon.words("bounding_prepositions")
    current = token
    for _ in range(8):
        if current.i in anchors:
            return True
        if current.pos in ("VERB", "AUX") or (current.dep == "acl:relcl" and current.i != token.i):
            return False
        parent = sentence.parent(current)
        if parent is None:
            return False
        if current.i != token.i and current.pos == "NOUN" and bounding & {k.lower for k in sentence.kids(current, "case")}:
            return False  # "before the deadline of 31 July", "over a crackdown, including the arrests of this month"
        of_it = current.i == token.i and parent.pos == "NOUN" and parent.i not in anchors and parent.dep == "nmod"
        if of_it and case_of(sentence, current) == case_of(sentence, parent) == "of":
            return False  # "condemnation of the events of 23 May"
        dated = parent is not None and current.i != token.i and token.i < current.i and current.pos == "NOUN"
        if dated and current.dep == "nmod" and any(k.lower == "of" for k in sentence.kids(current, "case")):
            return False  # "the outcomes of the June summit", "the victims of the 2015 attack"
        if current.dep == "nmod:poss" and parent.i not in anchors and parent.dep in ("obl", "nmod"):
            return False  # "in answer to Monday's attack": the day is that of the attack
        current = parent
    return False
