"""Who does and to whom: the two sides of a record, for formats that know an actor and a recipient.

In: a record. Out: parties that act and parties that are acted upon (``knowledge/export/parts.yaml``).
"""

from __future__ import annotations

from functools import cache
from typing import Any

from tocsin.knowledge.loader import Tables

Dict = dict[str, Any]


def sides(record: Dict) -> tuple[list[Dict], list[Dict]]:
    """The two sides; the second is empty where the record has none."""
    part = _table().get(record["type"]) or {}
    part = {**part, **(part.get("subtypes") or {}).get(record["subtype"], {})}
    acting = _of(record, part.get("actor", ()))
    return acting, _of(record, part.get("recipient", ()))


def pair(record: Dict) -> tuple[Dict | None, Dict | None]:
    """One party a side: the first of each, of those who act with one another the first two."""
    acting, upon = sides(record)
    if not upon and is_mutual(record) and len(acting) > 1:
        return acting[0], acting[1]
    return (acting[0] if acting else None), (upon[0] if upon else None)


def is_mutual(record: Dict) -> bool:
    """Whether those who act do so with one another."""
    return bool((_table().get(record["type"]) or {}).get("mutual"))


def _of(record: Dict, roles: list[str]) -> list[Dict]:
    return [party for role in roles for party in record["roles"].get(role, ())]


@cache
def _table() -> Dict:
    return Tables().mapping("export/parts.yaml")
