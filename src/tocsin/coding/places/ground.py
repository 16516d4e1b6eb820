"""Ground that changes hands inside one country: a town is where it happened, and no side of the fight.

In: finished drafts of armed incidents. Out: the same drafts, without the state as the target of a town or province that
its own rebels or forces take, where nobody is told to have held it; with who speaks of its loss as the target.
"""

from __future__ import annotations

from tocsin.coding.draft import Draft
from tocsin.language.annotate import Annotated
from tocsin.language.phrases.entities import Entity, party_of
from tocsin.language.tokens import Sentence, Token

GROUND = frozenset({"area", "place", "town", "city", "village", "province", "capital", "structure"})
_REACH = 3  # sentences from a capture to who speaks of the loss
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


def tell_holder(draft: Draft, note: Annotated) -> None:
    """ "X captures the city … Y does not confirm the loss of the city": who speaks of its loss held it."""
    if draft.type != "armed_incident" or draft.subtype != "capture" or draft.roles["target"] or not draft.roles["initiator"]:
        return
    last = max(draft.sentences)
    taker = {p.id or p.name for p in draft.roles["initiator"]}
    for sentence in note.sentences[last + 1 : last + 1 + _REACH]:
        if not any(_is_lost(sentence, token, note) for token in sentence):
            continue
        named = [m for m in note.mentions if m.sentence == sentence.index and m.party is not None]
        sides = {m.party.id: m for m in named if m.party is not None and m.party.sort in ("armed_group", "military")}
        others = [m for name, m in sides.items() if name not in taker]
        if len(others) == 1 and others[0].party is not None:
            draft.roles["target"] = [party_of(others[0].party, others[0].start, others[0].end, others[0].text)]
            return


def _is_lost(sentence: Sentence, token: Token, note: Annotated) -> bool:
    """Whether a noun tells the loss of ground."""
    if token.lemma not in note.interpreter.lexicon.words("loss_nouns"):
        return False
    lost = [k for k in sentence.kids(token, "nmod") if any(c.lower == "of" for c in sentence.kids(k, "case"))]
    return any(_is_ground(note.interpreter.entity(sentence, k)) for k in lost)


def _states(entity: Entity, note: Annotated) -> bool:
    """ "the Congolese city of Goma": the state is named as whose the town is."""
    inside = [m for m in note.mentions if entity.start <= m.start < entity.end and m.party is not None]
    return any(m.party is not None and m.party.sort in ("state", "nationality") for m in inside)


def _is_ground(entity: Entity) -> bool:
    """Whether a phrase is a place; a base is somebody's."""
    return not entity.types & _HELD and (entity.place is not None or bool(entity.types & GROUND))
