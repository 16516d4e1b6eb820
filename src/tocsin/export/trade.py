"""Arms transfers in the shape of SIPRI's trade register and of the UN Register of Conventional Arms.

A supplier and a recipient are never exchanged or guessed: a transfer fits only where the text names one state for each.
"""

from __future__ import annotations

from typing import Any

from tocsin.export.lookups import country_names, weapon_categories
from tocsin.export.shapes import Dict, Shape, Unfit, days, quotes, source
from tocsin.register import Row

_SURE = ("exact", "about")


def _sipri(row: Row, table: Dict) -> list[Dict]:
    record = row.data
    if record["type"] != "arms_transfer":
        raise Unfit("type")
    ordered = record["subtype"] in table["ordered"]
    if not ordered and record["subtype"] not in table["delivered"]:
        raise Unfit("stage")
    if record["status"] not in table["ordered_status" if ordered else "delivered_status"]:
        raise Unfit("status")
    supplier, recipient = _states(record)
    found = []
    for item, category in _fitting(record, table, 0):
        year, number = _year(record) or table["unknown"], _number(item["count"], table["unknown"])
        gift = table["gift"].get(record["subtype"])
        found.append({
            "Supplier": supplier, "Recipient": recipient,
            "Number ordered": number if ordered else table["unknown"],
            "Weapon designation": item["designation"] or item["text"],
            "Weapon description": item["class"].replace("_", " "), "Armament category": category,
            "Year of order": year if ordered else table["unknown"],
            "Year(s) of delivery": None if ordered else year, "Number delivered": None if ordered else number,
            "Comments": ". ".join(part for part in (item["text"], gift, quotes(record)) if part),
            "Record": record["id"], "Source": source(row)})
    return found


def _unroca(row: Row, table: Dict) -> list[Dict]:
    record = row.data
    if record["type"] != "arms_transfer":
        raise Unfit("type")
    if record["subtype"] not in table["delivered"]:
        raise Unfit("stage")
    if record["status"] not in table["delivered_status"]:
        raise Unfit("status")
    exporter, importer = _states(record)
    year = _year(record)
    if year is None:
        raise Unfit("year")
    between = "; ".join(party["name"] for party in record["roles"].get("intermediary", ()))
    return [{
        "Calendar year": int(year), "Category": category, "Exporter State": exporter, "Final importer State": importer,
        "Number of items": item["count"]["min"] if item["count"]["kind"] in _SURE and _one(item["count"]) else None,
        "Intermediate location (if any)": between or None,
        "Description of item": ": ".join(part for part in (item["designation"], item["text"]) if part),
        "Comments on the transfer": quotes(record), "Record": record["id"], "Source": source(row)}
        for item, category in _fitting(record, table, 1)]


def _states(record: Dict) -> tuple[str, str]:
    """Supplier and recipient by name of the state."""
    names = []
    for role in ("supplier", "recipient"):
        countries = {party["country"] for party in record["roles"][role]}
        name = country_names().get(next(iter(countries)) or "") if len(countries) == 1 else None
        if name is None:
            raise Unfit(role)
        names.append(name)
    if names[0] == names[1]:
        raise Unfit("same")
    return names[0], names[1]


def _fitting(record: Dict, table: Dict, which: int) -> list[tuple[Dict, str]]:
    """Lines of equipment with their category: by designation, else by a class that leaves no doubt."""
    found = []
    for item in record["materiel"]:
        known = weapon_categories().get(item["designation"] or "")
        category = known[which] if known is not None else table["classes"].get(item["class"])
        if category:
            found.append((item, category))
    if not found:
        raise Unfit("weapon")
    return found


def _year(record: Dict) -> str | None:
    known = days(record)
    return str(known[0].year) if known is not None and known[0].year == known[1].year else None


def _one(count: Dict) -> bool:
    return count["min"] is not None and count["min"] == count["max"]


def _number(count: Dict, unknown: str) -> Any:
    """A number as the register writes it: in brackets where it is not exact."""
    known = count["min"] if count["min"] is not None else count["max"]
    if known is None or count["kind"] in ("vague", "unstated"):
        return unknown
    return str(known) if count["kind"] == "exact" and _one(count) else f"({known})"


SIPRI, UNROCA = Shape("sipri", _sipri), Shape("unroca", _unroca)
