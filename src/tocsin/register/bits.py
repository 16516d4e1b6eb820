"""Which records a term holds for: sets of record numbers, kept as chunks of bits in the table ``posting``.

A chunk spans 16,384 record numbers. One with few of them is a sorted list of 16-bit offsets, a full one a bitmap of 2 KB;
the length tells which. The row of a term's chunk has the id ``term * 65,536 + chunk``, so all chunks of a term stand side
by side. Any filter is then one short range read, any combination an ``and`` over at most a few megabytes, and counting is
exact. Sets only grow, but for the term of the records that are shown.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

CHUNK = 16_384
MOST_CHUNKS = 65_536  # of one term: a thousand million records
_BITMAP = CHUNK // 8
_KNOWN = 20_000  # terms remembered between transactions
Mask = NDArray[np.bool_]
_PAIRS = np.arange(65_536, dtype="<u2").view(np.uint8).reshape(-1, 2)
_ONES = np.unpackbits(_PAIRS, axis=1).sum(axis=1, dtype=np.uint8)  # how many bits are set in each 16-bit number


class Postings:
    """Changes to sets, gathered over a transaction and written at its end."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._terms: dict[str, int] = {}
        self._set: defaultdict[int, dict[int, bool]] = defaultdict(dict)

    def put(self, term: str, number: int, *, on: bool = True) -> None:
        """Put a record into the set of a term, or take it out; of several changes to one record the last holds."""
        self._set[self._id(term) * MOST_CHUNKS + number // CHUNK][number % CHUNK] = on

    def flush(self) -> None:
        """Write what was gathered."""
        for row, changes in sorted(self._set.items()):
            found = self._db.execute("SELECT bits FROM posting WHERE id = ?", (row,)).fetchone()
            offsets = np.union1d(_offsets(found[0] if found else b""), np.array([*changes], dtype="<u2"))
            if not all(changes.values()):
                gone = np.array([offset for offset, on in changes.items() if not on], dtype="<u2")
                offsets = np.setdiff1d(offsets, gone)
            self._db.execute("INSERT INTO posting VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET bits = excluded.bits",
                             (row, _blob(offsets)))
        self._set.clear()
        if len(self._terms) > _KNOWN:
            self._terms.clear()

    def forget(self) -> None:
        """Drop what was gathered and what is known of the table: after a rollback."""
        self._terms.clear()
        self._set.clear()

    def _id(self, term: str) -> int:
        known = self._terms.get(term)
        if known is None:
            found = self._db.execute("SELECT id FROM term WHERE term = ?", (term,)).fetchone()
            known = found[0] if found else self._db.execute("INSERT INTO term (term) VALUES (?)", (term,)).lastrowid
            assert known is not None
            self._terms[term] = known
        return known


def any_of(db: sqlite3.Connection, terms: Iterable[str], size: int) -> Mask:
    """Records that any of the terms holds for, as a mask over ``size`` numbers; ``party:RUS:*`` is every term so begun."""
    mask: Mask = np.zeros(-(-size // CHUNK) * CHUNK, dtype=np.bool_)
    for number in sorted({found for term in terms for found in _ids(db, term)}):
        first = number * MOST_CHUNKS
        for row, blob in db.execute("SELECT id, bits FROM posting WHERE id BETWEEN ? AND ?",
                                    (first, first + MOST_CHUNKS - 1)):
            base = (row - first) * CHUNK
            if base >= len(mask):
                break
            if len(blob) == _BITMAP:
                bits = np.unpackbits(np.frombuffer(blob, dtype=np.uint8), bitorder="little")
                mask[base:base + CHUNK] |= bits.view(np.bool_)
            else:
                mask[base + np.frombuffer(blob, dtype="<u2").astype(np.int64)] = True
    return mask[:size]


class Among:
    """A set of records, and how many of them terms hold for. A term's bits are counted as they are stored: a tenth of what
    it costs to make a mask of them."""

    def __init__(self, db: sqlite3.Connection, mask: Mask) -> None:
        self._db, self._size = db, len(mask)
        self._mask: Mask = np.zeros(-(-len(mask) // CHUNK) * CHUNK, dtype=np.bool_)
        self._mask[:len(mask)] = mask
        self._bits = np.packbits(self._mask, bitorder="little").reshape(-1, _BITMAP)

    def count(self, terms: Iterable[str]) -> int:
        """How many of the records any of the terms holds for."""
        wanted = list(terms)
        numbers = {found for term in wanted for found in _ids(self._db, term)}
        if len(numbers) > 1:
            return int(np.count_nonzero(self._mask[:self._size] & any_of(self._db, wanted, self._size)))
        return sum(map(self._of_one, numbers))

    def _of_one(self, number: int) -> int:
        first, sparse = number * MOST_CHUNKS, 0
        full: list[bytes] = []
        chunks: list[int] = []
        for row, blob in self._db.execute("SELECT id, bits FROM posting WHERE id BETWEEN ? AND ?",
                                          (first, first + len(self._bits) - 1)):
            if len(blob) == _BITMAP:
                full.append(blob)
                chunks.append(row - first)
            else:
                offsets = np.frombuffer(blob, dtype="<u2").astype(np.int64)
                sparse += int(np.count_nonzero(self._mask[(row - first) * CHUNK + offsets]))
        both = np.frombuffer(b"".join(full), dtype=np.uint8).reshape(-1, _BITMAP) & self._bits[chunks]
        return sparse + int(_ONES[both.view("<u2")].sum(dtype=np.int64))


def _ids(db: sqlite3.Connection, term: str) -> list[int]:
    if term.endswith("*"):
        low = term[:-1]
        found = db.execute("SELECT id FROM term WHERE term >= ? AND term < ?", (low, low + "\U0010ffff"))
    else:
        found = db.execute("SELECT id FROM term WHERE term = ?", (term,))
    return [row[0] for row in found]


def _offsets(blob: bytes) -> NDArray[np.uint16]:
    if len(blob) == _BITMAP:
        bits = np.unpackbits(np.frombuffer(blob, dtype=np.uint8), bitorder="little")
        return np.flatnonzero(bits).astype("<u2")
    return np.frombuffer(blob, dtype="<u2")


def _blob(offsets: NDArray[np.uint16]) -> bytes:
    if 2 * len(offsets) < _BITMAP:
        return offsets.astype("<u2").tobytes()
    bits = np.zeros(CHUNK, dtype=np.uint8)
    bits[offsets] = 1
    return np.packbits(bits, bitorder="little").tobytes()
