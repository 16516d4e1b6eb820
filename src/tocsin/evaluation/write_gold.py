"""Reviewed articles as gold: the inverse of loading it.

In: an article, the records that stand after review, the quotes of what was rejected. Out: ``<id>.txt`` and ``<id>.yaml`` as
docs/gold_format.md has them, so that any coder can be scored on them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

from tocsin.model import Article, Quote, Record

_PARTY = ("text", "country", "kind", "sector", "name", "id")


def write_gold(folder: Path, name: str, article: Article, records: Sequence[Record],
               rejected: Sequence[tuple[Quote, str]] = ()) -> Path:
    """Write both files of an article; the path of the YAML file. ``rejected`` are quotes with the reason of each."""
    folder.mkdir(parents=True, exist_ok=True)
    text = folder / f"{name}.txt"
    text.write_bytes(article.text.encode("utf-8", "surrogatepass"))
    data = {
        "id": name,
        "source": _filled({"url": article.url, "title": article.title, "published": article.published.value}),
        "text_sha256": hashlib.sha256(text.read_bytes()).hexdigest(),
        "records": [_record(record) for record in records],
        "negatives": [{"start": quote.start, "end": quote.end, "reason": reason} for quote, reason in rejected],
    }
    file = folder / f"{name}.yaml"
    file.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=110), encoding="utf-8")
    return file


def _record(record: Record) -> dict[str, Any]:
    data = record.model_dump(mode="json", by_alias=True)
    again = _filled({key: data["recurrence"][key] for key in ("ordinal", "window")}) if record.recurrence else None
    found: dict[str, Any] = {
        "type": record.type, "subtype": record.subtype, "status": record.status, "historical": record.historical,
        "core": True,
        "roles": {role: [_filled({key: party[key] for key in _PARTY}) for party in parties]
                  for role, parties in data["roles"].items() if parties},
        "materiel": [_filled({key: item[key] for key in ("text", "class", "designation")}) | {"count": _count(item["count"])}
                     for item in data["materiel"]],
        "personnel": _count(data["personnel"]),
        "casualties": _filled({key: _count(value) for key, value in data["casualties"].items()}),
        "time": _filled({key: data["time"][key] for key in ("text", "earliest", "latest", "basis")}),
        "place": next((_filled({key: place[key] for key in ("text", "name", "country", "precision", "role")})
                       for place in data["places"]), None),
        "attribution": [_filled({key: said[key] for key in ("text", "country", "verb", "quoted")})
                        for said in data["attribution"]],
        "recurrence": again,
        "evidence": [{"start": quote.start, "end": quote.end} for quote in record.evidence],
    }
    return {key: value for key, value in found.items() if value not in (None, [], {})}


def _count(value: dict[str, Any] | None) -> dict[str, Any] | None:
    return _filled({key: value[key] for key in ("text", "min", "max", "kind")}) if value else None


def _filled(values: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value is not None}
