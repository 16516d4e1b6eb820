"""The values that records are sorted by, kept so that any column of a million records sorts at once.

A chunk holds the values of a thousand record numbers: all of them, or, where few have one, pairs of offset and value; the
length tells which. Texts are numbered as they come; which rank a number has is read from the order of their keys.
"""

from __future__ import annotations

import os
import sqlite3
from collections import OrderedDict, defaultdict
from dataclasses import dataclass
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from tocsin.knowledge.words import words
from tocsin.model import Record
from tocsin.register.columns import ARTICLE, BEGIN, CONFIDENCE, NO_DAY, PUBLISHED, read_column
from tocsin.register.sorting import KINDS, NAMED, Told, counted, family_of, numbers_of, texts_of

CHUNK = 1_000
MOST_CHUNKS = 1_048_576
_KNOWN = 20_000  # numbers of texts remembered between transactions
_RANKS = 24  # families whose ranks are remembered
_COLUMNS = {"published": PUBLISHED, "when": BEGIN, "confidence": CONFIDENCE}
_NO_TEXT = 0
_EARLIEST = -719_162  # the first day of the calendar
Values = NDArray[np.generic]
Ranks = NDArray[np.int64]
NONE = -1  # the rank of what has no value


@dataclass(frozen=True, slots=True)
class Form:
    """How the values of a column are kept: as what numbers, and what stands where there is none."""

    type: str
    none: float

    @property
    def pair(self) -> np.dtype[np.void]:
        """An offset and a value."""
        return np.dtype([("at", "<u2"), ("value", self.type)])


TEXTS, NUMBERS = Form("<i4", _NO_TEXT), Form("<f8", np.nan)


