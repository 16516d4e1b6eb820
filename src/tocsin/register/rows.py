"""Records to rows and back. In: records of the model; out: what the tables hold, and again the contract's JSON, whole.

Every slot goes to the table of its kind; what no table holds (time, counts, codes, coder …) to ``record.rest``.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from tocsin.model import EventPlace, Party, Record, Source
from tocsin.register.points import Points

Dict = dict[str, Any]
Known = dict[tuple[Any, ...], int]
_REST = ("time", "personnel", "casualties", "recurrence", "quantity", "instrument", "relations", "codes", "coder")
_BATCH = 2_000
_KNOWN = 5_000  # actors or locations remembered, so that memory does not grow with the register


class RowWriter:
    """Writes records; remembers the actors and locations that it has met."""

    def __init__(self, db: sqlite3.Connection, points: Points) -> None:
        self._db, self._points = db, points
        self._actors: Known = {}
        self._locations: Known = {}

    def forget(self) -> None:
        """Drop what is known of the tables: after a rollback."""
        self._actors.clear()
        self._locations.clear()

    def write(self, number: int, record: Record, article: int, reading: int) -> None:
        """Write one record under its number."""
        slots = record.model_dump(include=set(_REST), by_alias=True)
        rest: Dict = {"roles": list(record.roles)} | {key: slots[key] for key in _REST if slots[key]}
        self._db.execute("INSERT INTO record VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", (
            number, record.id, article, reading, record.type, record.subtype, record.status, record.historical,
            record.time.earliest, record.time.latest, record.confidence, compact(rest)))
        self._db.executemany("INSERT INTO party VALUES (?, ?, ?, ?, ?, ?, ?)", [
            (number, role, position, self._actor(party, party.sector, party.id), party.text, party.start, party.end)
            for role, parties in record.roles.items() for position, party in enumerate(parties)])
        self._db.executemany("INSERT INTO attribution VALUES (?, ?, ?, ?, ?, ?, ?, ?)", [
            (number, position, self._actor(said, None, None), said.text, said.start, said.end, said.verb, said.quoted)
            for position, said in enumerate(record.attribution)])
        self._db.executemany(f"INSERT INTO materiel VALUES ({', '.join('?' * 14)})", [
            (number, position, item.text, item.start, item.end, item.designation, item.class_, item.use,
             item.count.text, item.count.start, item.count.end, item.count.min, item.count.max, item.count.kind)
            for position, item in enumerate(record.materiel)])
        self._db.executemany("INSERT INTO place VALUES (?, ?, ?, ?, ?, ?, ?)", [
            (number, position, self._location(place, number), place.role, place.text, place.start, place.end)
            for position, place in enumerate(record.places)])
        self._db.executemany("INSERT INTO evidence VALUES (?, ?, ?, ?, ?)", [
            (number, position, quote.start, quote.end, quote.exact) for position, quote in enumerate(record.evidence)])

    def _actor(self, party: Party | Source, sector: str | None, known: str | None) -> int:
        values = (party.name, party.kind, party.country, sector, known)
        return self._once(self._actors, "actor", "name, kind, country, sector, known", values)

    def _location(self, place: EventPlace, record: int) -> int:
        values = (place.name, place.country, place.admin1, place.geonameid, place.lat, place.lon, place.precision)
        columns = "name, country, admin1, geonameid, lat, lon, precision"
        location = self._once(self._locations, "location", columns, values)
        if place.lat is not None:
            self._points.add(record, location)
        return location

    def _once(self, known: Known, table: str, columns: str, values: tuple[Any, ...]) -> int:
        if values in known:
            return known[values]
        key = compact(values)
        found = self._db.execute(f"SELECT id FROM {table} WHERE key = ?", (key,)).fetchone()
        if found is None:
            marks = ", ".join("?" * len(values))
            sql = f"INSERT INTO {table} (key, {columns}) VALUES (?, {marks})"
            found = (self._db.execute(sql, (key, *values)).lastrowid,)
            if table == "location" and values[4] is not None:
                self._db.execute("INSERT INTO location_box VALUES (?, ?, ?, ?, ?)",
                                 (found[0], values[4], values[4], values[5], values[5]))
        if len(known) >= _KNOWN:
            known.clear()
        known[values] = int(found[0])
        return known[values]


def read_records(db: sqlite3.Connection, numbers: Sequence[int]) -> list[Dict]:
    """Records by number, in that order, each as in the contract (``Record.model_validate`` takes it)."""
    found: dict[int, Dict] = {}
    for at in range(0, len(numbers), _BATCH):
        found |= _batch(db, numbers[at:at + _BATCH])
    return [found[number] for number in numbers]


def _batch(db: sqlite3.Connection, numbers: Sequence[int]) -> dict[int, Dict]:
    here = f"IN ({', '.join('?' * len(numbers))})"
    parties: defaultdict[int, defaultdict[str, list[Dict]]] = defaultdict(lambda: defaultdict(list))
    for row in db.execute(f"""SELECT record, role, text, start, "end", name, kind, country, sector, known
                              FROM party JOIN actor ON actor.id = actor WHERE record {here}
                              ORDER BY record, role, position""", numbers):
        keys = ("text", "start", "end", "name", "kind", "country", "sector", "id")
        parties[row[0]][row[1]].append(dict(zip(keys, row[2:], strict=True)))
    materiel = _grouped(db, _MATERIEL, here, numbers, _materiel)
    places = _grouped(db, _PLACES, here, numbers, _place)
    attribution = _grouped(db, _ATTRIBUTION, here, numbers, _source)
    evidence = _grouped(db, _EVIDENCE, here, numbers, lambda r: {"start": r[1], "end": r[2], "exact": r[3]})
    rows = db.execute(f"SELECT id, record, type, subtype, status, historical, confidence, rest FROM record WHERE id {here}",
                      numbers)
    out = {}
    for number, name, type_, subtype, status, historical, confidence, text in rows:
        rest = json.loads(text)
        filled = parties[number]
        out[number] = {
            "id": name, "type": type_, "subtype": subtype, "status": status, "historical": bool(historical),
            "roles": {role: filled.get(role, []) for role in rest["roles"]},
            "materiel": materiel[number], "personnel": rest.get("personnel"), "casualties": rest["casualties"],
            "time": rest["time"], "places": places[number], "attribution": attribution[number],
            "recurrence": rest.get("recurrence"), "quantity": rest.get("quantity"),
            "instrument": rest.get("instrument"), "relations": rest.get("relations", []),
            "evidence": evidence[number], "codes": rest.get("codes", {}), "confidence": confidence,
            "coder": rest["coder"],
        }
    return out


_MATERIEL = """SELECT record, text, start, "end", designation, class, use, count_text, count_start, count_end,
               count_min, count_max, count_kind FROM materiel"""
_PLACES = """SELECT record, text, start, "end", name, country, admin1, geonameid, lat, lon, precision, role
             FROM place JOIN location ON location.id = location"""
_ATTRIBUTION = """SELECT record, text, start, "end", name, country, kind, verb, quoted
                  FROM attribution JOIN actor ON actor.id = actor"""
_EVIDENCE = 'SELECT record, start, "end", exact FROM evidence'


def _grouped(db: sqlite3.Connection, select: str, here: str, numbers: Sequence[int], made: Any
             ) -> defaultdict[int, list[Dict]]:
    groups: defaultdict[int, list[Dict]] = defaultdict(list)
    for row in db.execute(f"{select} WHERE record {here} ORDER BY record, position", numbers):
        groups[row[0]].append(made(row))
    return groups


def _materiel(row: tuple[Any, ...]) -> Dict:
    count = dict(zip(("text", "start", "end", "min", "max", "kind"), row[7:], strict=True))
    return {"text": row[1], "start": row[2], "end": row[3], "designation": row[4], "class": row[5], "count": count,
            "use": row[6]}


def _place(row: tuple[Any, ...]) -> Dict:
    keys = ("text", "start", "end", "name", "country", "admin1", "geonameid", "lat", "lon", "precision", "role")
    return dict(zip(keys, row[1:], strict=True))


def _source(row: tuple[Any, ...]) -> Dict:
    keys = ("text", "start", "end", "name", "country", "kind", "verb", "quoted")
    return dict(zip(keys, row[1:], strict=True)) | {"quoted": bool(row[8])}


def compact(value: Any) -> str:
    """JSON without spaces, keys as they come."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
