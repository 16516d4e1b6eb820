"""Repairs at the joints of phrases: nouns written with a hyphen, prepositions and subjects that hang from a modifier.

In: a sentence. Out: the same sentence with the tree mended. Each repair looks for what no right tree has: a preposition
below the first word of a name, words left of a verb below its object.
"""

from __future__ import annotations

import itertools

from tocsin.language.lexicon import Lexicon
from tocsin.language.tokens import Sentence, Token

_INNER = ("compound", "flat", "amod", "nummod", "nmod:poss")
_NOMINAL = ("NOUN", "PROPN", "PRON")


def mend_joints(sentence: Sentence, lexicon: Lexicon) -> bool:
    """All repairs of this file, in place; whether anything changed."""
    classes = lexicon.classes(sentence)
    changed = _hyphen_nouns(sentence, lexicon)
    changed |= _lost_case(sentence)
    changed |= "involvement_verbs" in classes and _participle_preposition(sentence, lexicon)
    changed |= _to_a_place(sentence)
    changed |= _stray_number(sentence)
    changed |= "day_halves" in classes and _half_of_day(sentence, lexicon)
    changed |= "state_media_words" in classes and _state_media(sentence, lexicon)
    changed |= _crossed_subject(sentence)
    changed |= _hung_on_adjective(sentence)
    moved = not classes.isdisjoint(("moved_participles", "perfect_verbs"))
    changed |= moved and _perfect_for_adjective(sentence, lexicon)
    changed |= "giving_verbs" in classes and _given(sentence, lexicon)
    return changed


def _hyphen_nouns(sentence: Sentence, lexicon: Lexicon) -> bool:
    """ "its troop build-up in X": a noun of two words that the parse takes for a noun and a verb's particle."""
    changed = False
    for first in sentence.tokens[:-2]:
        if sentence.tokens[first.i + 1].text != "-":
            continue
        last = sentence.tokens[first.i + 2]
        if f"{first.lower}-{last.lower}" not in lexicon.words("hyphen_nouns"):
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
        if case.dep != "case" or case.pos != "ADP":
            continue
        word = sentence.tokens[case.head]
        if case.i > word.i:
            continue
        head = sentence.tokens[word.head]
        if word.dep in ("compound", "flat") and head.i > word.i and word.pos == "PROPN":
            case.head = head.i
            changed = True
    if changed:
        sentence.relink()
    return changed


def _participle_preposition(sentence: Sentence, lexicon: Lexicon) -> bool:
    """ "exercises involving two countries" with "involving" below "countries": it stands like a preposition."""
    changed = False
    for word in sentence.tokens:
        noun = sentence.tokens[word.head]
        if word.tag != "VBG" or word.dep not in ("acl", "amod") or noun.i < word.i or noun.dep != "nmod":
            continue
        if word.lemma in lexicon.words("involvement_verbs") and noun.head < word.i:
            word.dep, word.pos = "case", "ADP"
            changed = True
    if changed:
        sentence.relink()
    return changed


def _state_media(sentence: Sentence, lexicon: Lexicon) -> bool:
    """ "state news agency": the state's agency, not an agency of state news."""
    changed = False
    for token in sentence:
        middle = sentence.tokens[token.head]
        whole = sentence.tokens[middle.head]
        inner = token.dep == middle.dep == "compound" and token.i < middle.i < whole.i
        if inner and token.lower in lexicon.words("state_media_words") and whole.pos == "NOUN":
            token.head, changed = whole.i, True
    if changed:
        sentence.relink()
    return changed


def _half_of_day(sentence: Sentence, lexicon: Lexicon) -> bool:
    """ "between 3:30 and 3:46 AM": the mark belongs to the number before it."""
    changed = False
    for number, mark in itertools.pairwise(sentence.tokens):
        wrong = mark.head != number.i and number.head != mark.i
        if wrong and number.pos == "NUM" and mark.lower in lexicon.words("day_halves"):
            for kid in sentence.kids(mark):
                kid.head = number.i
            mark.head, mark.dep, changed = number.i, "nmod:npmod", True
    if changed:
        sentence.relink()
    return changed