class SortIndex:
    """Values to be written, gathered over a transaction and written at its end."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._names: dict[str, int] = {}
        self._texts: dict[tuple[str, str], int] = {}
        self._set: defaultdict[tuple[str, int], list[tuple[int, str, str | float]]] = defaultdict(list)

    def put(self, number: int, record: Record, title: str | None, publisher: str | None) -> None:
        """What a record is sorted by."""
        told = Told(record, title, publisher)
        for name, (family, text) in texts_of(told).items():
            self._set[name, number // CHUNK].append((number % CHUNK, family, text))
        for name, value in numbers_of(told).items():
            self._set[name, number // CHUNK].append((number % CHUNK, "", value))

    def flush(self) -> None:
        """Write what was gathered."""
        self._number_texts()
        for (name, chunk), entries in sorted(self._set.items()):
            form, row = form_of(name), self._id(name) * MOST_CHUNKS + chunk
            found = self._db.execute("SELECT data FROM sort_chunk WHERE id = ?", (row,)).fetchone()
            values = _unpacked(found[0] if found else b"", form)
            for at, family, value in entries:
                values[at] = self._texts[family, value] if isinstance(value, str) else value
            self._db.execute("INSERT INTO sort_chunk VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET data = excluded.data",
                             (row, _packed(values, form)))
        self._set.clear()
        if len(self._texts) > _KNOWN:
            self._texts.clear()

    def forget(self) -> None:
        """Drop what was gathered and what is known of the tables: after a rollback."""
        self._names.clear()
        self._texts.clear()
        self._set.clear()

    def _number_texts(self) -> None:
        """Give each new text of a family the next number."""
        wanted: defaultdict[str, set[str]] = defaultdict(set)
        for entries in self._set.values():
            for _, family, value in entries:
                if isinstance(value, str) and (family, value) not in self._texts:
                    wanted[family].add(value)
        for family, keys in sorted(wanted.items()):
            number = self._id(family)
            last = int(self._db.execute("SELECT texts FROM sort_name WHERE id = ?", (number,)).fetchone()[0])
            for key in sorted(keys):
                found = self._db.execute("SELECT id FROM sort_text WHERE family = ? AND key = ?", (number, key)).fetchone()
                if found is None:
                    last += 1
                    self._db.execute("INSERT INTO sort_text VALUES (?, ?, ?)", (number, key, last))
                self._texts[family, key] = found[0] if found else last
            self._db.execute("UPDATE sort_name SET texts = ? WHERE id = ?", (last, number))

    def _id(self, name: str) -> int:
        known = self._names.get(name)
        if known is None:
            self._db.execute("INSERT OR IGNORE INTO sort_name (name) VALUES (?)", (name,))
            known = int(self._db.execute("SELECT id FROM sort_name WHERE name = ?", (name,)).fetchone()[0])
            self._names[name] = known
        return known


def ranks_of(db: sqlite3.Connection, order: str, size: int) -> Ranks:
    """For every record number where it stands in an order, ``NONE`` where it has no value for it. What stands together has
    one rank. Call within one transaction."""
    if order in _COLUMNS:
        days = read_column(db, _COLUMNS[order], size).astype(np.int64)
        return np.where(days == NO_DAY, NONE, days - _EARLIEST)
    if order == "sources":
        copies: Ranks = _copies(db)[read_column(db, ARTICLE, size)]
        return copies
    found = db.execute("SELECT id FROM sort_name WHERE name = ?", (order,)).fetchone()
    if found is None:  # no record has ever had a value
        return np.full(size, NONE, dtype=np.int64)
    if counted(order):
        return _sized(_read(db, found[0], NUMBERS, size))
    ranks: Ranks = _alphabet(db, family_of(order))[_read(db, found[0], TEXTS, size)]
    return ranks


def form_of(order: str) -> Form:
    """How the values of an order are kept."""
    return NUMBERS if counted(order) else TEXTS


def rebuild(db: sqlite3.Connection) -> None:
    """Make the values of all records, shown or not: for a register from before there were any."""
    from tocsin.register.rows import read_rows

    index = SortIndex(db)
    size = int(db.execute("SELECT coalesce(max(id), 0) + 1 FROM record").fetchone()[0])
    for first in range(0, size, CHUNK):
        numbers = range(max(first, 1), min(first + CHUNK, size))
        for number, (record, article) in zip(numbers, read_rows(db, numbers), strict=True):
            title, publisher = db.execute("SELECT title, publisher FROM article WHERE id = ?", (article,)).fetchone()
            index.put(number, Record.model_validate(record), title, publisher)
        index.flush()


def _copies(db: sqlite3.Connection) -> Ranks:
    """How many articles elsewhere have the text of each article."""
    size = int(db.execute("SELECT coalesce(max(id), 0) + 1 FROM article").fetchone()[0])
    found: Ranks = np.zeros(size, dtype=np.int64)
    for article, copies in db.execute("SELECT duplicate_of, count(*) FROM article WHERE duplicate_of IS NOT NULL "
                                      "GROUP BY duplicate_of"):
        found[article] = copies
    return found


def _sized(values: Values) -> Ranks:
    """Ranks of numbers."""
    known = ~np.isnan(values)
    found: Ranks = np.full(len(values), NONE, dtype=np.int64)
    found[known] = np.unique(values[known], return_inverse=True)[1]
    return found


Mark = tuple[object, ...]
_known: OrderedDict[tuple[str, str], tuple[Mark, Ranks]] = OrderedDict()
_lock = Lock()


def _alphabet(db: sqlite3.Connection, family: str) -> Ranks:
    """The rank of each number of a text in its family; of a large family kept until it grows."""
    number, texts = db.execute("SELECT id, texts FROM sort_name WHERE name = ?", (family,)).fetchone()
    if family in NAMED:
        return _terms(db, number, texts, family)
    path = str(db.execute("PRAGMA database_list").fetchone()[2])
    key = path, family
    mark: Mark = (os.stat(path).st_ino, texts, *db.execute(  # texts are only added: as many are the same ones
        "SELECT (SELECT min(key) FROM sort_text WHERE family = ?1), (SELECT max(key) FROM sort_text WHERE family = ?1)",
        (number,)).fetchone())
    with _lock:
        kept = _known.get(key)
    if kept is not None and kept[0] == mark:
        return kept[1]
    rows = db.execute("SELECT group_concat(id, ' ') FROM (SELECT id FROM sort_text WHERE family = ? ORDER BY key)",
                      (number,)).fetchone()[0]
    found = _places(np.fromstring(rows or "", dtype=np.int64, sep=" "), texts)
    with _lock:
        _known[key] = mark, found
        while len(_known) > _RANKS:
            _known.popitem(last=False)
    return found


def _terms(db: sqlite3.Connection, number: int, texts: int, family: str) -> Ranks:
    """The same of terms of the codebook, by the names that they are shown by."""
    kind, say = KINDS.get(family, family), words()
    rows = db.execute("SELECT key, id FROM sort_text WHERE family = ?", (number,)).fetchall()
    ordered = sorted(rows, key=lambda row: (say.name(kind, row[0]).casefold(), row[0]))
    return _places(np.array([row[1] for row in ordered], dtype=np.int64), texts)


def _places(ordered: Ranks, texts: int) -> Ranks:
    """From numbers in order to the place of each number."""
    found: Ranks = np.full(texts + 1, NONE, dtype=np.int64)
    found[ordered] = np.arange(len(ordered))
    return found


def _read(db: sqlite3.Connection, number: int, form: Form, size: int) -> Values:
    """A whole column."""
    first, chunks = number * MOST_CHUNKS, -(-size // CHUNK)
    found: Values = np.full(chunks * CHUNK, form.none, dtype=form.type)
    for row, blob in db.execute("SELECT id, data FROM sort_chunk WHERE id BETWEEN ? AND ?", (first, first + chunks - 1)):
        base = (row - first) * CHUNK
        if _is_whole(blob, form):
            found[base:base + CHUNK] = np.frombuffer(blob, dtype=form.type)
        else:
            pairs = np.frombuffer(blob, dtype=form.pair)
            found[base + pairs["at"].astype(np.int64)] = pairs["value"]
    return found[:size]


def _is_whole(blob: bytes, form: Form) -> bool:
    return len(blob) == CHUNK * np.dtype(form.type).itemsize


def _unpacked(blob: bytes, form: Form) -> Values:
    if _is_whole(blob, form):
        return np.frombuffer(blob, dtype=form.type).copy()
    values: Values = np.full(CHUNK, form.none, dtype=form.type)
    pairs = np.frombuffer(blob, dtype=form.pair)
    values[pairs["at"]] = pairs["value"]
    return values


def _packed(values: Values, form: Form) -> bytes:
    has = ~np.isnan(values) if form is NUMBERS else values != form.none
    at = np.flatnonzero(has)
    if len(at) * form.pair.itemsize >= values.nbytes:
        return values.tobytes()
    pairs = np.empty(len(at), dtype=form.pair)
    pairs["at"], pairs["value"] = at, values[at]
    return pairs.tobytes()
