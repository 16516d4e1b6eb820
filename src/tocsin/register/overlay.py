"""What reviews make of a reading: which of its records are shown, and which others in their place.

In: the number of an article and of the reading that is shown of it. Out: the numbers of the records to show. What claims
come to (``tocsin.review``) is kept in the table ``reviewed``, made anew whenever a correction or a reading comes.
"""

from __future__ import annotations

from collections.abc import Callable

from tocsin.coding.codes import record_codes
from tocsin.model import Record
from tocsin.register.corrections import claims, concerning, corrections
from tocsin.register.rows import read_records
from tocsin.register.store import Connection
from tocsin.review import Outcome, settle, verdict

OPEN = "open"  # the state of a claim of which all was undone
REVIEWED = 1.0  # the confidence of a record that a person has judged right
Write = Callable[[Record, int, int], int]  # record, article, reading -> number


def lay(db: Connection, article: int, reading: int | None, write: Write) -> None:
    """Make the rows of ``reviewed`` for the reading that is now shown of an article; none where none is shown."""
    before: dict[int, int] = dict(db.execute(
        "SELECT claim, stands FROM reviewed WHERE article = ? AND stands IS NOT NULL", (article,)).fetchall())
    db.execute("DELETE FROM reviewed WHERE article = ?", (article,))
    numbers = concerning(db, article) if reading is not None else []
    if reading is None or not numbers:
        return
    history = corrections(db, numbers)
    judged = [(claim, verdict(claim, history[claim.id])) for claim in claims(db, numbers)]
    first, count = db.execute("SELECT first, records FROM reading WHERE id = ?", (reading,)).fetchone()
    records = [Record.model_validate(record) for record in read_records(db, range(first, first + count))]
    name, text = db.execute("SELECT a.article, t.text FROM article a LEFT JOIN text t ON t.article = a.id WHERE a.id = ?",
                            (article,)).fetchone()
    for outcome in settle(judged, records, text, name):
        found = first + outcome.found if outcome.found is not None else None
        stands = _stands(db, outcome, records, before.get(outcome.claim.id), lambda r: write(r, article, reading))
        said = outcome.verdict
        db.execute("INSERT INTO reviewed VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", (
            outcome.claim.id, article, *((said.state, said.by, said.at) if said is not None else (OPEN, "", "")),
            found, stands, outcome.hidden, outcome.changed))


def _stands(db: Connection, outcome: Outcome, records: list[Record], before: int | None, write: Callable[[Record], int]
            ) -> int | None:
    """The number of the record that stands in the coder's place, written where it is not there yet."""
    if outcome.stands is None:
        return None
    name = records[outcome.found].id if outcome.found is not None else outcome.claim.seen.id
    codes = record_codes(outcome.stands)
    record = outcome.stands.model_copy(update={"id": name, "confidence": REVIEWED, "codes": codes, "relations": ()})
    if before is not None and Record.model_validate(read_records(db, [before])[0]) == record:
        return before
    return write(record)
