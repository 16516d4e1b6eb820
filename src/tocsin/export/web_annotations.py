"""W3C Web Annotations of the evidence: each record is a body, the sentences that it rests on are its targets."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from tocsin.export.phrases import heading
from tocsin.export.shapes import Dict
from tocsin.knowledge.words import words
from tocsin.register import Row

_HEAD = ('{"@context":"http://www.w3.org/ns/anno.jsonld","id":"urn:tocsin:annotations","type":"AnnotationCollection",'
         '"label":"Tocsin","first":{"id":"urn:tocsin:annotations:1","type":"AnnotationPage","startIndex":0,"items":[')


def lines(rows: Iterable[Row]) -> Iterator[str]:
    """A collection with one page, an annotation a line."""
    yield _HEAD
    joint, total = "\n", 0
    for row in rows:
        yield joint + json.dumps(_annotation(row), ensure_ascii=False, separators=(",", ":"))
        joint, total = ",\n", total + 1
    yield f'\n]}},"total":{total}}}\n'


def _annotation(row: Row) -> Dict:
    record, article, say = row.data, row.article, words()
    coder = record["coder"]
    found = {
        "id": f"urn:tocsin:{article.id}:{record['id']}", "type": "Annotation", "motivation": "classifying",
        "creator": {"type": "Software", "name": f"tocsin {coder['name']} {coder['version']}"},
        "body": [
            {"type": "TextualBody", "purpose": "tagging", "value": record["type"], "format": "text/plain"},
            {"type": "TextualBody", "purpose": "describing", "format": "text/plain", "language": "en", "value": ", ".join(
                [*heading(row.record, say), say.name("status", record["status"])])},
            {"type": "Dataset", "purpose": "describing", "format": "application/json", "value": record}],
        "target": [{"type": "SpecificResource", "source": article.url or f"urn:tocsin:{article.id}", "selector": [
            {"type": "TextQuoteSelector", "exact": quote["exact"]},
            {"type": "TextPositionSelector", "start": quote["start"], "end": quote["end"]}]}
            for quote in record["evidence"]]}
    if row.cited is not None:
        found["created"] = row.cited.added.replace("+00:00", "Z")
    return found
