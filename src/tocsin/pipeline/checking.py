"""Asking sources whether they answer with a feed: sources in, for each what it holds or why not, kept in the register.

Nothing is fetched of what they list, and the next round of following reads them as if they had not been asked.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass

from tocsin.errors import InputError
from tocsin.knowledge.words import Words
from tocsin.pipeline.clock import Clock
from tocsin.pipeline.feeds_apart import FeedReader
from tocsin.pipeline.follow import Manner, feed_asking
from tocsin.pipeline.follow_report import Report
from tocsin.register import Register
from tocsin.sources.catalog import Source


@dataclass(frozen=True, slots=True)
class Checked:
    """What a source answered: on which day, how many items, the day of the newest, where it has moved to; or why nothing."""

    source: Source
    verified: str | None
    items: int | None = None
    newest: str | None = None
    moved: str | None = None
    reason: str | None = None


def check_sources(register: Register, sources: Sequence[Source], manner: Manner, clock: Clock,
                  words: Words) -> Iterator[Checked]:
    """Each source as it answers, those first whose hosts have time."""
    asking, report = feed_asking(register, manner, clock, words), Report(clock.now())
    with closing(FeedReader(words)) as reader:
        for turn in asking.hosts.turns((source.url, source) for source in sources):
            source = turn.wanted
            try:
                if turn.reason is not None or turn.until is not None:
                    raise InputError(turn.reason or words("follow.later", url=source.url))
                found = asking.fetch(source.url, report)
                feed = reader.read(found.content, found.url, clock.now(), found.charset)
            except InputError as error:
                register.followed.checked(source.url, str(error), None)
                yield Checked(source, register.followed.feed(source.url).verified, reason=str(error))
                continue
            today = dt.datetime.fromtimestamp(clock.now(), dt.UTC).date().isoformat()
            register.followed.checked(source.url, None, today)
            newest = next((item.published[:10] for item in feed.items if item.published), None)
            yield Checked(source, today, len(feed.items) or len(feed.parts), newest, found.moved)
