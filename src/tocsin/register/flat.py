"""A record as one row of columns: what CSV, Excel, Parquet and data frames share.

In: a row of a register. Out: values by column (``knowledge/export/columns.yaml`` says which there are and what they mean);
a list where the column holds several, None where there is nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from tocsin.knowledge.loader import Tables

if TYPE_CHECKING:
    from tocsin.register.register import Row

Dict = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Column:
    """A column. ``type`` is text, number, day or list; ``whole``: its numbers have no fraction; ``quoted``: it can hold
    words of other people; ``of_numbers``: a list of numbers."""

    name: str
    type: str
    about: str
    whole: bool = False
    quoted: bool = False
    of_numbers: bool = False


@cache
def columns() -> tuple[Column, ...]:
    """All columns in order, those of the roles last."""
    table = Tables().mapping("export/columns.yaml")
    named = [Column(one["name"], one["type"], one["about"], bool(one.get("whole")), bool(one.get("quoted")),
                    bool(one.get("of_numbers"))) for one in table["columns"]]
    for role in table["roles"]:
        named.append(Column(role, "list", table["role_about"].format(role=role), quoted=True))
        named.append(Column(f"{role}_country", "list", table["role_country_about"]))
    return tuple(named)


def values(row: Row) -> Dict:
    """The values of a record by column; columns without a value may be missing."""
    found = _slots(row.data)
    found.update(_article(row))
    for role, parties in row.data["roles"].items():
        if parties:
            found[role] = [party["name"] for party in parties]
            found[f"{role}_country"] = [party["country"] for party in parties]
    return found


def _slots(record: Dict) -> Dict:
    time, materiel, codes, coder = record["time"], record["materiel"], record["codes"], record["coder"]
    plover = codes.get("plover") or {}
    evidence = record["evidence"] or [{"exact": None, "start": None, "end": None}]
    found = {
        "record": record["id"], "type": record["type"], "subtype": record["subtype"], "status": record["status"],
        "historical": int(record["historical"]), "earliest": time["earliest"], "latest": time["latest"],
        "time_edtf": time["edtf"], "time_text": time["text"], "time_basis": time["basis"],
        "roles": [f"{role}: {party['name']}" for role, ps in record["roles"].items() for party in ps],
        "instrument": (record["instrument"] or {}).get("name"),
        "said_by": [source["name"] for source in record["attribution"]],
        "quotes": [quote["exact"] for quote in evidence if quote["exact"] is not None],
        "quote_start": evidence[0]["start"], "quote_end": evidence[0]["end"],
        "cameo": codes.get("cameo"), "plover_event": plover.get("event"), "plover_mode": plover.get("mode"),
        "quad": codes.get("quad"), "confidence": record["confidence"],
        "coder": f"{coder['name']} {coder['version']} {coder['rule']}",
    }
    counts = {"personnel": record["personnel"], **record["casualties"]}
    for slot, count in counts.items():
        if count is not None:
            found[f"{slot}_min"], found[f"{slot}_max"] = count["min"], count["max"]
    if record["places"]:
        found.update(_places(record["places"]))
    if materiel:
        found.update(_materiel(materiel))
    if quantity := record["quantity"]:
        found.update({"quantity": quantity["text"], "quantity_min": quantity["min"], "quantity_max": quantity["max"],
                      "quantity_unit": quantity["unit"]})
    return found


def _materiel(items: Sequence[Dict]) -> Dict:
    counts = [item["count"] for item in items]
    return {"materiel": [item["text"] for item in items], "materiel_class": [item["class"] for item in items],
            "materiel_min": [count["min"] for count in counts], "materiel_max": [count["max"] for count in counts]}


def _places(places: Sequence[Dict]) -> Dict:
    first = places[0]
    return {"place": first["name"], "place_country": first["country"], "place_precision": first["precision"],
            "latitude": first["lat"], "longitude": first["lon"], "geonameid": first["geonameid"],
            "places": [place["name"] for place in places]}


def _article(row: Row) -> Dict:
    article = row.article
    return {"article": article.id, "title": article.title, "outlet": article.publisher, "published": article.published,
            "url": article.url, "source": article.source, "version": article.version, "copies": len(article.copies)}
