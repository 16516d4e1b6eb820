"""Repairs of possessors: whose a decision, a number of launches is.

In: a sentence. Out: the same sentence with the tree mended where a possessor hangs from the wrong word.
"""

from __future__ import annotations

from tocsin.language.lexicon import Lexicon
from tocsin.language.tokens import Sentence, Token


def mend_possessives(sentence: Sentence, lexicon: Lexicon) -> bool:
    """Mend possessors in place; whether anything changed."""
    changed = _owner_before(sentence) | _short_form(sentence)
    return ("series_nouns" in lexicon.classes(sentence) and _through_number(sentence, lexicon)) or changed


def _short_form(sentence: Sentence) -> bool:
    """ "the Kingdom of Norway's (NOR) decision": what follows the bracket is owned by what stands before it, and is no
    second object."""
    changed = False
    for mark in sentence.tokens[1:-3]:
        after = sentence.tokens[mark.i + 1]
        if mark.tag != "POS" or after.text != "(":
            continue
        close = next((t for t in sentence.tokens[after.i :] if t.text == ")"), None)
        owner = _top(sentence, mark)
        if close is None or owner.dep == "nmod:poss":
            continue
        thing = next((t for t in sentence.tokens[close.i + 1 :] if t.pos in ("NOUN", "PROPN") and t.head <= mark.i), None)
        if thing is None or thing.dep != owner.dep or thing.head != owner.head:
            continue
        owner.head, owner.dep = thing.i, "nmod:poss"
        sentence.relink()
        changed = True
    return changed


def _owner_before(sentence: Sentence) -> bool:
    """ "the Republic of Iran's launch" with "Iran's" below the Republic: what is owned stands behind its owner."""
    changed = False
    for owner in sentence.tokens:
        if owner.dep == "nmod:poss" and owner.head < owner.i and any(k.tag == "POS" for k in sentence.kids(owner, "case")):
            owner.dep = "nmod"
            changed = True
    if changed:
        sentence.relink()
    return changed


def _top(sentence: Sentence, mark: Token) -> Token:
    """The head of the phrase that a possessive mark ends: "the Kingdom of Norway's" is the Kingdom's."""
    owner = sentence.tokens[mark.head]
    while owner.dep == "nmod" and owner.head < owner.i:
        owner = sentence.tokens[owner.head]
    return owner


def _through_number(sentence: Sentence, lexicon: Lexicon) -> bool:
    """ "North Korea's growing number of missile tests": the tests are North Korea's."""
    changed = False
    for owner in (t for t in sentence.tokens if t.dep == "nmod:poss"):
        number = sentence.tokens[owner.head]
        if number.lemma not in lexicon.words("series_nouns"):
            continue
        of = [k for k in sentence.kids(number, "nmod") if any(c.lower == "of" for c in sentence.kids(k, "case"))]
        if of and not sentence.kids(of[0], "nmod:poss"):
            owner.head = of[0].i
            sentence.relink()
            changed = True
    return changed
