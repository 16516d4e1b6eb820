"""The places of a record, the principal one first.

In: a candidate and the annotated article. Out: places whose spans slice to the text, from the slots that name places and
from what ``where.py`` finds beyond them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tocsin.coding.matching.candidate import Candidate
from tocsin.coding.places.where import below, firing_from, of_parts, shared
from tocsin.coding.verify import POINTS
from tocsin.language.annotate import Annotated
from tocsin.language.phrases.entities import Entity, PlaceRef
from tocsin.language.phrases.noun_phrases import case_of
from tocsin.language.toponyms import Toponym
from tocsin.model import EventPlace
from tocsin.syntax import Argument, Clause

_PLACE_ROLES = {
    "to": "destination",
    "toward": "destination",
    "towards": "destination",
    "into": "destination",
    "from": "origin",
    "out of": "origin",
    "near": "near",
}
_SITE_SLOTS = (
    "in",
    "at",
    "near",
    "on",
    "off",
    "over",
    "outside",
    "outside of",
    "inside",
    "across",
    "along",
    "around",
    "to",
    "into",
    "obj.in",
    "obj.at",
    "obj.near",
    "obj.on",
    "obj.to",
    "of.in",
    "of.to",
    "from",
    "from near",
    "from.in",
    "from.at",
    "from.near",
    "from.off",
    "from.on",
    "obj.from",
    "toward",
    "towards",
    "obj.toward",
    "obj.towards",
    "obj.along",
    "obj.off",
    "of.near",
    "of.on",
    "of.along",
    "of.off",
    "of.from",
    "by.in",
    "by.near",
    "with.in",
    "with.at",
    "on.in",
    "on.at",
    "with.near",
    "between.in",
    "involving.in",
)


def places_of(
    candidate: Candidate,
    note: Annotated,
    select: Callable[[Clause, str], list[Argument]],
    parts: tuple[str, ...] = (),
    deep: bool = False,
) -> list[EventPlace]:
    """Where: the principal place first; a town before its country, a destination before an origin. ``parts`` are those
    whose own place is the event's; with them, or where the type looks ``deep``, the phrases below the event's words are
    searched too."""
    clause = candidate.clause
    found: list[tuple[int, EventPlace]] = []
    for slot in _SITE_SLOTS:
        if (parts and slot.endswith("from")) or (slot.startswith("obj.") and _topic(candidate, note)):
            continue  # what is hit is not where it was fired from, what is talked of not where
        for argument in select(clause, slot):
            for entity in [*argument.entities, *_listed(argument, clause, note), *_of_those(argument, clause, note)]:
                role = "origin" if slot.startswith("from") else _PLACE_ROLES.get(slot.rsplit(".", 1)[-1], "site")
                if entity.place is not None and not _doer_told_as_it(candidate, clause, entity):
                    found.append((_rank(entity.place, role), to_place(entity.place, role)))
                elif slot == "in" and "attack" in entity.types and (there := _of_attack(entity, note)) is not None:
                    found.append((_rank(there, role), to_place(there, role)))
                elif slot in ("in", "at") and (seat := _seat(entity, note)) is not None:
                    found.append((_rank(seat, role), to_place(seat, role)))
    if candidate.type == "deployment" and not parts:
        goals = [*of_parts(candidate, ("goal",), note), *_sea(clause)]
        found += [(_rank(p, "destination"), to_place(p, "destination")) for p in goals]
    if parts:
        doers = next(iter(candidate.roles.values()), [])
        more = list(of_parts(candidate, parts, note))
        if not (more or found):
            far = firing_from(candidate)
            more = [p for p in below(clause, doers, note) if p.start not in far] or list(shared(clause, note))
        found += [(_rank(place, "site"), to_place(place, "site")) for place in more]
    elif deep and not found:
        testers = next(iter(candidate.roles.values()), [])
        found = [(0, to_place(p, "site")) for p in below(clause, testers, note, start=True)]
    found.sort(key=lambda pair: pair[0])
    distinct: dict[tuple[str, str | None], EventPlace] = {}
    for _, place in found:
        distinct.setdefault((place.name, place.country), place)
    return list(distinct.values())


def _sea(clause: Clause) -> list[PlaceRef]:
    """ "Two frigates patrol the Red Sea": no host, yet where they are."""
    seas = [e.place for a in clause.get("obj") if clause.kind == "verb" for e in a.entities if e.place is not None]
    return [place for place in seas if place.precision == "sea"]


def _doer_told_as_it(candidate: Candidate, clause: Clause, entity: Entity) -> bool:
    """ "the missiles that X fired at the base reached it": "it" is not the land of who fired."""
    place, head = entity.place, clause.sentence.tokens[entity.head]
    doers = {p.country for p in next(iter(candidate.roles.values()), [])}
    return head.pos == "PRON" and place is not None and place.precision == "country" and place.country in doers


def _topic(candidate: Candidate, note: Annotated) -> bool:
    """ "discussed the fighting in X": the object is what they talked of."""
    words = note.interpreter.lexicon.words
    told = candidate.clause.lemma in words("topic_verbs") | words("talking_words")
    return candidate.type == "meeting" and candidate.clause.kind == "verb" and told


def _of_attack(entity: Entity, note: Annotated) -> PlaceRef | None:
    """ "died in the blast in X": where the blast was they died."""
    sentence = note.sentences[entity.sentence]
    for kid in sentence.kids(sentence.tokens[entity.head], "nmod"):
        if {c.lower for c in sentence.kids(kid, "case")} & note.interpreter.lexicon.words("where_prepositions"):
            place = note.interpreter.entity(sentence, kid).place
            if place is not None and place.country:
                return place
            for toponym in note.toponyms:
                if toponym.start <= kid.start < toponym.end:
                    return _ref(toponym, note)
    return None


def _seat(entity: Entity, note: Annotated) -> PlaceRef | None:
    """ "met at the White House": what stands for a government is a house, too."""
    if not entity.parties or entity.mention is None:
        return None
    mention = entity.mention
    for toponym in note.toponyms if mention.head == entity.head else ():
        if toponym.start < mention.end and mention.start < toponym.end and toponym.referent.precision in POINTS:
            return _ref(toponym, note)
    return None


def _ref(toponym: Toponym, note: Annotated) -> PlaceRef:
    return PlaceRef(start=toponym.start, end=toponym.end, text=toponym.text, **facts(toponym, note))


def capital_at(entity: Entity) -> PlaceRef | None:
    """The town that a capital's name names, where it does not stand for the government ("the Washington summit")."""
    party = entity.mention.party if entity.mention is not None else None
    if party is None or party.country is None or entity.text.casefold() != str(party.row.get("capital")).casefold():
        return None
    return PlaceRef(
        start=entity.start, end=entity.end, text=entity.text, name=entity.text, country=party.country, precision="town"
    )


