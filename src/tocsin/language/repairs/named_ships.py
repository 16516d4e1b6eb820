"""Ships told by a name that is in no table, with what they are behind it: "the Attica Sun, a Greek-owned tanker".

In: a sentence and its name mentions. Out: the same sentence with the tree mended: the ship heads the phrase, so that its
flag and owner are found, and the name hangs from it.
"""

from __future__ import annotations

from tocsin.language.lexicon import Lexicon
from tocsin.language.names.mentions import NameMention
from tocsin.language.repairs.titled_names import put_above
from tocsin.language.repairs.ways_home import is_ship
from tocsin.language.tokens import Sentence, Token


def mend_ships(sentence: Sentence, mentions: list[NameMention], lexicon: Lexicon) -> bool:
    """Put the ship at the head of each such phrase, in place; whether anything changed."""
    changed = False
    known = {i for m in mentions for i in range(m.first, m.last + 1)}
    for mention in mentions:  # "the aircraft carrier USS Nimitz": the name heads the phrase, as a person's does his title
        name = sentence.tokens[mention.head]
        ship = sentence.tokens[name.head]
        if name.dep == "appos" and ship.pos == "NOUN" and ship.i + 1 == mention.first and is_ship(sentence, ship, lexicon):
            put_above(sentence, name, ship, mention.last)
            changed = True
    for name in sentence:
        if name.pos != "PROPN" or name.i in known:
            continue
        for ship in sentence.kids(name, "appos"):
            gear = lexicon.gear(sentence, ship) if ship.pos == "NOUN" and ship.i > name.i else None
            if gear is not None and gear[0].class_ == "ship":
                _exchange(sentence, name, ship)
                changed = True
    return changed


def _exchange(sentence: Sentence, name: Token, ship: Token) -> None:
    for kid in sentence.kids(name, "case", "acl:relcl", "acl", "conj", "cc"):
        kid.head = ship.i
    ship.head, ship.dep = name.head if name.head != name.i else ship.i, name.dep
    name.head, name.dep = ship.i, "appos"
    sentence.relink()
