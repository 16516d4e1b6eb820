"""GeoJSON (RFC 7946): a feature a record, at the point of its principal place where the register has one, else nowhere."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from tocsin.export.shapes import Dict
from tocsin.register import Row
from tocsin.register.flat import values


def lines(rows: Iterable[Row]) -> Iterator[str]:
    """A FeatureCollection, a feature a line."""
    yield '{"type":"FeatureCollection","features":['
    joint = "\n"
    for row in rows:
        yield joint + json.dumps(_feature(row), ensure_ascii=False, separators=(",", ":"))
        joint = ",\n"
    yield "\n]}\n"


def _feature(row: Row) -> Dict:
    properties = {name: value for name, value in values(row).items() if value is not None and value != []}
    properties["points"] = [{name: place[name] for name in ("name", "role", "precision", "lat", "lon")}
                            for place in row.data["places"] if place["lat"] is not None]
    return {"type": "Feature", "id": row.data["id"], "geometry": _point(row.data), "properties": properties}


def _point(record: Dict) -> Dict | None:
    place = record["places"][0] if record["places"] else None
    if place is None or place["lat"] is None or place["lon"] is None:
        return None
    return {"type": "Point", "coordinates": [place["lon"], place["lat"]]}
