"""Merging and splitting by hand: what was decided, replayed to what must and what must not stand together.

In: decisions in the order in which they were made, never changed; an undo takes one out as if it had not been made, and can
itself be undone. Records are named by the names of the incidents that they make alone. Out: pairs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Literal

Action = Literal["merge", "split", "apart", "undo"]


@dataclass(frozen=True, slots=True)
class HandDecision:
    """``merge``: the incidents of ``ones`` and ``others`` are one event. ``split``: the records ``ones`` are not of the
    event of the records ``others``, with which they stood. ``apart``: two incidents that are not one. ``undo``: another
    decision does not count."""

    id: int
    action: Action
    reviewer: str
    made: str
    ones: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    note: str | None = None
    undoes: int | None = None


@dataclass(frozen=True, slots=True)
class Ties:
    """Pairs of names (the smaller first) that must, and that must not, stand in one incident."""

    must: frozenset[tuple[str, str]] = frozenset()
    cannot: frozenset[tuple[str, str]] = frozenset()


def counting(decisions: Sequence[HandDecision]) -> list[HandDecision]:
    """Those that count, oldest first."""
    undone: set[int] = set()
    for decision in reversed(decisions):
        if decision.action == "undo" and decision.id not in undone and decision.undoes is not None:
            undone.add(decision.undoes)
    return [d for d in decisions if d.action != "undo" and d.id not in undone]


def replay(decisions: Sequence[HandDecision], standing: Mapping[str, str] | None = None) -> Ties:
    """What the decisions come to; of two about the same pair the later wins. ``standing`` names, for a record that is shown
    no more, the one that stands for it."""
    now = standing or {}
    said: dict[tuple[str, str], bool] = {}
    for decision in counting(decisions):
        for one, other in _pairs(decision):
            pair = ordered(now.get(one, one), now.get(other, other))
            if pair[0] != pair[1]:
                said[pair] = decision.action == "merge"
    return Ties(frozenset(pair for pair, tied in said.items() if tied),
                frozenset(pair for pair, tied in said.items() if not tied))


def _pairs(decision: HandDecision) -> Iterable[tuple[str, str]]:
    """Of a merge the first of each side with all of both; else everything with everything."""
    if decision.action == "merge":
        first = decision.ones[0]
        together = [*decision.ones[1:], *decision.others]
        return [ordered(first, other) for other in together if other != first]
    return [ordered(one, other) for one, other in product(decision.ones, decision.others) if one != other]


def ordered(one: str, other: str) -> tuple[str, str]:
    """A pair with the smaller first."""
    return (one, other) if one <= other else (other, one)
