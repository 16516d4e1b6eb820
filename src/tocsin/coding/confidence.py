"""Confidence: how often records of the same make are right, by a table measured on hand-coded articles.

In: a draft. Out: a number between 0 and 1. The table is ``knowledge/confidence.yaml``; part 4 of the plan replaces it by a
calibrated model.
"""

from __future__ import annotations

from tocsin.coding.merge import Draft
from tocsin.knowledge.loader import Tables


class Confidence:
    """Adds the weights of what speaks for and against a draft, within bounds."""

    def __init__(self, tables: Tables) -> None:
        table = tables.mapping("confidence.yaml")
        self._base: dict[str, float] = table["base"]
        self._weights: dict[str, float] = table["weights"]
        self._bounds: tuple[float, float] = (table["bounds"][0], table["bounds"][1])

    def of(self, draft: Draft) -> float:
        """The confidence of a draft, rounded to two places."""
        value = self._base.get(draft.type, self._base["other"])
        value += sum(self._weights.get(feature, 0.0) for feature in features(draft))
        low, high = self._bounds
        return round(min(high, max(low, value)), 2)


def features(draft: Draft) -> list[str]:
    """What bears on whether a draft is right."""
    clause = draft.candidate.clause
    found = [clause.kind, draft.status, draft.kind]
    principal = [role for role, parties in draft.roles.items() if parties]
    found.append("two_roles" if len(principal) > 1 else "one_role")
    if len(draft.sentences) > 1:
        found.append("several_sentences")
    if draft.candidate.resolved:
        found.append("resolved")
    if any(p.country is None and p.id is None for parties in draft.roles.values() for p in parties):
        found.append("unknown_party")
    if any(not o.scope for o in clause.operators):
        found.append("embedded")
    return found
