"""Records to rows and back. In: records of the model; out: what the tables hold, and again the contract's JSON, whole.

Every slot goes to the table of its kind; what no table holds (time, counts, codes, coder …) to ``record.rest``.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Sequence
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
    return [record for record, _ in read_rows(db, numbers)]


def read_rows(db: sqlite3.Connection, numbers: Sequence[int]) -> list[tuple[Dict, int]]:
    """The same with the number of each record's article."""
    found: dict[int, tuple[Dict, int]] = {}
    for at in range(0, len(numbers), _BATCH):
        _batch(db, numbers[at:at + _BATCH], found)
    return [found[number] for number in numbers]


def _batch(db: sqlite3.Connection, numbers: Sequence[int], found: dict[int, tuple[Dict, int]]) -> None:
    here = f"IN ({', '.join('?' * len(numbers))})"
    parties: defaultdict[int, list[tuple[str, Dict]]] = defaultdict(list)
    for record, role, text, start, end, name, kind, country, sector, known in db.execute(
            f"""SELECT record, role, text, start, "end", name, kind, country, sector, known
                FROM party JOIN actor ON actor.id = actor WHERE record {here} ORDER BY record, role, position""", numbers):
        parties[record].append((role, {"text": text, "start": start, "end": end, "name": name, "kind": kind,
                                       "country": country, "sector": sector, "id": known}))
    lists = {slot: _grouped(db, select, here, numbers, made) for slot, (select, made) in _LISTS.items()}
    for number, name, article, type_, subtype, status, historical, confidence, text in db.execute(
            f"""SELECT id, record, article, type, subtype, status, historical, confidence, rest
                FROM record WHERE id {here}""", numbers):
        rest = json.loads(text)
        roles: dict[str, list[Dict]] = {role: [] for role in rest["roles"]}
        for role, party in parties.get(number, ()):
            roles[role].append(party)
        found[number] = {
            "id": name, "type": type_, "subtype": subtype, "status": status, "historical": bool(historical),
            "roles": roles, "materiel": lists["materiel"].get(number, []), "personnel": rest.get("personnel"),
            "casualties": rest["casualties"], "time": rest["time"], "places": lists["places"].get(number, []),
            "attribution": lists["attribution"].get(number, []), "recurrence": rest.get("recurrence"),
            "quantity": rest.get("quantity"), "instrument": rest.get("instrument"),
            "relations": rest.get("relations", []), "evidence": lists["evidence"].get(number, []),
            "codes": rest.get("codes", {}), "confidence": confidence, "coder": rest["coder"],
        }, article


def _grouped(db: sqlite3.Connection, select: str, here: str, numbers: Sequence[int], made: Callable[..., Dict]
             ) -> dict[int, list[Dict]]:
    groups: dict[int, list[Dict]] = {}
    for record, *values in db.execute(f"{select} WHERE record {here} ORDER BY record, position", numbers):
        groups.setdefault(record, []).append(made(*values))
    return groups


def _materiel(text: str, start: int, end: int, designation: str | None, class_: str, use: str | None,
              *count: Any) -> Dict:
    return {"text": text, "start": start, "end": end, "designation": designation, "class": class_,
            "count": dict(zip(("text", "start", "end", "min", "max", "kind"), count, strict=True)), "use": use}


def _place(text: str, start: int, end: int, name: str, country: str | None, admin1: str | None,
           geonameid: int | None, lat: float | None, lon: float | None, precision: str, role: str) -> Dict:
    return {"text": text, "start": start, "end": end, "name": name, "country": country, "admin1": admin1,
            "geonameid": geonameid, "lat": lat, "lon": lon, "precision": precision, "role": role}


def _source(text: str, start: int, end: int, name: str, country: str | None, kind: str, verb: str | None,
            quoted: int) -> Dict:
    return {"text": text, "start": start, "end": end, "name": name, "country": country, "kind": kind, "verb": verb,
            "quoted": bool(quoted)}


def _quote(start: int, end: int, exact: str) -> Dict:
    return {"start": start, "end": end, "exact": exact}


_LISTS: dict[str, tuple[str, Callable[..., Dict]]] = {
    "materiel": ("""SELECT record, text, start, "end", designation, class, use, count_text, count_start, count_end,
                    count_min, count_max, count_kind FROM materiel""", _materiel),
    "places": ("""SELECT record, text, start, "end", name, country, admin1, geonameid, lat, lon, precision, role
                  FROM place JOIN location ON location.id = location""", _place),
    "attribution": ("""SELECT record, text, start, "end", name, country, kind, verb, quoted
                       FROM attribution JOIN actor ON actor.id = actor""", _source),
    "evidence": ('SELECT record, start, "end", exact FROM evidence', _quote),
}


def compact(value: Any) -> str:
    """JSON without spaces, keys as they come."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
