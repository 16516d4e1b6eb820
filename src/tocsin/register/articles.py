"""Articles as a list shows them. In: their numbers; out: rows with version and copies."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """An article as a list shows it. ``version`` counts the texts at its address; ``copies`` are ids of the articles
    elsewhere with the very same text."""

    id: str
    source: str
    url: str | None
    title: str | None
    publisher: str | None
    published: str | None
    version: int
    copies: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cited:
    """What citing an article needs besides: who wrote it, its language, and when it came into the register (ISO 8601)."""

    author: str | None
    language: str | None
    added: str


def cited(db: sqlite3.Connection, numbers: Sequence[int]) -> dict[int, Cited]:
    """The same of articles by number; at most some hundred at once."""
    here = f"({', '.join('?' * len(numbers))})"
    rows = db.execute(f"SELECT id, author, language, added FROM article WHERE id IN {here}", numbers)
    return {number: Cited(*values) for number, *values in rows}


def article_rows(db: sqlite3.Connection, numbers: Sequence[int]) -> dict[int, ArticleRow]:
    """Rows of articles by number, in the order given; at most some hundred at once."""
    here = f"({', '.join('?' * len(numbers))})"
    copies: defaultdict[int, list[str]] = defaultdict(list)
    for original, name in db.execute(f"SELECT duplicate_of, article FROM article WHERE duplicate_of IN {here} ORDER BY id",
                                     numbers):
        copies[original].append(name)
    found = db.execute(
        f"""SELECT id, article, source, url, title, publisher, published, (SELECT max(number) FROM version
              WHERE version.address = a.address AND version.article = a.id) FROM article a WHERE id IN {here}""", numbers)
    rows = {number: ArticleRow(name, source, url, title, publisher, published, version or 1, tuple(copies[number]))
            for number, name, source, url, title, publisher, published, version in found}
    return {number: rows[number] for number in numbers}
