"""The records that decisions are about, found again after another reading.

In: names of records in decisions, with the text, type and place of their evidence. Out: the table ``incident_alias``: for
each name that no shown record bears, the shown record of the same text and type whose evidence overlaps most.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from typing import Any

Anchor = tuple[str, str, int, int]  # the text's SHA-256, type, first evidence

_ANCHOR = """SELECT name, text_sha256, type, start, "end" FROM incident_face
               JOIN record ON record.id = incident_face.record JOIN article ON article.id = record.article
               JOIN evidence ON evidence.record = record.id AND position = 0
             WHERE name IN (SELECT value FROM json_each(?))"""
_SHOWN = """SELECT incident_face.record, start, "end" FROM article
              JOIN reading ON reading.id = article.shown
              JOIN record ON record.id BETWEEN first AND first + records - 1 AND record.type = ?
              JOIN incident_face ON incident_face.record = record.id
              JOIN evidence ON evidence.record = record.id
            WHERE text_sha256 = ? AND duplicate_of IS NULL ORDER BY incident_face.record"""


def anchors(db: sqlite3.Connection, names: Iterable[str]) -> dict[str, Anchor]:
    """What records are found again by."""
    rows = db.execute(_ANCHOR, (json.dumps([*names]),))
    return {name: (text, type_, start, end) for name, text, type_, start, end in rows}


def find_again(db: sqlite3.Connection) -> set[int]:
    """Bring ``incident_alias`` up to date; the records that now stand for other names than before."""
    before: dict[str, int] = dict(db.execute("SELECT name, record FROM incident_alias").fetchall())
    lacking: dict[str, Any] = dict(db.execute(
        """SELECT told.key, told.value FROM incident_decision, json_each(anchors) told
           WHERE NOT EXISTS (SELECT 1 FROM incident_face WHERE name = told.key) ORDER BY incident_decision.id""").fetchall())
    now = {name: found for name, anchor in lacking.items() if (found := _standing(db, json.loads(anchor))) is not None}
    changed = {name for name in before.keys() | now.keys() if before.get(name) != now.get(name)}
    db.executemany("DELETE FROM incident_alias WHERE name = ?", [(name,) for name in sorted(changed)])
    db.executemany("INSERT INTO incident_alias VALUES (?, ?)", [(name, now[name]) for name in sorted(changed & now.keys())])
    return {side[name] for name in changed for side in (before, now) if name in side}


def aliases(db: sqlite3.Connection) -> dict[str, str]:
    """For each name that no shown record bears, the name of the one that stands for it."""
    return dict(db.execute("SELECT incident_alias.name, incident_face.name FROM incident_alias "
                           "JOIN incident_face USING (record)").fetchall())


def _standing(db: sqlite3.Connection, anchor: Anchor) -> int | None:
    """The shown record that stands for an anchor; None where none does."""
    text, type_, start, end = anchor
    overlaps: dict[int, int] = {}
    for record, first, last in db.execute(_SHOWN, (type_, text)):
        overlaps[record] = max(overlaps.get(record, 0), min(end, last) - max(start, first))
    best = max(overlaps.items(), key=lambda item: (item[1], -item[0]), default=None)
    return best[0] if best is not None and best[1] > 0 else None
