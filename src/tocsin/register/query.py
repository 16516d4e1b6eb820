"""Answering: filters in, the numbers of the records that fit out, in the order asked for.

Each filter gives a mask over all records (register/bits.py, register/columns.py), masks are joined by ``and``, what is left
is counted and sorted. The cost hardly depends on the filters or on how many they are.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from tocsin.errors import UsageError
from tocsin.knowledge.folding import fold
from tocsin.knowledge.words import words
from tocsin.register.bits import Mask, any_of
from tocsin.register.columns import (
    ARTICLE,
    BEGIN,
    CONFIDENCE,
    CONFIDENCE_UNIT,
    END,
    NO_DAY,
    PUBLISHED,
    day_number,
    numbers_of,
    read_column,
)
from tocsin.register.copy_groups import with_its_text
from tocsin.register.filters import Filters, Sort, period
from tocsin.register.names import party_terms, place_terms, source_terms
from tocsin.register.points import inside
from tocsin.register.since import came
from tocsin.register.sort_index import NONE, ranks_of
from tocsin.register.sorting import check_order
from tocsin.register.store import Connection
from tocsin.register.terms import HISTORICAL, SHOWN

Numbers = NDArray[np.int64]
_WORD = re.compile(r'(-?)(?:"([^"]*)"|([^\s"]+))')


def matching(db: Connection, filters: Filters, *, also: Sequence[int] = ()) -> Numbers:
    """Numbers of the records that fit, rising; ``also`` names some that may fit though they are not shown. Call within one
    transaction."""
    size = size_of(db)
    mask = any_of(db, [SHOWN], size)
    mask[list(also)] = True
    for part in _masks(db, filters, size):
        mask &= part
    return np.flatnonzero(mask)


def ordered(db: Connection, numbers: Numbers, sort: Sort, *, ascending: bool, first: int | None) -> Numbers:
    """The numbers in the order asked for, those without a value last, ties as the records came; with ``first`` only so many
    of them."""
    check_order(sort)
    sign = 1 if ascending else -1
    keys = sign * numbers
    if sort == "added":
        keys += sign * came(db, numbers) * 2**31
    else:
        ranks = ranks_of(db, sort, size_of(db))[numbers]
        keys += sign * ranks * 2**31
        keys[ranks == NONE] += 2**62 + (sign * 2**31)
    if first is not None and first < len(keys):
        nearest = np.argpartition(keys, first)[:first]
        return numbers[nearest[np.argsort(keys[nearest])]]
    return numbers[np.argsort(keys)]


def size_of(db: Connection) -> int:
    """One more than the highest number of a record."""
    return int(db.execute("SELECT coalesce(max(id), 0) + 1 FROM record").fetchone()[0])


def _masks(db: Connection, filters: Filters, size: int) -> Iterator[Mask]:
    roles = tuple(filters.role)
    for asked in filters.party:
        yield any_of(db, party_terms(asked, roles), size)
    if roles and not filters.party:
        yield any_of(db, [f"role:{role}" for role in roles], size)
    for name in ("type", "subtype", "status"):
        values = getattr(filters, name)
        if values:
            yield any_of(db, [f"{name}:{value}" for value in values], size)
    for name in ("materiel", "outlet"):
        values = getattr(filters, name)
        if values:
            yield any_of(db, [f"{name}:{form}" for value in values for form in dict.fromkeys((value, fold(value)))], size)
    if filters.place:
        yield any_of(db, [term for place in filters.place for term in place_terms(place)], size)
    if filters.said_by:
        yield any_of(db, [term for name in filters.said_by for term in source_terms(name)], size)
    if filters.historical is not None:
        yield any_of(db, [HISTORICAL], size) == filters.historical
    yield from _compared(db, filters, size)
    if filters.box is not None:
        yield inside(db, filters.box, size)
    if filters.words is not None:
        yield _worded(db, filters.words, size)


def _compared(db: Connection, filters: Filters, size: int) -> Iterator[Mask]:
    since, until = period(filters.since), period(filters.until)
    if since is not None:
        yield read_column(db, END, size) >= _day(since[0])
    if until is not None:
        begin = read_column(db, BEGIN, size)
        yield (begin <= _day(until[1])) & (begin != NO_DAY)
    since, until = period(filters.reported_since), period(filters.reported_until)
    if since is not None or until is not None:
        published = read_column(db, PUBLISHED, size)
        if since is not None:
            yield published >= _day(since[0])
        if until is not None:
            yield (published <= _day(until[1])) & (published != NO_DAY)
    if filters.min_confidence:
        yield read_column(db, CONFIDENCE, size) >= round(filters.min_confidence * CONFIDENCE_UNIT)
    if filters.article is not None:
        found = db.execute("SELECT coalesce(duplicate_of, id) FROM article WHERE article = ?", (filters.article,)).fetchone()
        yield read_column(db, ARTICLE, size) == (found[0] if found else -1)
    if filters.copies_of is not None:
        yield np.isin(read_column(db, ARTICLE, size), with_its_text(db, filters.copies_of))


def _worded(db: Connection, text: str, size: int) -> Mask:
    """Records of the articles in which all the words stand, and records whose quotes hold them where no text is kept."""
    query = _expression(text)
    articles = np.zeros(int(db.execute("SELECT coalesce(max(id), 0) + 1 FROM article").fetchone()[0]), dtype=np.bool_)
    articles[numbers_of(db, "SELECT group_concat(rowid, ' ') FROM words WHERE words MATCH ?", (query,))] = True
    mask: Mask = articles[read_column(db, ARTICLE, size)]
    mask[numbers_of(db, "SELECT group_concat(rowid, ' ') FROM quote_words WHERE quote_words MATCH ?", (query,))] = True
    return mask


def _expression(text: str) -> str:
    """What a person types as a query of FTS5; nothing in it can be taken for an operator."""
    wanted: list[str] = []
    unwanted: list[str] = []
    for minus, phrase, word in _WORD.findall(text):
        said = (phrase or word).replace('"', " ").strip()
        star = "*" if word.endswith("*") else ""
        said = said.rstrip("*") if star else said
        if any(character.isalnum() for character in said):
            (unwanted if minus else wanted).append(f'"{said}"{star}')
    if not wanted:
        raise UsageError(words()("find.no_words", value=text))
    return " ".join([" AND ".join(wanted), *(f"NOT {term}" for term in unwanted)])


def _day(day: dt.date) -> int:
    return day_number(day.isoformat())
