"""What passes within one side in the field, and is no event between sides: a fighter who hands weapons to his men, soldiers
who call people out of a house or an air strike in.

In: the merged drafts of an article. Out: those that stand.
"""

from __future__ import annotations

from tocsin.coding.draft import Draft
from tocsin.language.annotate import Annotated


def between_sides(drafts: list[Draft], note: Annotated) -> list[Draft]:
    """The drafts without handouts among fighters and without calls of forces in action."""
    return [d for d in drafts if not (_handout(d) or _call_in_action(d, note) or _searched(d, note))]


def _searched(draft: Draft, note: Annotated) -> bool:
    """ "The security force targeted a compound in the district": soldiers went there to look for somebody."""
    words = note.interpreter.lexicon.words
    theme = draft.candidate.parts.get("theme") or []
    if draft.type != "armed_incident" or draft.candidate.clause.lemma != "target" or draft.subtype != "attack":
        return False
    forces = [p.text.lower().rsplit(" ", 1)[-1].removesuffix("s") for p in draft.roles["initiator"]]
    ground = bool(forces) and all(f in words("short_forces") for f in forces)
    hurt = draft.casualties.killed is not None or draft.casualties.wounded is not None
    return ground and not hurt and bool(theme) and all(e.lemma in words("searched_places") for e in theme)


def _handout(draft: Draft) -> bool:
    """ "The facilitator distributed explosives to fighters in the district"."""
    if draft.type != "arms_transfer":
        return False
    givers, takers = draft.roles["supplier"], draft.roles["recipient"]
    among = bool(takers) and all(p.kind == "armed_group" and p.id is None for p in takers)
    return among and all(p.kind == "person" and p.sector in ("REB", "MIL", None) for p in givers)


def _call_in_action(draft: Draft, note: Annotated) -> bool:
    """ "Soldiers called for all occupants to exit the house", "the force called for an air strike"."""
    words, clause = note.interpreter.lexicon.words, draft.candidate.clause
    if draft.type != "statement" or draft.subtype != "demand" or any(p.kind != "military" for p in draft.roles["speaker"]):
        return False
    if any(p.kind == "armed_group" and (p.country or p.id) for role in ("addressee", "about") for p in draft.roles[role]):
        return False  # "called on the rebels to surrender"
    wished = [e for a in clause.get("for", "obj", "in") for e in a.entities]
    strike = any("attack" in e.types or e.lemma in words("support_nouns") for e in wished)
    inner = clause.complement.lemma if clause.complement is not None else ""
    below = {t.lemma for t in clause.sentence.subtree(clause.token) if t.pos == "VERB"} if not inner else {inner}
    return clause.lemma in words("summoning_verbs") and (strike or bool(below & words("spot_commands")))
