"""STIX 2.1: records as incidents or notes, parties as identities, places as locations, articles as reports.

Every id is made from what the object is, and times are those at which the article came into the register: the same register
gives the same bundle. The whole record stands in an extension, so that nothing is lost.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

from tocsin.export.lookups import code_of
from tocsin.export.phrases import heading
from tocsin.export.shapes import Dict, quotes, table
from tocsin.knowledge.words import words
from tocsin.register import Row

_SPACE = uuid.uuid5(uuid.NAMESPACE_URL, "https://tocsin.invalid/stix")  # ids are UUIDs of version 5 in it
_FIRST = "2020-01-01T00:00:00.000Z"  # of the objects that stand for Tocsin itself


def _id(kind: str, key: str) -> str:
    return f"{kind}--{uuid.uuid5(_SPACE, f'{kind}|{key}')}"


TOCSIN, EXTENSION = _id("identity", "tocsin"), _id("extension-definition", "record")


@dataclass(slots=True)
class _Reports:
    """Articles that were met, with the objects that their reports refer to."""

    rows: dict[str, Row] = field(default_factory=dict)
    refs: dict[str, list[str]] = field(default_factory=dict)

    def add(self, row: Row, found: Iterable[Dict]) -> None:
        """Take note of what came from an article."""
        self.rows.setdefault(row.article.id, row)
        refs = self.refs.setdefault(row.article.id, [])
        refs.extend(one["id"] for one in found if one["id"] not in refs)


def lines(rows: Iterable[Row]) -> Iterator[str]:
    """A bundle, an object a line; each object once."""
    yield f'{{"type":"bundle","id":"{_id("bundle", "export")}","objects":[\n'
    yield ",\n".join(_dumped(one) for one in _own())
    given: set[str] = set()
    reports = _Reports()
    for row in rows:
        found = list(_objects(row))
        reports.add(row, found)
        for one in found:
            if one["id"] not in given:
                given.add(one["id"])
                yield ",\n" + _dumped(one)
    for name, row in reports.rows.items():
        if row.article.published:
            yield ",\n" + _dumped(_report(row, reports.refs[name]))
    yield "\n]}\n"


def _dumped(one: Dict) -> str:
    return json.dumps({name: value for name, value in one.items() if value not in (None, [], "")}, ensure_ascii=False,
                      separators=(",", ":"))


def _made(kind: str, key: str, when: str, **values: Any) -> Dict:
    return {"type": kind, "spec_version": "2.1", "id": _id(kind, key), "created": when, "modified": when, **values}


def _own() -> list[Dict]:
    about = table("stix")["extension"]
    identity = _made("identity", "tocsin", _FIRST, name="tocsin", identity_class="system")
    return [identity, _made("extension-definition", "record", _FIRST, created_by_ref=TOCSIN, name=about["name"],
                            description=about["description"], schema=about["schema"], version=about["version"],
                            extension_types=["property-extension"])]


def _when(row: Row) -> str:
    added = row.cited.added if row.cited is not None else _FIRST
    return f"{added[:19]}.000Z"


def _objects(row: Row) -> Iterator[Dict]:
    """What one record becomes, those first to which the later refer."""
    record, when = row.data, _when(row)
    ties: list[tuple[str, str]] = []
    for role, parties in record["roles"].items():
        for party in parties:
            one = _identity(party)
            ties.append((role, one["id"]))
            yield one
    for place in record["places"]:
        if (found := _location(place)) is not None:
            ties.append((place["role"], found["id"]))
            yield found
    key = f"{row.article.id}|{record['id']}"
    if record["type"] in table("stix")["note"]:
        yield _note(row, key, when, list(dict.fromkeys(ref for _, ref in ties)))
        return
    incident = _made("incident", key, when, **_shared(row), name=_title(row), description=quotes(record))
    yield incident
    for role, ref in dict.fromkeys(ties):
        yield _made("relationship", f"{key}|{role}|{ref}", when, created_by_ref=TOCSIN, relationship_type="related-to",
                    description=role, source_ref=incident["id"], target_ref=ref)


def _note(row: Row, key: str, when: str, refs: list[str]) -> Dict:
    return _made("note", key, when, **_shared(row), abstract=_title(row), content=quotes(row.data) or _title(row),
                 object_refs=refs or [TOCSIN])


def _shared(row: Row) -> Dict:
    record, article = row.data, row.article
    labels = [record["type"], *([record["subtype"]] if record["subtype"] else []), record["status"]]
    whole = {"extension_type": "property-extension", "record": record, "article": asdict(article)}
    return {"created_by_ref": TOCSIN, "labels": [label.replace("_", "-") for label in labels],
            "confidence": round(record["confidence"] * 100), "external_references": [_reference(row)],
            "extensions": {EXTENSION: whole}}


def _title(row: Row) -> str:
    say, record = words(), row.data
    parties = ", ".join(dict.fromkeys(party["name"] for ps in record["roles"].values() for party in ps))
    return f"{say.name('status', record['status'])}: {', '.join(heading(row.record, say))} ({parties})"


def _reference(row: Row) -> Dict:
    article = row.article
    said = ", ".join(part for part in (article.title, article.published) if part)
    found = {"source_name": article.publisher or article.source, "description": said, "url": _address(article.url),
             "external_id": article.id}
    return {name: value for name, value in found.items() if value}


def _address(url: str | None) -> str | None:
    return url if url and url.startswith(("http://", "https://")) else None


def _identity(party: Dict) -> Dict:
    kind = table("stix")["classes"].get(party["kind"], "unknown")
    key = f"{party['kind']}|{party['id'] or party['name']}|{party['name']}|{party['country'] or ''}"
    return _made("identity", key, _FIRST, created_by_ref=TOCSIN, name=party["name"], identity_class=kind,
                 labels=[party["country"]] if party["country"] else [])


def _location(place: Dict) -> Dict | None:
    """A place with a point or a country; a sea or a region without either is none (it stands in the record)."""
    country = code_of(place["country"], "iso2")
    has_point = place["lat"] is not None and place["lon"] is not None
    if not has_point and country is None:
        return None
    point = {"latitude": place["lat"], "longitude": place["lon"]} if has_point else {}
    key = f"{place['name']}|{place['country']}|{place['lat']}|{place['lon']}|{place['precision']}"
    return _made("location", key, _FIRST, created_by_ref=TOCSIN, name=place["name"], country=country,
                 administrative_area=place["admin1"], description=place["precision"], **point)


def _report(row: Row, refs: list[str]) -> Dict:
    article, when = row.article, _when(row)
    return _made("report", article.id, when, created_by_ref=TOCSIN, name=article.title or article.source,
                 published=f"{(article.published or '')[:10]}T00:00:00.000Z", report_types=["threat-report"],
                 external_references=[_reference(row)], object_refs=refs)
