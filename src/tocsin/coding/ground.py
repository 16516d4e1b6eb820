"""Ground that changes hands inside one country: a town is where it happened, and no side of the fight.

In: finished drafts of armed incidents. Out: the same drafts, without the state as the target of a town or province that
its own rebels or forces take, where nobody is told to have held it.
"""

from __future__ import annotations

from tocsin.coding.draft import Draft
from tocsin.language.annotate import Annotated
from tocsin.language.entities import Entity

GROUND = frozenset({"area", "place", "town", "city", "village", "province", "capital", "structure"})
_HELD = frozenset({"base", "military_hq", "military"})
_SIDES = frozenset({"military", "armed_group", "government_body", "person", "igo"})


def clear_ground(draft: Draft, note: Annotated) -> None:
    """Empty the target where it is nothing but ground of the taker's own country, whose state its words do not name."""
    if draft.type != "armed_incident" or draft.subtype != "capture" or not draft.roles["initiator"]:
        return
    takers = {p.country for p in draft.roles["initiator"] if p.country}
    ground = [(e.start, e.end) for e in draft.candidate.parts.get("theme") or [] if _is_ground(e) and not _states(e, note)]
    held = [(e.start, e.end) for e in draft.candidate.parts.get("theme") or [] if e.types & _HELD]
    ground += [
        (p.start, p.end)
        for p in draft.places
        if p.precision != "country" and not any(start < p.end and p.start < end for start, end in held)
    ]
    whole = {(p.start, p.end) for p in draft.places if p.precision == "country"}
    draft.roles["target"] = [
        p
        for p in draft.roles["target"]
        if p.kind in _SIDES
        or p.country is None
        or p.country not in takers
        or (p.start, p.end) in whole
        or not any(start < p.end and p.start < end for start, end in ground)
    ]


def _states(entity: Entity, note: Annotated) -> bool:
    """ "the Congolese city of Goma": the state is named as whose the town is."""
    inside = [m for m in note.mentions if entity.start <= m.start < entity.end and m.party is not None]
    return any(m.party is not None and m.party.sort in ("state", "nationality") for m in inside)


def _is_ground(entity: Entity) -> bool:
    """Whether a phrase is a place; a base is somebody's."""
    return not entity.types & _HELD and (entity.place is not None or bool(entity.types & GROUND))
