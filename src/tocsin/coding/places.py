"""The places of a record, the principal one first.

In: a candidate and the annotated article. Out: places whose spans slice to the text, from the slots that name places and
from what ``where.py`` finds beyond them.
"""

from __future__ import annotations

from collections.abc import Callable

from tocsin.coding.candidate import Candidate
from tocsin.coding.verify import POINTS
from tocsin.coding.where import below, of_parts, shared
from tocsin.language.annotate import Annotated
from tocsin.language.entities import Entity, PlaceRef
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
        if parts and slot.endswith("from"):
            continue  # what is hit is not where it was fired from
        for argument in select(clause, slot):
            for entity in [*argument.entities, *_listed(argument, clause, note)]:
                if entity.place is not None:
                    role = "origin" if slot.startswith("from") else _PLACE_ROLES.get(slot.rsplit(".", 1)[-1], "site")
                    found.append((_rank(entity.place, role), to_place(entity.place, role)))
    if candidate.type == "deployment" and not parts:
        found += [(_rank(p, "destination"), to_place(p, "destination")) for p in of_parts(candidate, ("goal",))]
    if parts:
        doers = next(iter(candidate.roles.values()), [])
        more = list(of_parts(candidate, parts))
        if not (more or found):
            more = list(below(clause, doers, note)) or list(shared(clause, note))
        found += [(_rank(place, "site"), to_place(place, "site")) for place in more]
    elif deep and not found:
        testers = next(iter(candidate.roles.values()), [])
        found = [(0, to_place(p, "site")) for p in below(clause, testers, note, start=True)]
    found.sort(key=lambda pair: pair[0])
    distinct: dict[tuple[str, str | None], EventPlace] = {}
    for _, place in found:
        distinct.setdefault((place.name, place.country), place)
    return list(distinct.values())


def _listed(argument: Argument, clause: Clause, note: Annotated) -> list[Entity]:
    """ "from two sites: X and Y": the places that an apposition lists."""
    words = note.interpreter.lexicon.words
    lists = argument.token.lemma in words("place_nouns") | words("location_nouns")
    kids = clause.sentence.kids(argument.token, "appos") if lists else []
    return [e for k in kids if k.i > argument.token.i for e in note.interpreter.entities(clause.sentence, k)]


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
