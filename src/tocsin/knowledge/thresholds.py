"""The two thresholds of ``review.yaml``: from where a record is put forward, and below which it is not given."""

from __future__ import annotations

from tocsin.errors import KnowledgeError
from tocsin.knowledge.loader import Tables


def thresholds(tables: Tables) -> tuple[float, float]:
    """(put_forward, least), each between 0 and 1; raises KnowledgeError where they are not."""
    table = tables.mapping("review.yaml")
    upper, lower = float(table["put_forward"]), float(table["least"])
    if not 0 <= lower <= upper <= 1:
        raise KnowledgeError(f"review.yaml: 0 <= least ({lower}) <= put_forward ({upper}) <= 1 does not hold")
    return upper, lower
