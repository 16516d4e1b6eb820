"""What two sides do to each other is told once and is two events: "X and Y expelled each other's envoys".

In: a candidate. Out: one candidate for each side where the words tell that each does it to the other, else nothing.
"""

from __future__ import annotations

import itertools
from dataclasses import replace

from tocsin.coding.candidate import Candidate

_TYPES = {"coercive_measure": ("sender", "target"), "armed_incident": ("initiator", "target")}


def each_way(candidate: Candidate) -> list[Candidate]:
    """The candidate once for each of two sides, aimed at the other; empty where it is no such thing."""
    if candidate.type not in _TYPES or candidate.frame.subtype == "clash":
        return []
    doer, hit = _TYPES[candidate.type]
    sides = [p for p in candidate.roles.get(doer, []) if p.country]
    if len(sides) != 2 or sides[0].country == sides[1].country or not _reciprocal(candidate):
        return []
    found = []
    for one, other in (sides, sides[::-1]):
        found.append(replace(candidate, roles={**candidate.roles, doer: [one], hit: [other]}))
    return found


def _reciprocal(candidate: Candidate) -> bool:
    """Whether "each other" or "one another" stands in what it is done to."""
    sentence = candidate.clause.sentence
    for argument in candidate.clause.get("obj", "at", "on", "against"):
        words = [t.lower for t in sentence.subtree(argument.token)]
        if any(pair in itertools.pairwise(words) for pair in (("each", "other"), ("one", "another"))):
            return True
    return False
