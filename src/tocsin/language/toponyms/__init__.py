"""Place names of an article and what they stand for: the places layer.

In: sentences with trees and the name indexes. Out: toponyms in text order, each with one referent.
"""

from __future__ import annotations

from dataclasses import dataclass

from tocsin.language.names.mentions import NameMention
from tocsin.language.tokens import Sentence
from tocsin.language.toponyms.candidates import candidates
from tocsin.language.toponyms.lookup import Lookup, Referent
from tocsin.language.toponyms.settle import settle
from tocsin.language.toponyms.signs import NONE, SURE, Signs

__all__ = ["Lookup", "Referent", "Toponym", "find_toponyms"]

_WEAK = frozenset({"bare", "possessor", "weak"})  # signs that want the name told as a place elsewhere in the article


@dataclass(frozen=True, slots=True)
class Toponym:
    """A place name with its referent; ``sign`` tells why it is one."""

    start: int
    end: int
    text: str
    sign: str
    referent: Referent


def find_toponyms(
    text: str, sentences: list[Sentence], mentions: list[NameMention], lookup: Lookup, every: bool = False
) -> list[Toponym]:
    """The toponyms of an article; ``every``: also names that were found to be none, for a look at the signs."""
    found = candidates(text, sentences, mentions, lookup)
    Signs(lookup, sentences).read(found)
    sure = {c.text for c in found if c.sign in SURE}
    for one in found:
        if one.sign in _WEAK and one.text in sure:
            one.sign = "again"
    kept = [c for c in found if every or (c.sign not in NONE and c.sign not in _WEAK)]
    chosen = settle(kept, lookup.weights)
    return [Toponym(c.start, c.end, c.text, c.sign, chosen[c.group]) for c in kept if c.group in chosen]
