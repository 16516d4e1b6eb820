"""Words that a table lists and that name something else here: a ship called like a province, a body whose name goes on.

In: a sentence and the tokens of a listed name. Out: whether it is another's name.
"""

from __future__ import annotations

from tocsin.language.lexicon import Lexicon
from tocsin.language.tokens import Sentence

_PARTS = frozenset({"nmod", "compound"})


def names_another(sentence: Sentence, first: int, last: int, lexicon: Lexicon) -> bool:
    """Whether the listed name at ``first``..``last`` is only a part, or the like, of another name."""
    return _of_a_ship(sentence, first, lexicon) or _goes_on(sentence, first, last)


def _of_a_ship(sentence: Sentence, first: int, lexicon: Lexicon) -> bool:
    """ "the USS Carney", "the dhow, Salahaddin": a ship, whoever or whatever it is named for."""
    if first and sentence.tokens[first - 1].text in lexicon.ship_prefixes:
        return True
    name = sentence.tokens[first]
    above = sentence.tokens[name.head]
    gear = lexicon.gear(sentence, above) if name.dep == "appos" else None
    return name.dep == "appos" and above.i < first and above.pos != "PUNCT" and gear is not None and gear[0].class_ == "ship"


def _goes_on(sentence: Sentence, first: int, last: int) -> bool:
    """ "the Department of Defence Policy": the next word belongs to a word of the listed name, so the body is another."""
    after = sentence.tokens[last + 1] if last + 1 < len(sentence.tokens) else None
    if after is None or not any(t.lower == "of" for t in sentence.tokens[first:last]):
        return False
    return after.pos == "PROPN" and first <= after.head <= last and after.dep in _PARTS
