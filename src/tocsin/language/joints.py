"""Repairs at the joints of phrases: nouns written with a hyphen, prepositions and subjects that hang from a modifier.

In: a sentence. Out: the same sentence with the tree mended. Each repair looks for what no right tree has: a preposition
below the first word of a name, words left of a verb below its object, a verb beside a noun that was listed by mistake.
"""

from __future__ import annotations

from tocsin.language.lexicon import Lexicon
from tocsin.language.tokens import Sentence, Token

_INNER = ("compound", "flat", "amod", "nummod", "nmod:poss")
_NOMINAL = ("NOUN", "PROPN", "PRON")


def mend_joints(sentence: Sentence, lexicon: Lexicon) -> bool:
    """All repairs of this file, in place; whether anything changed."""
    changed = _hyphen_nouns(sentence, lexicon)
    changed |= _lost_case(sentence)
    changed |= _crossed_subject(sentence)
    return _listed_subject(sentence) or changed


def _hyphen_nouns(sentence: Sentence, lexicon: Lexicon) -> bool:
    """ "its troop build-up in X": a noun of two words that the parse takes for a noun and a verb's particle."""
    changed = False
    for first in sentence.tokens[:-2]:
        last = sentence.tokens[first.i + 2]
        joined = f"{first.lower}-{last.lower}"
        if sentence.tokens[first.i + 1].text != "-" or joined not in lexicon.words("hyphen_nouns"):
            continue
        if first.pos not in ("NOUN", "PROPN") or last.head == first.head == first.i:
            continue
        if first.head != last.i:
            outer = first.head if first.head != first.i else last.i
            particle_of = sentence.parent(last)
            last.head, last.dep = outer, first.dep
            for kid in sentence.kids(first):
                if kid is not last:
                    kid.head = last.i
            if particle_of is not None and particle_of.pos in ("VERB", "AUX"):
                _take_phrases(sentence, particle_of, last)
            first.head, first.dep = last.i, "compound"
        last.pos, last.tag, last.lemma = "NOUN", "NN", last.lower
        sentence.relink()
        changed = True
    return changed


def _take_phrases(sentence: Sentence, verb: Token, noun: Token) -> None:
    """Phrases right behind the noun that the parse gave to the verb with the particle."""
    for kid in sentence.kids(verb, "obl"):
        start = min(t.i for t in sentence.subtree(kid))
        if start == noun.i + 1:
            kid.head, kid.dep = noun.i, "nmod"


def _lost_case(sentence: Sentence) -> bool:
    """ "in Port Sudan": the preposition of a phrase hangs from its head, not from the first word of a name."""
    changed = False
    for case in sentence.tokens:
        word = sentence.tokens[case.head]
        if case.dep != "case" or case.pos != "ADP" or case.i > word.i:
            continue
        head = sentence.tokens[word.head]
        if word.dep in ("compound", "flat") and head.i > word.i and word.pos == "PROPN":
            case.head = head.i
            changed = True
    if changed:
        sentence.relink()
    return changed


def _crossed_subject(sentence: Sentence) -> bool:
    """ "Iran's navy fired missiles" with "navy" below "missiles": what stands left of a verb is no part of its object."""
    changed = False
    for verb in sentence.tokens:
        if verb.pos != "VERB" or verb.tag not in ("VBD", "VBZ", "VBP") or sentence.kids(verb, "nsubj", "nsubj:pass"):
            continue
        for thing in sentence.kids(verb, "obj"):
            crossed = [k for k in sentence.kids(thing, *_INNER, "det") if k.i < verb.i]
            nouns = [k for k in crossed if k.pos in _NOMINAL]
            if thing.i < verb.i or not nouns:
                continue
            subject = nouns[-1]
            subject.head, subject.dep = verb.i, "nsubj"
            for kid in crossed:
                if kid is not subject and kid.i < subject.i:
                    kid.head = subject.i
            sentence.relink()
            changed = True
    return changed


def _listed_subject(sentence: Sentence) -> bool:
    """ "A defeated B and C would move": a noun right before a verb with an auxiliary of its own is the verb's subject,
    not another object of the verb before."""
    changed = False
    for verb in sentence.tokens:
        first = sentence.parent(verb) if verb.dep == "conj" and verb.pos == "VERB" else None
        helpers = sentence.kids(verb, "aux", "aux:pass")
        if first is None or not helpers or sentence.kids(verb, "nsubj", "nsubj:pass"):
            continue
        noun = sentence.tokens[min(h.i for h in helpers) - 1] if min(h.i for h in helpers) else verb
        joint = sentence.kids(noun, "cc")
        thing = sentence.parent(noun) if noun.dep == "conj" else None
        if thing is None or not joint or noun.pos not in _NOMINAL:
            continue
        if thing.head != first.i or thing.dep not in ("obj", "obl"):
            continue
        noun.head, noun.dep = verb.i, "nsubj"
        for word in joint:
            word.head = verb.i
        sentence.relink()
        changed = True
    return changed
