"""Whom a noun means by what stands beside it, where it names nobody by itself: "a coalition forces patrol", "a Taliban
leader and a facilitator".

In: a phrase with a role noun that needs context. Out: whether the words beside it give the context.
"""

from __future__ import annotations

from tocsin.language.lexicon import RoleNoun
from tocsin.language.phrases.noun_phrases import NounPhrases, case_of
from tocsin.language.tokens import Sentence, Token


def told_beside(sentence: Sentence, head: Token, role: RoleNoun, phrases: NounPhrases) -> bool:
    """Whether a phrase is told as of forces, or of an armed group, by the words beside it."""
    return _of_forces(sentence, head, role, phrases) or _beside_rebels(sentence, head, role, phrases)


def _of_forces(sentence: Sentence, head: Token, role: RoleNoun, phrases: NounPhrases) -> bool:
    """ "a coalition forces patrol", "a patrol of soldiers": no patrol of anybody else."""
    kids = [k for k in sentence.kids(head, "compound", "nmod") if case_of(sentence, k) in ("", "of")]
    told = [phrases.lexicon.role(sentence, k) for k in kids]
    return role.group == "unit" and any(r is not None and r[0].kind == "military" for r in told)


def _beside_rebels(sentence: Sentence, head: Token, role: RoleNoun, phrases: NounPhrases) -> bool:
    """ "a Taliban leader and a facilitator": who is listed beside somebody of an armed group."""
    first = sentence.parent(head) if head.dep in ("conj", "appos") else None
    if role.sector != "REB" or first is None or phrases.definite(sentence, head):
        return False
    named = [phrases.mention(sentence, k) for k in sentence.kids(first, "compound", "amod")]
    return any(m is not None and m.party is not None and m.party.sort == "armed_group" for m in named)