def _listed(argument: Argument, clause: Clause, note: Annotated) -> list[Entity]:
    """ "from two sites: X and Y": the places that an apposition lists."""
    words = note.interpreter.lexicon.words
    lists = argument.token.lemma in words("place_nouns") | words("location_nouns")
    kids = clause.sentence.kids(argument.token, "appos") if lists else []
    return [e for k in kids if k.i > argument.token.i for e in note.interpreter.entities(clause.sentence, k)]


def _of_those(argument: Argument, clause: Clause, note: Annotated) -> list[Entity]:
    """ "those in X, in which ten died": where those were that a demonstrative stands for."""
    sentence, words = clause.sentence, note.interpreter.lexicon.words
    kids = sentence.kids(argument.token, "nmod") if argument.token.lower in words("standing_for") else []
    return [note.interpreter.entity(sentence, k) for k in kids if case_of(sentence, k) in words("locative")]


def to_place(place: PlaceRef, role: str) -> EventPlace:
    """A place of the article as an event's place; a point only where it is a province or finer."""
    fine = place.precision in POINTS
    return EventPlace(
        text=place.text,
        start=place.start,
        end=place.end,
        name=place.name,
        country=place.country,
        admin1=place.admin1,
        geonameid=place.geonameid,
        lat=place.lat if fine else None,
        lon=place.lon if fine else None,
        precision=place.precision,
        role=role,
    )


def _rank(place: PlaceRef, role: str) -> int:
    fineness = {"site": 0, "town": 1, "district": 2, "province": 3, "region": 4, "border": 4, "sea": 4, "country": 5}
    return fineness.get(place.precision, 6) + (10 if role == "origin" else 0)


def facts(toponym: Toponym, note: Annotated) -> dict[str, Any]:
    """What is known of a toponym, by the fields of a place in a result; a point only for a province or finer."""
    place = toponym.referent
    fine = place.precision in POINTS
    division = note.lookup.gazetteer.division(place.division) if place.division and place.sort != "division" else None
    return {
        "name": place.name, "geonameid": place.id, "country": place.country, "admin1": division,
        "precision": place.precision, "lat": place.lat if fine else None, "lon": place.lon if fine else None,
    }  # fmt: skip
