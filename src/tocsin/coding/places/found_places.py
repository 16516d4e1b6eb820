"""The place of a record whose frame found none, by the syntax of its event (``language/event_places``).

In: finished drafts and the annotated article. Out: the same drafts; one without a place has the known one
that one of its sentences gives the event, the body's before the headline's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tocsin.coding.draft import Draft
from tocsin.coding.matching.frames import FrameSet
from tocsin.coding.places.land_meant import land_meant
from tocsin.coding.places.lands_told import claimed, land_told
from tocsin.coding.places.shown_places import ground_hit, kept_out
from tocsin.coding.places.slot import capital_at, facts, to_place
from tocsin.coding.places.told_beside import told_beside
from tocsin.coding.places.told_elsewhere import place_of_item, place_told_elsewhere
from tocsin.coding.places.towns_meant import of_definite
from tocsin.coding.places.where import firing_from
from tocsin.coding.places.whereabouts import where_they_met
from tocsin.coding.verify import POINTS
from tocsin.language.annotate import Annotated
from tocsin.language.event_places import EventPlaces
from tocsin.language.lexicon import Lexicon
from tocsin.language.names.towns import a_thing
from tocsin.language.phrases.entities import PlaceRef
from tocsin.language.phrases.noun_phrases import case_of
from tocsin.language.tokens import Sentence, Token
from tocsin.language.toponyms import Toponym
from tocsin.model import EventPlace
from tocsin.syntax import Clause

_NOWHERE = frozenset({"statement", "fact"})


def add_places(drafts: Sequence[Draft], note: Annotated, frames: FrameSet) -> None:
    """Give drafts without a place, where their sentences have one for them."""
    finder: EventPlaces | None = None
    for draft in drafts:
        if not draft.places and (land := kept_out(draft, note, frames.states) or claimed(draft, note)) is not None:
            draft.places = [land]
        draft.places = told_beside(draft, note)
        if draft.places or draft.type in _NOWHERE or frames.types[draft.type].placeless & {"any", draft.subtype}:
            continue
        clause = draft.candidate.clause
        if draft.type in ("armed_incident", "meeting") and (named := _before_noun(clause, note)):
            draft.places = [to_place(named, "site")]
            continue
        finder = finder or EventPlaces(note)
        found = next(_found(draft, note, finder, frames.types[draft.type].held), None)
        if found is None and draft.type == "meeting":
            found = where_they_met(draft, note, finder)
        if found is not None:
            draft.places = [_place(found, note)]
        elif (back := of_definite(draft, note)) is not None:
            draft.places = [_place(back, note)]
        elif (ground := ground_hit(draft, note)) is not None:
            draft.places = [ground]
        elif (elsewhere := place_told_elsewhere(draft, drafts, note, finder)) is not None:
            draft.places = [_place(elsewhere, note)]
        elif (land := land_meant(draft, note, frames.states) or land_told(draft, note)) is not None:
            draft.places = [land]
        elif (shared := place_of_item(draft, drafts, note)) is not None:
            draft.places = [shared]


def _found(draft: Draft, note: Annotated, finder: EventPlaces, held: bool) -> Iterator[Toponym]:
    """The places that the sentences of a draft give its event. What is ``held`` is in a land only where "in" says so: else a
    land is a side of it."""
    lexicon = note.interpreter.lexicon
    sides = [(p.start, p.end) for parties in draft.roles.values() for p in parties]
    clause = draft.candidate.clause
    if clause.reach is not None and clause.lemma in lexicon.words("visiting_verbs"):  # "X on 4 April and Y on 5 April"
        spans = [(e.start, e.end) for a in clause.get("obj") for e in a.entities]
        yield from (t for t in note.toponyms if any(start <= t.start < end for start, end in spans))
        return
    for sentence, event in _told(draft, note):
        found = finder.of(sentence, event, known=True)
        if found is None or found.toponym is None:
            continue
        if _visited(sentence, found.head, event, lexicon):
            yield found.toponym
        if any(start <= found.start < end for start, end in sides):
            continue  # whose, not where
        if found.toponym.start in firing_from(draft.candidate):
            continue
        if _elsewhere(sentence, found.toponym, lexicon):
            continue
        land = found.toponym.referent.precision == "country"
        if held and land and case_of(sentence, sentence.tokens[found.head]) not in lexicon.words("visited_prepositions"):
            continue
        if draft.type == "meeting" and _topic(sentence, found.head, event, lexicon):
            continue
        yield found.toponym


def _told(draft: Draft, note: Annotated) -> Iterator[tuple[Sentence, Token]]:
    """The sentences of a draft with the word that tells its event in each: its own first, a headline last."""
    clause = draft.candidate.clause
    own = clause.support or clause.token
    words = [(clause.sentence, own)]
    for index, token in draft.anchors:
        sentence = note.sentences[index]
        if sentence is not clause.sentence:
            words.append((sentence, sentence.tokens[token]))
    yield from sorted(words, key=lambda word: word[0].kind == "headline")


def _visited(sentence: Sentence, head: int, event: Token, lexicon: Lexicon) -> bool:
    """ "visits Cameroon": a side, and where they meet; "visiting his home town of Velm"."""
    token = sentence.tokens[head]
    above = sentence.tokens[token.head]
    if token.dep == "nmod" and case_of(sentence, token) == "of" and above.lemma in lexicon.words("town_nouns"):
        token = above
    return event.lemma in lexicon.words("visiting_verbs") and token.head == event.i and token.dep == "obj"


def _topic(sentence: Sentence, head: int, event: Token, lexicon: Lexicon) -> bool:
    """ "discussed the crisis in X": what they talked of, not where."""
    token: Token | None = sentence.tokens[head]
    talks = event.lemma in lexicon.words("topic_verbs") | lexicon.words("talking_words")
    while token is not None and token is not event:
        above = sentence.parent(token)
        if talks and above is event and token.dep == "obj":
            return True
        token = above
    return False


def _before_noun(clause: Clause, note: Annotated) -> PlaceRef | None:
    """The town before an event noun that is the clause or does it: "a Kabul bombing killed five", "the Madrid summit"."""
    sentence, interpreter = clause.sentence, note.interpreter
    nouns = [clause.token] if clause.kind == "noun" else []
    nouns += [a.token for a in clause.get("subj", "by", "in") if a.token.pos == "NOUN"]
    summit = [t for t in nouns if t.lemma == "summit"]
    for noun in nouns:
        types = interpreter.lexicon.noun_types(sentence, noun)
        if not types & interpreter.lexicon.words("happening_types") and noun not in summit:
            continue
        for kid in sentence.kids(noun, "compound", "nmod"):
            place = interpreter.entity(sentence, kid).place if kid.i < noun.i and kid.pos == "PROPN" else None
            if place is None and noun in summit and kid.i == noun.i - 1:
                place = capital_at(interpreter.entity(sentence, kid))  # "the Washington summit": a capital is a town there
            if place is not None and place.precision in POINTS:
                return place
    return None


def _elsewhere(sentence: Sentence, toponym: Toponym, lexicon: Lexicon) -> bool:
    """Whether a name tells the other side of a matter ("talks with Russia") or a thing ("hit the Moskva"), not where."""
    first = token = next((t for t in sentence.tokens if t.start <= toponym.start < t.end), None)
    while token is not None and token.dep in ("compound", "flat", "amod"):
        token = sentence.parent(token)
    if first is None or token is None:
        return False
    cases = {k.lower for k in sentence.kids(token, "case")}
    above = sentence.parent(token)
    border = above is not None and above.lemma in lexicon.words("border_nouns")
    if cases & lexicon.words("sides_of_matters") or (border and cases & {"on", "with"}):  # "the border with X"
        return True
    return toponym.referent.precision in POINTS and not cases and a_thing(sentence, token, first.i, lexicon)


def _place(toponym: Toponym, note: Annotated) -> EventPlace:
    span = {"start": toponym.start, "end": toponym.end, "text": toponym.text}
    return EventPlace(**span, **facts(toponym, note), role="site")
