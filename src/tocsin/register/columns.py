"""Numbers by which records are compared and sorted: one value a record, kept as chunks in the table ``column``.

A chunk holds a thousand 32-bit integers. Days count from 1970-01-01; a day that is not known is ``NO_DAY``, one that is
open ``OPEN``. Confidence is in millionths.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections import defaultdict

import numpy as np
from numpy.typing import NDArray

ARTICLE, BEGIN, END, PUBLISHED, CONFIDENCE, POINT_RECORD, POINT_LOCATION, INCIDENT = range(8)
CHUNK = 1_000
NO_DAY = -(2**31)
OPEN = 2**31 - 1
CONFIDENCE_UNIT = 1_000_000
MOST_CHUNKS = 1_048_576
_EPOCH = dt.date(1970, 1, 1).toordinal()
Column = NDArray[np.int32]


class Columns:
    """Values to be written, gathered over a transaction."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._set: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)

    def put(self, number: int, values: tuple[int, int, int, int, int]) -> None:
        """The values of one record, in the order of the columns."""
        for column, value in enumerate(values):
            self._set[column * MOST_CHUNKS + number // CHUNK].append((number % CHUNK, value))

    def flush(self) -> None:
        """Write what was gathered."""
        for row, pairs in sorted(self._set.items()):
            found = self._db.execute('SELECT data FROM "column" WHERE id = ?', (row,)).fetchone()
            data = np.frombuffer(found[0], dtype="<i4").copy() if found else np.zeros(CHUNK, dtype="<i4")
            offsets, values = zip(*pairs, strict=True)
            data[list(offsets)] = values
            self._db.execute('INSERT INTO "column" VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET data = excluded.data',
                             (row, data.tobytes()))
        self._set.clear()

    def forget(self) -> None:
        """Drop what was gathered: after a rollback."""
        self._set.clear()


def read_column(db: sqlite3.Connection, column: int, size: int) -> Column:
    """A whole column, ``size`` values; index it by record number."""
    first, chunks = column * MOST_CHUNKS, -(-size // CHUNK)
    found = db.execute('SELECT data FROM "column" WHERE id BETWEEN ? AND ? ORDER BY id', (first, first + chunks - 1))
    whole = b"".join([row[0] for row in found])  # numbers are given without gaps, and so are chunks
    values: Column = np.frombuffer(whole, dtype="<i4")
    return values[:size] if len(values) >= size else np.zeros(size, dtype="<i4")  # there is no record yet


def day_number(day: str | None) -> int:
    """A day (YYYY-MM-DD) as the columns have it; what is no day of the calendar counts as not known."""
    try:
        return NO_DAY if day is None else dt.date.fromisoformat(day).toordinal() - _EPOCH
    except ValueError:
        return NO_DAY


def numbers_of(db: sqlite3.Connection, sql: str, values: tuple[object, ...]) -> NDArray[np.int64]:
    """The numbers that a ``SELECT group_concat(…, ' ')`` gives: three times as fast as row by row."""
    text = db.execute(sql, values).fetchone()[0]
    return np.fromstring(text or "", dtype=np.int64, sep=" ")
