"""The register as the pages read it: opened for one request, in the thread that answers it, closed after.

In: the file. Out: the register itself, and a connection for counts that its own interface does not give.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from tocsin.incidents import Incident
from tocsin.knowledge.words import words
from tocsin.model import Problem, Record, Result
from tocsin.register import ArticleRow, Filters, Register, Row
from tocsin.register.articles import article_rows
from tocsin.register.bits import Mask
from tocsin.register.copy_groups import with_its_text
from tocsin.register.query import Numbers, matching, ordered, size_of
from tocsin.register.store import Connection, Store
from tocsin.web.asked import Asked

_BATCH = 1_000
_INCIDENTS = 100  # of them read at once


class NotThere(Exception):
    """What the address names is not in the register; the message says so."""


class Library:
    """One register, open for reading."""

    def __init__(self, register: Register, store: Store) -> None:
        self.register, self._store = register, store

    @contextmanager
    def counting(self) -> Iterator[Connection]:
        """One state of the register for several counts."""
        with self._store.reading() as db:
            yield db

    def record(self, name: str) -> Row:
        """A record by its id; one that was added and stands under the coder's id by either. NotThere where there is none."""
        if self._has("record", name):
            return self.register.record(name)
        with self.counting() as db:
            found = db.execute("SELECT coalesce(stands, r.record) AS number FROM claim JOIN reviewed r ON claim.id = claim "
                               "WHERE claim.record = ? AND number IS NOT NULL", (name,)).fetchone()
        if found is None:
            raise NotThere(words()("web.no_record", id=name))
        return self.register.rows([found[0]])[0]

    def result(self, name: str) -> Result:
        """An article with its records and problems, as it was read; of a copy the original's. NotThere where none is."""
        if not self._has("article", name):
            raise NotThere(words()("web.no_article", id=name))
        with self.counting() as db:
            found = db.execute(
                """SELECT stage, message FROM problem WHERE reading = (SELECT max(reading.id) FROM reading JOIN article
                     ON reading.article = coalesce(article.duplicate_of, article.id) WHERE article.article = ?)
                   ORDER BY position""", (name,)).fetchall()
        return Result(article=self.register.article(name), records=tuple(self._records(name)),
                      problems=tuple(Problem(stage=stage, message=message) for stage, message in found))

    def _records(self, name: str) -> list[Record]:
        """The records that are shown of an article, corrected where reviewers corrected them, in the order of the text; of
        an earlier version, of which none are shown, those that the coder read."""
        with self.counting() as db:
            shown = db.execute("SELECT o.shown FROM article a JOIN article o ON o.id = coalesce(a.duplicate_of, a.id) "
                               "WHERE a.article = ?", (name,)).fetchone()[0]
        if shown is None:
            return self.register.records(name)
        rows = sorted(self.register.find(article=name), key=lambda row: row.number)
        return sorted((row.record for row in rows), key=lambda one: one.evidence[0].start if one.evidence else 0)

    def copies(self, name: str) -> list[str]:
        """Ids of the other articles with the very same text."""
        with self.counting() as db:
            return [row[0] for row in db.execute(
                """SELECT b.article FROM article a JOIN article b ON b.text_sha256 = a.text_sha256 AND b.id != a.id
                   WHERE a.article = ? ORDER BY b.id""", (name,))]

    def made(self, numbers: Sequence[int]) -> dict[int, str]:
        """When each of some records was made (ISO 8601, UTC)."""
        with self.counting() as db:
            return dict(db.execute("SELECT record.id, made FROM record JOIN reading ON reading.id = reading "
                                   "WHERE record.id IN (SELECT value FROM json_each(?))", (json.dumps(list(numbers)),)))

    def incident_of(self, row: Row) -> tuple[str, int] | None:
        """The incident in which a record stands, and how many do; None where it is not shown."""
        name = self.register.incidents.of([row.number]).get(row.number)
        return (name, len(self.register.incidents.numbers(name))) if name else None

    def sources(self, articles: Sequence[str]) -> set[str]:
        """The sources of some articles and of those elsewhere with the very same text."""
        with self.counting() as db:
            return {source for source, in db.execute(
                """WITH ours AS (SELECT id, source FROM article WHERE article IN (SELECT value FROM json_each(?)))
                   SELECT source FROM ours UNION
                   SELECT source FROM article WHERE duplicate_of IN (SELECT id FROM ours)""", (json.dumps(list(articles)),))}

    def articles(self, asked: Asked) -> tuple[int, list[ArticleRow]]:
        """How many articles there are (that have the text of the one asked for), and a page of them in the order in which
        they came."""
        with self.counting() as db:
            if asked.filters.copies_of is not None:
                found = with_its_text(db, asked.filters.copies_of)
                return len(found), list(article_rows(db, found[asked.offset:asked.offset + asked.limit]).values())
            total = int(db.execute("SELECT count(*) FROM article").fetchone()[0])
            numbers = [row[0] for row in db.execute("SELECT id FROM article ORDER BY id LIMIT ? OFFSET ?",
                                                    (asked.limit, asked.offset))]
            return total, list(article_rows(db, numbers).values())

    def numbers(self, asked: Asked) -> Numbers:
        """Numbers of all the records of a view, in its order."""
        with self.counting() as db:
            return ordered(db, matching(db, asked.filters), asked.sort, ascending=asked.ascending, first=None)

    def _has(self, table: str, name: str) -> bool:
        with self.counting() as db:
            return db.execute(f"SELECT 1 FROM {table} WHERE {table} = ? LIMIT 1", (name,)).fetchone() is not None


def mask_of(db: Connection, filters: Filters) -> Mask:
    """The records that fit, as a mask over all numbers."""
    mask: Mask = np.zeros(size_of(db), dtype=np.bool_)
    mask[matching(db, filters)] = True
    return mask


@contextmanager
def opened(path: Path) -> Iterator[Library]:
    """Open a register for one request. RegisterError where it cannot be."""
    with Register(path, read_only=True, create=False) as register:
        store = Store(path, create=False, read_only=True)
        try:
            yield Library(register, store)
        finally:
            store.close()


def rows_of(path: Path, asked: Asked) -> Iterator[Row]:
    """All records of a view, a batch at a time; between batches nothing is held open, so any thread may go on."""
    with opened(path) as library:
        numbers = library.numbers(asked)
    for at in range(0, len(numbers), _BATCH):
        with opened(path) as library:
            rows = library.register.rows([int(number) for number in numbers[at:at + _BATCH]])
        yield from rows


def incidents_of(path: Path, asked: Asked, told: Callable[[Library, Incident], Incident]) -> Iterator[Incident]:
    """All incidents of a view, likewise, each as ``told`` tells it."""
    with opened(path) as library:
        names = library.register.incidents.names(asked.filters)
    for at in range(0, len(names), _INCIDENTS):
        with opened(path) as library:
            found = [told(library, one) for one in library.register.incidents.accounts(names[at:at + _INCIDENTS])]
        yield from found
