"""Which of the places of one name is meant.

In: candidates with signs. Out: for each name of the article one referent: the one that lies where the text says ("Dover,
Del."), else the one that fits best with the other places of the article, its divisions and countries, and the more populous.
"""

from __future__ import annotations

import math
from collections import defaultdict

from tocsin.language.toponyms.candidates import Candidate
from tocsin.language.toponyms.lookup import Referent, Weights
from tocsin.language.toponyms.signs import contains, near


def settle(found: list[Candidate], weights: Weights) -> dict[str, Referent]:
    """The referent of each name; names that say where they lie first."""
    groups: dict[str, list[Candidate]] = defaultdict(list)
    for one in found:
        groups[one.group].append(one)
    options = {name: rivals for name, members in groups.items() if (rivals := _options(members, weights))}
    possible = _Possible(options)
    chosen = {name: max(rivals, key=lambda r: _prior(r, rivals, weights)) for name, rivals in options.items()}
    for _ in range(weights.rounds):
        for name, rivals in options.items():
            if len(rivals) > 1:
                around = [(chosen[o], 1.0 if len(options[o]) == 1 else 0.5) for o in chosen if o != name]
                chosen[name] = _best(name, rivals, around, possible, weights)
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


def _options(members: list[Candidate], weights: Weights) -> list[Referent]:
    """The referents that all the places where the name stands leave."""
    rivals = list(members[0].referents)[:weights.most]
    every = members[0].referents
    told = [h for m in members for h in m.within]
    inside = [r for r in every if any(contains(h, r) for h in told)]
    if inside:
        return inside
    if any(m.whole or (m.sign in ("pair", "short") and not m.within) for m in members):  # it holds what stands before it
        whole = [r for r in rivals if r.sort in ("country", "division", "county")]
        return whole or rivals
    known = [r for r in rivals if r.sort == "country" or (r.sort == "division" and r.population >= weights.well_known)]
    least = min((r.population * weights.named_like_its_seat if r.sort == "division" else 1e6 for r in known), default=0)
    return [r for r in rivals if r.sort != "town" or r.population >= least or r.capital]


def _best(name: str, rivals: list[Referent], around: list[tuple[Referent, float]], possible: _Possible,
          weights: Weights) -> Referent:
    def score(one: Referent) -> tuple[float, int]:
        near = weights.possible * possible.near(name, one)
        return _prior(one, rivals, weights) + _fit(one, around, weights) + near, one.population

    return max(rivals, key=score)


def _prior(one: Referent, rivals: list[Referent], weights: Weights) -> float:
    if one.sort == "division" and any(contains(one, r) and r.population > weights.named_like_its_seat * one.population
                                      for r in rivals if r.sort == "town"):
        return weights.outshone
    if one.sort == "division":
        return min(weights.prior["division"], math.log10(one.population + 100) + 0.5)
    if one.sort in weights.prior:
        return weights.prior[one.sort]
    return math.log10(one.population + 100) + (weights.capital if one.capital else weights.section if one.section else 0.0)


def _fit(one: Referent, around: list[tuple[Referent, float]], weights: Weights) -> float:
    """How well a referent goes with the others: the best of each kind of tie counts, and a little of each more."""
    division = country = close = 0.0
    for other, weight in around:
        if one.division and one.division == other.division and one.sort != "country":
            division += weight
        if one.country and one.country == other.country:
            country += weight
        if other.sort in ("town", "county"):
            distance = near(one, other)
            close += weight * next((worth for limit, worth in weights.close if distance <= limit), 0.0)
    return weights.same_division * _soft(division) + weights.same_country * _soft(country) + weights.closeness * _soft(close)


def _soft(count: float) -> float:
    return math.log2(1.0 + count)
