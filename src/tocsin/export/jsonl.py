"""JSON Lines for programs: a record a line, its article in short beside it, the record as in the contract."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, fields

from tocsin.knowledge.loader import Tables
from tocsin.register import ArticleRow, Row
from tocsin.schema import result_schema

SCHEMA = 1


def lines(rows: Iterable[Row]) -> Iterator[str]:
    """The lines with their ends."""
    for row in rows:
        yield line_of(row) + "\n"


def with_text(rows: Iterable[Row], texts: Callable[[str], str]) -> Iterator[str]:
    """The same with the text of each article."""
    for row in rows:
        yield line_of(row, texts(row.article.id)) + "\n"


def line_of(row: Row, text: str | None = None) -> str:
    """The line of a record, without its end; with the text of its article where it is given."""
    review = asdict(row.review) if row.review is not None else None
    article = asdict(row.article) if text is None else {**asdict(row.article), "text": text}
    line = {"schema": SCHEMA, "article": article, "record": row.data, "review": review}
    return json.dumps(line, ensure_ascii=False, separators=(",", ":"))


def dictionary() -> str:
    """JSON Schema of a line: the record's is that of ``tocsin schema``."""
    whole = result_schema(Tables())
    article = {"type": "object", "required": [field.name for field in fields(ArticleRow)], "properties": {
        "id": {"type": "string"}, "source": {"type": "string"}, "version": {"type": "integer"},
        **{name: {"type": ["string", "null"]} for name in ("url", "title", "publisher", "published")},
        "copies": {"type": "array", "items": {"type": "string"}},
        "text": {"type": "string", "description": Tables().mapping("export/columns.yaml")["text_about"]}}}
    review = {"type": ["object", "null"], "required": ["state", "by", "at"], "properties": {
        "state": {"enum": ["accepted", "edited", "added", "changed"]}, "by": {"type": "string"}, "at": {"type": "string"}}}
    schema = {
        "$schema": whole["$schema"], "title": "Tocsin record", "type": "object",
        "required": ["schema", "article", "record", "review"],
        "properties": {"schema": {"const": SCHEMA}, "article": article, "record": {"$ref": "#/$defs/Record"},
                       "review": review},
        "$defs": whole["$defs"],
    }
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
