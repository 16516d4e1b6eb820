"""Pronouns that may stand for more than one side: whom an article does not tell for sure fills no role.

In: drafts of an article. Out: the same drafts, without the doubtful parties.
"""

from __future__ import annotations

from tocsin.coding.draft import Draft
from tocsin.coding.parties.named import is_unmarked
from tocsin.language.annotate import Annotated
from tocsin.model import Party


def doubtful_they(drafts: list[Draft], note: Annotated) -> None:
    """ "They hit our homes": who attacks nowhere else in an article that tells of another attacker is hardly meant."""
    them = note.interpreter.lexicon.words("pronouns_many")
    incidents = [d for d in drafts if d.type == "armed_incident"]
    named = {p.country for d in incidents for p in d.roles["initiator"] if p.country and p.text.lower() not in them}
    for draft in incidents:
        sentence = draft.candidate.clause.sentence
        words = note.article.text[sentence.start : sentence.end]  # "X say that they hit": told in the same breath
        here = {name.id for m in note.mentions if m.sentence == sentence.index for name in m.parties}
        draft.roles["initiator"] = [
            p for p in draft.roles["initiator"]
            if p.text.lower() not in them or not named or p.country in named or p.name in words or (p.id and p.id in here)
        ]


def doubtful_pronouns(draft: Draft, note: Annotated) -> None:
    """ "If A helps B as it attacks C": where other sides are named before "it", who did it is not told for sure. Nobody
    attacks himself: "troops, who shoot them"."""
    words = note.interpreter.lexicon.words
    ours = {p.country for p in draft.roles["initiator"] if p.country}
    them = words("pronouns_thing") | words("pronouns_many")
    draft.roles["target"] = [p for p in draft.roles["target"] if p.text.lower() not in them or p.country not in ours]
    sayers = {s.country for s in draft.attribution}
    draft.roles["initiator"] = [
        p
        for p in draft.roles["initiator"]
        if p.text.lower() not in words("pronouns_thing") | {"their"} or p.country in sayers or _sure(p, draft, note)
    ]


def doubtful_forces(draft: Draft, note: Annotated) -> None:
    """ "Armed forces and armed groups ceased fighting" in a release: forces that no word names are not its issuer's."""
    issuer = note.interpreter.discourse.issuer
    if issuer is None or draft.subtype != "ceasefire":
        return
    draft.roles["party"] = [
        p.model_copy(update={"country": None, "id": None})
        if p.kind == "military" and p.country == issuer.country and is_unmarked(p, note)
        else p
        for p in draft.roles["party"]
    ]


def unknown_pronouns(draft: Draft, note: Annotated) -> None:
    """ "accused her of not doing her job", "a president should not have to choose": a statement about somebody of whom no
    side is told, or about anybody, is about nobody."""
    words = note.interpreter.lexicon.words
    anybody = words("pronouns_person") | words("counting_articles")
    for role in ("addressee", "about") if "speaker" in draft.roles else ():
        draft.roles[role] = [
            p for p in draft.roles[role]
            if p.country or p.id or p.kind != "person" or p.text.lower().partition(" ")[0] not in anybody
        ]


def sure_sides(draft: Draft, note: Annotated) -> bool:
    """ "The United States shut Turkey out because it had bought the Russian S-400": where another side is named before "it",
    who gives or gets arms is not told for sure, and so is the transfer. Where "it" would be the other side of it, the one
    state named before is meant."""
    if draft.type != "arms_transfer":
        return True
    things = note.interpreter.lexicon.words("pronouns_thing")
    sayers = {s.country for s in draft.attribution}
    subjects = {a.token.start for a in draft.candidate.clause.get("subj")}  # "while Sweden has sent it guns" is no riddle
    for role in ("supplier", "recipient"):
        others = {p.country for name, parties in draft.roles.items() if name != role for p in parties}
        for at, party in enumerate(draft.roles[role]):
            if party.text.lower() not in things or party.start not in subjects or party.country in sayers:
                continue
            if party.country in others and (meant := _named_before(party, draft, note, others)) is not None:
                draft.roles[role][at] = meant
            elif not _sure(party, draft, note):
                return False
    return True


def _named_before(party: Party, draft: Draft, note: Annotated, others: set[str | None]) -> Party | None:
    """A pronoun as the one state that its sentence names before it, besides ``others``; None where there is not one."""
    sentence = draft.candidate.clause.sentence
    near = [m for m in note.mentions if m.sentence == sentence.index and m.start < party.start]
    states = {n.id: n for m in near for n in m.parties if n.sort == "state" and n.country not in others}
    if len(states) != 1:
        return None
    (state,) = states.values()
    return party.model_copy(update={"country": state.country, "name": state.name, "id": state.id, "kind": "state"})


def _sure(party: Party, draft: Draft, note: Annotated) -> bool:
    """Whether "it" or "its" can stand for no other side that its sentence names before it."""
    before: set[str] = set()
    for mention in note.mentions:
        if mention.sentence in draft.sentences and mention.start < party.start < note.sentences[mention.sentence].end:
            before |= {n.country for n in mention.parties if n.country and n.country != "IGO"}
    others = [p for role, parties in draft.roles.items() if role != "initiator" for p in parties if p.start != party.start]
    before -= {p.country for p in others if p.country}
    if party.text.lower() == "its":
        return not before or party.country in before
    return before <= {party.country}
