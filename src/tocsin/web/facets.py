"""What a view can be narrowed by, with counts: a count is exactly how many records a click on it will show.

In: what is asked. Out: for each facet its values with their counts. Candidates come from the counts kept by the register
and from a sample of what was found; each is then counted on the index, whole.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from tocsin.knowledge.folding import fold
from tocsin.register.bits import Among, Mask
from tocsin.register.columns import BEGIN, END, NO_DAY, OPEN, read_column
from tocsin.register.names import party_terms, place_terms
from tocsin.register.store import Connection
from tocsin.web.asked import Asked
from tocsin.web.library import mask_of

_SAMPLE = 2_000  # records looked at for candidates
_MOST = 12
_TRIED = 16


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a facet; ``chosen`` where the view is narrowed by it already."""

    value: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """A filter with the values worth choosing, most first."""

    name: str
    values: tuple[Value, ...]


def facets(db: Connection, asked: Asked) -> list[Facet]:
    """The facets of a view. Call within one transaction."""
    whole = mask_of(db, asked.filters)
    found = [_facet(db, asked, name, whole) for name in ("type", "subtype", "status", "party", "place", "outlet")]
    found.append(_years(db, asked, whole))
    return [facet for facet in found if len(facet.values) > 1 or any(value.chosen for value in facet.values)]


def _facet(db: Connection, asked: Asked, name: str, whole: Mask) -> Facet:
    """Several values of a filter mean any of them (of parties: all), so others are counted as if none were chosen."""
    chosen: Sequence[str] = getattr(asked.filters, name)
    base = whole
    if chosen and name != "party":
        base = mask_of(db, asked.only(**{name: ()}).filters)
    sample, terms = np.flatnonzero(base)[-_SAMPLE:], _TERMS[name]
    among = Among(db, base)
    candidates = dict.fromkeys((*chosen, *_CANDIDATES[name](db, json.dumps(sample.tolist()))))
    values = [Value(value, among.count(terms(value)), value in chosen) for value in candidates]
    shown = sorted((v for v in values if v.count or v.chosen), key=lambda v: (not v.chosen, -v.count, v.value))
    return Facet(name, tuple(shown[:_MOST + len(chosen)]))


def _years(db: Connection, asked: Asked, whole: Mask) -> Facet:
    """The years of the events: of one that may lie in several, each. A year is given as ``since`` and ``until``."""
    chosen = asked.filters.since if asked.filters.since == asked.filters.until else None
    base = whole if chosen is None else mask_of(db, replace(asked.filters, since=None, until=None))
    begin, end = (read_column(db, column, len(base))[base] for column in (BEGIN, END))
    begin, end = begin[begin != NO_DAY], end[begin != NO_DAY]
    began = np.unique(begin[begin != OPEN].astype("datetime64[D]").astype("datetime64[Y]"))
    values = []
    for year in began[-_MOST:][::-1]:
        first, last = (int((year + n).astype("datetime64[D]").astype(int)) - n for n in (0, 1))
        if chosen is not None or _open(asked):
            count = np.count_nonzero((begin <= last) & (end >= first))
        else:
            count = np.count_nonzero(mask_of(db, replace(asked.filters, since=str(year), until=str(year))))
        values.append(Value(str(year), int(count), chosen == str(year)))
    return Facet("year", tuple(values))


def _open(asked: Asked) -> bool:
    """Whether no period is asked for: a year then narrows the view, where else it would replace the period."""
    return asked.filters.since is None and asked.filters.until is None


def _known(prefix: str) -> Callable[[Connection, str], Iterator[str]]:
    """All terms of the index that begin so: for facets of few values."""
    def candidates(db: Connection, sample: str) -> Iterator[str]:
        for (term,) in db.execute("SELECT term FROM term WHERE term >= ? AND term < ?", (prefix, prefix + "\U0010ffff")):
            yield term.removeprefix(prefix)
    return candidates


def _sampled(sql: str) -> Callable[[Connection, str], Iterator[str]]:
    """The values that a sample of the records has most."""
    def candidates(db: Connection, sample: str) -> Iterator[str]:
        for (value,) in db.execute(f"{sql} LIMIT {_TRIED}", (sample,)):
            yield value
    return candidates


_HERE = "IN (SELECT value FROM json_each(?))"
_WHO = "coalesce(nullif(country, 'IGO'), known, name)"
_CANDIDATES: dict[str, Callable[[Connection, str], Iterator[str]]] = {
    "type": _known("type:"),
    "status": _known("status:"),
    "subtype": _sampled(f"SELECT subtype FROM record WHERE subtype IS NOT NULL AND id {_HERE} "
                        "GROUP BY subtype ORDER BY count(*) DESC, subtype"),
    "party": _sampled(f"SELECT {_WHO} AS who FROM party JOIN actor ON actor.id = actor WHERE record {_HERE} "
                      f"AND {_WHO} NOT GLOB '*[,=]*' GROUP BY who ORDER BY count(DISTINCT record) DESC, who"),
    "place": _sampled(f"SELECT country FROM place JOIN location ON location.id = location WHERE record {_HERE} "
                      "AND country IS NOT NULL GROUP BY country ORDER BY count(DISTINCT record) DESC, country"),
    "outlet": _sampled(f"SELECT publisher FROM record JOIN article ON article.id = record.article WHERE record.id {_HERE} "
                       "AND publisher IS NOT NULL GROUP BY publisher ORDER BY count(*) DESC, publisher"),
}
_TERMS: dict[str, Callable[[str], list[str]]] = {
    "type": lambda value: [f"type:{value}"],
    "status": lambda value: [f"status:{value}"],
    "subtype": lambda value: [f"subtype:{value}"],
    "party": lambda value: party_terms(value, ()),
    "place": place_terms,
    "outlet": lambda value: [f"outlet:{value}", f"outlet:{fold(value)}"],
}


def as_json(found: Sequence[Facet]) -> list[dict[str, Any]]:
    """The facets for programs."""
    return [{"name": facet.name, "values": [{"value": v.value, "count": v.count, "chosen": v.chosen}
                                            for v in facet.values]} for facet in found]

