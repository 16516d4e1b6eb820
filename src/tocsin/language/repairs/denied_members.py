"""Members of a list that are named only to be left out: "Bulgaria, not Romania, sold", "sold not to X but to Y".

In: a sentence. Out: whether its tree was changed: who is left out hangs loose from the member that stays, so that it fills
no role and its place is not the event's.
"""

from __future__ import annotations

from tocsin.language.lexicon import Lexicon
from tocsin.language.tokens import Sentence, Token

_NOMINAL = ("NOUN", "PROPN", "PRON")
_LOOSE = "dep"


def mend_denied(sentence: Sentence, lexicon: Lexicon) -> bool:
    """Both forms, in place."""
    changed = False
    if lexicon.classes(sentence).isdisjoint(("leaving_joints", "plain_negators")):
        return False
    for token in sentence.tokens:
        if token.pos not in _NOMINAL or not _left_out(sentence, token, lexicon):
            continue
        if token.dep == "conj" or _beside_another(sentence, token):
            token.dep = _LOOSE
            changed = True
        else:
            changed |= _promoted(sentence, token, lexicon)
    if changed:
        sentence.relink()
    return changed


def _left_out(sentence: Sentence, token: Token, lexicon: Lexicon) -> bool:
    """Whether "not" stands before a phrase, and no "only", or "rather than" joins it."""
    joints = [" ".join(t.lower for t in (k, *sentence.kids(k, "fixed"))) for k in sentence.kids(token, "cc")]
    if lexicon.words("leaving_joints") & set(joints):
        return True
    before = [k for k in sentence.kids(token, "advmod", "cc", "cc:preconj") if k.i < token.i]
    denied = any(k.lower in lexicon.words("plain_negators") for k in before)
    return denied and not any(k.lower in lexicon.words("only_words") for k in before)


def _beside_another(sentence: Sentence, token: Token) -> bool:
    """ "sold to X, not to Y": beside a phrase before it that has the same preposition."""
    case = {k.lower for k in sentence.kids(token, "case")}
    beside = sentence.kids(sentence.tokens[token.head], token.dep) if token.dep in ("obl", "nmod") and case else []
    return any(k.i < token.i and case == {c.lower for c in sentence.kids(k, "case")} for k in beside)


def _promoted(sentence: Sentence, denied: Token, lexicon: Lexicon) -> bool:
    """ "not X but Y sold": Y takes the place of X."""
    if denied.dep == "root":
        return False  # "it was not X but Y that": what is said of it hangs from X
    for other in sentence.kids(denied, "conj"):
        if other.pos in _NOMINAL and any(k.lower in lexicon.words("but_words") for k in sentence.kids(other, "cc")):
            other.head, other.dep = denied.head, denied.dep
            for case in sentence.kids(denied, "case"):
                if not sentence.kids(other, "case"):
                    case.head = other.i
            denied.head, denied.dep = other.i, _LOOSE
            return True
    return False
