"""Adding to a register: articles and their versions, copies, readings and their records, all in one transaction each.

An article is known by its source and text. The newest text at an address is shown, and of it what the newest coder read.
Copies of a text from elsewhere are linked to the first and not coded; its records are shown as long as one of them stands.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal

from packaging.version import InvalidVersion, Version

from tocsin.errors import RegisterError
from tocsin.knowledge.words import words
from tocsin.model import Article, Problem, Record, Result
from tocsin.register.address import address_of
from tocsin.register.bits import Postings
from tocsin.register.columns import Columns
from tocsin.register.copies import Copies
from tocsin.register.corrections import concerning
from tocsin.register.incident_index import IncidentIndex
from tocsin.register.overlay import lay
from tocsin.register.points import Points
from tocsin.register.rollups import Rollups
from tocsin.register.rows import RowWriter, compact, read_records
from tocsin.register.shown import shown_numbers
from tocsin.register.sort_index import SortIndex
from tocsin.register.store import Connection, Store
from tocsin.register.terms import SHOWN, record_terms, record_values

Outcome = Literal["new", "version", "duplicate", "reread", "known"]
_UNREAD = ("menu", "teaser")  # blocks whose words are not the article's


@dataclass(frozen=True, slots=True)
class Run:
    """What reads: a coder, its version and the digest of its tables."""

    coder: str
    version: str
    knowledge: str = ""


@dataclass(frozen=True, slots=True)
class Added:
    """What became of an article: ``new``, a new ``version`` at its address, a ``duplicate`` of another, ``reread`` by
    another coder, or ``known`` before. ``records`` is how many records were added."""

    outcome: Outcome
    article: str
    records: int = 0
    duplicate_of: str | None = None
    replaces: str | None = None


@dataclass(frozen=True, slots=True)
class _Shown:
    """What the row of a record shows of its article."""

    title: str | None
    publisher: str | None
    published: str | None

    @classmethod
    def of(cls, article: Article) -> _Shown:
        return cls(article.title, article.publisher, article.published.value)


class Writer:
    """Writes within a transaction of the caller's. After it call ``flush`` (kept) or ``forget`` (rolled back)."""

    def __init__(self, db: Connection, *, keep_text: bool) -> None:
        self._db = db
        self._keep_text = keep_text
        self._parts = (Postings(db), Columns(db), Rollups(db), Points(db), SortIndex(db))
        self._postings, self._columns, self._rollups, self._points, self._sorts = self._parts
        self._rows = RowWriter(db, self._points)
        self.incidents = IncidentIndex(db)
        self._fresh: tuple[int, Sequence[Record]] = (0, ())  # the reading just written, which need not be read again

    @contextmanager
    def transaction(self, store: Store) -> Iterator[Connection]:
        """A transaction that also writes the index, or forgets what was gathered for it."""
        try:
            with store.writing() as db:
                yield db
                self.flush()
        except BaseException:
            self.forget()
            raise

    def flush(self) -> None:
        """Write what was gathered for the index; the last thing in a transaction."""
        for part in (*self._parts, self.incidents):
            part.flush()

    def forget(self) -> None:
        """Drop what was gathered: after a rollback."""
        for part in (*self._parts, self._rows, self.incidents):
            part.forget()
        self._fresh = 0, ()

    def run(self, run: Run) -> int:
        """The number of a run, added where it is new."""
        found = self._db.execute("SELECT id FROM run WHERE coder = ? AND version = ? AND knowledge = ?",
                                 (run.coder, run.version, run.knowledge)).fetchone()
        if found is None:
            found = self._db.execute("INSERT INTO run (coder, version, knowledge, started) VALUES (?, ?, ?, ?) "
                                     "RETURNING id", (run.coder, run.version, run.knowledge, _now())).fetchone()
        return int(found[0])

    def add(self, result: Result, run: Run) -> Added:
        """Add what was read in one article."""
        article, reader = result.article, self.run(run)
        found = self._db.execute("SELECT id, duplicate_of FROM article WHERE article = ?", (article.id,)).fetchone()
        if found is not None:
            return self._again(found[0], found[1], result, reader)
        original = self._db.execute("SELECT id, article FROM article WHERE text_sha256 = ? AND duplicate_of IS NULL",
                                    (article.text_sha256,)).fetchone()
        address = address_of(article)
        number = self._article(article, address, original[0] if original else None)
        before = self._version(address, number)
        added = 0
        if original is None:
            self._text(number, article)
            added = self._reading(number, _Shown.of(article), result.records, result.problems, reader,
                                  None if self._keep_text else article)
        Copies(self._db).add(number, article, original[0] if original else None, address)
        self._refresh(original[0] if original else number)
        replaces = self._replaced(before)
        outcome: Outcome = "duplicate" if original else "version" if before else "new"
        return Added(outcome, article.id, added, original[1] if original else None, replaces)

    def _again(self, number: int, duplicate_of: int | None, result: Result, run: int) -> Added:
        """An article that is in the register: read by another coder, shown again at its address, or nothing new."""
        article, replaced = result.article, self._came_back(number)
        if duplicate_of is not None or self.is_read(number, run):
            outcome: Outcome = "version" if replaced else "known"
            return Added(outcome, article.id, replaces=replaced)
        stored, kept = self._stored(number)
        added = self._reading(number, stored, result.records, result.problems, run, None if kept else article)
        self._refresh(number)
        return Added("reread", article.id, added, replaces=replaced)

    def is_read(self, number: int, run: int) -> bool:
        """Whether a run has read an article."""
        return self._db.execute("SELECT 1 FROM reading WHERE article = ? AND run = ?", (number, run)).fetchone() is not None

    def _article(self, article: Article, address: str | None, original: int | None) -> int:
        row = (article.id, article.text_sha256, article.source, address, article.url, article.title, article.author,
               article.publisher, article.published.value, article.published.basis, article.language,
               len(article.text), compact(article.extra), original, _now())
        made = self._db.execute(
            "INSERT INTO article (article, text_sha256, source, address, url, title, author, publisher, published, "
            f"published_basis, language, characters, extra, duplicate_of, added) VALUES ({', '.join('?' * 15)})", row)
        number = made.lastrowid
        assert number is not None
        self._db.executemany("INSERT INTO block VALUES (?, ?, ?, ?, ?)", [
            (number, position, block.start, block.end, block.kind) for position, block in enumerate(article.blocks)])
        return number

    def _text(self, number: int, article: Article) -> None:
        body = ""
        if self._keep_text:
            self._db.execute("INSERT INTO text VALUES (?, ?)", (number, article.text))
            read = [block for block in article.blocks if block.kind not in _UNREAD]
            body = "\n".join(article.text[block.start:block.end] for block in read) or article.text
        self._db.execute("INSERT INTO words (rowid, title, body) VALUES (?, ?, ?)", (number, article.title, body))

    def _reading(self, article: int, shown: _Shown, records: Sequence[Record], problems: Sequence[Problem], run: int,
                 quoted: Article | None) -> int:
        """Write a reading and its records, index them; ``quoted`` where the article's text is not kept."""
        first = self._db.execute("SELECT coalesce(max(id), 0) + 1 FROM record").fetchone()[0]
        reading = self._db.execute("INSERT INTO reading (article, run, first, records, made) VALUES (?, ?, ?, ?, ?)",
                                   (article, run, first, len(records), _now())).lastrowid
        assert reading is not None
        self._db.executemany("INSERT INTO problem VALUES (?, ?, ?, ?)", [
            (reading, position, problem.stage, problem.message) for position, problem in enumerate(problems)])
        for number, record in enumerate(records, first):
            self._record(number, record, article, reading, shown, quoted=quoted is not None)
        self._fresh = reading, records
        return len(records)

    def _record(self, number: int, record: Record, article: int, reading: int, shown: _Shown, *, quoted: bool) -> None:
        """Write a record and what it is found and sorted by; ``quoted`` where its article's text is not kept."""
        self._rows.write(number, record, article, reading)
        self._columns.put(number, record_values(record, article, shown.published))
        self._sorts.put(number, record, shown.title, shown.publisher)
        for term in record_terms(record, shown.publisher):
            self._postings.put(term, number)
        if quoted:
            quotes = "\n".join(quote.exact for quote in record.evidence)
            self._db.execute("INSERT INTO quote_words (rowid, quotes) VALUES (?, ?)", (number, quotes))

    def _reviewed(self, record: Record, article: int, reading: int) -> int:
        """Write a record as a reviewer left it; its number."""
        number = int(self._db.execute("SELECT coalesce(max(id), 0) + 1 FROM record").fetchone()[0])
        shown, kept = self._stored(article)
        self._record(number, record, article, reading, shown, quoted=not kept)
        return number

    def _stored(self, article: int) -> tuple[_Shown, bool]:
        """What a row shows of an article, and whether its text is kept."""
        title, publisher, published, kept = self._db.execute(
            "SELECT title, publisher, published, EXISTS (SELECT 1 FROM text WHERE article = id) FROM article WHERE id = ?",
            (article,)).fetchone()
        return _Shown(title, publisher, published), bool(kept)

    def review(self, article: int) -> None:
        """Apply the corrections that concern an article to what is shown of it."""
        shown = self._db.execute("SELECT shown FROM article WHERE id = ?", (article,)).fetchone()[0]
        self._show(article, shown, on=False)
        lay(self._db, article, shown, self._reviewed)
        self._show(article, shown, on=True)

    def _version(self, address: str | None, number: int) -> int | None:
        """Make an article the newest at its address; the article that was it before."""
        if address is None:
            return None
        newest = self._newest(address)
        self._db.execute("INSERT INTO version VALUES (?, ?, ?, ?)",
                         (address, newest[0] + 1 if newest else 1, number, _now()))
        return newest[1] if newest else None

    def _came_back(self, number: int) -> str | None:
        """Where a source shows again a text that it showed before another: that text is its newest again."""
        address, source = self._db.execute("SELECT address, source FROM article WHERE id = ?", (number,)).fetchone()
        newest = self._newest(address) if address else None
        if newest is None or newest[1] == number or newest[2] != source:
            return None
        self._version(address, number)
        self._refresh(self._original(number))
        return self._replaced(newest[1])

    def _newest(self, address: str) -> tuple[int, int, str] | None:
        row: tuple[int, int, str] | None = self._db.execute(
            "SELECT number, version.article, source FROM version JOIN article ON article.id = version.article "
            "WHERE version.address = ? ORDER BY number DESC LIMIT 1", (address,)).fetchone()
        return row

    def _replaced(self, before: int | None) -> str | None:
        """Refresh an article that is its address's newest no longer; its id."""
        if before is None:
            return None
        self._refresh(self._original(before))
        return str(self._db.execute("SELECT article FROM article WHERE id = ?", (before,)).fetchone()[0])

    def _original(self, number: int) -> int:
        return int(self._db.execute("SELECT coalesce(duplicate_of, id) FROM article WHERE id = ?", (number,)).fetchone()[0])

    def _refresh(self, number: int) -> None:
        """Show the reading that is to be shown of an article and no other."""
        stands = self._db.execute(
            """SELECT 1 FROM article a WHERE (a.id = ? OR a.duplicate_of = ?) AND (a.address IS NULL OR a.id = (
                 SELECT article FROM version WHERE version.address = a.address ORDER BY number DESC LIMIT 1))""",
            (number, number)).fetchone()
        readings = self._db.execute("SELECT reading.id, version FROM reading JOIN run ON run.id = run WHERE article = ?",
                                    (number,)).fetchall()
        wanted = max(readings, key=lambda row: (_version(row[1]), row[0]))[0] if stands and readings else None
        shown = self._db.execute("SELECT shown FROM article WHERE id = ?", (number,)).fetchone()[0]
        if wanted == shown:
            if shown is not None and self._reviews_differ(number):
                self.review(number)
            return
        self._show(number, shown, on=False)
        self._db.execute("UPDATE article SET shown = ? WHERE id = ?", (wanted, number))
        lay(self._db, number, wanted, self._reviewed)
        self._show(number, wanted, on=True)

    def _show(self, article: int, reading: int | None, *, on: bool) -> None:
        if reading is None:
            return
        numbers = shown_numbers(self._db, article, reading)
        fresh = self._fresh[0] == reading and len(self._fresh[1]) == len(numbers) and not self._has_review(article)
        records = self._fresh[1] if fresh else [
            Record.model_validate(record) for record in read_records(self._db, numbers)]
        for number, record in zip(numbers, records, strict=True):
            self._postings.put(SHOWN, number, on=on)
            self._rollups.count(record, 1 if on else -1)
        if on:
            self.incidents.show(article, numbers, records)
        else:
            self.incidents.hide(numbers)

    def _reviews_differ(self, article: int) -> bool:
        """Whether other claims concern an article now than are laid over it: a copy came to or left a reviewed address."""
        laid = self._db.execute("SELECT claim FROM reviewed WHERE article = ? ORDER BY claim", (article,)).fetchall()
        return [row[0] for row in laid] != concerning(self._db, article)

    def _has_review(self, article: int) -> bool:
        return self._db.execute("SELECT 1 FROM reviewed WHERE article = ?", (article,)).fetchone() is not None


def check_run(run: Run) -> None:
    """RegisterError where the version of a coder cannot be ordered after another."""
    try:
        Version(run.version)
    except InvalidVersion:
        raise RegisterError(words()("register.coder_version", coder=run.coder, version=run.version)) from None


def _version(text: str) -> Version:
    return Version(text)


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
