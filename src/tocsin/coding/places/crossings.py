"""Whom the closing of a crossing hits: the side that the sender is not.

In: the draft of a closure or an opening, the state names. Out: the same draft; where the crossing that is shut joins two
states or territories (``sides`` of its place) and the sender is one of them, the target is the other; a crossing that its
sender has no side of tells no target by its name.
"""

from __future__ import annotations

from collections.abc import Mapping

from tocsin.coding.draft import Draft
from tocsin.language.phrases.entities import Entity, as_party


def far_side(draft: Draft, states: Mapping[str, str]) -> None:
    """Give a closure its target by the crossing's other side; a target that is told beside it stays."""
    if draft.type != "coercive_measure" or draft.subtype not in ("closure", "lifting"):
        return
    senders = draft.countries("sender")
    for crossing in draft.candidate.parts.get("theme") or []:
        sides = _sides(crossing)
        if not sides:
            continue
        inside = {(p.start, p.end) for p in draft.roles["target"] if crossing.start <= p.start < crossing.end}
        told = [p for p in draft.roles["target"] if (p.start, p.end) not in inside]
        others = sides - senders
        if not told and len(others) == 1 and others != sides:
            country = next(iter(others))
            name = states.get(country, country)
            told = [as_party(crossing, "state", name=name, country=country, id=f"state:{country}")]
        draft.roles["target"] = told
        return


def _sides(entity: Entity) -> frozenset[str]:
    """The two states that a crossing joins."""
    place = entity.mention.place if entity.mention is not None else None
    return frozenset(place.row.get("sides") or ()) if place is not None else frozenset()
