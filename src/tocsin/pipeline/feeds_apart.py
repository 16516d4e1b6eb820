"""Reading feeds in a process aside: bytes in, the feed out. Whatever one does to what reads it costs that feed alone."""

from __future__ import annotations

from tocsin.errors import InputError
from tocsin.knowledge.words import Words
from tocsin.pipeline.apart import Aside
from tocsin.sources.feeds import Feed, feed_of


class FeedReader:
    """Reads feeds, one after another. Its process begins with the first and ends with ``close``, after which it can be used
    again."""

    def __init__(self, words: Words) -> None:
        self._aside, self._words = Aside(words, parsed, slow="feed.slow", died="feed.died"), words

    def read(self, content: bytes, url: str, now: float, charset: str | None) -> Feed:
        """The feed. Raises InputError, also where it takes too long, too much memory, or ends what reads it."""
        self._aside.ask(url, content, url, now, charset)
        try:
            found: Feed = self._aside.answer()
        except RuntimeError as error:  # a defect met in one feed must not cost the others
            raise InputError(self._words("feed.broken", url=url, reason=error)) from None
        return found

    def close(self) -> None:
        """End the process."""
        self._aside.close()


def parsed(content: bytes, url: str, now: float, charset: str | None) -> Feed:
    """What the process does."""
    return feed_of(content, url, now=now, charset=charset)
