"""What following keeps in the register, so that it goes on where it stopped: states of feeds, articles awaited, hosts.

In: what was asked and answered, with times (seconds since 1970) that the caller tells. Out: what is to be asked next. The
state of a feed and what it listed are written in one transaction: a crash between them could lose an article.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

from tocsin.register.alone import alone
from tocsin.register.store import Store

_POLLED = "url, etag, modified, moved, next, tries, gone, reason, verified"
_AWAITED = "url, feed, publisher, published, found, next, tries"


@dataclass(frozen=True, slots=True)
class Polled:
    """The state of a feed; see the migration."""

    url: str
    etag: str | None = None
    modified: str | None = None
    moved: str | None = None
    next: float = 0.0
    tries: int = 0
    gone: bool = False
    reason: str | None = None
    verified: str | None = None


@dataclass(frozen=True, slots=True)
class Awaited:
    """An article that a feed listed and that is still to be fetched."""

    url: str
    feed: str
    publisher: str | None
    published: str | None
    found: float
    next: float = 0.0
    tries: int = 0


@dataclass(frozen=True, slots=True)
class Listed:
    """An article as a feed lists it."""

    url: str
    title: str | None
    published: str | None


class Followed:
    """What a register knows of feeds."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def alone(self) -> AbstractContextManager[None]:
        """A context in which no other program follows into this register: it would ask hosts beside the delays that are
        kept here, and fetch what is being fetched. Raises RegisterError where one does."""
        return alone(self._store.path)

    def feed(self, url: str) -> Polled:
        """The state of a feed; of one that was never asked an empty one."""
        with self._store.reading() as db:
            row = db.execute(f"SELECT {_POLLED} FROM polled WHERE url = ?", (url,)).fetchone()
        return Polled(url) if row is None else _polled(row)

    def feeds(self) -> dict[str, Polled]:
        """The states of all feeds that were ever asked."""
        with self._store.reading() as db:
            return {row[0]: _polled(row) for row in db.execute(f"SELECT {_POLLED} FROM polled")}

    def answered(self, feed: Polled, publisher: str | None, listed: Sequence[Listed], now: float) -> int:
        """Keep the state of a feed with what it listed; how many articles of it are new."""
        with self._store.writing() as db:
            _keep(db, feed)
            before = db.total_changes
            db.executemany("INSERT INTO awaited (url, feed, publisher, title, published, found) VALUES (?, ?, ?, ?, ?, ?) "
                           "ON CONFLICT (url) DO NOTHING",
                           [(one.url, feed.url, publisher, one.title, one.published, now) for one in listed])
            return int(db.total_changes - before)

    def keep(self, feed: Polled) -> None:
        """Keep the state of a feed that listed nothing."""
        with self._store.writing() as db:
            _keep(db, feed)

    def checked(self, url: str, reason: str | None, verified: str | None) -> None:
        """A feed was asked whether it answers, and may be followed meanwhile: what following keeps of its last answer stays.
        ``reason``: why it does not; else it did on the day ``verified``, and is to be asked as if it never had failed."""
        with self._store.writing() as db:
            if reason is not None:
                db.execute("INSERT INTO polled (url, reason) VALUES (?, ?) ON CONFLICT (url) DO UPDATE SET "
                           "reason = excluded.reason", (url, reason))
            else:
                db.execute("INSERT INTO polled (url, verified) VALUES (?, ?) ON CONFLICT (url) DO UPDATE SET reason = NULL, "
                           "verified = excluded.verified, gone = 0, tries = 0, next = 0", (url, verified))

    def due(self, now: float, feeds: Sequence[str]) -> list[Awaited]:
        """The articles of feeds that are to be fetched now, in the order in which they were found."""
        wanted = set(feeds)
        with self._store.reading() as db:
            rows = db.execute(f"SELECT {_AWAITED} FROM awaited WHERE state = 'open' AND next <= ? ORDER BY id",
                              (now,)).fetchall()
        return [Awaited(*row) for row in rows if row[1] in wanted]

    def waiting(self) -> tuple[int, float | None]:
        """How many articles are still to be fetched, and when the first of them is."""
        with self._store.reading() as db:
            count, first = db.execute("SELECT count(*), min(next) FROM awaited WHERE state = 'open'").fetchone()
        return int(count), first

    def settle(self, url: str, reason: str | None = None) -> None:
        """An article was handled; with a reason: it is not to be had."""
        with self._store.writing() as db:
            db.execute("UPDATE awaited SET state = ?, reason = ? WHERE url = ? AND state = 'open'",
                       ("done" if reason is None else "failed", reason, url))

    def put_off(self, url: str, until: float, reason: str | None, *, tried: bool) -> None:
        """An article is to be tried later; ``tried``: it was asked for in vain."""
        with self._store.writing() as db:
            db.execute("UPDATE awaited SET next = ?, reason = ?, tries = tries + ? WHERE url = ? AND state = 'open'",
                       (until, reason, int(tried), url))

    def handled(self, url: str) -> bool:
        """Whether an article was handled."""
        with self._store.reading() as db:
            return db.execute("SELECT 1 FROM awaited WHERE url = ? AND state = 'done'", (url,)).fetchone() is not None

    def alias(self, url: str, other: str, now: float) -> None:
        """An address is that of an article that was handled under another one."""
        with self._store.writing() as db:
            db.execute("INSERT INTO awaited (url, feed, publisher, title, published, found, state) "
                       "SELECT ?, feed, publisher, title, published, ?, 'done' FROM awaited WHERE url = ? "
                       "ON CONFLICT (url) DO UPDATE SET state = 'done', reason = NULL", (url, now, other))

    def robots(self, origin: str, now: float) -> tuple[str, float] | None:
        """What the robots.txt of a host says, and until when that holds; None where it holds no more."""
        with self._store.reading() as db:
            row = db.execute("SELECT robots, holds FROM host WHERE origin = ? AND holds > ?", (origin, now)).fetchone()
        return None if row is None else (row[0], row[1])

    def keep_robots(self, origin: str, robots: str, until: float) -> None:
        """Keep what it says."""
        with self._store.writing() as db:
            db.execute("INSERT INTO host (origin, robots, holds) VALUES (?, ?, ?) ON CONFLICT (origin) DO UPDATE SET "
                       "robots = excluded.robots, holds = excluded.holds", (origin, robots, until))

    def ready(self, origin: str) -> float:
        """Before when a host is not to be asked."""
        with self._store.reading() as db:
            row = db.execute("SELECT ready FROM host WHERE origin = ?", (origin,)).fetchone()
        return 0.0 if row is None else float(row[0])

    def keep_ready(self, origin: str, until: float) -> None:
        """Keep before when a host is not to be asked, as it said itself."""
        with self._store.writing() as db:
            db.execute("INSERT INTO host (origin, ready) VALUES (?, ?) ON CONFLICT (origin) DO UPDATE SET "
                       "ready = max(ready, excluded.ready)", (origin, until))


def _polled(row: Sequence[Any]) -> Polled:
    url, etag, modified, moved, due, tries, gone, reason, verified = row
    return Polled(url, etag, modified, moved, due, tries, bool(gone), reason, verified)


def _keep(db: Any, feed: Polled) -> None:
    db.execute(f"INSERT OR REPLACE INTO polled ({_POLLED}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
               (feed.url, feed.etag, feed.modified, feed.moved, feed.next, feed.tries, int(feed.gone), feed.reason,
                feed.verified))
