"""An article as read: its text, what is furniture in it, and where it comes from."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from tocsin.model.base import Model, Span

BlockKind = Literal["headline", "body", "dateline", "byline", "caption", "teaser", "menu"]
DateBasis = Literal["meta", "json-ld", "text", "url", "feed", "user", "none"]


class Published(Model):
    """Day of publication (ISO 8601) and where it was found; value is None when unknown."""

    value: str | None = None
    basis: DateBasis = "none"


class Block(Span):
    """A stretch of the text and what it is; only headline and body are coded."""

    kind: BlockKind


class Problem(Model):
    """Something that went wrong or was left out, and at which stage."""

    stage: str
    message: str


class Article(Model):
    """One published text. ``text`` equals the decoded input; offsets everywhere refer to it."""

    id: str
    text_sha256: str
    source: str
    url: str | None = None
    title: str | None = None
    author: str | None = None
    publisher: str | None = None
    published: Published = Published()
    language: str | None = None
    text: str
    blocks: tuple[Block, ...] = ()
    duplicate_of: str | None = None
    extra: dict[str, Any] = Field(default_factory=dict)
