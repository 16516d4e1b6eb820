"""What was found in an article beside its records: mentions, times, places, attributions.

In: an annotated article. Out: the layers of a result, each in text order. A phrase is listed once for each thing that
it is: "Dushanbe" in "talks in Dushanbe" is a place, in "Dushanbe said" a state.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any, cast, get_args

from tocsin.knowledge.loader import Tables
from tocsin.knowledge.names import Name
from tocsin.language.annotate import Annotated
from tocsin.language.entities import Entity
from tocsin.language.numbers import Number
from tocsin.language.tokens import Sentence, Token
from tocsin.layers.attributions import Attributions
from tocsin.layers.places import place_mentions
from tocsin.model import Mention, TimeMention
from tocsin.model.result import MentionType

LAYERS = ("records", "mentions", "times", "places", "attributions")
_TYPES = frozenset(get_args(MentionType))
_PEOPLE = frozenset({"military", "armed_group", "force", "person", "population", "unidentified"})
_MODIFIERS = ("amod", "compound", "flat", "nummod")  # parts of a phrase that its head stands for
_SEATS = ("metonym", "igo", "government_body")  # names that may be a place as well, and are one after "in"


class LayerMaker:
    """Makes the layers of a result; built once, from the tables."""

    def __init__(self, tables: Tables) -> None:
        units = tables.mapping("numbers/units.yaml")
        self._lengths = frozenset(units["length"])
        self._times = frozenset(units["time"])
        self._measures = frozenset(u for group in units.values() if isinstance(group, dict) for u in group)
        self._attributions = Attributions(tables)

    def of(self, note: Annotated, asked: Collection[str]) -> dict[str, Any]:
        """The layers asked for, by the name of their field in a result."""
        makers: dict[str, Callable[[Annotated], Iterable[Any]]] = {
            "mentions": self.mentions, "times": times, "places": place_mentions, "attributions": self._attributions.of,
        }
        return {name: tuple(make(note)) for name, make in makers.items() if name in asked}

    def mentions(self, note: Annotated) -> list[Mention]:
        """Parties, places, equipment, people, amounts and times, by where they begin, the longer first."""
        found = [m for sentence, token in _nominals(note) for m in self._phrase(note, sentence, token)]
        found += [m for number in note.numbers if (m := self._amount(number)) is not None]
        found += [Mention(start=t.start, end=t.end, text=t.text, type="time", name=t.value) for t in note.times]
        distinct = dict.fromkeys(sorted(found, key=lambda m: (m.start, -m.end, m.type, m.id or "", m.name or "")))
        return list(distinct)

    def _phrase(self, note: Annotated, sentence: Sentence, token: Token) -> Iterator[Mention]:
        entity = note.interpreter.entity(sentence, token)
        if entity.head != token.i:
            return
        named = entity.mention if entity.mention is not None and entity.mention.head == token.i else None
        if named is not None:
            span = {"start": named.start, "end": named.end, "text": named.text}
            seat = named.party is not None and named.party.sort in _SEATS and named.place is not None
            if named.party is not None and not (seat and _located(note, sentence, token)):
                yield _named(named.party, span, entity)
            elif named.place is not None:
                place = named.place
                yield Mention(**span, type="place", id=place.id, name=place.name, country=place.country)
            if named.equipment is not None and entity.materiel is not None:
                yield Mention(**span, type="equipment", id=named.equipment.id, name=named.equipment.name)
        elif entity.materiel is not None:
            gear = entity.materiel
            name = gear.designation or gear.class_
            yield Mention(start=gear.start, end=gear.end, text=gear.text, type="equipment", name=name)
        elif token.dep not in _MODIFIERS:
            for party in entity.parties:
                yield Mention(start=party.start, end=party.end, text=note.article.text[party.start:party.end],
                              type=party.kind, id=party.id, name=party.name, country=party.country)
        if entity.count is not None and entity.materiel is None and entity.types & _PEOPLE:
            yield Mention(start=entity.start, end=entity.end, text=entity.text, type="personnel")

    def _amount(self, number: Number) -> Mention | None:
        """A measured amount or a sum; plain counts belong to what they count, durations to the times."""
        if number.unit is None or number.ordinal is not None or number.unit in self._times:
            return None
        kind: MentionType = "quantity" if number.unit in self._measures else "money"
        kind = "distance" if number.unit in self._lengths else kind
        return Mention(start=number.start, end=number.end, text=number.text, type=kind, name=number.unit)


def times(note: Annotated) -> list[TimeMention]:
    """Time expressions; of two possible periods the one that the words nearby suggest."""
    found = []
    for time in (t.toward("lean") for t in note.times):
        found.append(TimeMention(start=time.start, end=time.end, text=time.text, timex3_type=time.timex3_type,
                                 value=time.value, earliest=_iso(time.earliest), latest=_iso(time.latest)))
    return found


def _nominals(note: Annotated) -> Iterator[tuple[Sentence, Token]]:
    for sentence in note.sentences:
        for token in sentence:
            if token.pos in ("NOUN", "PROPN", "PRON", "ADJ", "NUM", "X") or note.interpreter.mention(sentence, token):
                yield sentence, token


def _named(name: Name, span: dict[str, Any], entity: Entity) -> Mention:
    sort = "state" if name.sort == "metonym" else name.sort if name.sort in _TYPES else "organisation"
    country = name.country or next((party.country for party in entity.parties if party.country), None)
    return Mention(**span, type=cast(MentionType, sort), id=name.id, name=name.name, country=country)


def _located(note: Annotated, sentence: Sentence, token: Token) -> bool:
    cases = sentence.kids(token, "case")
    return any(t.lower in note.interpreter.lexicon.words("locative") and t.lower != "of" for t in cases)


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None
