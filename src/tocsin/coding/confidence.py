"""Confidence: the probability that a record is right in all that counts, by a logistic model of how it was made.

In: a draft. Out: a number between 0 and 1. The weights are in ``knowledge/confidence.yaml``; ``benchmarks/confidence.py``
fits them on hand-coded articles and measures how well they keep what they promise.
"""

from __future__ import annotations

import math

from tocsin.coding.candidate import Candidate
from tocsin.coding.merge import Draft
from tocsin.knowledge.loader import Tables
from tocsin.language.annotate import Annotated

_LEAST = 0.02  # of a probability whose logarithm is taken


class Confidence:
    """Adds the weights of what speaks for and against a draft."""

    def __init__(self, tables: Tables) -> None:
        table = tables.mapping("confidence.yaml")
        self._level: float = table["level"]
        self._weights: dict[str, float] = table["weights"]
        self._bounds: tuple[float, float] = (table["bounds"][0], table["bounds"][1])

    def of(self, draft: Draft, note: Annotated) -> float:
        """The confidence of a draft, rounded to two places."""
        value = self._level + sum(self._weights.get(name, 0.0) * x for name, x in features(draft, note).items())
        low, high = self._bounds
        return round(min(high, max(low, 1 / (1 + math.exp(-value)))), 2)


def features(draft: Draft, note: Annotated) -> dict[str, float]:
    """What bears on whether a draft is right; 1 for what holds, amounts on scales of about one."""
    clause = draft.candidate.clause
    filled = [role for role, parties in draft.roles.items() if parties]
    parties = [party for role in filled for party in draft.roles[role]]
    arcs = [max(_LEAST, clause.sentence.tokens[i].sureness) for i in _arcs(draft.candidate)]
    tested = {
        f"type:{draft.type}": True,
        f"kind:{clause.kind}": True,
        f"status:{draft.status}": True,
        f"block:{draft.kind}": True,
        "two_roles": len(filled) > 1,
        "several_sentences": len(draft.sentences) > 1,
        "resolved": draft.candidate.resolved,
        "unknown_party": any(p.country is None and p.id is None for p in parties),
        "many_parties": len(parties) > 3,
        "embedded": any(not o.scope for o in clause.operators),
        "quoted": any(start <= clause.token.start < end for start, end in note.quotes),
        "lent": draft.candidate.lender is not None,
        "historical": draft.historical,
        "numbers": any(m.count is not None for m in draft.materiel) or draft.personnel is not None,
        "dated": draft.time.basis == "stated",
        "attributed": bool(draft.attribution),
    }
    amounts = {
        "doubt_of_arcs": -math.log(min(arcs)),
        "mean_doubt": -sum(map(math.log, arcs)) / len(arcs),
        "long": math.log(len(clause.sentence.tokens) / 20),
        "far_down": min(1.0, clause.sentence.index / 30),
    }
    return {name: 1.0 for name, holds in tested.items() if holds} | amounts


def _arcs(candidate: Candidate) -> list[int]:
    """The words whose arcs the record rests on: the predicate, what carries it, who and what plays a part."""
    clause = candidate.clause
    here = {e.head for part in candidate.parts.values() for e in part if e.sentence == clause.sentence.index}
    return sorted(here | {t.i for t in (clause.token, clause.support) if t is not None})
