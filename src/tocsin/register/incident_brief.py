"""Incidents in brief as they are kept: made at the end of a transaction, read for lists.

Kept are those of ``KEPT`` reports and more: a list shows the largest first, and what has few reports is worked out as fast
as it is read. Which are to be made again is written down by triggers (migrations/0010), so that no way of writing can forget
it; a brief that is not there is worked out from the reports, so that a list is right even then.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from sqlite3 import Connection

from tocsin.incidents import account
from tocsin.incidents.brief import Brief, brief_of, from_json, to_json
from tocsin.incidents.rules import rules
from tocsin.register.incident_reports import read_reports

KEPT = 5
_ALL = "*"
_TOUCHED = """SELECT incident FROM incident_touched
              WHERE (SELECT count(*) FROM incident_member WHERE incident_member.incident = incident_touched.incident) >= ?
              ORDER BY incident"""
_LARGE = "SELECT incident FROM incident_member GROUP BY incident HAVING count(*) >= ? ORDER BY incident"


def keep(db: Connection) -> None:
    """Make again what the transaction has touched; the last thing that is done to incidents in it."""
    if db.execute("SELECT 1 FROM incident_touched LIMIT 1").fetchone() is not None:
        _make(db, [name for name, in db.execute(_TOUCHED, (KEPT,))])
        db.execute("DELETE FROM incident_touched")


def begin_anew(db: Connection) -> None:
    """Say that all incidents are about to be made anew: what is touched until ``rebuild`` need not be written down."""
    db.execute("DELETE FROM incident_brief")
    db.execute("DELETE FROM incident_touched")
    db.execute("INSERT INTO incident_touched VALUES (?)", (_ALL,))


def rebuild(db: Connection) -> None:
    """Make all of them."""
    _make(db, [name for name, in db.execute(_LARGE, (KEPT,)).fetchall()])
    db.execute("DELETE FROM incident_touched")


def read(db: Connection, names: Sequence[str], today: str | None) -> list[Brief]:
    """The incidents of some names in brief, in their order; a name that no incident bears is passed over."""
    kept = dict(db.execute("SELECT incident, brief FROM incident_brief WHERE incident IN (SELECT value FROM json_each(?))",
                           (json.dumps(list(names)),)).fetchall())
    found = (from_json(kept[name], today) if name in kept else _worked_out(db, name, today) for name in names)
    return [brief for brief in found if brief is not None]


def _make(db: Connection, names: Sequence[str]) -> None:
    for name in names:
        brief = _worked_out(db, name, None)
        if brief is not None:
            db.execute("INSERT OR REPLACE INTO incident_brief VALUES (?, ?)", (name, to_json(brief)))


def _worked_out(db: Connection, name: str, today: str | None) -> Brief | None:
    numbers = [number for number, in db.execute(
        "SELECT record FROM incident_member WHERE incident = ? ORDER BY record", (name,))]
    return brief_of(account(name, read_reports(db, numbers), today, rules())) if numbers else None
