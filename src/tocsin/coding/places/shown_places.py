"""Where an event was, as its own sides show: ground that was hit is where it lies, a state keeps people out of its land.

In: a finished draft without a place that has a country, the annotated article. Out: its place, with the words that show it.
"""

from __future__ import annotations

from tocsin.coding.draft import Draft
from tocsin.coding.times.heads import head_of
from tocsin.language.annotate import Annotated
from tocsin.language.phrases.noun_phrases import case_of
from tocsin.language.tokens import Sentence, Token
from tocsin.model import EventPlace, Party


def ground_hit(draft: Draft, note: Annotated) -> EventPlace | None:
    """ "struck Ukraine's power grid", "entered its airspace": what cannot move, of one state, lies in it. Not an embassy, a
    ship or a base, which may be abroad."""
    if draft.type != "armed_incident" or len({p.country for p in draft.roles["target"]}) != 1:
        return None
    for party in draft.roles["target"]:
        head = _head(party, note)
        fixed = head is not None and head.lemma in note.interpreter.lexicon.words("fixed_nouns")
        if fixed and party.country not in (None, "IGO"):
            return EventPlace(
                text=party.text, start=party.start, end=party.end, name=party.text, country=party.country,
                precision="region", role="site",
            )  # fmt: skip
    return None


def kept_out(draft: Draft, note: Annotated, states: dict[str, str]) -> EventPlace | None:
    """ "barred him from entering the country": the country is that of who bars him."""
    countries = {p.country for p in draft.roles.get("sender", [])}
    if draft.type != "coercive_measure" or len(countries) != 1:
        return None
    country = countries.pop()
    words = note.interpreter.lexicon.words
    told = [(note.sentences[index], token) for index, token in draft.anchors]
    barred = ((s, t) for s, bar in told for t in s if t.lemma in words("crossing_verbs") and _barred(s, t, s.tokens[bar]))
    for sentence, verb in barred:
        for land in sentence.kids(verb, "obj", "obl"):
            the = any(k.lower == "the" for k in sentence.kids(land, "det"))
            if the and land.lemma in words("own_land_nouns") and country in states:
                phrase = note.interpreter.entity(sentence, land)
                return EventPlace(
                    text=phrase.text, start=phrase.start, end=phrase.end, name=states[country], country=country,
                    precision="country", role="site",
                )  # fmt: skip
    return None


def _barred(sentence: Sentence, verb: Token, bar: Token) -> bool:
    """Whether a verb tells what another forbids."""
    return verb.head == bar.i and verb.tag == "VBG" and bool({case_of(sentence, verb), *_marks(sentence, verb)} & {"from"})


def _marks(sentence: Sentence, verb: Token) -> set[str]:
    return {k.lower for k in sentence.kids(verb, "mark", "case")}


def _head(party: Party, note: Annotated) -> Token | None:
    sentence = next((s for s in note.sentences if s.start <= party.start < s.end), None)
    return head_of(sentence, party.start, party.end) if sentence is not None else None
