"""CSV for spreadsheets and statistics: one line a record, one column a slot, lists joined by "; ".

What a spreadsheet would run as a formula is escaped; columns and their meaning are data (``knowledge/export/columns.yaml``).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any

from tocsin.knowledge.loader import Tables
from tocsin.register import Row

Dict = dict[str, Any]
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_RISKY = frozenset("".join(_FORMULA)) | {" "}  # with what a cell begins that is looked at more closely


class _Line:
    """A file that hands back what is written to it: ``writerow`` then gives the line."""

    def write(self, line: str) -> str:
        """The line."""
        return line


def lines(rows: Iterable[Row]) -> Iterator[str]:
    """The lines with their ends, headings first."""
    writer = csv.writer(_Line(), lineterminator="\r\n")
    yield writer.writerow(headings())
    for row in rows:
        yield writer.writerow(cells(row))


def dictionary() -> str:
    """The data dictionary, itself a CSV."""
    table, buffer = _table(), io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(("column", "type", "meaning"))
    for column in table["columns"]:
        writer.writerow((column["name"], column["type"], column["about"]))
    for role in table["roles"]:
        writer.writerow((role, "list", table["role_about"].format(role=role)))
        writer.writerow((f"{role}_country", "list", table["role_country_about"]))
    writer.writerow(("*", "text", table["escape_about"]))
    return buffer.getvalue()


@cache
def headings() -> tuple[str, ...]:
    """Names of the columns."""
    table = _table()
    roles = [name for role in table["roles"] for name in (role, f"{role}_country")]
    return (*(column["name"] for column in table["columns"]), *roles)


def cells(row: Row) -> list[Any]:
    """The values of a record, in the order of the headings."""
    values = _slots(row.data)
    values.update(_article(row))
    for role, parties in row.data["roles"].items():
        if parties:
            values[role] = _joined([party["name"] for party in parties])
            values[f"{role}_country"] = _joined([party["country"] for party in parties])
    for name, value in values.items():
        if type(value) is str and value and value[0] in _RISKY:
            values[name] = _safe(value)
    return list(map(values.get, headings()))


def _slots(record: Dict) -> Dict:
    time, materiel, codes, coder = record["time"], record["materiel"], record["codes"], record["coder"]
    plover = codes.get("plover") or {}
    evidence = record["evidence"] or [{"exact": None, "start": None, "end": None}]
    values = {
        "record": record["id"], "type": record["type"], "subtype": record["subtype"], "status": record["status"],
        "historical": int(record["historical"]), "earliest": time["earliest"], "latest": time["latest"],
        "time_edtf": time["edtf"], "time_text": time["text"], "time_basis": time["basis"],
        "roles": _joined([f"{role}: {party['name']}" for role, ps in record["roles"].items() for party in ps]),
        "instrument": (record["instrument"] or {}).get("name"),
        "said_by": _joined([source["name"] for source in record["attribution"]]),
        "quotes": _joined([quote["exact"] for quote in evidence]),
        "quote_start": evidence[0]["start"], "quote_end": evidence[0]["end"],
        "cameo": codes.get("cameo"), "plover_event": plover.get("event"), "plover_mode": plover.get("mode"),
        "quad": codes.get("quad"), "confidence": record["confidence"],
        "coder": f"{coder['name']} {coder['version']} {coder['rule']}",
    }
    counts = {"personnel": record["personnel"], **record["casualties"]}
    for slot, count in counts.items():
        if count is not None:
            values[f"{slot}_min"], values[f"{slot}_max"] = count["min"], count["max"]
    if record["places"]:
        values.update(_places(record["places"]))
    if materiel:
        values.update(_materiel(materiel))
    if quantity := record["quantity"]:
        values.update({"quantity": quantity["text"], "quantity_min": quantity["min"], "quantity_max": quantity["max"],
                       "quantity_unit": quantity["unit"]})
    return values


def _materiel(items: Sequence[Dict]) -> Dict:
    counts = [item["count"] for item in items]
    return {"materiel": _joined([item["text"] for item in items]),
            "materiel_class": _joined([item["class"] for item in items]),
            "materiel_min": _joined([count["min"] for count in counts]),
            "materiel_max": _joined([count["max"] for count in counts])}


def _places(places: Sequence[Dict]) -> Dict:
    first = places[0]
    return {"place": first["name"], "place_country": first["country"], "place_precision": first["precision"],
            "latitude": first["lat"], "longitude": first["lon"], "geonameid": first["geonameid"],
            "places": _joined([place["name"] for place in places])}


def _article(row: Row) -> Dict:
    article = row.article
    return {"article": article.id, "title": article.title, "outlet": article.publisher, "published": article.published,
            "url": article.url, "source": article.source, "version": article.version, "copies": len(article.copies)}


def _joined(parts: Sequence[Any]) -> str | None:
    if len(parts) < 2:
        return parts[0] if parts else None
    return "; ".join(["" if part is None else str(part) for part in parts])


def _safe(text: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) else text


@cache
def _table() -> Dict:
    return Tables().mapping("export/columns.yaml")
