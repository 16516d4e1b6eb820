"""The ledger of sources: which page at which place has been read, so that it is read exactly once.

In: a place with the digest of what stands there, and how it is read. Out: what became of it when it was last met, None where
it is new, has changed, or was read by another run or otherwise.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from tocsin.register.store import Connection


@dataclass(frozen=True, slots=True)
class Entry:
    """A page that was met: where, its digest, how it was read; the name of its source, the (last) article that it became,
    or the reason why none."""

    place: str
    digest: str
    how: str
    source: str
    article: str | None = None
    reason: str | None = None


def write(db: Connection, entry: Entry, run: int) -> None:
    """Note an entry, in the place of an earlier one."""
    now = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    db.execute("INSERT INTO entry (place, digest, run, how, source, article, reason, seen) VALUES (?, ?, ?, ?, ?, ?, ?, ?) "
               "ON CONFLICT (place) DO UPDATE SET digest = excluded.digest, run = excluded.run, how = excluded.how, "
               "source = excluded.source, article = excluded.article, reason = excluded.reason, seen = excluded.seen",
               (entry.place, entry.digest, run, entry.how, entry.source, entry.article, entry.reason, now))


def look(db: Connection, place: str, digest: str, how: str, run: tuple[str, str, str]) -> Entry | None:
    """The entry of a place, where the same stands there and the same run has read it in the same way."""
    row = db.execute("SELECT source, article, reason FROM entry JOIN run ON run.id = entry.run WHERE place = ? "
                     "AND digest = ? AND how = ? AND coder = ? AND version = ? AND knowledge = ?",
                     (place, digest, how, *run)).fetchone()
    return None if row is None else Entry(place, digest, how, *row)
