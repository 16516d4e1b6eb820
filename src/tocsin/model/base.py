"""What all parts of the model share: frozen, strict objects, and spans of text."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

CountKind = Literal["exact", "about", "at_least", "at_most", "range", "vague", "unstated"]
PartyKind = Literal[
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
]
Precision = Literal["site", "town", "district", "province", "country", "region", "border", "sea"]
Basis = Literal["stated", "inferred", "corrected", "none"]


class Model(BaseModel):
    """A value that does not change once made and refuses keys that it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, serialize_by_alias=True)


class Span(Model):
    """Half-open range of Unicode code points of ``article.text``."""

    start: int
    end: int


class Quote(Span):
    """A span with the words that stand there."""

    exact: str


class Count(Model):
    """How many: bounds with their kind; an open bound is None."""

    text: str | None = None
    start: int | None = None
    end: int | None = None
    min: int | None = None
    max: int | None = None
    kind: CountKind = "unstated"
