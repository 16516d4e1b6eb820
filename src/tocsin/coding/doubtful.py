"""Pronouns that may stand for more than one side: whom an article does not tell for sure fills no role.

In: drafts of an article. Out: the same drafts, without the doubtful parties.
"""

from __future__ import annotations

from tocsin.coding.draft import Draft
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
        draft.roles["initiator"] = [
            p for p in draft.roles["initiator"]
            if p.text.lower() not in them or not named or p.country in named or p.name in words
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


def doubtful_sides(draft: Draft, note: Annotated) -> None:
    """ "The United States shut Turkey out because it had bought the Russian S-400": where another side is named before "it",
    who gives or gets arms is not told for sure."""
    things = note.interpreter.lexicon.words("pronouns_thing")
    sayers = {s.country for s in draft.attribution}
    subjects = {a.token.start for a in draft.candidate.clause.get("subj")}  # "while Sweden has sent it guns" is no riddle
    for role in ("supplier", "recipient"):
        draft.roles[role] = [
            p for p in draft.roles[role]
            if p.text.lower() not in things or p.start not in subjects or p.country in sayers or _sure(p, draft, note)
        ]
    told = {p.start for role in ("supplier", "recipient") for p in draft.roles[role]}
    draft.places = [e for e in draft.places if e.text.lower() not in things or e.start in told]


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
