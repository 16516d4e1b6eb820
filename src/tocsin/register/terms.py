"""What a record can be found by: the terms of the index that hold for it, and the values that it is compared by.

In: a record and its article. Out: terms such as ``type:arms_transfer`` and ``party:RUS:supplier``. Names are folded: small
letters, no accents, single spaces.
"""

from __future__ import annotations

from collections.abc import Iterator

from tocsin.knowledge.folding import fold
from tocsin.model import EventPlace, EventTime, Party, Record, Source
from tocsin.register.columns import CONFIDENCE_UNIT, NO_DAY, OPEN, day_number

SHOWN = "shown"
HISTORICAL = "historical"
NO_COUNTRY = (None, "IGO")


def record_terms(record: Record, publisher: str | None) -> set[str]:
    """Every term that holds for a record."""
    found = {f"type:{record.type}", f"status:{record.status}"}
    if record.subtype:
        found.add(f"subtype:{record.subtype}")
    if record.historical:
        found.add(HISTORICAL)
    if publisher:
        found.add(f"outlet:{fold(publisher)}")
    for role, parties in record.roles.items():
        if parties:
            found.add(f"role:{role}")
        found.update(f"party:{key}:{role}" for party in parties for key in party_keys(party))
    for item in record.materiel:
        found.add(f"materiel:{item.class_}")
        if item.designation:
            found.add(f"materiel:{fold(item.designation)}")
    found.update(f"place:{key}" for place in record.places for key in _place_keys(place))
    found.update(f"source:{key}" for source in record.attribution for key in party_keys(source))
    return found


def party_keys(party: Party | Source) -> Iterator[str]:
    """What a party is found by: its country (so that a state finds its ministries, forces and office-holders), its id in
    the tables, its name."""
    if party.country not in NO_COUNTRY:
        yield str(party.country)
    if isinstance(party, Party) and party.id:
        yield party.id
    yield f"name={fold(party.name)}"


def _place_keys(place: EventPlace) -> Iterator[str]:
    if place.country:
        yield place.country
    if place.geonameid is not None:
        yield f"geonames={place.geonameid}"
    for name in (place.name, place.admin1):
        if name:
            yield f"name={fold(name)}"


def record_values(record: Record, article: int, published: str | None) -> tuple[int, int, int, int, int]:
    """The values of a record for the columns: article, first and last day, day of publication, confidence."""
    begin, end = bounds(record.time)
    return article, begin, end, day_number(published), round(record.confidence * CONFIDENCE_UNIT)


def bounds(time: EventTime) -> tuple[int, int]:
    """First and last day for searching. An event known only to lie before a day stands at that day; one known only to begin
    on a day is open; one without any day has neither and is found by no period."""
    first, last = day_number(time.earliest), day_number(time.latest)
    if first == NO_DAY and last == NO_DAY:
        return NO_DAY, NO_DAY
    if first == NO_DAY:
        return last, last
    return first, OPEN if last == NO_DAY else last
