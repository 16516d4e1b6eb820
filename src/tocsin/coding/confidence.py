"""Confidence: the probability that a record is right in all that counts, by a logistic model of how it was made.

In: a draft. Out: a number between 0 and 1. The weights are in ``knowledge/confidence.yaml``; ``benchmarks/confidence.py``
fits them on hand-coded articles and measures how well they keep what they promise.
"""

from __future__ import annotations

import math

from tocsin.coding.draft import Draft
from tocsin.coding.places.ground import GROUND
from tocsin.knowledge.loader import Tables

_FEW_PARTS = 1.5  # of the score of a frame: little that it asks for is told


class Confidence:
    """Adds the weights of what speaks for and against a draft."""

    def __init__(self, tables: Tables) -> None:
        table = tables.mapping("confidence.yaml")
        self._level: float = table["level"]
        self._weights: dict[str, float] = table["weights"]
        self._bounds: tuple[float, float] = (table["bounds"][0], table["bounds"][1])

    def of(self, draft: Draft) -> float:
        """The confidence of a draft, rounded to two places."""
        value = self._level + sum(self._weights.get(name, 0.0) for name in features(draft))
        low, high = self._bounds
        return round(min(high, max(low, 1 / (1 + math.exp(-value)))), 2)


def features(draft: Draft) -> list[str]:
    """What bears on whether a draft is right. More was tried and did not help: how sure the parser is of the arcs, the
    sentence's length, quotation, numbers, dates."""
    filled = [role for role, parties in draft.roles.items() if parties]
    parties = [party for role in filled for party in draft.roles[role]]
    tested = {
        f"type:{draft.type}": True,
        f"block:{draft.kind}": True,
        "two_roles": len(filled) > 1 or _whole(draft),
        "unknown_party": draft.suspected or any(p.country is None and p.id is None for p in parties),
        "resolved": draft.candidate.resolved,
        "to_come": draft.status in ("planned", "possible"),
        "weak": draft.score < _FEW_PARTS,
        "only_speaker": draft.type == "statement" and len(filled) < 2,
        "embedded": any(not o.scope for o in draft.candidate.clause.operators),
    }
    return [name for name, holds in tested.items() if holds]


def _whole(draft: Draft) -> bool:
    """Whether an armed incident is complete with its doers alone: a fight of two sides, a town that a known side takes."""
    doers = {p.country or p.id for p in draft.roles.get("initiator", []) if p.country or p.id}
    land = any(e.types & GROUND or e.place is not None for e in draft.candidate.parts.get("theme") or [])
    taken = draft.subtype == "capture" and land and any(p.precision != "country" for p in draft.places)
    return bool(doers) and (taken or (draft.subtype == "clash" and len(draft.roles["initiator"]) > 1))
