"""Reading a text for somebody who waits: the language model is loaded when it is first needed, and one text is read at a
time. Nothing is stored.

In: a text. Out: a result, or how a sentence of an article was read.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tocsin.errors import UsageError
from tocsin.knowledge.words import words
from tocsin.model import Article, Result
from tocsin.reading import parse_published

if TYPE_CHECKING:
    from tocsin.explanation import Explainer
    from tocsin.reader import Reader

MOST_TEXT = 60_000  # characters
_PATIENCE = 20.0  # seconds that a text waits for another


class Busy(Exception):
    """Others' texts are being read, for longer than one waits."""


class Desk:
    """Where texts are read. One for the application; any thread may use it."""

    def __init__(self, reader: Reader | None = None) -> None:
        """``reader`` where one is loaded already."""
        self._lock = threading.Lock()
        self._reader = reader
        self._last: Explainer | None = None

    def read(self, text: str, published: str | None, *, plain: bool, title: str | None = None) -> Result:
        """Read a text. UsageError where it is empty, too long, or the day is none."""
        if not text.strip():
            raise UsageError(words()("web.try_empty"))
        if len(text) > MOST_TEXT:
            raise UsageError(words()("web.try_long", n=f"{len(text):,}", most=f"{MOST_TEXT:,}"))
        day = parse_published(published) if published is not None else None
        with self._held() as reader:
            return reader.read_text(text.replace("\r\n", "\n"), published=day, plain=plain, title=title or None,
                                    source=words()("web.try_source"))

    @contextmanager
    def explaining(self, article: Article) -> Iterator[Explainer]:
        """The sentences of an article, for as long as the block runs; the article of the last time is not parsed again."""
        from tocsin.explanation import Explainer

        with self._held() as reader:
            if self._last is None or self._last.article != article:
                self._last = Explainer(reader, article)
            yield self._last

    @contextmanager
    def _held(self) -> Iterator[Reader]:
        if not self._lock.acquire(timeout=_PATIENCE):
            raise Busy(words()("web.busy"))
        try:
            if self._reader is None:
                from tocsin.reader import Reader

                self._reader = Reader()
            yield self._reader
        finally:
            self._lock.release()
