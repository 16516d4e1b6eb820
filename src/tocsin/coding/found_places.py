"""The place of a record whose frame found none, by the syntax of its event (``language/event_places``).

In: finished drafts and the annotated article. Out: the same drafts; one without a place has the known one
that its sentence gives the event.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tocsin.coding.draft import Draft
from tocsin.coding.frames import FrameSet
from tocsin.coding.places import to_place
from tocsin.coding.verify import POINTS
from tocsin.language.annotate import Annotated
from tocsin.language.entities import PlaceRef
from tocsin.language.event_places import EventPlaces
from tocsin.language.lexicon import Lexicon
from tocsin.language.tokens import Sentence
from tocsin.language.toponyms import Toponym
from tocsin.language.towns import a_thing
from tocsin.model import EventPlace
from tocsin.syntax import Clause

_NOWHERE = frozenset({"statement", "fact"})
_HAPPENS = frozenset({"attack", "violence", "explosive"})


def add_places(drafts: Iterable[Draft], note: Annotated, frames: FrameSet) -> None:
    """Give drafts without a place, where their sentence has one for them."""
    finder: EventPlaces | None = None
    for draft in drafts:
        if draft.places or draft.type in _NOWHERE or frames.types[draft.type].placeless & {"any", draft.subtype}:
            continue
        clause = draft.candidate.clause
        if draft.type == "armed_incident" and (named := _before_noun(clause, note)):
            draft.places = [to_place(named, "site")]
            continue
        finder = finder or EventPlaces(note)
        found = finder.of(clause.sentence, clause.support or clause.token, known=True)
        if found is None or found.toponym is None:
            continue
        sides = [(p.start, p.end) for parties in draft.roles.values() for p in parties]
        if any(start <= found.start < end for start, end in sides):
            continue  # whose, not where
        if _elsewhere(clause.sentence, found.toponym, note.interpreter.lexicon):
            continue
        draft.places = [_place(found.toponym, note)]


def _before_noun(clause: Clause, note: Annotated) -> PlaceRef | None:
    """The town before an event noun that is the clause or does it: "a Kabul car bombing killed five"."""
    sentence, interpreter = clause.sentence, note.interpreter
    nouns = [clause.token] if clause.kind == "noun" else []
    nouns += [a.token for a in clause.get("subj", "by", "in") if a.token.pos == "NOUN"]
    for noun in nouns:
        if not interpreter.lexicon.noun_types(sentence, noun) & _HAPPENS:
            continue
        for kid in sentence.kids(noun, "compound", "nmod"):
            place = interpreter.entity(sentence, kid).place if kid.i < noun.i and kid.pos == "PROPN" else None
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
    if cases & lexicon.words("sides_of_matters"):
        return True
    return toponym.referent.precision in POINTS and not cases and a_thing(sentence, token, first.i, lexicon)


def _place(toponym: Toponym, note: Annotated) -> EventPlace:
    span = {"start": toponym.start, "end": toponym.end, "text": toponym.text}
    return EventPlace(**span, **facts(toponym, note), role="site")


def facts(toponym: Toponym, note: Annotated) -> dict[str, Any]:
    """What is known of a toponym, by the fields of a place in a result; a point only for a province or finer."""
    place = toponym.referent
    fine = place.precision in POINTS
    division = note.lookup.gazetteer.division(place.division) if place.division and place.sort != "division" else None
    return {
        "name": place.name, "geonameid": place.id, "country": place.country, "admin1": division,
        "precision": place.precision, "lat": place.lat if fine else None, "lon": place.lon if fine else None,
    }  # fmt: skip
