"""The file itself: opening, creating, migrating with a backup, and transactions that wait for one another.

In: a path. Out: a connection (WAL, so that any number of programs read beside one that writes) whose schema is this
version's. Errors of SQLite become ``RegisterError`` with words that say what to do; what was committed stays.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from tocsin.errors import RegisterError
from tocsin.knowledge.words import words
from tocsin.register import copies, incident_rebuild, points, rollups, sort_index

APPLICATION = 0x546F6373  # "Tocs": says in the file's header what it is
PAGE = 4096
_WAIT_MS = 2_000  # before it is said that another program writes
_PATIENCE = 300.0  # seconds that a writer waits for another

Connection = sqlite3.Connection


@dataclass(frozen=True, slots=True)
class Migration:
    """One step of the schema: statements, and what is filled in after them."""

    sql: str
    after: Callable[[Connection], None] | None = None


def migrations() -> list[Migration]:
    """All steps, oldest first; the schema version is how many of them a register has had."""
    folder = resources.files("tocsin.register").joinpath("migrations")
    names = sorted(file.name for file in folder.iterdir() if file.name.endswith(".sql"))
    after = {"0002_rollups.sql": rollups.rebuild, "0003_points.sql": points.rebuild,
             "0005_sorting.sql": sort_index.rebuild, "0007_sources.sql": copies.rebuild,
             "0010_incident_brief.sql": incident_rebuild.rebuild}  # once, by the newest tables, whichever step asked for it
    return [Migration(folder.joinpath(name).read_text(encoding="utf-8"), after.get(name)) for name in names]


class Store:
    """One open register. ``tell`` is given what a person should know: that another program is waited for, that a backup was
    made."""

    def __init__(self, path: Path, *, create: bool, read_only: bool = False,
                 tell: Callable[[str], None] | None = None, steps: Sequence[Migration] | None = None) -> None:
        self.path = path
        self.tell = tell or (lambda message: None)
        self.read_only = read_only
        self._steps = migrations() if steps is None else steps
        if not path.exists() and not create:
            raise RegisterError(words()("register.missing", path=path))
        with self.told():
            mode = "ro" if read_only else "rwc" if create else "rw"
            uri = f"{path.absolute().as_uri()}?mode={mode}"
            self.db = sqlite3.connect(uri, uri=True, isolation_level=None, timeout=_WAIT_MS / 1000)
            try:
                self._prepare()
            except BaseException:
                self.db.close()
                raise

    @property
    def schema(self) -> int:
        """How many migrations the register has had."""
        return int(self.db.execute("PRAGMA user_version").fetchone()[0])

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One state of the register for several statements, whatever others write meanwhile."""
        with self.told():
            if self.db.in_transaction:
                yield self.db
                return
            self.db.execute("BEGIN")
            try:
                yield self.db
            finally:
                self.db.execute("ROLLBACK")

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction: all of it is kept or nothing. Waits while another program writes."""
        if self.read_only:
            raise RegisterError(words()("register.for_reading", path=self.path))
        with self.told():
            self._begin()
            try:
                yield self.db
                self.db.execute("COMMIT")
            except BaseException:
                if self.db.in_transaction:
                    self.db.execute("ROLLBACK")
                raise

    def close(self) -> None:
        """Close the file; of several closings the later do nothing."""
        self.db.close()

    @contextmanager
    def told(self) -> Iterator[None]:
        """Errors of SQLite in words."""
        try:
            yield
        except sqlite3.Error as error:
            raise RegisterError(self._told(error)) from error

    def _told(self, error: sqlite3.Error) -> str:
        say, reason = words(), str(error)
        if isinstance(error, sqlite3.ProgrammingError):
            return say("register.misused", path=self.path, reason=reason)
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        key = {
            sqlite3.SQLITE_FULL: "register.full", sqlite3.SQLITE_IOERR: "register.io",
            sqlite3.SQLITE_CANTOPEN: "register.cannot_open", sqlite3.SQLITE_READONLY: "register.read_only",
            sqlite3.SQLITE_PERM: "register.cannot_open", sqlite3.SQLITE_BUSY: "register.busy",
            sqlite3.SQLITE_NOTADB: "register.other_file", sqlite3.SQLITE_CORRUPT: "register.damaged",
        }.get(code, "register.failed")
        return say(key, path=self.path, folder=self.path.absolute().parent, reason=reason)

    def _begin(self) -> None:
        told, until = False, time.monotonic() + _PATIENCE
        while True:
            try:
                self.db.execute("BEGIN IMMEDIATE")
                return
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                    raise
                if not told:
                    self.tell(words()("register.waiting", path=self.path))
                told = True

    def _prepare(self) -> None:
        self.db.execute("PRAGMA foreign_keys = ON")
        self.db.execute("PRAGMA cache_size = -16384")
        application = self.db.execute("PRAGMA application_id").fetchone()[0]
        empty = not self.db.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone()
        if application != APPLICATION and not empty:
            raise RegisterError(words()("register.other_file", path=self.path, reason=""))
        self._check_version()
        if self.read_only:
            if self.schema < len(self._steps):
                Store(self.path, create=False, tell=self.tell, steps=self._steps).close()
            return
        self._to_wal()
        self.db.execute("PRAGMA synchronous = NORMAL")  # a crash of the program loses nothing, one of the machine no state
        if self.schema < len(self._steps):
            self._migrate()

    def _check_version(self) -> None:
        if self.schema > len(self._steps):
            raise RegisterError(words()("register.newer", path=self.path, found=self.schema, known=len(self._steps)))

    def _to_wal(self) -> None:
        """Set the journal; two programs that open a new file at once cannot both do so at the same moment."""
        until = time.monotonic() + _PATIENCE
        while True:
            try:
                self.db.execute("PRAGMA journal_mode = WAL")
                return
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                    raise
                time.sleep(0.05)

    def _migrate(self) -> None:
        if self.schema:
            copy = self.backup(f"schema-{self.schema}")
            self.tell(words()("register.migrated", path=self.path, copy=copy))
        with self.writing() as db:
            self._check_version()
            db.execute(f"PRAGMA application_id = {APPLICATION}")
            for number, step in enumerate(self._steps[self.schema:], self.schema + 1):
                for statement in _statements(step.sql):
                    db.execute(statement)
                if step.after is not None:
                    step.after(db)
                db.execute(f"PRAGMA user_version = {number}")

    def backup(self, label: str) -> Path:
        """A copy of the register beside it, named for what it was made before; none is overwritten."""
        base = self.path.with_name(f"{self.path.name}.{label}")
        number, target = 1, base.with_name(base.name + ".bak")
        while target.exists():
            number += 1
            target = base.with_name(f"{base.name}-{number}.bak")
        partial = target.with_name(target.name + ".part")
        copy = sqlite3.connect(partial)
        try:
            self.db.backup(copy)
        finally:
            copy.close()
        os.replace(partial, target)
        return target


def _statements(script: str) -> Iterator[str]:
    """The statements of a script one by one: ``executescript`` would commit in their midst."""
    part = ""
    for line in script.splitlines(keepends=True):
        part += line
        if sqlite3.complete_statement(part):
            yield part
            part = ""
