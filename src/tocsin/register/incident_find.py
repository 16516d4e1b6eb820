"""The register by incident: which incidents the records of a view stand in. In: filters. Out: names, the largest first."""

from __future__ import annotations

import json

import numpy as np

from tocsin.register import incident_column
from tocsin.register.filters import Filters
from tocsin.register.query import matching, size_of
from tocsin.register.store import Connection


def page_of(db: Connection, filters: Filters, limit: int | None, offset: int) -> tuple[int, list[str]]:
    """How many incidents have a record that fits, and a page of their names: those of most records first, of incidents
    of one size that which was read last. Call within one transaction."""
    of = incident_column.read(db, size_of(db))
    fitting = np.zeros(len(of), dtype=np.bool_)
    fitting[of[matching(db, filters)]] = True
    fitting[0:1] = False  # what stands in no incident
    sizes = np.bincount(of, minlength=len(of))
    newest = np.zeros(len(of), dtype=np.int64)
    newest[of] = np.arange(len(of))  # of several the last, which is the highest
    incidents = np.flatnonzero(fitting)
    ranks = -(sizes[incidents] * len(of) + newest[incidents])  # no two are the same: each incident has a last record
    last = len(incidents) if limit is None else min(offset + limit, len(incidents))
    if last < len(incidents):  # a page need not sort what stands behind it
        first = np.argpartition(ranks, last)[:last]
        incidents, ranks = incidents[first], ranks[first]
    total, wanted = np.count_nonzero(fitting), incidents[np.argsort(ranks)][offset:last].tolist()
    names = dict(db.execute("SELECT record, name FROM incident_face WHERE record IN (SELECT value FROM json_each(?))",
                            (json.dumps(wanted),)))
    return int(total), [names[number] for number in wanted]
