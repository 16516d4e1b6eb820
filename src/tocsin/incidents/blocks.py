"""Which records are compared at all: those that share a block within its days.

In: a face. Out: blocks, each a number with the days in which the record stands in it. A block is made of what two reports of
one event nearly always share (two parties; a party and a place …), by type (``types.yaml``). No block spans more days than
``SPAN``: a longer time is cut, so that an index by first day finds all that overlap.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import lru_cache
from itertools import combinations

from tocsin.incidents.model import Face
from tocsin.incidents.rules import Rules

SPAN = 31  # days of the longest row
UNDATED = 0  # the day of what has none
_MARGIN = 1  # days by which two stated days of one event may differ
_PARTIES = 6  # parties of a record that are looked up by
_COMMON = 2  # counts up to this are no block
_FINE = frozenset({"site", "town", "district", "province", "region", "sea", "border"})

Block = tuple[int, int, int]  # block, first day, last day


def blocks(face: Face, rules: Rules) -> list[Block]:
    """The blocks of an event, each with the days in which it stands there; none for a lasting state."""
    if face.key is not None:
        return []
    numbers = sorted({_number(f"{rules.types[face.type].family}|{key}") for key in _keys(face, rules)})
    return [(number, first, last) for number in numbers for first, last in _slices(face, rules)]


def window(first: int, last: int) -> tuple[int, int]:
    """The days in which another record of the same event may stand."""
    return (first, last) if last == UNDATED else (first - _MARGIN, last + _MARGIN)


def _keys(face: Face, rules: Rules) -> Iterator[str]:
    rule = rules.types[face.type]
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
    for kind in rule.blocks:
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


@lru_cache(maxsize=65_536)
def _number(key: str) -> int:
    """63 bits of a key: what two keys share by chance is only compared in vain."""
    return int.from_bytes(hashlib.blake2b(key.encode(), digest_size=8).digest()) >> 1
