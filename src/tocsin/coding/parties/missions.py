"""Embassies that are hit: whose they are, and that a bomb at their door was meant for them.

In: a party or a draft of an armed incident. Out: the embassy with the state whose it is; never that where it stands.
"""

from __future__ import annotations

from tocsin.coding.draft import Draft
from tocsin.coding.parties.named import is_named
from tocsin.language.annotate import Annotated
from tocsin.language.tokens import Sentence, Token
from tocsin.model import Party


def is_mission(words: str, note: Annotated) -> bool:
    """Whether words are of an embassy."""
    last = words.lower().split(" ")[-1]
    singular = last.removesuffix("ies") + "y" if last.endswith("ies") else last.removesuffix("s")
    return singular in note.interpreter.lexicon.words("missions")


def mission_of(party: Party, note: Annotated) -> Party:
    """ "the American Embassy … the embassy bombings": of the one state whose embassies the article names."""
    if not is_mission(party.text, note) or (party.country is not None and is_named(party, note)):
        return party
    heads = [(s, t) for s in note.sentences for t in s if is_mission(t.text, note)]
    told = [p for s, t in heads for p in note.interpreter.entity(s, t).parties if p.country]
    named = {p.country for p in told if is_named(p, note)}
    if len(named) != 1:
        return party
    return party.model_copy(update={"country": next(iter(named)), "kind": "government_body", "sector": None})


def aim_at_mission(draft: Draft, note: Annotated) -> None:
    """ "Six people were killed in a car bomb attack outside the French embassy": the embassy was the target, in place. Where
    only the victims are told as hit ("a bomb killed six people outside the embassy"), they are."""
    clause = draft.candidate.clause
    victims = draft.roles["target"]
    if draft.subtype != "bombing" or any(p.kind not in ("population", "unidentified") or p.id for p in victims):
        return
    if not any(_deed(clause.sentence, t, note) for t in clause.sentence.subtree(clause.token)):
        return
    for token in clause.sentence.subtree(clause.token):
        if token.pos in ("NOUN", "PROPN") and is_mission(token.text, note) and _at(clause.sentence, token, note):
            hit = [p for p in note.interpreter.entity(clause.sentence, token).parties if p.country]
            if hit:
                draft.roles["target"] = hit
                return


def _deed(sentence: Sentence, token: Token, note: Annotated) -> bool:
    """Whether a word tells the attack itself: "a car bomb attack", "exploded"."""
    lexicon = note.interpreter.lexicon
    noun = token.pos == "NOUN" and "attack" in lexicon.noun_types(sentence, token)
    return noun or (token.pos == "VERB" and token.lemma in lexicon.words("exploding_verbs"))


def _at(sentence: Sentence, token: Token, note: Annotated) -> bool:
    """Whether a phrase tells that something was right there: "outside", "next to"."""
    case = " ".join(k.lower for k in sentence.kids(token, "advmod", "case") if k.i < token.i)
    return case in note.interpreter.lexicon.words("at_the_door")
