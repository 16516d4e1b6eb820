"""What was found in an article beside its records: mentions, times, places, attributions.

In: an annotated article. Out: the layers of a result, each in text order. A phrase is listed once for each thing that
it is: "Dushanbe" in "talks in Dushanbe" is a place, in "Dushanbe said" a state.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable
from typing import Any

from tocsin.knowledge.loader import Tables
from tocsin.language.annotate import Annotated
from tocsin.layers.attributions import Attributions
from tocsin.layers.mentions import MentionLayer
from tocsin.layers.places import place_mentions
from tocsin.model import Mention, TimeMention

LAYERS = ("records", "mentions", "times", "places", "attributions")


class LayerMaker:
    """Makes the layers of a result; built once, from the tables."""

    def __init__(self, tables: Tables) -> None:
        self._mentions = MentionLayer(tables)
        self._attributions = Attributions(tables)

    def of(self, note: Annotated, asked: Collection[str]) -> dict[str, Any]:
        """The layers asked for, by the name of their field in a result."""
        makers: dict[str, Callable[[Annotated], Iterable[Any]]] = {
            "mentions": self.mentions, "times": times, "places": place_mentions, "attributions": self._attributions.of,
        }
        return {name: tuple(make(note)) for name, make in makers.items() if name in asked}

    def mentions(self, note: Annotated) -> list[Mention]:
        """Parties, places, equipment, people, amounts and times, by where they begin, the longer first."""
        return self._mentions.of(note)


def times(note: Annotated) -> list[TimeMention]:
    """Time expressions; of two possible periods the one that the words nearby suggest."""
    found = []
    for time in (t.toward("lean") for t in note.times):
        found.append(TimeMention(start=time.start, end=time.end, text=time.text, timex3_type=time.timex3_type,
                                 value=time.value, earliest=_iso(time.earliest), latest=_iso(time.latest)))
    return found


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None
