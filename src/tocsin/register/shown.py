"""Which records are shown of a reading. In: numbers of an article and a reading. Out: numbers of records."""

from __future__ import annotations

import sqlite3


def shown_numbers(db: sqlite3.Connection, article: int, reading: int) -> list[int]:
    """Numbers of the records that a reading shows, reviews applied."""
    first, count = db.execute("SELECT first, records FROM reading WHERE id = ?", (reading,)).fetchone()
    rows = db.execute("SELECT record, stands, hidden FROM reviewed WHERE article = ?", (article,)).fetchall()
    hidden = {record for record, _, gone in rows if gone}
    return [n for n in range(first, first + count) if n not in hidden] + sorted(s for _, s, _ in rows if s is not None)
