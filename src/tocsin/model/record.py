"""A record: one claim in one article about one event or standing state (docs/codebook.md)."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from tocsin.model.base import Basis, Count, Model, PartyKind, Precision, Quote, Span

Status = Literal["occurred", "ongoing", "planned", "possible", "denied", "not_occurred"]
Use = Literal["transferred", "deployed", "tested", "used", "destroyed"]
PlaceRole = Literal["site", "destination", "origin", "near"]
RelationKind = Literal["part_of", "follows", "explains", "denies", "plan_of", "cancels"]


class Party(Span):
    """Who fills a role: the words of the text, and whom they stand for."""

    text: str
    name: str
    kind: PartyKind
    country: str | None = None
    sector: str | None = None
    id: str | None = None


class Materiel(Span):
    """One line of equipment with its class, count and use."""

    text: str
    designation: str | None = None
    class_: str = Field(alias="class")
    count: Count = Count()
    use: Use | None = None


class Casualties(Model):
    """People killed, wounded, captured, where an armed incident states them."""

    killed: Count | None = None
    wounded: Count | None = None
    captured: Count | None = None


class EventTime(Model):
    """When the event happened or is to happen: words, EDTF, and the days that bound it (inclusive)."""

    text: str | None = None
    start: int | None = None
    end: int | None = None
    edtf: str | None = None
    earliest: str | None = None
    latest: str | None = None
    basis: Basis = "none"


class EventPlace(Span):
    """Where; coordinates (WGS 84 degrees) only for province or finer."""

    text: str
    name: str
    country: str | None = None
    admin1: str | None = None
    geonameid: int | None = None
    lat: float | None = None
    lon: float | None = None
    precision: Precision
    role: PlaceRole


class Source(Span):
    """Who, other than the article itself, says it."""

    text: str
    name: str
    country: str | None = None
    kind: PartyKind
    verb: str | None = None
    quoted: bool = False


class Recurrence(Span):
    """ "the third time in August": ordinal 3, window 2021-08 (EDTF), with the words."""

    ordinal: int
    window: str | None = None
    text: str


class Quantity(Span):
    """A measured amount (length, share, sum) with its unit."""

    text: str
    min: float | None = None
    max: float | None = None
    kind: str
    unit: str


class Instrument(Span):
    """The treaty or pact that an agreement is about."""

    text: str
    name: str


class Relation(Model):
    """A link to another record of the article, by its id."""

    kind: RelationKind
    record: str


class Coder(Model):
    """What made the record: enough to make it again."""

    name: str
    version: str
    rule: str


class Record(Model):
    """One sourced claim. Every role of its type is present, empty where unfilled."""

    id: str
    type: str
    subtype: str | None = None
    status: Status
    historical: bool = False
    roles: dict[str, tuple[Party, ...]]
    materiel: tuple[Materiel, ...] = ()
    personnel: Count | None = None
    casualties: Casualties = Casualties()
    time: EventTime = EventTime()
    places: tuple[EventPlace, ...] = ()
    attribution: tuple[Source, ...] = ()
    recurrence: Recurrence | None = None
    quantity: Quantity | None = None
    instrument: Instrument | None = None
    relations: tuple[Relation, ...] = ()
    evidence: tuple[Quote, ...]
    codes: dict[str, Any] = Field(default_factory=dict)
    confidence: float
    coder: Coder
