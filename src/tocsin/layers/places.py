"""The places layer: toponyms as they go into a result.

In: an annotated article. Out: place mentions in text order, a point only for a province or finer. The seat of a government
that stands for it ("Dushanbe said") is a party, no place.
"""

from __future__ import annotations

from collections.abc import Iterator

from tocsin.coding.places.slot import facts
from tocsin.language.annotate import Annotated
from tocsin.language.toponyms import Toponym
from tocsin.language.toponyms.signs import BY_ITSELF
from tocsin.model import PlaceMention


def place_mentions(note: Annotated) -> Iterator[PlaceMention]:
    """Names of places, states among them, with what they were resolved to."""
    seats = {(m.start, m.end) for m in note.mentions if m.party is not None and m.party.sort == "metonym"}
    for found in note.toponyms:
        if found.sign not in BY_ITSELF or (found.start, found.end) not in seats:
            yield _mention(note, found)


def _mention(note: Annotated, found: Toponym) -> PlaceMention:
    return PlaceMention(start=found.start, end=found.end, text=found.text, **facts(found, note))
