"""Words that a table lists and that name something else here: a ship called like a province, a body whose name goes on,
the end of a person's name.

In: a sentence and the tokens of a listed name. Out: whether it is another's name.
"""

from __future__ import annotations

from tocsin.language.lexicon import Lexicon
from tocsin.language.tokens import Sentence

_PARTS = frozenset({"nmod", "compound"})
_BEFORE = 3  # tokens: a name, the article, the hyphen


def names_another(sentence: Sentence, first: int, last: int, lexicon: Lexicon) -> bool:
    """Whether the listed name at ``first``..``last`` is only a part, or the like, of another name."""
    return _of_a_ship(sentence, first, lexicon) or _goes_on(sentence, first, last) or _of_a_person(sentence, first, lexicon)


def _of_a_person(sentence: Sentence, first: int, lexicon: Lexicon) -> bool:
    """ "Emir Nawaf Al-Ahmad Al-Sabah": behind a name and an article that is joined to it, the last part of a person's."""
    if first < _BEFORE:
        return False
    name, article, joint, last = sentence.tokens[first - _BEFORE : first + 1]
    joined = joint.text == "-" and article.end == joint.start and joint.end == last.start
    part = name.pos == "PROPN" and name.head in (last.i, last.head)
    return joined and part and article.lower in lexicon.words("name_articles")


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
