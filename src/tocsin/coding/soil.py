"""Whom a state's attacks in another state are on, where no words say: "X's missile strikes in Y".

In: the drafts of an article, the annotated article, the state names. Out: the same drafts; an attack of one state that has
another state as its place, and nobody as its target, is on that state, unless the article names an armed group that may be
meant.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tocsin.coding.draft import Draft
from tocsin.language.annotate import Annotated
from tocsin.model import EventPlace, Party

_PASSING = frozenset({"clash", "border_violation", "interception", "coup", "capture"})  # not on whoever's soil it is


def tell_soil(drafts: Sequence[Draft], note: Annotated, states: Mapping[str, str]) -> None:
    """Fill the target of attacks by one state in another."""
    groups = any(p.sort == "armed_group" for m in note.mentions for p in m.parties)
    for draft in drafts:
        if groups or draft.type != "armed_incident" or draft.subtype in _PASSING or draft.roles["target"]:
            continue
        land = _land(draft)
        doers = {p.country for p in draft.roles["initiator"]}
        if land is None or len(doers) != 1 or doers & {None, "IGO", land.country}:
            continue
        if all(p.kind in ("state", "military", "government_body") for p in draft.roles["initiator"]):
            draft.roles["target"] = [_state(land, states)]


def _land(draft: Draft) -> EventPlace | None:
    """The one state that an incident is told to be in; none where a finer place is told."""
    lands = [p for p in draft.places if p.country]
    return lands[0] if len(lands) == 1 and lands[0].precision == "country" and lands[0].role == "site" else None


def _state(land: EventPlace, states: Mapping[str, str]) -> Party:
    country = land.country or ""
    return Party(
        text=land.text,
        start=land.start,
        end=land.end,
        name=states.get(country, land.name),
        kind="state",
        country=country,
        sector=None,
        id=f"state:{country}",
    )
