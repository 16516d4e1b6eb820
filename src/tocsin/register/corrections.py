"""Claims and corrections in the register: written once, read as the review package has them.

In: an open connection within a transaction. Out: claims, corrections, and the claims that concern an article.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from tocsin.model import Record
from tocsin.register.rows import compact
from tocsin.register.store import Connection
from tocsin.review import Action, Claim, Correction

_SELECT = """SELECT c.id, c.claim, c.action, c.reviewer, c.made, c.slot, c.value, c.record, a.article, c.note, c.undoes,
               c.queue FROM correction c JOIN article a ON a.id = c.article"""


@dataclass(frozen=True, slots=True)
class Draft:
    """A correction that is to be written, in the text of the article with this number."""

    claim: int
    action: Action
    reviewer: str
    article: int
    slot: str | None = None
    value: Any = None
    record: Record | None = None
    note: str | None = None
    undoes: int | None = None
    queue: str | None = None


def add_claim(db: Connection, article: int, seen: Record) -> int:
    """Write a claim; its number."""
    found = db.execute("INSERT INTO claim (record, article, type, seen) VALUES (?, ?, ?, ?) RETURNING id",
                       (seen.id, article, seen.type, to_json(seen))).fetchone()
    return int(found[0])


def add_correction(db: Connection, draft: Draft, made: str) -> int:
    """Write a correction; its number."""
    value = compact(draft.value) if draft.action == "edit" else None
    found = db.execute(
        "INSERT INTO correction (claim, action, reviewer, made, article, slot, value, record, note, undoes, queue) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
        (draft.claim, draft.action, draft.reviewer, made, draft.article, draft.slot, value,
         to_json(draft.record) if draft.record is not None else None, draft.note, draft.undoes, draft.queue)).fetchone()
    return int(found[0])


def claims(db: Connection, numbers: Sequence[int]) -> list[Claim]:
    """Claims by number, in rising order."""
    here = f"({', '.join('?' * len(numbers))})"
    rows = db.execute(
        f"""SELECT claim.id, article.article, seen,
              EXISTS (SELECT 1 FROM correction WHERE correction.claim = claim.id AND action = 'add')
            FROM claim JOIN article ON article.id = claim.article WHERE claim.id IN {here} ORDER BY claim.id""", numbers)
    return [Claim(number, article, Record.model_validate_json(seen), bool(added)) for number, article, seen, added in rows]


def corrections(db: Connection, numbers: Sequence[int]) -> dict[int, list[Correction]]:
    """The corrections of claims, each list oldest first; every claim has one."""
    found: defaultdict[int, list[Correction]] = defaultdict(list)
    here = f"({', '.join('?' * len(numbers))})"
    for row in db.execute(f"{_SELECT} WHERE c.claim IN {here} ORDER BY c.id", numbers):
        found[row[1]].append(_correction(row))
    return {number: found[number] for number in numbers}


def correction(db: Connection, number: int) -> Correction | None:
    """One correction; None where there is none of that number."""
    row = db.execute(f"{_SELECT} WHERE c.id = ?", (number,)).fetchone()
    return _correction(row) if row is not None else None


def by_reviewer(db: Connection, reviewer: str) -> Iterable[Correction]:
    """What a reviewer did, newest first."""
    return (_correction(row) for row in db.execute(f"{_SELECT} WHERE c.reviewer = ? ORDER BY c.id DESC", (reviewer,)))


def concerning(db: Connection, article: int) -> list[int]:
    """Numbers of the claims about an article: made on its text, or on another version at an address at which it, or a copy
    of it, is the newest."""
    if db.execute("SELECT 1 FROM claim LIMIT 1").fetchone() is None:
        return []
    return [row[0] for row in db.execute(
        """SELECT id FROM claim WHERE article = ?1 OR article IN (
             SELECT coalesce(other.duplicate_of, other.id) FROM version JOIN article other ON other.id = version.article
             WHERE version.address IN (
               SELECT here.address FROM article here WHERE (here.id = ?1 OR here.duplicate_of = ?1) AND here.id = (
                 SELECT article FROM version WHERE version.address = here.address ORDER BY number DESC LIMIT 1)))
           ORDER BY id""", (article,))]


def to_json(record: Record) -> str:
    """A record as it is kept."""
    return record.model_dump_json(by_alias=True)


def _correction(row: Sequence[Any]) -> Correction:
    number, claim, action, reviewer, made, slot, value, record, article, note, undoes, queue = row
    return Correction(
        number, claim, action, reviewer, made, slot, json.loads(value) if value is not None else None,
        Record.model_validate_json(record) if record is not None else None, article, note, undoes, queue)
