"""Reading a text for somebody who waits: one at a time, in a process aside, within a bounded time. Nothing is stored.

In: a text or an article. Out: a result, or how a sentence of an article was read.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tocsin.errors import UsageError
from tocsin.knowledge.words import words
from tocsin.model import Article, Problem, Result
from tocsin.reading import article_from_text, parse_published
from tocsin.web.hands import Aside, Busy, Explained, Hands, Here

if TYPE_CHECKING:
    from tocsin.reader import Reader

__all__ = ["MOST_TEXT", "Busy", "Desk"]

MOST_TEXT = 60_000  # characters
_PATIENCE = 8.0  # seconds that a text waits for another


class Desk:
    """Where texts are read. One for the application; any thread may use it."""

    def __init__(self, reader: Reader | None = None, hands: Hands | None = None) -> None:
        """``reader`` where one is loaded already, to be used in this process; ``hands`` to work otherwise."""
        self._lock = threading.Lock()
        self._hands = hands or (Here(reader) if reader is not None else Aside())

    def read(self, text: str, published: str | None, *, plain: bool, title: str | None = None) -> Result:
        """Read a text. UsageError where it is empty, too long, or the day is none."""
        check_length(text)
        article, problems = article_from_text(
            text.replace("\r\n", "\n"), source=words()("web.try_source"), title=title or None, plain=plain,
            published=parse_published(published) if published is not None else None)
        return self.read_article(article, problems)

    def read_article(self, article: Article, problems: list[Problem]) -> Result:
        """Read an article. UsageError where it is too long; Busy where others are read, or it takes too long."""
        check_length(article.text)
        with self._held() as hands:
            return hands.read(article, problems)

    def explain(self, article: Article, given: dict[str, str]) -> Explained:
        """The sentences of an article, and how the one that is asked for was read."""
        with self._held() as hands:
            return hands.explain(article, given)

    def close(self) -> None:
        """End what works aside."""
        if isinstance(self._hands, Aside):
            self._hands.close()

    @contextmanager
    def _held(self) -> Iterator[Hands]:
        if not self._lock.acquire(timeout=_PATIENCE):
            raise Busy(words()("web.busy"))
        try:
            yield self._hands
        finally:
            self._lock.release()


def check_length(text: str) -> None:
    """UsageError where a text is empty, or too long to be waited for."""
    if not text.strip():
        raise UsageError(words()("web.try_empty"))
    if len(text) > MOST_TEXT:
        raise UsageError(words()("web.try_long", n=f"{len(text):,}", most=f"{MOST_TEXT:,}"))
