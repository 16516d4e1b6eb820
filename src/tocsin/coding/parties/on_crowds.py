"""Whose soldiers fire at a crowd: "troops opened fire on protesters in Khartoum" are the land's own.

In: a draft of an armed incident, whose victims have the country of the place. Out: the same draft; forces without a name and
a side that hurt a crowd are of that country, too, unless something in their words says that they came from elsewhere.
"""

from __future__ import annotations

from tocsin.coding.draft import Draft
from tocsin.coding.parties.local import local_source
from tocsin.language.annotate import Annotated
from tocsin.model import Party

OWN_FORCES = frozenset({"military", "government_body"})  # police, too
_CROWDS = frozenset({"crowd_people"})


def own_forces(draft: Draft, note: Annotated) -> None:
    """Give the forces that use force on a crowd the country of the crowd."""
    crowds = {p.country for p in draft.roles["target"] if is_crowd(p, draft, note)}
    if any(e.types & _CROWDS for hit in ("theme", "goal") for e in draft.candidate.parts.get(hit) or []):
        crowds |= {p.country for p in draft.roles["target"]}  # "fired on protesters in Yangon"
    if len(crowds) != 1 or None in crowds:
        return
    foreign = note.interpreter.lexicon.words("foreign_words")
    country = str(crowds.pop())
    if any(not local_source(s, country) for s in draft.attribution):
        return  # "X says that security forces …": whose is not told
    draft.roles["initiator"] = [
        p.model_copy(update={"country": country})
        if p.country is None and p.id is None and p.kind in OWN_FORCES and not foreign & set(p.text.lower().split())
        else p
        for p in draft.roles["initiator"]
    ]


def home_crowds(draft: Draft, note: Annotated) -> None:
    """ "the Burmese army's violence against protesters", with no place: the crowd is of the army's land, whoever speaks."""
    lands = {p.country for p in draft.roles["initiator"]}
    forces = all(p.kind in OWN_FORCES for p in draft.roles["initiator"])
    if draft.candidate.clause.kind != "noun" or draft.places or len(lands) != 1 or None in lands or not forces:
        return
    country = str(lands.pop())
    draft.roles["target"] = [
        p.model_copy(update={"country": country}) if p.country is None and p.id is None and is_crowd(p, draft, note) else p
        for p in draft.roles["target"]
    ]


def is_crowd(party: Party, draft: Draft, note: Annotated) -> bool:
    """Whether a party's words are of protesters, a mob."""
    types = note.interpreter.lexicon.noun_types
    return any(
        party.start <= token.start and token.end <= party.end and types(sentence, token) & _CROWDS
        for sentence in (note.sentences[i] for i in draft.sentences)
        for token in sentence.tokens
    )
