"""What the first page tells: what is new, what is disputed, what waits, what happens where and between whom.

In: a register and how far a visitor has seen it. Out: counts and rows, from the index and the rollups, so that the cost
hardly grows with the register.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import numpy as np

from tocsin.export.dates import day_phrase
from tocsin.knowledge.words import Words
from tocsin.register import Filters, Row, Summary
from tocsin.register.bits import any_of
from tocsin.register.columns import NO_DAY, PUBLISHED, read_column
from tocsin.register.precision import Rate
from tocsin.register.since import came
from tocsin.register.store import Connection
from tocsin.web.library import Library, mask_of
from tocsin.web.series import Series

WEEKS = 104
_NEWEST = 6
_PAIRS = 12
_CHANGED = 5


@dataclass(frozen=True, slots=True)
class Pair:
    """Two sides of a type of record, and how many records name both in these roles."""

    type: str
    roles: tuple[str, ...]
    source: str
    target: str
    records: int


@dataclass(frozen=True, slots=True)
class Overview:
    """All of the page. ``new`` counts the records that came after what was seen before; ``last`` is the highest now;
    ``back`` those that reviewers judged and whose evidence changed since."""

    held: Summary
    new: int
    last: int
    newest: list[Row]
    denied: int
    unsure: int
    changed: list[tuple[str, str, int]]
    weeks: dict[str, Series]
    pairs: list[Pair]
    rate: Rate
    back: int


def overview(library: Library, seen: int, words: Words) -> Overview:
    """What there is to tell to a visitor who has seen the records up to a number."""
    register = library.register
    held = register.summary(parties=False)
    with library.counting() as db:
        shown = mask_of(db, Filters())
        late = np.flatnonzero(shown[seen + 1:]) + seen + 1  # a corrected record stands in a later row than it came in
        new = int((came(db, late) > seen).sum())
        weeks = _weeks(db, [*dict.fromkeys(kind for kind, _ in held.by_type)], words)
        pairs, changed = _pairs(db, words), _changed(db)
    return Overview(
        held, new, len(shown) - 1, _newest(library),
        sum(n for (_, status), n in held.by_type.items() if status == "denied"),
        held.records - register.count(min_confidence=words.put_forward), changed, weeks, pairs,
        register.reviews.rate(), register.reviews.counts().changed)


def _newest(library: Library) -> list[Row]:
    """The records that came last, of each article the one that is surest; a sentence that several outlets have stands
    once."""
    chosen: dict[str, Row] = {}
    for row in library.register.find(sort="added", limit=_NEWEST * 10):
        best = chosen.get(row.article.id)
        if best is None or row.data["confidence"] > best.data["confidence"]:
            chosen[row.article.id] = row
    found: dict[str, Row] = {}
    for row in chosen.values():
        quote = " ".join(one["exact"] for one in row.data["evidence"])
        found.setdefault(quote, row)
    return list(found.values())[:_NEWEST]


def _weeks(db: Connection, types: list[str], words: Words) -> dict[str, Series]:
    """Records by week of publication, the newest week that has any last; the busiest types first."""
    shown = mask_of(db, Filters())
    days = read_column(db, PUBLISHED, len(shown))
    known = shown & (days != NO_DAY)
    if not known.any():
        return {}
    week = (days.astype(np.int64) + 3) // 7  # weeks begin on Monday; day 0 was a Thursday
    newest = int(week[known].max())
    first = newest - WEEKS + 1
    mondays = (dt.date(1970, 1, 1) + dt.timedelta(days=(first + n) * 7 - 3) for n in range(WEEKS))
    labels = tuple(day_phrase(monday.isoformat(), words) for monday in mondays)
    found = {}
    for kind in types:
        here = week[known & any_of(db, [f"type:{kind}"], len(shown))] - first
        counts = np.bincount(here[here >= 0], minlength=WEEKS)
        found[kind] = Series(labels, tuple(int(n) for n in counts))
    return dict(sorted(found.items(), key=lambda item: (-item[1].total, item[0])))


def _pairs(db: Connection, words: Words) -> list[Pair]:
    found = db.execute("SELECT type, source, target, sum(records) FROM rollup_dyad WHERE source != target "
                       "GROUP BY type, source, target ORDER BY sum(records) DESC, type, source, target LIMIT ?", (_PAIRS,))
    return [Pair(kind, words.directed(kind), source, target, records) for kind, source, target, records in found]


def _changed(db: Connection) -> list[tuple[str, str, int]]:
    """Articles whose text changed, the latest first: id, title, number of texts."""
    return [(name, title or "", number) for name, title, number in db.execute(
        """SELECT article.article, title, max(number) FROM version JOIN article ON article.id = version.article
           WHERE number > 1 GROUP BY version.address ORDER BY max(seen) DESC, number DESC LIMIT ?""", (_CHANGED,))]


def as_json(found: Overview) -> dict[str, Any]:
    """The same for programs: counts, weeks by type, pairs."""
    return {
        "records": found.held.records, "articles": found.held.articles, "copies": found.held.copies,
        "failed": found.held.failed, "denied": found.denied,
        "reviewed_at_random": found.rate.judged, "right": found.rate.right, "for_review": found.unsure,
        "by_type": [{"type": kind, "status": status, "records": n} for (kind, status), n in found.held.by_type.items()],
        "weeks": {kind: {"from": series.labels[0], "counts": list(series.counts)} for kind, series in found.weeks.items()},
        "pairs": [{"type": p.type, "source": p.source, "target": p.target, "records": p.records} for p in found.pairs],
        "changed": [{"article": name, "title": title, "version": number} for name, title, number in found.changed],
    }
