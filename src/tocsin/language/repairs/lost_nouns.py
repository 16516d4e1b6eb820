"""Repairs of event nouns that the parse takes for verbs: "North Korea's missile launches alarmed Japan".

In: a sentence. Out: the same sentence with the tree mended. A missile launches nothing: a plural right behind the name of a
weapon, without an object of its own, in the place of a noun, is one.
"""

from __future__ import annotations

from tocsin.language.lexicon import Lexicon
from tocsin.language.tokens import Sentence, Token

_NOMINAL = frozenset({"nsubj", "nsubj:pass", "obj", "obl", "nmod", "conj"})
_CLAUSAL = frozenset({"advcl", "acl"})
_AUXILIARY = frozenset({"aux", "aux:pass", "cop"})


def mend_nouns(sentence: Sentence, lexicon: Lexicon) -> bool:
    """Mend the event nouns of a sentence in place; whether anything changed."""
    changed = False
    if not {"acts_of_weapons", "weapons_before_acts"} <= lexicon.classes(sentence):
        return False
    for token in sentence.tokens[1:]:
        if token.pos != "VERB" or token.tag not in ("VBZ", "NNS") or token.lemma not in lexicon.words("acts_of_weapons"):
            continue
        thing = sentence.tokens[token.i - 1]
        if thing.pos not in ("NOUN", "ADJ") or thing.lemma not in lexicon.words("weapons_before_acts"):
            continue
        changed |= _before_verb(sentence, token)
        if not _verbal(sentence, token):
            changed |= _behind_thing(sentence, token, thing, lexicon) or _with_thing(sentence, token, thing, lexicon)
    return changed


def _verbal(sentence: Sentence, token: Token) -> bool:
    """Whether a verb has what only a verb has."""
    return bool(sentence.kids(token, "obj", "iobj", "ccomp", "xcomp", *_AUXILIARY))


def _before_verb(sentence: Sentence, token: Token) -> bool:
    """ "N's missile launches alarmed X": right before a past tense that the parse hangs on it, it is the subject of that."""
    verb = sentence.tokens[min(token.i + 1, len(sentence.tokens) - 1)]
    if verb.tag != "VBD" or verb.head != token.i or verb.dep not in ("xcomp", "ccomp", "dep"):
        return False
    for kid in sentence.tokens:
        if kid.head == token.i and kid.i > verb.i:
            kid.head = verb.i
    verb.head, verb.dep = (token.head, token.dep) if token.head != token.i else (verb.i, token.dep)
    token.head, token.dep = verb.i, "nsubj"
    sentence.relink()
    return True


def _behind_thing(sentence: Sentence, token: Token, thing: Token, lexicon: Lexicon) -> bool:
    """ "the missile launches by X": the plural is the head of the phrase, and the weapon stands before it."""
    if token.head != thing.i or token.dep != "acl" or token.tag != "NNS":
        return False
    token.head, token.dep = thing.head, thing.dep
    if thing.head == thing.i:
        token.head = token.i
    _swap(sentence, token, thing, lexicon.words("fresh_adjectives"))
    return True


def _with_thing(sentence: Sentence, token: Token, thing: Token, lexicon: Lexicon) -> bool:
    """ "after N's missile launches", "N's missile launches alarmed": what the parse takes for a clause with its subject."""
    if thing.head != token.i or thing.dep not in ("nsubj", "compound"):
        return False
    marks = sentence.kids(token, "mark")
    behind = any(k.lower in lexicon.words("ground_marks") for k in marks)
    owned = bool(sentence.kids(thing, "nmod:poss")) or token.lemma in lexicon.words("never_of_weapons")
    if token.dep not in _NOMINAL and not (token.dep in _CLAUSAL and behind and owned):
        return False
    if token.dep in _CLAUSAL:
        token.dep = "obl" if sentence.tokens[token.head].pos in ("VERB", "AUX", "ADJ") else "nmod"
        for mark in marks:
            mark.dep, mark.pos = "case", "ADP"
    _swap(sentence, token, thing, lexicon.words("fresh_adjectives"))
    return True


def _swap(sentence: Sentence, token: Token, thing: Token, fresh: frozenset[str]) -> None:
    """Make the plural the head: what stands on the weapon alone becomes its own, and agents become phrases of a noun."""
    for kid in sentence.tokens:
        kind = kid.dep == "amod" and kid.i == thing.i - 1 and kid.lower not in fresh  # "ballistic missile"
        if kid.head == thing.i and kid.i not in (token.i, thing.i) and kid.dep != "compound" and not kind:
            kid.head = token.i
        if kid.head == token.i and kid.dep in ("obl", "obl:agent"):
            kid.dep = "nmod"
    thing.head, thing.dep = token.i, "compound" if thing.pos == "NOUN" else "amod"
    token.pos, token.tag = "NOUN", "NNS"
    sentence.relink()
