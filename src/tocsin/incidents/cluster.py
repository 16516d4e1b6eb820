"""From agreeing pairs to incidents, carefully: two groups become one only where they fit as wholes.

In: the faces of one connected group (records that agree, directly or over others, or that a person has tied), the pairs that
agree, and what was decided by hand. Out: the incidents, each a sorted list of names. The strongest agreement is taken first;
it joins two groups if no member of one contradicts a member of the other, nobody has parted them, and all their pairs
together agree on average: a chain of weak links never makes one incident. The result follows from the set of records alone,
whatever the order in which they came.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from tocsin.incidents.decisions import Ties, ordered
from tocsin.incidents.model import Face
from tocsin.incidents.rules import Rules

Pair = tuple[str, str]
Score = Callable[[Face, Face], tuple[float, bool]]  # score, whether it contradicts


def components(names: Iterable[str], pairs: Iterable[Pair]) -> list[list[str]]:
    """Groups that are connected by pairs, each sorted, in order."""
    above = {name: name for name in names}

    def root(name: str) -> str:
        while above[name] != name:
            above[name] = above[above[name]]
            name = above[name]
        return name

    for one, other in pairs:
        a, b = root(one), root(other)
        if a != b:
            above[max(a, b)] = min(a, b)
    found: dict[str, list[str]] = {}
    for name in sorted(above):
        found.setdefault(root(name), []).append(name)
    return list(found.values())


def cluster(faces: Mapping[str, Face], agreeing: Mapping[Pair, float], ties: Ties, score: Score, rules: Rules
            ) -> list[list[str]]:
    """The incidents of a connected group."""
    must = {pair for pair in ties.must if pair[0] in faces and pair[1] in faces}
    return _within(sorted(faces), faces, dict(agreeing), must, ties, score, rules, 0.0)


def _within(names: Sequence[str], faces: Mapping[str, Face], agreeing: dict[Pair, float], must: set[Pair], ties: Ties,
            score: Score, rules: Rules, least: float) -> list[list[str]]:
    """One group; a larger one than can be looked at as a whole falls apart at its weakest agreements first."""
    if len(names) <= rules.largest:
        return _Groups(names, faces, ties, score, rules).join(agreeing, must)
    least = max(least, min(agreeing.values(), default=0.0)) + rules.step
    kept = {pair: value for pair, value in agreeing.items() if value >= least}
    found: list[list[str]] = []
    for part in components(names, [*kept, *must]):
        here = set(part)
        if len(part) == len(names) and not kept:  # tied by hand alone
            return _Groups(names, faces, ties, score, rules).join({}, must)
        found += _within(part, faces, {p: v for p, v in kept.items() if p[0] in here and p[1] in here},
                         {p for p in must if p[0] in here and p[1] in here}, ties, score, rules, least)
    return sorted(found)


class _Groups:
    """Groups that grow."""

    def __init__(self, names: Sequence[str], faces: Mapping[str, Face], ties: Ties, score: Score, rules: Rules) -> None:
        self._of = {name: number for number, name in enumerate(names)}
        self._members = {number: [name] for number, name in enumerate(names)}
        self._faces, self._ties, self._score, self._rules = faces, ties, score, rules
        self._sums: dict[Pair, float | None] = {}

    def join(self, agreeing: Mapping[Pair, float], must: Iterable[Pair]) -> list[list[str]]:
        """Join what may be joined, what a person has tied first."""
        for one, other in sorted(must):
            self._unite(self._of[one], self._of[other])
        for one, other in sorted(agreeing, key=lambda pair: (-agreeing[pair], pair)):
            a, b = self._of[one], self._of[other]
            if a != b and self._fit(a, b):
                self._unite(a, b)
        return sorted(sorted(members) for members in self._members.values())

    def _unite(self, one: int, other: int) -> None:
        if one == other:
            return
        for name in self._members[other]:
            self._of[name] = one
        self._members[one] += self._members.pop(other)

    def _fit(self, one: int, other: int) -> bool:
        """Whether two groups are one event as wholes."""
        total, count = 0.0, 0
        for a in self._members[one]:
            for b in self._members[other]:
                value = self._pair(ordered(a, b))
                if value is None:
                    return False
                total, count = total + value, count + 1
        return total / count >= self._rules.mean

    def _pair(self, pair: Pair) -> float | None:
        """The score of a pair; None where it contradicts or was parted by hand."""
        if pair not in self._sums:
            value, contradicts = self._score(self._faces[pair[0]], self._faces[pair[1]])
            self._sums[pair] = None if pair in self._ties.cannot or (contradicts and pair not in self._ties.must) else value
        return self._sums[pair]
