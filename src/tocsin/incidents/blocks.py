"""Which records are compared at all: those that share a block within its days.

In: a face. Out: blocks, each a number with the days in which the record stands in it. A block is made of what two reports of
one event nearly always share (two parties; a party and a place …), by type (``types.yaml``). No block spans more days than
``SPAN``: a longer time is cut, so that an index by first day finds all that overlap.

What has no day would share the block of its parties with every other report of theirs without one, thousands of a war. Such
records are not told apart by time, so that they must share a place, a number, a model or words to be one event or a question
at all: they stand in blocks of these alone, and of words in one for each, whose row says how many words the record has.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import combinations

from tocsin.incidents.model import Face
from tocsin.incidents.rules import Rules
from tocsin.incidents.spells import begins

SPAN = 31  # days of the longest row
UNDATED = 0  # the day of what has none
_MARGIN = 1  # days by which two stated days of one event may differ
_PARTIES = 6  # parties of a record that are looked up by
_COMMON = 2  # counts up to this are no block
_FINE = frozenset({"site", "town", "district", "province", "region", "sea", "border"})
_PARTIES_ALONE = frozenset({"pair", "party", "party_subtype"})
_SPECIFIC = ("party_place", "party_count", "party_designation", "place_count")

Block = tuple[int, int, int]  # block, first day, last day


def blocks(face: Face, rules: Rules) -> list[Block]:
    """The blocks of an event, each with the days in which it stands there; none for a lasting state, but for its beginning,
    which may have been announced."""
    if face.key is not None and not begins(face, rules):
        return []
    kinds = rules.types[face.type].blocks
    if face.when.kind == "none":
        kinds = tuple(dict.fromkeys((*(kind for kind in kinds if kind not in _PARTIES_ALONE), *_SPECIFIC)))
    numbers = _hashed(face, rules, _keys(face, kinds))
    found = [(number, first, last) for number in numbers for first, last in _slices(face, rules)]
    return found + [(_number(f"denial|{face.article}|{record}"), UNDATED, UNDATED) for record in _denials(face)]


def word_blocks(face: Face, rules: Rules) -> list[Block]:
    """Of what has no day, the blocks of its parties with each of its words; the last number is how many words it has."""
    if face.key is not None or face.when.kind != "none":
        return []
    kinds = [kind for kind in rules.types[face.type].blocks if kind in _PARTIES_ALONE]
    keys = {f"{key}~{word}" for kind in kinds for key in _keys(face, [kind]) for word in face.words}
    return [(number, UNDATED, len(face.words)) for number in _hashed(face, rules, keys)]


def _denials(face: Face) -> tuple[str, ...]:
    """What a denial denies; of what can be denied itself."""
    return face.denies or ((face.record,) if face.status == "denied" or face.type == "statement" else ())


def words_enough(mine: int, theirs: int, rules: Rules) -> int:
    """How many words two records without a day must share to be compared."""
    return max(1, math.ceil(rules.limits["many"] * min(mine, theirs)))


def window(first: int, last: int) -> tuple[int, int]:
    """The days in which another record of the same event may stand."""
    return (first, last) if last == UNDATED else (first - _MARGIN, last + _MARGIN)


def _hashed(face: Face, rules: Rules, keys: Iterable[str]) -> list[int]:
    return sorted({_number(f"{rules.types[face.type].family}|{key}") for key in keys})


def _keys(face: Face, kinds: Iterable[str]) -> Iterator[str]:
    parties = sorted({side.token for side in face.sides})[:_PARTIES]
    places = sorted({spot.folded for spot in face.places if spot.precision in _FINE})
    counts = sorted(_counts(face))
    models = sorted({line.model.casefold() for line in face.lines if line.model})
    pairs = {
        "pair": [f"{a}&{b}" for a, b in combinations(parties, 2)],
        "party_place": [f"{a}@{b}" for a in parties for b in places],
        "party_count": [f"{a}#{b}" for a in parties for b in counts],
        "party_designation": [f"{a}+{b}" for a in parties for b in models],
        "place_count": [f"{a}@#{b}" for a in places for b in counts],
        "party_subtype": [f"{a}/{face.subtype}" for a in parties],
        "party": parties,
    }
    for kind in kinds:
        yield from pairs[kind]


def _counts(face: Face) -> set[str]:
    ranges = [(f"{kind}=", bounds) for kind, bounds in face.tolls.items()]
    ranges += [(f"{line.class_}=", (line.low, line.high)) for line in face.lines]
    ranges += [("people=", face.people)] if face.people else []
    return {f"{kind}{low}" for kind, (low, high) in ranges if low is not None and low == high and low > _COMMON}


def _slices(face: Face, rules: Rules) -> Iterator[tuple[int, int]]:
    when = face.when
    if when.kind == "none":
        yield UNDATED, UNDATED
        return
    last = when.last + (int(rules.limits["late"]) if when.kind == "plan" else 0)
    for first in range(when.first, last + 1, SPAN):
        yield first, min(first + SPAN - 1, last)


@lru_cache(maxsize=8_192)
def _number(key: str) -> int:
    """63 bits of a key: what two keys share by chance is only compared in vain."""
    return int.from_bytes(hashlib.blake2b(key.encode(), digest_size=8).digest()) >> 1
