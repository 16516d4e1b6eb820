"""In which incident each record stands, as one column of numbers: the register by incident is then paged by arithmetic.

In: numbers of records with that of the record which names their incident. Out: a column as those of ``columns.py``, zero for
what stands in none; chunks in which no record ever stood are not kept.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable

import numpy as np

from tocsin.register.columns import CHUNK, INCIDENT, MOST_CHUNKS, Column

_FIRST = INCIDENT * MOST_CHUNKS
_BETWEEN = 'SELECT id, data FROM "column" WHERE id BETWEEN ? AND ? ORDER BY id'


def put(db: sqlite3.Connection, pairs: Iterable[tuple[int, int]]) -> None:
    """Write for some records which record names their incident."""
    chunks: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    for record, names in pairs:
        chunks[record // CHUNK].append((record % CHUNK, names))
    for chunk, values in sorted(chunks.items()):
        found = db.execute('SELECT data FROM "column" WHERE id = ?', (_FIRST + chunk,)).fetchone()
        data = np.frombuffer(found[0], dtype="<i4").copy() if found else np.zeros(CHUNK, dtype="<i4")
        offsets, names_ = zip(*values, strict=True)
        data[list(offsets)] = names_
        db.execute('INSERT OR REPLACE INTO "column" VALUES (?, ?)', (_FIRST + chunk, data.tobytes()))


def read(db: sqlite3.Connection, size: int) -> Column:
    """The column, ``size`` values; index it by record number."""
    chunks = -(-size // CHUNK)
    whole: Column = np.zeros((chunks, CHUNK), dtype="<i4")
    for row, data in db.execute(_BETWEEN, (_FIRST, _FIRST + chunks - 1)):
        whole[row - _FIRST] = np.frombuffer(data, dtype="<i4")
    values: Column = whole.reshape(-1)[:size]
    return values


def rebuild(db: sqlite3.Connection) -> None:
    """Write the column anew from the incidents."""
    db.execute('DELETE FROM "column" WHERE id BETWEEN ? AND ?', (_FIRST, _FIRST + MOST_CHUNKS - 1))
    put(db, db.execute("SELECT incident_member.record, incident_face.record FROM incident_member "
                       "JOIN incident_face ON incident_face.name = incident"))
