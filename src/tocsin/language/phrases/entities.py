"""Noun phrases to entities: who or what a phrase stands for.

In: a sentence, the token that heads a phrase, the mentions and numbers found before. Out: an ``Entity`` with several
faces: the parties it names, the place, the equipment, the number. "Around 500 Russian infantry troops" is a military
party of Russia and a number of troops; "Dushanbe" is a town and a seat of government; a frame takes the face it needs.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from tocsin.knowledge.names import Name
from tocsin.language.names.mentions import NameMention
from tocsin.language.numbers.amounts import Number
from tocsin.language.tokens import Sentence, Token
from tocsin.model import Party
from tocsin.model.base import PartyKind


@dataclass(frozen=True, slots=True)
class PlaceRef:
    """A place with what is known of it."""

    start: int
    end: int
    text: str
    name: str
    country: str | None
    precision: str
    admin1: str | None = None
    geonameid: int | None = None
    lat: float | None = None
    lon: float | None = None


@dataclass(frozen=True, slots=True)
class MaterielRef:
    """Equipment as named in the text: its words, class and, where there is one, designation."""

    start: int
    end: int
    text: str
    class_: str
    designation: str | None
    flags: frozenset[str]
    origin: str | None = None  # whose design it is, where a designation tells it
    family: str | None = None  # the system that a designation is a variant of


@dataclass(slots=True)
class Entity:
    """One member of a noun phrase, with all its faces."""

    sentence: int
    head: int
    start: int
    end: int
    text: str
    lemma: str
    parties: tuple[Party, ...] = ()
    place: PlaceRef | None = None
    materiel: MaterielRef | None = None
    count: Number | None = None
    types: frozenset[str] = frozenset()
    definite: bool = False
    resolved: bool = False
    mention: NameMention | None = field(default=None, repr=False)

    @property
    def countries(self) -> frozenset[str]:
        """Countries of the parties (those that have one)."""
        return frozenset(p.country for p in self.parties if p.country)


class Resolver(Protocol):
    """Whoever says what the phrases of an article stand for."""

    def entity(self, sentence: Sentence, token: Token) -> Entity:
        """What the phrase headed by the token stands for."""

    def entities(self, sentence: Sentence, token: Token) -> list[Entity]:
        """The phrase and what is coordinated with it."""

    def settled(self, sentence: Sentence, token: Token) -> Entity | None:
        """What the token's phrase was found to stand for; None where nobody has asked yet."""


def party_of(name: Name, start: int, end: int, text: str) -> Party:
    """A party from a table entry."""
    kind = {"nationality": "state", "metonym": "state"}.get(name.sort, name.sort)
    return Party(
        start=start,
        end=end,
        text=text,
        name=name.name,
        kind=kind,
        country=name.country,
        sector=name.sector,
        id=name.id,
    )


class Words(Protocol):
    """Anything that stands at a span of the text."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def text(self) -> str: ...


def as_party(
    words: Words,
    kind: PartyKind,
    *,
    name: str | None = None,
    country: str | None = None,
    sector: str | None = None,
    id: str | None = None,
) -> Party:
    """A party that the tables do not name, under the words that describe it."""
    return Party(
        start=words.start,
        end=words.end,
        text=words.text,
        name=name or words.text,
        kind=kind,
        country=country,
        sector=sector,
        id=id,
    )


def place_of(name: Name, start: int, end: int, text: str) -> PlaceRef:
    """A place from a table entry: a state, a curated place or a town."""
    row = name.row
    if name.sort != "place":
        return PlaceRef(start, end, text, name.name, name.country, "country")
    identifier = row.get("geonameid")
    return PlaceRef(
        start,
        end,
        text,
        name.name,
        name.country,
        row.get("precision") or "town",
        row.get("admin1") or None,
        int(identifier) if identifier else None,
        _number(row.get("lat")),
        _number(row.get("lon")),
    )


def _number(value: str | float | None) -> float | None:
    return None if value is None or value == "" else float(value)
