"""Numbers of the text as counts: how many of a thing are told.

In: an entity with its number, or a number. Out: a count with whole bounds; empty where the text gives none.
"""

from __future__ import annotations

from tocsin.language.lexicon import Lexicon
from tocsin.language.numbers.amounts import Number
from tocsin.language.phrases.entities import Entity
from tocsin.language.tokens import Sentence, Token
from tocsin.model import Count

_SHIPS = frozenset({"ship", "submarine"})


def count_of(entity: Entity, sentence: Sentence, lexicon: Lexicon) -> Count:
    """How many of the entity the text tells; "a"/"an" with a singular is one."""
    if entity.count is not None:
        return to_count(entity.count)
    head = sentence.tokens[entity.head]
    article = [k for k in sentence.kids(head, "det") if k.lower in lexicon.words("counting_articles")]
    if article and head.tag in ("NN", "NNP"):
        return Count(text=article[0].text, start=article[0].start, end=article[0].end, min=1, max=1, kind="exact")
    gear = entity.materiel
    if gear is not None and gear.class_ in _SHIPS and head.tag in ("NN", "NNP") and _named_ship(gear.text, head, sentence):
        return Count(text=gear.text, start=gear.start, end=gear.end, min=1, max=1, kind="exact")
    return Count()


def _named_ship(text: str, head: Token, sentence: Sentence) -> bool:
    """Whether the words name one ship ("USS Nimitz", "the carrier Kuznetsov"), not a class of ships."""
    if any(k.tag == "NNP" for k in sentence.kids(head, "appos")):
        return True
    prefixed = any(len(w) > 1 and w.isupper() and w.isalpha() for w in text.split())
    return prefixed or (head.tag == "NNP" and "class" not in text.lower())


def to_count(number: Number) -> Count:
    """A number of the text as a count (whole bounds)."""
    low, high = (None if v is None else int(v) for v in (number.min, number.max))
    return Count(text=number.text, start=number.start, end=number.end, min=low, max=high, kind=number.kind)
