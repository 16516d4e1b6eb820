"""Which of the places of one name is meant.

In: candidates with signs. Out: for each name of the article one referent: the one that lies where the text says ("Dover,
Del."), else the one that fits best with the other places of the article, its divisions and countries, and the more populous.
"""

from __future__ import annotations

import math
from collections import defaultdict

from tocsin.language.toponyms.candidates import Candidate
from tocsin.language.toponyms.lookup import Referent
from tocsin.language.toponyms.signs import contains, near

_ROUNDS = 3
_MOST = 30  # bearers of a name that are looked at, the most populous
_SAME_DIVISION, _SAME_COUNTRY = 3.0, 1.5
_CLOSE = ((40.0, 2.5), (120.0, 1.5), (300.0, 0.5))  # kilometres, and what such a neighbour is worth
_POSSIBLE = 0.35  # what a neighbour is worth that another name may stand for, before it is settled
_PRIOR = {"country": 7.8, "division": 6.0, "other": 6.5, "county": 2.0}
_CAPITAL = 1.5
_NAMED_LIKE_ITS_SEAT = 0.1  # share of a division's people in the town of its name, from which the town is meant
_WELL_KNOWN = 300_000  # people of a division whose name a small town does not take


def settle(found: list[Candidate]) -> dict[str, Referent]:
    """The referent of each name; names that say where they lie first."""
    groups: dict[str, list[Candidate]] = defaultdict(list)
    for one in found:
        groups[one.group].append(one)
    options = {name: rivals for name, members in groups.items() if (rivals := _options(members))}
    possible = _Possible(options)
    chosen = {name: max(rivals, key=lambda r: _prior(r, rivals)) for name, rivals in options.items()}
    for _ in range(_ROUNDS):
        for name, rivals in options.items():
            if len(rivals) > 1:
                around = [(chosen[o], 1.0 if len(options[o]) == 1 else 0.5) for o in chosen if o != name]
                chosen[name] = _best(name, rivals, around, possible)
    return chosen


class _Possible:
    """Which names may stand for something near a point: by cells of a degree."""

    def __init__(self, options: dict[str, list[Referent]]) -> None:
        self._cells: dict[tuple[int, int], set[str]] = defaultdict(set)
        for name, rivals in options.items():
            if len(rivals) == 1:
                continue
            for r in rivals:
                if r.sort in ("town", "county") and r.lat is not None and r.lon is not None:
                    self._cells[math.floor(r.lat), math.floor(r.lon)].add(name)

    def near(self, name: str, one: Referent) -> int:
        """How many other names may stand for a place within a degree or so."""
        if one.lat is None or one.lon is None or one.sort not in ("town", "county"):
            return 0
        north, east = math.floor(one.lat), math.floor(one.lon)
        beside = [self._cells.get((north + i, east + k), set()) for i in (-1, 0, 1) for k in (-1, 0, 1)]
        return len(set().union(*beside) - {name})


def _options(members: list[Candidate]) -> list[Referent]:
    """The referents that all the places where the name stands leave."""
    rivals = list(members[0].referents)[:_MOST]
    every = members[0].referents
    told = [h for m in members for h in m.within]
    inside = [r for r in every if any(contains(h, r) for h in told)]
    if inside:
        return inside
    if any(m.whole or (m.sign in ("pair", "short") and not m.within) for m in members):  # it holds what stands before it
        whole = [r for r in rivals if r.sort in ("country", "division", "county")]
        return whole or rivals
    known = [r for r in rivals if r.sort == "country" or (r.sort == "division" and r.population >= _WELL_KNOWN)]
    least = min((r.population * _NAMED_LIKE_ITS_SEAT if r.sort == "division" else 1e6 for r in known), default=0)
    return [r for r in rivals if r.sort != "town" or r.population >= least or r.capital]


def _best(name: str, rivals: list[Referent], around: list[tuple[Referent, float]], possible: _Possible) -> Referent:
    def score(one: Referent) -> tuple[float, int]:
        near = _POSSIBLE * possible.near(name, one)
        return _prior(one, rivals) + _fit(one, around) + near, one.population

    return max(rivals, key=score)


def _prior(one: Referent, rivals: list[Referent]) -> float:
    if one.sort == "division" and any(contains(one, r) and r.population > _NAMED_LIKE_ITS_SEAT * one.population
                                      for r in rivals if r.sort == "town"):
        return 2.0
    if one.sort == "division":
        return min(_PRIOR["division"], math.log10(one.population + 100) + 0.5)
    if one.sort in _PRIOR:
        return _PRIOR[one.sort]
    return math.log10(one.population + 100) + (_CAPITAL if one.capital else -0.7 if one.section else 0.0)


def _fit(one: Referent, around: list[tuple[Referent, float]]) -> float:
    """How well a referent goes with the others: the best of each kind of tie counts, and a little of each more."""
    division = country = close = 0.0
    for other, weight in around:
        if one.division and one.division == other.division and one.sort != "country":
            division += weight
        if one.country and one.country == other.country:
            country += weight
        if other.sort in ("town", "county"):
            distance = near(one, other)
            close += weight * next((worth for limit, worth in _CLOSE if distance <= limit), 0.0)
    return _SAME_DIVISION * _soft(division) + _SAME_COUNTRY * _soft(country) + 1.2 * _soft(close)


def _soft(count: float) -> float:
    return math.log2(1.0 + count)
