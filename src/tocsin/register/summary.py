"""What a register holds, in numbers: read from the rollups, so that it costs the same at any size."""

from __future__ import annotations

from dataclasses import dataclass

from tocsin.register.store import Connection


@dataclass(frozen=True, slots=True)
class Summary:
    """Counts of a register. ``records`` are those shown; ``by_type`` by type and status; ``by_party`` by party (a country,
    else an id, else a name) and role; ``failed`` inputs are those not read yet."""

    articles: int
    copies: int
    readings: int
    failed: int
    records: int
    by_type: dict[tuple[str, str], int]
    by_party: dict[str, dict[str, int]]


def summary(db: Connection, *, parties: bool = True) -> Summary:
    """The counts; without ``parties`` those by party are left out, for there are thousands of them. Call within one
    transaction."""
    by_type = {(row[0], row[1]): row[2] for row in db.execute(
        "SELECT type, status, sum(records) FROM rollup_type GROUP BY type, status ORDER BY type, status")}
    by_party: dict[str, dict[str, int]] = {}
    for party, role, records in db.execute(
            "SELECT party, role, sum(records) FROM rollup_party WHERE ? GROUP BY party, role ORDER BY party, role",
            (parties,)):
        by_party.setdefault(party, {})[role] = records
    return Summary(
        articles=_count(db, "article"), copies=_count(db, "article WHERE duplicate_of IS NOT NULL"),
        readings=_count(db, "reading"), failed=_count(db, "failure WHERE resolved IS NULL"),
        records=sum(by_type.values()), by_type=by_type, by_party=by_party)


def shown_by_type(db: Connection) -> dict[str, int]:
    """How many records of each type are shown."""
    return dict(db.execute("SELECT type, sum(records) FROM rollup_type GROUP BY type ORDER BY type").fetchall())


def _count(db: Connection, what: str) -> int:
    return int(db.execute(f"SELECT count(*) FROM {what}").fetchone()[0])
