"""The places layer: toponyms as they go into a result.

In: an annotated article. Out: place mentions in text order, a point only for a province or finer. The seat of a government
that stands for it ("Dushanbe said") is a party, no place.
"""

from __future__ import annotations

from collections.abc import Iterator

from tocsin.coding.verify import POINTS
from tocsin.language.annotate import Annotated
from tocsin.language.toponyms import Toponym
from tocsin.model import PlaceMention
from tocsin.model.base import Precision

_BY_ITSELF = frozenset({"large", "again"})  # signs of a town that nothing beside it tells to be meant as a place


def place_mentions(note: Annotated) -> Iterator[PlaceMention]:
    """Names of places, states among them, with what they were resolved to."""
    seats = {(m.start, m.end) for m in note.mentions if m.party is not None and m.party.sort == "metonym"}
    for found in note.toponyms:
        if found.sign not in _BY_ITSELF or (found.start, found.end) not in seats:
            yield _mention(note, found)


def _mention(note: Annotated, found: Toponym) -> PlaceMention:
    place = found.referent
    precision: Precision = place.precision  # type: ignore[assignment]
    fine = precision in POINTS
    division = note.lookup.gazetteer.division(place.division) if place.division and place.sort != "division" else None
    return PlaceMention(
        start=found.start, end=found.end, text=found.text, name=place.name, geonameid=place.id, country=place.country,
        admin1=division, lat=place.lat if fine else None, lon=place.lon if fine else None, precision=precision,
    )  # fmt: skip
