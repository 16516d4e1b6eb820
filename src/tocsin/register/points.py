"""Which records have a place at which point: pairs of record number and location, appended, as two columns side by side.

The R*Tree tells the locations within a box; the pairs tell their records without a look at a million rows of ``place``.
"""

from __future__ import annotations

import sqlite3
from itertools import groupby

import numpy as np

from tocsin.register.bits import Mask
from tocsin.register.columns import CHUNK, MOST_CHUNKS, POINT_LOCATION, POINT_RECORD, numbers_of, read_column
from tocsin.register.filters import Box

_LOCATIONS = """SELECT group_concat(id, ' ') FROM location_box JOIN location USING (id)
                WHERE south <= ? AND north >= ? AND west <= ? AND east >= ?
                  AND lat BETWEEN ? AND ? AND lon BETWEEN ? AND ?"""
_BATCH = 100_000


class Points:
    """Pairs to be written, gathered over a transaction."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._pairs: list[tuple[int, int]] = []

    def add(self, record: int, location: int) -> None:
        """A record has a place at a location that has a point."""
        self._pairs.append((record, location))

    def flush(self) -> None:
        """Write what was gathered, after what is there."""
        at = size_of(self._db)
        for chunk, group in groupby(enumerate(self._pairs, at), key=lambda item: item[0] // CHUNK):
            pairs = list(group)
            for column, part in ((POINT_RECORD, 0), (POINT_LOCATION, 1)):
                row = column * MOST_CHUNKS + chunk
                found = self._db.execute('SELECT data FROM "column" WHERE id = ?', (row,)).fetchone()
                data = np.frombuffer(found[0], dtype="<i4").copy() if found else np.zeros(CHUNK, dtype="<i4")
                data[[number % CHUNK for number, _ in pairs]] = [pair[part] for _, pair in pairs]
                self._db.execute('INSERT OR REPLACE INTO "column" VALUES (?, ?)', (row, data.tobytes()))
        self._pairs.clear()

    def forget(self) -> None:
        """Drop what was gathered: after a rollback."""
        self._pairs.clear()


def size_of(db: sqlite3.Connection) -> int:
    """How many pairs there are: those of the full chunks, and of the last what is not zero (records count from 1)."""
    first = POINT_RECORD * MOST_CHUNKS
    last = db.execute('SELECT id, data FROM "column" WHERE id BETWEEN ? AND ? ORDER BY id DESC LIMIT 1',
                      (first, first + MOST_CHUNKS - 1)).fetchone()
    return 0 if last is None else (last[0] - first) * CHUNK + int(np.count_nonzero(np.frombuffer(last[1], dtype="<i4")))


def inside(db: sqlite3.Connection, box: Box, size: int) -> Mask:
    """Records with a place that has a point in the box; a box whose west lies east of its east spans the 180th meridian."""
    south, west, north, east = box
    spans = [(west, east)] if west <= east else [(west, 180.0), (-180.0, east)]
    wanted: Mask = np.zeros(int(db.execute("SELECT coalesce(max(id), 0) + 1 FROM location").fetchone()[0]), dtype=np.bool_)
    for left, right in spans:
        wanted[numbers_of(db, _LOCATIONS, (north, south, right, left, south, north, left, right))] = True
    pairs = size_of(db)
    hits = wanted[read_column(db, POINT_LOCATION, pairs)]
    mask: Mask = np.zeros(size, dtype=np.bool_)
    mask[read_column(db, POINT_RECORD, pairs)[hits]] = True
    return mask


def rebuild(db: sqlite3.Connection) -> None:
    """Make the pairs from the places: for a register from before there were any."""
    points = Points(db)
    found = db.execute("SELECT record, location FROM place JOIN location ON location.id = location "
                       "WHERE lat IS NOT NULL ORDER BY record, position")
    while rows := found.fetchmany(_BATCH):
        for record, location in rows:
            points.add(record, location)
        points.flush()
