"""The register by incident: which incidents the records of a view stand in. In: filters. Out: names, the largest first."""

from __future__ import annotations

import json

from tocsin.register.filters import Filters
from tocsin.register.query import matching
from tocsin.register.store import Connection

_ORDER = "ORDER BY n DESC, newest DESC, incident LIMIT ? OFFSET ?"  # of incidents of one size that which was read last
_ALL = "SELECT incident, count(*) AS n, max(record) AS newest FROM incident_member GROUP BY incident"
_FIT = """SELECT incident, count(*) AS n, max(record) AS newest FROM incident_member WHERE incident IN
            (SELECT incident FROM incident_member WHERE record IN (SELECT value FROM json_each(?))) GROUP BY incident"""


def page_of(db: Connection, filters: Filters, limit: int, offset: int) -> tuple[int, list[str]]:
    """How many incidents have a record that fits, and a page of their names. Call within one transaction."""
    sql, values = (_ALL, ()) if filters == Filters() else (_FIT, (json.dumps(matching(db, filters).tolist()),))
    total = int(db.execute(f"SELECT count(*) FROM ({sql})", values).fetchone()[0])
    return total, [name for name, *_ in db.execute(f"{sql} {_ORDER}", (*values, limit, offset))]
