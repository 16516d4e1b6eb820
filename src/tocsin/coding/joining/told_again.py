"""What a lead sums up and later sentences tell: "Forces killed two insurgents in X … The force fired at them, killing two."

In: two drafts of incidents. Out: whether the later one tells how those died whom the earlier one counts.
"""

from __future__ import annotations

from tocsin.coding.draft import Draft
from tocsin.coding.joining.apart import places_conflict, times_conflict
from tocsin.coding.verify import POINTS
from tocsin.model import Count, Party

_REACH = 8  # sentences
_FORCES = frozenset({"military", "igo"})
_FIGHTERS = frozenset({"armed_group", "unidentified"})


def killed_again(a: Draft, b: Draft) -> bool:
    """Whether both tell of one killing of fighters by forces: as many, on no other day, in no other place."""
    if not a.type == b.type == "armed_incident" or not a.status == b.status == "occurred" or a.sum or b.sum or b.fresh:
        return False
    near = 0 < b.sentences[0] - a.sentences[0] <= _REACH
    if not near or a.kind == "headline" or not a.roles["initiator"] or not (_by_forces(a) and _by_forces(b)):
        return False
    doers = [{p.country for p in d.roles["initiator"] if p.country} for d in (a, b)]
    if (doers[1] and not doers[0] & doers[1]) or not (_fighters(b) or _nobody_told(b)):
        return False
    if not (_fighters(a) or a.subtype == "capture"):  # "killed two insurgents and detained four others"
        return False
    counts = a.casualties.killed, b.casualties.killed
    same = _as_many(*counts) or (counts[0] is not None and counts[1] is None and _those(b))
    return same and not (times_conflict(a.time, b.time) or places_conflict(a, b))


def without_lands(drafts: list[Draft]) -> list[Draft]:
    """Drafts but for attacks told by no more than their countries ("the bombings in N and M"), of which another one tells:
    they are evidence of it."""
    kept = []
    for draft in drafts:
        whole = next((d for d in drafts if d is not draft and only_lands(draft, d)), None)
        if whole is None:
            kept.append(draft)
        else:
            whole.sentences = sorted({*whole.sentences, *draft.sentences})
            whole.places = whole.places or draft.places
    return kept


def only_lands(draft: Draft, whole: Draft) -> bool:
    """Whether a draft tells no more of an attack than countries, and another one tells of an attack of the kind there."""
    if not draft.candidate.frame.raw.get("target_is_place") or whole.candidate.frame.raw.get("target_is_place"):
        return False
    if draft.fresh or (draft.subtype, draft.status) != (whole.subtype, whole.status):
        return False
    if times_conflict(draft.time, whole.time):
        return False
    told = draft.roles["initiator"] or draft.casualties.killed or draft.casualties.wounded or draft.materiel
    if told or any(p.precision in POINTS for p in draft.places):
        return False
    lands = {p.country for p in whole.places} | {p.country for p in whole.roles["target"]}
    return bool(lands & draft.countries("target"))


def _by_forces(draft: Draft) -> bool:
    """Whether forces did it, or nobody is told to have."""
    return all(p.kind in _FORCES for p in draft.roles["initiator"])


def _fighters(draft: Draft) -> bool:
    """Whether all who were hit are of armed groups."""
    hit = draft.roles["target"]
    return bool(hit) and all(_fighter(p) for p in hit)


def _fighter(party: Party) -> bool:
    return party.kind in _FIGHTERS or party.sector in ("REB", "CRM")


def _as_many(one: Count | None, other: Count | None) -> bool:
    """Whether two tolls tell the same number."""
    return one is not None and other is not None and (one.min, one.max) == (other.min, other.max)


def _nobody_told(draft: Draft) -> bool:
    """ "returned fire, killing both": those hit are told by no noun."""
    return not draft.roles["target"] and bool(draft.candidate.frame.raw.get("hurts"))


def _those(draft: Draft) -> bool:
    """ "returned fire and killed the insurgents": those told before, by a wording of killing."""
    raw = draft.candidate.frame.raw
    theme = draft.candidate.parts.get("theme") or []
    told = not draft.roles["target"] or (bool(theme) and all(e.definite for e in theme))
    return bool(raw.get("hurts") or raw.get("toll")) and told
