"""Reading a text or a page for somebody who waits: one at a time, in a process aside, within a bounded time. Nothing is
stored; the last results are remembered for a while, so that one of them can be.

In: a text, or the address of a page. Out: a result, or how a sentence of an article was read.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tocsin.fetch.guard import target_of
from tocsin.fetch.rules import rules
from tocsin.knowledge.words import words
from tocsin.model import Article, Result
from tocsin.reading import article_from_text, parse_published
from tocsin.sources import page_of
from tocsin.web.hands import MOST_TEXT, Aside, Busy, Explained, Hands, Here, check_length

if TYPE_CHECKING:
    from tocsin.reader import Reader

__all__ = ["MOST_TEXT", "Busy", "Desk"]

_REMEMBERED = 16  # results
_PATIENCE = 8.0  # seconds that a text waits for another


class Desk:
    """Where texts are read. One for the application; any thread may use it."""

    def __init__(self, reader: Reader | None = None, hands: Hands | None = None) -> None:
        """``reader`` where one is loaded already, to be used in this process; ``hands`` to work otherwise."""
        self._lock = threading.Lock()
        self._last: OrderedDict[str, Result] = OrderedDict()
        self._hands = hands or (Here(reader) if reader is not None else Aside())

    def read(self, text: str, published: str | None, *, plain: bool, title: str | None = None, url: str | None = None
             ) -> Result:
        """Read a text; ``url`` is noted as the address where it stands. UsageError where it is empty, too long, or the day
        is none."""
        check_length(text)
        if url is not None:
            target_of(url, rules())
        article, problems = article_from_text(
            text.replace("\r\n", "\n"), source=f"<{words()('web.try_source')}>", title=title or None, url=url, plain=plain,
            published=parse_published(published) if published is not None else None)
        with self._held() as hands:
            return self._remembered(hands.read(article, problems))

    def read_address(self, url: str, published: str | None, *, plain: bool, private: bool) -> Result:
        """Fetch a page and read it; ``private``: from a private network, too. InputError says why there is none."""
        if published is not None:
            parse_published(published)
        page = page_of(url, private=private)
        with self._held() as hands:
            return self._remembered(hands.page(page, published, plain))

    def remembered(self, name: str) -> Result | None:
        """What was read lately of an article, by its id."""
        return self._last.get(name)

    def _remembered(self, result: Result) -> Result:
        self._last[result.article.id] = result
        while len(self._last) > _REMEMBERED:
            self._last.popitem(last=False)
        return result

    def explain(self, article: Article, given: dict[str, str]) -> Explained:
        """The sentences of an article, and how the one that is asked for was read."""
        with self._held() as hands:
            return hands.explain(article, given)

    def warm(self) -> None:
        """Somebody is about to give a text: let what reads it load meanwhile."""
        if isinstance(self._hands, Aside) and self._lock.acquire(blocking=False):
            try:
                self._hands.warm()
            finally:
                self._lock.release()

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
