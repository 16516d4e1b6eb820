"""What reading one article gives: the JSON line of ``tocsin read --json`` (schema version 1)."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from tocsin.model.article import Article, Problem
from tocsin.model.base import Model, Precision, Span
from tocsin.model.record import Record

MentionType = Literal[
    "state",
    "government_body",
    "military",
    "armed_group",
    "igo",
    "person",
    "company",
    "media",
    "ngo",
    "population",
    "unidentified",
    "organisation",
    "nationality",
    "place",
    "equipment",
    "personnel",
    "quantity",
    "money",
    "distance",
    "time",
]


class Mention(Span):
    """A name or description found in the text, with what it stands for."""

    text: str
    type: MentionType
    id: str | None = None
    name: str | None = None
    country: str | None = None
    country_basis: Literal["stated", "inferred"] | None = None  # inferred: by the article around it, not by its words


class TimeMention(Span):
    """A time expression with its TIMEX3 type and value, and the days that bound it."""

    text: str
    timex3_type: Literal["DATE", "TIME", "DURATION", "SET"]
    value: str | None = None
    earliest: str | None = None
    latest: str | None = None


class PlaceMention(Span):
    """A place name with what it was resolved to."""

    text: str
    name: str
    geonameid: int | None = None
    country: str | None = None
    admin1: str | None = None
    lat: float | None = None
    lon: float | None = None
    precision: Precision


class TextSpan(Span):
    """A span with its words."""

    text: str


class Speaker(TextSpan):
    """The words that name a source; ``name`` is whom they stand for ("he", "the ministry", "who"), where that is known."""

    name: str | None = None


class Attribution(Model):
    """Who says, thinks or wants what: source (None where nobody is named: "reportedly"), cue and content."""

    source: Speaker | None
    cue: TextSpan
    content: Span
    quoted: bool


class Result(Model):
    """All that was read in one article."""

    schema_: Literal[1] = Field(default=1, alias="schema")
    article: Article
    records: tuple[Record, ...] = ()
    mentions: tuple[Mention, ...] = ()
    times: tuple[TimeMention, ...] = ()
    places: tuple[PlaceMention, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    problems: tuple[Problem, ...] = ()
