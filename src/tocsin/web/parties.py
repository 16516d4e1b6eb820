"""Everything the register holds of one party: its records by role and type, over time, and the newest of them.

In: a key as the party filter takes it. Out: counts that are exactly what the links beside them show.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from tocsin.register import Filters, Row
from tocsin.register.bits import any_of
from tocsin.register.columns import BEGIN, NO_DAY, OPEN, PUBLISHED, read_column
from tocsin.register.names import party_terms
from tocsin.web.library import Library, mask_of
from tocsin.web.names import About, Tie
from tocsin.web.series import Series

_NEWEST = 10
_YEARS = 40


@dataclass(frozen=True, slots=True)
class Dossier:
    """A party in the register. ``roles`` are (role, type, records), most first; ``years`` counts events by year."""

    about: About
    records: int
    roles: list[tuple[str, str, int]]
    years: Series
    newest: list[Row]


def dossier(library: Library, about: About) -> Dossier:
    """All about a party."""
    with library.counting() as db:
        mine = mask_of(db, Filters(party=(about.key,)))
        size = len(mine)
        terms = [row[0] for key in party_terms(about.key, ()) for row in db.execute(
            "SELECT term FROM term WHERE term >= ? AND term < ?", (key[:-1], key[:-1] + "\U0010ffff"))]
        roles = dict.fromkeys(term.rpartition(":")[2] for term in terms)
        types = {kind: any_of(db, [f"type:{kind}"], size) for (kind,) in db.execute("SELECT DISTINCT type FROM rollup_type")}
        counts = []
        for role in roles:
            played = mine & any_of(db, party_terms(about.key, (role,)), size)
            counts += [(role, kind, int((played & mask).sum())) for kind, mask in types.items()]
        begin, published = (read_column(db, column, size)[mine] for column in (BEGIN, PUBLISHED))
    days = np.where((begin == NO_DAY) | (begin == OPEN), published, begin)
    newest = list(library.register.find(Filters(party=(about.key,)), limit=_NEWEST)) if mine.any() else []
    return Dossier(about, int(mine.sum()), sorted((c for c in counts if c[2]), key=lambda c: (-c[2], c)),
                   _years(days[days != NO_DAY]), newest)


def _years(days: Any) -> Series:
    if not len(days):
        return Series((), ())
    years = days.astype("datetime64[D]").astype("datetime64[Y]").astype(int) + 1970
    last = int(years.max())
    first = max(int(years.min()), last - _YEARS + 1)
    counts = np.bincount(years[years >= first] - first, minlength=last - first + 1)
    return Series(tuple(str(year) for year in range(first, last + 1)), tuple(int(n) for n in counts))


def as_json(found: Dossier) -> dict[str, Any]:
    """The same for programs."""
    about = found.about
    ties = ("offices", "member_of", "members", "parts", "people")
    return {
        "key": about.key, "name": about.name, "kind": about.kind or None, "country": about.country,
        "aliases": list(about.aliases), **{name: [_tie(tie) for tie in getattr(about, name)] for name in ties},
        "parent": _tie(about.parent) if about.parent else None, "records": found.records,
        "roles": [{"role": role, "type": kind, "records": n} for role, kind, n in found.roles],
        "years": [{"year": int(label), "records": n} for label, n in reversed(found.years.rows())],
    }


def _tie(tie: Tie) -> dict[str, Any]:
    return {"name": tie.name, "key": tie.id or None, "since": tie.since or None, "until": tie.until or None}