def _stray_number(sentence: Sentence) -> bool:
    """ "Around 500 Russian troops had held" with "500" below the verb: a number right before a phrase counts it."""
    changed = False
    for number in sentence.tokens[:-1]:
        if number.pos != "NUM" or number.dep not in ("obl", "obl:npmod", "nmod", "dep") or sentence.kids(number, "case"):
            continue
        noun = sentence.tokens[number.i + 1]
        for _ in range(4):
            if noun.dep not in _INNER or noun.head <= noun.i:
                break
            noun = sentence.tokens[noun.head]
        plain = noun.tag in ("NNS", "NNPS") and noun.i > number.i and noun.head in (number.head, noun.i)
        if plain and not any(k.i < number.i for k in sentence.kids(noun, *_INNER, "det", "case")):
            number.head, number.dep = noun.i, "nummod"
            sentence.relink()
            changed = True
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


def _hung_on_adjective(sentence: Sentence) -> bool:
    """ "Finnish and American marines in Finland" with the place below "Finnish": it belongs to the noun."""
    changed = False
    for token in sentence.tokens:
        if token.dep != "nmod":
            continue
        above = sentence.tokens[token.head]
        if above.pos != "ADJ" or above.dep != "amod" or not sentence.kids(token, "case"):
            continue
        if above.head > above.i and token.i > above.head:
            token.head = above.head
            changed = True
    if changed:
        sentence.relink()
    return changed


def _perfect_for_adjective(sentence: Sentence, lexicon: Lexicon) -> bool:
    """ "X has massed vehicles" with "massed" as an adjective: after "has" it is the verb."""
    changed, verbs = False, lexicon.words("moved_participles") | lexicon.words("perfect_verbs")
    for word in sentence.tokens[1:]:
        noun, have = sentence.tokens[word.head], sentence.tokens[word.i - 1]
        if word.dep != "amod" or word.pos != "VERB" or have.lemma != "have" or have.dep in ("aux", "aux:pass"):
            continue
        if noun.dep != "obj" or noun.head != have.i or word.lemma not in verbs:
            continue
        word.head, word.dep, word.pos, word.tag = (have.head if have.head != have.i else word.i), have.dep, "VERB", "VBN"
        for kid in sentence.kids(have):
            if kid is not word:
                kid.head = word.i
        have.head, have.dep, have.pos = word.i, "aux", "AUX"
        sentence.relink()
        changed = True
    return changed


def _given(sentence: Sentence, lexicon: Lexicon) -> bool:
    """ "granted Oslo access" with "access" as a complement: it is what is given, and Oslo gets it."""
    changed = False
    for verb in sentence.tokens:
        if verb.lemma not in lexicon.words("giving_verbs") or verb.pos != "VERB":
            continue
        getters = sentence.kids(verb, "obj")
        things = [k for k in sentence.kids(verb, "xcomp") if k.pos == "NOUN" and not sentence.kids(k, "case", "mark", "cop")]
        if len(getters) == 1 and len(things) == 1 and getters[0].i < things[0].i:
            getters[0].dep, things[0].dep = "iobj", "obj"
            changed = True
    if changed:
        sentence.relink()
    return changed


def _to_a_place(sentence: Sentence) -> bool:
    """ "brought them to Goma" with "to" as of an infinitive: before a name it is a preposition."""
    changed = False
    for word in (t for t in sentence.tokens if t.lower == "to"):
        name = sentence.tokens[word.head]
        if word.dep in ("aux", "mark") and name.pos == "PROPN" and name.i > word.i:
            word.dep, word.pos, word.tag = "case", "ADP", "IN"
            name.dep = "obl" if name.dep in ("xcomp", "advcl", "ccomp") else name.dep
            changed = True
    if changed:
        sentence.relink()
    return changed
