"""A register as Python sees it: add results, ask for records, look at articles and what changed in them.

with Register("register.db") as register:
    register.add(result)
    for row in register.find(type="arms_transfer", party="RUS"):
        print(row.record.status, row.article.title)
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from tocsin import __version__
from tocsin.errors import RegisterError
from tocsin.incidents import Incident
from tocsin.knowledge.words import words
from tocsin.model import Article, Block, Published, Record, Result
from tocsin.register import copy_groups, ledger
from tocsin.register.articles import ArticleRow, Cited, article_rows, cited
from tocsin.register.changes import Change, differences
from tocsin.register.copy_groups import CopyGroup, Difference
from tocsin.register.failures import Failures
from tocsin.register.filters import Filters, Sort
from tocsin.register.followed import Followed
from tocsin.register.frames import to_pandas, to_polars
from tocsin.register.incidents import Incidents
from tocsin.register.ledger import Entry
from tocsin.register.likeness import body_of
from tocsin.register.query import Numbers, matching, ordered
from tocsin.register.reviewing import Reviews
from tocsin.register.rows import Dict, read_records, read_rows
from tocsin.register.store import Connection, Store
from tocsin.register.summary import Summary, summary
from tocsin.register.whole import Whole, whole_articles
from tocsin.register.write import Added, Run, Writer, check_run

_BATCH = 2_000


@dataclass(frozen=True, slots=True)
class Review:
    """What reviewers made of a record: accepted, edited, added, or ``changed`` where its evidence sent it back to them;
    who said so last, and when."""

    state: str
    by: str
    at: str


@dataclass(frozen=True, slots=True)
class Row:
    """A record with its article. ``data`` is the record as in the contract; ``record`` the same as an object. ``review`` is
    None where nobody has judged it. ``cited`` is what citing the article needs besides."""

    number: int
    data: Dict
    article: ArticleRow
    review: Review | None = None
    cited: Cited | None = None

    @property
    def record(self) -> Record:
        """The record, made when asked for."""
        return Record.model_validate(self.data)


class Found:
    """What a query found: ``total`` records, of which an iterator gives those asked for. Can be gone through again."""

    def __init__(self, register: Register, total: int, numbers: Numbers) -> None:
        self.total = total
        self._register = register
        self._numbers = numbers

    def __len__(self) -> int:
        return len(self._numbers)

    @property
    def numbers(self) -> list[int]:
        """The numbers of the records, in their order."""
        return [int(number) for number in self._numbers]

    def __iter__(self) -> Iterator[Row]:
        for at in range(0, len(self._numbers), _BATCH):
            yield from self._register.rows([int(number) for number in self._numbers[at:at + _BATCH]])

    def to_polars(self) -> Any:
        """A frame of Polars: a row a record, the columns of the CSV export, typed. UsageError without the extra polars."""
        return to_polars(self)

    def to_pandas(self) -> Any:
        """The same as a frame of pandas. UsageError without the extra pandas."""
        return to_pandas(self)


class Register:
    """An open register. Any number of programs may read one while another writes; writers wait for one another."""

    def __init__(self, path: str | os.PathLike[str], *, read_only: bool = False, create: bool = True,
                 keep_text: bool = True, tell: Callable[[str], None] | None = None) -> None:
        """Open the file, making or migrating it where that is needed.

        ``keep_text=False`` stores hashes and quotes of what is added instead of full texts. ``tell`` is given what a
        person should know: that another program writes and this one waits, that a backup was made. Raises
        RegisterError with words that say what to do.
        """
        self._store = Store(Path(path), create=create and not read_only, read_only=read_only, tell=tell)
        self._writer = Writer(self._store.db, keep_text=keep_text)
        self.failures = Failures(self._store)
        self.followed = Followed(self._store)
        self.reviews = Reviews(self._store, self._writer)
        self.incidents = Incidents(self._store, self._writer)
        if tell is not None and not read_only and self.incidents.outdated():
            tell(words()("incident.outdated", path=self.path))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:
        self.close()

    @property
    def path(self) -> Path:
        """Where the file is."""
        return self._store.path

    def close(self) -> None:
        """Close the file."""
        self._store.close()

    def add(self, result: Result, run: Run | None = None, entry: Entry | None = None) -> Added:
        """Add what was read in one article; whole or, where an error is raised, not at all. What is there stays.

        ``run`` says what read it; where None, the coder that its records name. ``entry`` goes into the ledger with it.
        """
        return self.add_all([result], run, entry)[0]

    def add_all(self, results: Iterable[Result], run: Run | None = None, entry: Entry | None = None) -> list[Added]:
        """The same for several in one transaction."""
        added = []
        with self._writer.transaction(self._store) as db:
            for result in results:
                by = run or _run_of(result)
                check_run(by)
                added.append(self._writer.add(result, by))
                if entry is not None:
                    ledger.write(db, entry, self._writer.run(by))
        return added

    def met(self, place: str, digest: str, how: str, run: Run) -> Entry | None:
        """What became of a page when this run met it before at the same place; None where it is to be read."""
        with self._store.reading() as db:
            return ledger.look(db, place, digest, how, (run.coder, run.version, run.knowledge))

    def note(self, entry: Entry, run: Run) -> None:
        """Note in the ledger what could not be read, and why."""
        with self._store.writing() as db:
            ledger.write(db, entry, self._writer.run(run))

    def wants(self, article: Article, run: Run) -> bool:
        """Whether a run has still to read an article: it is new, or was read only by others, and is no copy."""
        with self._store.reading() as db:
            found = db.execute("SELECT id, duplicate_of FROM article WHERE article = ?", (article.id,)).fetchone()
            if found is None:
                return db.execute("SELECT 1 FROM article WHERE text_sha256 = ? AND duplicate_of IS NULL",
                                  (article.text_sha256,)).fetchone() is None
            return found[1] is None and db.execute(
                """SELECT 1 FROM reading JOIN run ON run.id = run
                   WHERE article = ? AND coder = ? AND version = ? AND knowledge = ?""",
                (found[0], run.coder, run.version, run.knowledge)).fetchone() is None

    def find(self, filters: Filters | None = None, *, sort: Sort = "published", ascending: bool = False,
             limit: int | None = None, offset: int = 0, **given: Any) -> Found:
        """Records that fit all filters (see ``Filters`` for their names), newest first; ``Found.total`` counts them all."""
        asked = filters if filters is not None else Filters.of(**given)
        with self._store.reading() as db:
            numbers = matching(db, asked)
            first = None if limit is None else offset + limit
            page = ordered(db, numbers, sort, ascending=ascending, first=first)[offset:first]
        return Found(self, len(numbers), page)

    def to_polars(self, **given: Any) -> Any:
        """What ``find`` finds as a frame of Polars: ``register.to_polars(type="arms_transfer", party="RUS")``."""
        return self.find(**given).to_polars()

    def to_pandas(self, **given: Any) -> Any:
        """The same as a frame of pandas."""
        return self.find(**given).to_pandas()

    def count(self, **given: Any) -> int:
        """How many records fit."""
        with self._store.reading() as db:
            return len(matching(db, Filters.of(**given)))

    def record(self, name: str) -> Row:
        """A record by its id, as it is shown, else the newest that bears it. RegisterError where there is none."""
        with self._store.reading() as db:
            shown = self.reviews.shown(name)
            found = shown if shown is not None else db.execute(
                "SELECT max(id) FROM record WHERE record = ?", (name,)).fetchone()[0]
        if found is None:
            raise RegisterError(words()("register.no_record", path=self.path, id=name))
        return self.rows([found])[0]

    def incident(self, name: str) -> Incident:
        """An incident by its name, or by the id of a record that stands in it. RegisterError where there is none."""
        return self.incidents.get(name)

    def rows(self, numbers: list[int]) -> list[Row]:
        """Records by their numbers, in that order."""
        with self._store.reading() as db:
            found = read_rows(db, numbers)
            here = sorted({article for _, article in found})
            articles, more = article_rows(db, here), cited(db, here)
            judged = _judged(db, numbers)
        return [Row(number, data, articles[article], judged.get(number), more[article])
                for number, (data, article) in zip(numbers, found, strict=True)]

    def articles(self) -> Iterator[ArticleRow]:
        """Every article, copies and earlier versions too, in the order in which they came."""
        last = 0
        while True:
            with self._store.reading() as db:
                numbers = [row[0] for row in db.execute("SELECT id FROM article WHERE id > ? ORDER BY id LIMIT ?",
                                                        (last, _BATCH))]
                rows = list(article_rows(db, numbers).values())
            if not rows:
                return
            yield from rows
            last = numbers[-1]

    def article(self, name: str) -> Article:
        """An article by its id, with its text (of a copy: the original's), empty where texts are not kept."""
        with self._store.reading() as db:
            row = db.execute(
                """SELECT a.article, a.text_sha256, a.source, a.url, a.title, a.author, a.publisher, a.published,
                     a.published_basis, a.language, a.extra, a.id, o.article, coalesce(a.duplicate_of, a.id)
                   FROM article a LEFT JOIN article o ON o.id = a.duplicate_of WHERE a.article = ?""", (name,)).fetchone()
            if row is None:
                raise RegisterError(words()("register.no_article", path=self.path, id=name))
            text = db.execute("SELECT text FROM text WHERE article = ?", (row[13],)).fetchone()
            blocks = db.execute('SELECT start, "end", kind FROM block WHERE article = ? ORDER BY position', (row[11],))
            return Article(
                id=row[0], text_sha256=row[1], source=row[2], url=row[3], title=row[4], author=row[5], publisher=row[6],
                published=Published(value=row[7], basis=row[8]), language=row[9], text=text[0] if text else "",
                blocks=tuple(Block(start=start, end=end, kind=kind) for start, end, kind in blocks),
                duplicate_of=row[12], extra=json.loads(row[10]))

    def copy_group(self, name: str) -> CopyGroup | None:
        """The articles that have the text of an article, to the letter or nearly; None where it is the only one."""
        with self._store.reading() as db:
            return copy_groups.group_of(db, name)

    def copy_groups(self, limit: int = 20, offset: int = 0) -> list[CopyGroup]:
        """Groups of articles with one text, the largest first."""
        with self._store.reading() as db:
            return copy_groups.groups(db, limit, offset)

    def copy_difference(self, name: str, whole: str) -> Difference | None:
        """In what an article differs from another of its group; None where texts are not kept."""
        ours, theirs = self.article(name), self.article(whole)
        if not ours.text or not theirs.text:
            return None
        return copy_groups.difference((ours.title, body_of(ours)), (theirs.title, body_of(theirs)))

    def versions(self, name: str) -> list[str]:
        """Ids of the articles that stood at the address of an article, oldest first; a text that came back stands twice."""
        with self._store.reading() as db:
            return [row[0] for row in db.execute(
                """SELECT article.article FROM version JOIN article ON article.id = version.article
                   WHERE version.address = (SELECT address FROM article WHERE article = ?) ORDER BY number""", (name,))]

    def changes(self, before: str, after: str) -> list[Change]:
        """What a later version of an article changed in the records: ids of two articles, their newest readings compared."""
        return differences(self.records(before), self.records(after))

    def records(self, name: str) -> list[Record]:
        """The records of one article (of a copy: its original's) by its newest coder, shown or not."""
        with self._store.reading() as db:
            found = db.execute(
                """SELECT first, records FROM article JOIN reading
                     ON reading.article = coalesce(article.duplicate_of, article.id)
                   WHERE article.article = ? ORDER BY reading.id DESC LIMIT 1""", (name,)).fetchone()
            numbers = range(found[0], found[0] + found[1]) if found else range(0)
            return [Record.model_validate(record) for record in read_records(db, numbers)]

    def reviewed_articles(self) -> list[Whole]:
        """Articles of whose shown records every one was judged, with the records that stand."""
        with self._store.reading() as db:
            return list(whole_articles(self, db))

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """One state of the register for all that is asked of it within, whatever others write meanwhile."""
        with self._store.reading() as db:
            yield db

    def summary(self, *, parties: bool = True) -> Summary:
        """Counts of what the register holds and shows; ``parties=False`` leaves out those by party, which take longest."""
        with self._store.reading() as db:
            return summary(db, parties=parties)


def _run_of(result: Result) -> Run:
    if not result.records:
        return Run("frames", __version__)
    return Run(result.records[0].coder.name, result.records[0].coder.version)


def _judged(db: Connection, numbers: list[int]) -> dict[int, Review]:
    """What reviewers made of records, by their numbers."""
    here = f"({', '.join('?' * len(numbers))})"
    rows = db.execute(f"""SELECT coalesce(stands, record), CASE WHEN changed THEN 'changed' ELSE state END, reviewer, made
                          FROM reviewed WHERE state != 'open'
                            AND (stands IN {here} OR (stands IS NULL AND record IN {here}))""", numbers * 2)
    return {number: Review(*said) for number, *said in rows}
