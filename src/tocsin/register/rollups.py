"""Counts kept on every write, for pages: by type and status, by party, by pair of parties, by country of the place.

In: a record that begins or ceases to be shown. Out: the tables ``rollup_*``; ``rebuild`` makes them anew from the records.
"""

from __future__ import annotations

import sqlite3
from collections import Counter

import numpy as np

from tocsin.knowledge.words import words
from tocsin.model import Party, Record
from tocsin.register.bits import any_of
from tocsin.register.rows import read_records
from tocsin.register.terms import NO_COUNTRY, SHOWN

_KEYS = {
    "rollup_type": "type, subtype, status, month",
    "rollup_party": "party, role, type, month",
    "rollup_dyad": "source, target, type, month",
    "rollup_place": "country, type, month",
}
_BATCH = 2_000
Key = tuple[str, tuple[str, ...]]


class Rollups:
    """Changes to the counts, gathered over a transaction and written at its end."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._changes: Counter[Key] = Counter()

    def count(self, record: Record, by: int) -> None:
        """Count a record in (1) or out (-1)."""
        for key in _keys(record):
            self._changes[key] += by

    def flush(self) -> None:
        """Write what was gathered."""
        for (table, values), by in sorted(self._changes.items()):
            if by:
                marks = ", ".join("?" * (len(values) + 1))
                self._db.execute(f"INSERT INTO {table} VALUES ({marks}) ON CONFLICT ({_KEYS[table]}) "
                                 "DO UPDATE SET records = records + excluded.records", (*values, by))
                if by < 0:
                    where = " AND ".join(f"{column} = ?" for column in _KEYS[table].split(", "))
                    self._db.execute(f"DELETE FROM {table} WHERE {where} AND records = 0", values)
        self._changes.clear()

    def forget(self) -> None:
        """Drop what was gathered: after a rollback."""
        self._changes.clear()


def rebuild(db: sqlite3.Connection) -> None:
    """Make all counts anew from the records that are shown."""
    for table in _KEYS:
        db.execute(f"DELETE FROM {table}")
    rollups = Rollups(db)
    size = int(db.execute("SELECT coalesce(max(id), 0) + 1 FROM record").fetchone()[0])
    shown = np.flatnonzero(any_of(db, [SHOWN], size)).tolist()
    for at in range(0, len(shown), _BATCH):
        for record in read_records(db, shown[at:at + _BATCH]):
            rollups.count(Record.model_validate(record), 1)
    rollups.flush()


def party_name(party: Party) -> str:
    """What a party is counted under: its country, else its id in the tables, else its name."""
    return party.country if party.country and party.country not in NO_COUNTRY else party.id or party.name


def _keys(record: Record) -> set[Key]:
    day = record.time.earliest or record.time.latest
    month = day[:7] if day else ""
    keys: set[Key] = {("rollup_type", (record.type, record.subtype or "", record.status, month))}
    named = {role: {party_name(party) for party in parties} for role, parties in record.roles.items()}
    keys |= {("rollup_party", (name, role, record.type, month)) for role, names in named.items() for name in names}
    keys |= {("rollup_place", (p.country, record.type, month)) for p in record.places if p.country}
    pair = words().directed(record.type)
    if pair:
        keys |= {("rollup_dyad", (a, b, record.type, month))
                 for a in named.get(pair[0], ()) for b in named.get(pair[1], ())}
    return keys
