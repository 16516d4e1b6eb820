"""Places that are mentioned and fill no slot of a record: those that only the places layer finds, and coordinates.

In: an annotated article and the mentions found so far. Out: mentions of places where there is none of anything else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tocsin.knowledge.loader import Tables
from tocsin.language.annotate import Annotated
from tocsin.layers.places import place_mentions
from tocsin.model import Mention

_INSIDE = ("nationality", "population")  # what may lie inside a place's name, or hold it


class Elsewhere:
    """The pattern of coordinates, ready to look for."""

    def __init__(self, tables: Tables) -> None:
        self._coordinates = re.compile(tables.mapping("places/coordinates.yaml")["pattern"])

    def of(self, note: Annotated, found: Sequence[Mention]) -> Iterator[Mention]:
        """The mentions that are not among those found."""
        text = note.article.text
        taken = [(m.start, m.end) for m in found if m.type not in _INSIDE]
        for match in self._coordinates.finditer(text):
            yield Mention(start=match.start(), end=match.end(), text=match.group(), type="place", name=match.group())
        for place in place_mentions(note):
            if not any(start < place.end and place.start < end for start, end in taken):
                yield Mention(start=place.start, end=place.end, text=place.text, type="place", name=place.name,
                              id=f"geonames:{place.geonameid}" if place.geonameid else None, country=place.country,
                              country_basis="stated" if place.country else None)
