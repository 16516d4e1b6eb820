"""The one boundary between spaCy's English labels and Universal Dependencies.

In: tokens whose heads and relations follow spaCy's English scheme (ClearNLP: prepositions and the verb "be" are heads).
Out: the same tokens as UD trees: content words are heads; prepositions are ``case``, copulas ``cop``; conjuncts hang
from the first. Nothing after this file knows the other scheme.
"""

from __future__ import annotations

from tocsin.language.tokens import Sentence, Token

_RENAMED = {
    "nsubjpass": "nsubj:pass",
    "csubjpass": "csubj:pass",
    "auxpass": "aux:pass",
    "dobj": "obj",
    "dative": "iobj",
    "neg": "advmod",
    "prt": "compound:prt",
    "poss": "nmod:poss",
    "nn": "compound",
    "relcl": "acl:relcl",
    "oprd": "xcomp",
    "acomp": "xcomp",
    "attr": "xcomp",
    "npadvmod": "obl:npmod",
    "quantmod": "advmod",
    "predet": "det:predet",
    "preconj": "cc:preconj",
    "meta": "dep",
    "ROOT": "root",
    "agent": "obl:agent",
    "nmod": "nmod",
    "prep": "advmod",
    "pobj": "obl",
    "pcomp": "advcl",
}
_VERBAL = frozenset({"VERB", "AUX"})
_PREDICATES = frozenset({"attr", "acomp"})


def to_universal(sentence: Sentence) -> None:
    """Rewrite the sentence's tree in place from spaCy's labels to Universal Dependencies."""
    sentence.relink()
    tokens = sentence.tokens
    for token in tokens:
        if _is_copula(sentence, token):
            _lift_predicate(sentence, token)
    sentence.relink()
    for token in reversed(tokens):
        if token.dep in ("prep", "agent") or (token.dep == "dative" and token.pos == "ADP"):
            _lower_preposition(sentence, token)
            sentence.relink()
    _flatten_conjuncts(sentence)
    for token in tokens:
        token.dep = _RENAMED.get(token.dep, token.dep)
        if token.head == token.i:
            token.dep = "root"
    sentence.relink()


def _is_copula(sentence: Sentence, token: Token) -> bool:
    kinds = {t.dep for t in sentence.kids(token)}
    return token.lemma == "be" and bool(kinds & _PREDICATES) and "expl" not in kinds and token.dep != "aux"


def _lift_predicate(sentence: Sentence, be: Token) -> None:
    """Make the predicate nominal or adjective the head; its "be" becomes ``cop``."""
    predicate = next(t for t in sentence.kids(be) if t.dep in _PREDICATES)
    predicate.head, predicate.dep = (predicate.i if be.head == be.i else be.head), be.dep
    for child in sentence.kids(be):
        if child is not predicate:
            child.head = predicate.i
    be.head, be.dep = predicate.i, "cop"
    sentence.relink()


def _lower_preposition(sentence: Sentence, prep: Token) -> None:
    """Make the object of a preposition the head; the preposition becomes its ``case`` or ``mark``."""
    objects = [t for t in sentence.kids(prep) if t.dep in ("pobj", "obl", "nmod") and t.i != prep.i]
    clauses = [t for t in sentence.kids(prep) if t.dep == "pcomp"]
    governor = sentence.tokens[prep.head]
    if prep.head == prep.i or not (objects or clauses):
        return
    target = (objects or clauses)[0]
    verbal = governor.pos in _VERBAL or governor.dep == "cop" or _has_copula(sentence, governor)
    if objects:
        label = "obl:agent" if prep.dep == "agent" else ("obl" if verbal or governor.pos in ("ADJ", "ADV") else "nmod")
        prep_label = "case"
    else:
        label, prep_label = ("advcl" if verbal else "acl"), "mark"
    target.head, target.dep = governor.i, label
    for child in sentence.kids(prep):
        if child is not target:
            child.head = target.i
            child.dep = "conj" if child.dep in ("pobj", "pcomp") else child.dep
    prep.head, prep.dep = target.i, prep_label


def _has_copula(sentence: Sentence, token: Token) -> bool:
    return any(t.dep == "cop" for t in sentence.kids(token))


def _flatten_conjuncts(sentence: Sentence) -> None:
    """Hang every conjunct from the first of its chain, and each coordinator from the conjunct that follows it."""
    tokens = sentence.tokens
    for token in tokens:
        if token.dep == "conj":
            first, seen = tokens[token.head], {token.i}
            while first.dep == "conj" and first.i not in seen:
                seen.add(first.i)
                first = tokens[first.head]
            token.head = first.i
    for token in tokens:
        if token.dep == "cc":
            later = [t for t in tokens if t.dep == "conj" and t.head == token.head and t.i > token.i]
            if later:
                token.head = later[0].i
