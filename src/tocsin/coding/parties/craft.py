"""Whose the drones are that somebody shoots down, or that killed somebody: of who was told to have launched them.

In: the merged drafts of an article. Out: interceptions without a target, and attacks told by their weapon alone ("the drones
killed four"), with the one side that the article tells to have fired weapons of the same kind at the time.
"""

from __future__ import annotations

from tocsin.coding.draft import Draft
from tocsin.coding.joining.apart import times_conflict
from tocsin.language.annotate import Annotated
from tocsin.language.phrases.noun_phrases import case_of
from tocsin.model import Party

_REACH = 8  # sentences back to the launch
_NEAR = 3  # and to that of "the drones"
_LAUNCHES = frozenset({"attack", "air_strike", "missile_strike", "shelling"})


def add_launchers(drafts: list[Draft]) -> None:
    """Fill the target of interceptions, in place; what "fired from X and Y" tells is narrowed to the one who fired."""
    for draft in drafts:
        if draft.type != "armed_incident" or draft.subtype != "interception" or not draft.materiel:
            continue
        whence = {e.country for e in _launch_sites(draft)}
        told = draft.roles["target"]
        if told and not (len(told) > 1 and {p.country for p in told} <= whence):
            continue
        sides = {p.country: p for d in drafts if _launched(d, draft) for p in d.roles["initiator"]}
        if len(sides) == 1 and None not in sides and (not whence or whence & set(sides)):
            draft.roles["target"] = list(sides.values())


def add_senders(drafts: list[Draft]) -> None:
    """Fill the doer of attacks of which only the weapon is told, where it refers back to the weapons of one side."""
    for draft in drafts:
        if draft.type != "armed_incident" or draft.roles["initiator"] or draft.status != "occurred":
            continue
        agents = draft.candidate.parts.get("agent") or []
        if not agents or not all(e.definite and e.materiel and not e.parties for e in agents):
            continue
        before = [d for d in drafts if _launched(d, draft) and d.sentences[0] >= draft.sentences[0] - _NEAR]
        sides = {p.country: p for d in before for p in d.roles["initiator"]}
        hit = draft.countries("target")
        if len(sides) == 1 and None not in sides and not hit & set(sides):
            draft.roles["initiator"] = list(sides.values())


def add_crew(draft: Draft, note: Annotated) -> None:
    """ "Rebels shot down a helicopter of the armed forces": whose it was is hit, though no country is told with it."""
    sentence = draft.candidate.clause.sentence
    if draft.roles["target"] or not draft.roles["initiator"]:
        return
    craft = [e for e in draft.candidate.parts.get("theme") or [] if e.materiel is not None and e.sentence == sentence.index]
    owners = [k for e in craft for k in sentence.kids(sentence.tokens[e.head], "nmod") if case_of(sentence, k) == "of"]
    forces = [p for k in owners for p in note.interpreter.entity(sentence, k).parties if p.kind == "military"]
    doers = {p.country for p in draft.roles["initiator"] if p.kind != "armed_group"}
    draft.roles["target"] = [p for p in forces if p.country is None or p.country not in doers]


def _launch_sites(draft: Draft) -> list[Party]:
    return [p for e in draft.candidate.parts.get("launcher") or [] for p in e.parties]


def _launched(launch: Draft, hit: Draft) -> bool:
    """Whether a draft tells the launch of what another tells to have been brought down."""
    if launch is hit or launch.type != "armed_incident" or launch.subtype not in _LAUNCHES or launch.status != "occurred":
        return False
    kinds = {m.class_ for m in hit.materiel} & {m.class_ for m in launch.materiel}
    near = hit.sentences[0] - _REACH <= launch.sentences[0] <= hit.sentences[0]
    other = not launch.countries("initiator") & hit.countries("initiator")
    return bool(kinds) and near and other and not times_conflict(launch.time, hit.time)
