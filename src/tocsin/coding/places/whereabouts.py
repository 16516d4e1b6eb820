"""Where people met, by where one of them is told to be: "met the minister, who is in X on a visit", "during his
visit to X", or by what a release on a trip is headed.

In: the draft of a meeting, the annotated article, the places of its sentences. Out: the known place, or none.
"""

from __future__ import annotations

from collections.abc import Iterator

from tocsin.coding.draft import Draft
from tocsin.coding.verify import POINTS
from tocsin.language.annotate import Annotated
from tocsin.language.event_places import EventPlaces
from tocsin.language.phrases.noun_phrases import case_of
from tocsin.language.tokens import Sentence, Token
from tocsin.language.toponyms import Toponym


def where_they_met(draft: Draft, note: Annotated, finder: EventPlaces) -> Toponym | None:
    """The place where a participant is, told in a sentence of the meeting; a call is held from anywhere."""
    if draft.subtype == "call":
        return None
    if draft.subtype == "visit" and (town := _visited(draft, note)) is not None:
        return town
    lexicon = note.interpreter.lexicon
    guests = [(p.start, p.end) for p in draft.roles["participant"]]
    for index, event in draft.anchors:
        sentence = note.sentences[index]
        heads = [*_guests(sentence, guests), *_beside(sentence, sentence.tokens[event])]
        stays = [t for h in heads for t in sentence.kids(h, "acl:relcl", "acl")]
        stays = [t for t in stays if _is_there(sentence, t) or t.lemma in lexicon.words("visiting_verbs")]
        stays += [
            t
            for t in sentence.kids(sentence.tokens[event], "obl")
            if t.lemma in lexicon.words("visit_nouns") and case_of(sentence, t) in lexicon.words("while_prepositions")
        ]
        for place in finder.places(sentence):
            if place.toponym is not None and place.toponym.referent.country is not None:
                token = sentence.tokens[place.head]
                there = any(_below(sentence, token, stay) for stay in stays)
                if there and _locates(sentence, token, lexicon.words("visited_prepositions")):
                    return place.toponym
    return _of_trip(draft, note)


def _visited(draft: Draft, note: Annotated) -> Toponym | None:
    """ "visited the Georgian capital, Tbilisi": a side that is told by a town of its land."""
    visitors = {a.token.start for a in draft.candidate.clause.get("subj", "by", "poss", "nat")}
    sides = [p for p in draft.roles["participant"] if not any(p.start <= start < p.end for start in visitors)]
    towns = {t.referent.key: t for p in sides for t in note.toponyms
             if p.start <= t.start and t.end == p.end and t.referent.precision in POINTS and t.referent.country == p.country}
    return next(iter(towns.values())) if len(towns) == 1 else None


def _of_trip(draft: Draft, note: Annotated) -> Toponym | None:
    """ "Readout of N's Trip to X": where those of X whom he met are; only in a release on the trip."""
    lexicon, headline = note.interpreter.lexicon, note.sentences[0]
    if headline.kind != "headline" or note.interpreter.discourse.issuer is None:
        return None
    told = []
    for noun in headline:
        if noun.lemma.lower() in lexicon.words("visit_nouns") | lexicon.words("travel_nouns"):
            lands = [k for k in headline.kids(noun, "nmod") if case_of(headline, k) == "to"]
            told += [t for t in note.toponyms for k in lands if t.start <= k.start < t.end and t.referent.country]
    return told[0] if len(told) == 1 and told[0].referent.country in draft.countries("participant") else None


def _guests(sentence: Sentence, spans: list[tuple[int, int]]) -> Iterator[Token]:
    """The words of a sentence that stand for participants."""
    yield from (t for t in sentence if any(start <= t.start < end for start, end in spans))


def _beside(sentence: Sentence, event: Token) -> Iterator[Token]:
    """Who meets and who is met, by the word of the meeting."""
    for token in sentence.kids(event, "nsubj", "obj", "obl"):
        if token.dep != "obl" or case_of(sentence, token) == "with":
            yield token
            yield from sentence.kids(token, "conj")


def _is_there(sentence: Sentence, token: Token) -> bool:
    """ "who is in X": the name is what the clause says of him, or stands with its verb."""
    named = token.pos == "PROPN" and bool(sentence.kids(token, "cop"))
    return token.lemma == "be" or (named and case_of(sentence, token) in ("in", "at"))


def _locates(sentence: Sentence, token: Token, cases: frozenset[str]) -> bool:
    """Whether the words before a name, or the verb above it, make it where somebody is."""
    return case_of(sentence, token) in cases or token.dep == "obj"


def _below(sentence: Sentence, token: Token, top: Token) -> bool:
    """Whether a word is the top, or an argument of it."""
    if token.i == top.i:
        return True
    above = sentence.parent(token)
    return above is not None and above.i == top.i and token.dep in ("obl", "obj", "nmod")
