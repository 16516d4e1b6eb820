"""All incidents made anew from the records that are shown and the decisions: after a migration, or when the rules changed.

In: an open connection within a transaction. Out: the tables ``incident_*``, the same as if every record had come one by one.
"""

from __future__ import annotations

import sqlite3

from tocsin.incidents.model import Face
from tocsin.incidents.rules import rules
from tocsin.knowledge.collecting import uncollected
from tocsin.model import Record
from tocsin.register import incident_brief, incident_column
from tocsin.register.incident_index import IncidentIndex
from tocsin.register.incident_names import find_again
from tocsin.register.rows import read_records
from tocsin.register.shown import shown_numbers

_TABLES = ("incident_alias", "incident_face", "incident_block", "incident_link", "incident_member")
_ARTICLES = 1_000  # read at once


def rebuild(db: sqlite3.Connection) -> None:
    """Make every incident anew."""
    with uncollected():  # nothing made here refers to itself; looking for what does took a sixth of the time
        _rebuild(db)


def _rebuild(db: sqlite3.Connection) -> None:
    incident_brief.begin_anew(db)
    for table in _TABLES:
        db.execute(f"DELETE FROM {table}")
    index = IncidentIndex(db)
    for part in _readings(db):
        _take_in(db, index, part)
    find_again(db)
    alone = """INSERT INTO incident_member SELECT record, name FROM incident_face
               WHERE key IS NULL AND NOT EXISTS (SELECT 1 FROM incident_link WHERE one = record AND sure)"""
    db.execute(alone)  # what agrees with nothing; the rest, and what people have tied, is arranged
    left = [number for number, in db.execute(
        "SELECT record FROM incident_face WHERE record NOT IN (SELECT record FROM incident_member) ORDER BY record")]
    tied = index.numbers(sorted({name for pair in index.ties().must for name in pair}))
    index.arrange([*left, *tied])
    db.execute("""UPDATE incident_link SET open = (SELECT incident FROM incident_member WHERE record = one)
                    != (SELECT incident FROM incident_member WHERE record = other) WHERE one < other""")
    incident_column.rebuild(db)
    incident_brief.rebuild(db)
    db.execute("DELETE FROM incident_rules")
    db.execute("INSERT INTO incident_rules VALUES (?)", (rules().digest,))


def _readings(db: sqlite3.Connection) -> list[list[tuple[int, int]]]:
    """Articles with the readings that are shown of them, some at a time."""
    rows = db.execute("SELECT id, shown FROM article WHERE shown IS NOT NULL ORDER BY id").fetchall()
    return [rows[at:at + _ARTICLES] for at in range(0, len(rows), _ARTICLES)]


def _take_in(db: sqlite3.Connection, index: IncidentIndex, readings: list[tuple[int, int]]) -> None:
    """Faces and blocks of some articles, each compared with all that came before."""
    numbers = {article: shown_numbers(db, article, reading) for article, reading in readings}
    flat = [number for several in numbers.values() for number in several]
    records = dict(zip(flat, map(Record.model_validate, read_records(db, flat)), strict=True))
    fresh: dict[int, Face] = {}
    for article, several in numbers.items():
        fresh |= index.faces_of(article, several, [records[number] for number in several])
    for number, face in fresh.items():
        index.put_in(number, face)
    index.compare(fresh)
