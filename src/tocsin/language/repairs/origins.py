"""Where things set out from: "launched two missiles from a train in X", "took place just outside of X".

In: a sentence. Out: the same sentence; a place right behind what something was fired or moved from is where that is, not
where it was fired or moved to; "outside of" is one preposition.
"""

from __future__ import annotations

import itertools
import re

from tocsin.language.lexicon import Lexicon
from tocsin.language.tokens import Sentence, Token

_CLOCK = re.compile(r"\d{1,2}[:.]\d\d")
_SIDES = frozenset({"outside", "inside"})


def mend_origins(sentence: Sentence, lexicon: Lexicon) -> bool:
    """All repairs of this file, in place; whether anything changed."""
    changed = _outside_of(sentence) | _below_a_time(sentence, lexicon)
    changed |= "compass_words" in lexicon.classes(sentence) and _beside(sentence, lexicon)
    changed |= "telling_nouns" in lexicon.classes(sentence) and _who_told(sentence, lexicon)
    return ("origin_verbs" in lexicon.classes(sentence) and _from_there(sentence, lexicon)) or changed


def _who_told(sentence: Sentence, lexicon: Lexicon) -> bool:
    """ "dismissed the claim from N as groundless": N made the claim, nothing was dismissed from there."""
    changed = False
    for thing in sentence.tokens[:-2]:
        if thing.dep != "obj" or thing.lemma not in lexicon.words("telling_nouns"):
            continue
        for phrase in sentence.kids(sentence.tokens[thing.head], "obl"):
            if phrase.pos == "PROPN" and _starts(sentence, phrase, frozenset({"from"})) == thing.i + 1:
                phrase.head, phrase.dep, changed = thing.i, "nmod", True
    if changed:
        sentence.relink()
    return changed


def _beside(sentence: Sentence, lexicon: Lexicon) -> bool:
    """ "an area west of X" with X below "west": the area is told by X."""
    changed = False
    for word in sentence.tokens:
        if word.dep != "advmod" or word.lower not in lexicon.words("compass_words") or word.head != word.i - 1:
            continue
        for place in sentence.kids(word, "obl") if sentence.tokens[word.head].pos == "NOUN" else ():
            if [k.lower for k in sentence.kids(place, "case")] == ["of"]:
                place.head, place.dep, changed = word.head, "nmod", True
    if changed:
        sentence.relink()
    return changed


def _below_a_time(sentence: Sentence, lexicon: Lexicon) -> bool:
    """ "detected between 6:10 and 6:25 PM from X" with the place below the time: it belongs to the verb."""
    changed = False
    for phrase in sentence.tokens:
        if phrase.dep != "nmod":
            continue
        time = sentence.tokens[phrase.head]
        if time.pos != "NUM" or not _CLOCK.fullmatch(time.text) or phrase.i < time.i:
            continue
        if _starts(sentence, phrase, lexicon.words("where_prepositions") | {"from"}) is None:
            continue
        above = sentence.tokens[time.head]
        if above.pos == "VERB":
            phrase.head, phrase.dep = above.i, "obl"
            changed = True
    if changed:
        sentence.relink()
    return changed


def _outside_of(sentence: Sentence) -> bool:
    """ "outside of X" with "outside" as an adverb beside "of X" or above it."""
    changed = False
    for adverb, of in itertools.pairwise(sentence.tokens):
        if adverb.lower not in _SIDES or adverb.dep != "advmod" or of.lower != "of" or of.dep != "case":
            continue
        noun = sentence.tokens[of.head]
        if noun.i < of.i or noun.head not in (adverb.i, adverb.head):
            continue
        noun.head, noun.dep, adverb.head, adverb.dep, adverb.pos = adverb.head, "obl", noun.i, "case", "ADP"
        sentence.relink()
        changed = True
    return changed


def _from_there(sentence: Sentence, lexicon: Lexicon) -> bool:
    """Hang a place right behind what something came from to that."""
    changed = False
    for verb in sentence.tokens:
        if verb.lemma not in lexicon.words("origin_verbs"):
            continue
        phrases = sentence.kids(verb, "obl", "nmod")
        for phrase in phrases:
            start = _starts(sentence, phrase, lexicon.words("where_prepositions"))
            source = next((p for p in phrases if p.pos == "NOUN" and _ends(sentence, p) == start), None)
            if start is None or source is None or _starts(sentence, source, frozenset({"from"})) is None:
                continue
            if phrase.pos in ("NOUN", "PROPN") and phrase.lower not in lexicon.words("calendar"):
                phrase.head, phrase.dep = source.i, "nmod"
                changed = True
    if changed:
        sentence.relink()
    return changed


def _starts(sentence: Sentence, phrase: Token, cases: frozenset[str]) -> int | None:
    """The token at which a phrase starts, where its preposition is one of the given ones."""
    case = sentence.kids(phrase, "case")
    return case[0].i if len(case) == 1 and case[0].lower in cases and case[0].i < phrase.i else None


def _ends(sentence: Sentence, phrase: Token) -> int:
    """The token behind a phrase."""
    return max(t.i for t in sentence.subtree(phrase)) + 1
