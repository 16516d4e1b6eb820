"""What two sides do to each other is told once and is two events: "X and Y expelled each other's envoys".

In: a candidate. Out: one candidate for each side where the words tell that each does it to the other, else nothing.
"""

from __future__ import annotations

import itertools
from dataclasses import replace

from tocsin.coding.matching.candidate import Candidate
from tocsin.syntax import Clause

_TYPES = {
    "coercive_measure": ("sender", "target"),
    "armed_incident": ("initiator", "target"),
    "diplomatic_status": ("actor", "toward"),
}
_SENT_HOME = frozenset({"recall", "withdraw", "call home", "call back", "summon home"})
_WHOLE = frozenset({"relations_opened", "relations_cut", None})  # what two sides share is one event


def each_way(candidate: Candidate) -> list[Candidate]:
    """The candidate once for each of two sides, aimed at the other; empty where it is no such thing."""
    if candidate.type == "statement":
        return _said_of_each(candidate)
    if candidate.type not in _TYPES or candidate.frame.subtype == "clash":
        return []
    if candidate.type == "diplomatic_status" and candidate.frame.subtype in _WHOLE:
        return []
    doer, hit = _TYPES[candidate.type]
    sides = [p for p in candidate.roles.get(doer, []) if p.country]
    if len(sides) != 2 or sides[0].country == sides[1].country or not reciprocal(candidate.clause):
        return []
    found = []
    for one, other in (sides, sides[::-1]):
        found.append(replace(candidate, roles={**candidate.roles, doer: [one], hit: [other]}))
    return found


def _said_of_each(candidate: Candidate) -> list[Candidate]:
    """ "X and Y accused each other": each speaks of the other."""
    sides = [p for p in candidate.roles.get("speaker", []) if p.country]
    if len({p.country for p in sides}) != 2 or len(sides) != 2 or not reciprocal(candidate.clause):
        return []
    both = {p.country for p in sides}
    role = next((r for r in ("about", "addressee") if {p.country for p in candidate.roles.get(r, [])} == both), "about")
    return [
        replace(candidate, roles={**candidate.roles, "speaker": [one], role: [other]})
        for one, other in (sides, sides[::-1])
    ]


def reciprocal(clause: Clause) -> bool:
    """Whether each does it to the other: "each other", "one another" in what it is done to, "the two", "both" as doers."""
    sentence = clause.sentence
    for argument in clause.get("obj", "at", "on", "against", "from"):
        words = [t.lower for t in sentence.subtree(argument.token)]
        if any(pair in itertools.pairwise(words) for pair in (("each", "other"), ("one", "another"))):
            return True
    doers = clause.get("subj")
    return any(
        k.lower in ("two", "both") for a in doers for k in sentence.kids(a.token, "nummod", "det", "det:predet")
    ) and clause.lemma in _SENT_HOME
