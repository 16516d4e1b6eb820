"""Inputs that could not be read, kept with the reason until they can be.

In: what failed, with how it was to be read. Out: the open failures, for the next try. A resolved one stays on record.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tocsin.register.store import Store


@dataclass(frozen=True, slots=True)
class Failure:
    """An input that could not be read. ``source`` names the article or what there is of it, ``input`` is what to open to try
    again; ``article`` is its id where its text was read and the coder failed; ``options`` says how it was read."""

    source: str
    input: str
    message: str
    article: str | None = None
    options: Mapping[str, Any] = field(default_factory=dict)
    tries: int = 1

    @property
    def key(self) -> tuple[str, str]:
        """What tells it from others: a file may fail in several lines."""
        return self.source, self.message


class Failures:
    """The failures of a register."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def keep(self, failure: Failure) -> None:
        """Keep a failure; one that is open with the same reason was tried once more."""
        now = _now()
        with self._store.writing() as db:
            found = db.execute("UPDATE failure SET article = ?, options = ?, tries = tries + 1, last_seen = ? "
                               "WHERE source = ? AND message = ? AND resolved IS NULL",
                               (failure.article, json.dumps(dict(failure.options)), now, *failure.key))
            if not found.rowcount:
                db.execute("INSERT INTO failure (source, input, message, article, options, tries, first_seen, last_seen) "
                           "VALUES (?, ?, ?, ?, ?, 1, ?, ?)",
                           (failure.source, failure.input, failure.message, failure.article,
                            json.dumps(dict(failure.options)), now, now))

    def open(self) -> list[Failure]:
        """The failures that no later try has resolved, oldest first."""
        with self._store.reading() as db:
            rows = db.execute("SELECT source, input, message, article, options, tries FROM failure "
                              "WHERE resolved IS NULL ORDER BY id").fetchall()
        return [Failure(source, given, message, article, json.loads(options), tries)
                for source, given, message, article, options, tries in rows]

    def resolve(self, failures: Sequence[Failure]) -> None:
        """Mark what was read at last."""
        if not failures:
            return
        with self._store.writing() as db:
            db.executemany("UPDATE failure SET resolved = ? WHERE source = ? AND message = ? AND resolved IS NULL",
                           [(_now(), *failure.key) for failure in failures])


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
