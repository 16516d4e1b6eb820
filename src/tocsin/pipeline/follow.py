"""Following feeds: each is asked for what is new, what it lists is fetched, read and stored, each article once.

A round asks the feeds whose time has come, then fetches the articles that wait. Whatever stops it, the next one goes on from
what the register holds: a feed's state is kept together with what it listed, and an article waits until it is stored.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace

from tocsin.fetch import Fetched, Fetcher, FetchError
from tocsin.fetch.guard import Resolve, system_resolve
from tocsin.fetch.rules import Rules, rules
from tocsin.knowledge.words import Words
from tocsin.pipeline.clock import Clock
from tocsin.pipeline.follow_report import Report
from tocsin.pipeline.following import Asking, Feeds, Pages
from tocsin.pipeline.hosts import Hosts
from tocsin.pipeline.ingest import How, Ingest, Step
from tocsin.pipeline.keeping import Keeper
from tocsin.register import Register
from tocsin.sources import FailedSource, RawPage
from tocsin.sources.catalog import Source
from tocsin.sources.following import Following, following

Tell = Callable[[Step], None]


@dataclass(frozen=True, slots=True)
class Manner:
    """How hosts are asked: ``contact`` is where they may reach who asks, ``every`` the seconds between two looks at a feed,
    ``private`` and ``resolve`` as for any page."""

    every: float = 900.0
    contact: str = ""
    private: bool = False
    resolve: Resolve = system_resolve
    limits: Rules | None = None


class Follow:
    """Follows sources into a register."""

    def __init__(self, register: Register, job: Ingest, sources: Sequence[Source], manner: Manner, clock: Clock,
                 words: Words, *, keeper: Keeper | None = None) -> None:
        self._register, self._job, self._clock, self._keeper = register, job, clock, keeper
        self._how = How(private=manner.private)
        asking = feed_asking(register, manner, clock, words)
        self._feeds = Feeds(asking, sources, manner.every)
        self._pages = Pages(replace(asking, fetcher=_fetcher(manner, _page_rules(manner))))

    def round(self, tell: Tell = lambda step: None) -> Report:
        """One round; ``tell`` is given what became of each article."""
        report = Report(self._clock.now())
        self._feeds.ask(report)
        records = self._job.tally.records
        handed: dict[str, RawPage] = {}  # by the address that waits
        feeds: dict[str, str] = {}  # of what was handed over
        with closing(self._job.pages(self._fetched(report, handed, feeds), self._how)) as steps:  # type: ignore[type-var]
            for step in steps:
                outcome = "failed" if step.failure else step.added.outcome if step.added else "passed"
                report.stored[outcome] += 1
                if step.failure is not None and all(named.url != step.source for named in report.failures):
                    self._pages.name(report, step.source, step.failure.message, feed=feeds.get(step.source, ""))
                tell(step)
                self._settle(handed, only_done=True)
        self._settle(handed, only_done=False)
        report.records = self._job.tally.records - records
        report.awaited = self._register.followed.waiting()[0]
        report.ended = self._clock.now()
        return report

    def next(self) -> float:
        """When there is something to do again."""
        waiting = self._register.followed.waiting()[1]
        due = self._feeds.due()
        return due if waiting is None else min(due, waiting)

    def _fetched(self, report: Report, handed: dict[str, RawPage],
                 feeds: dict[str, str]) -> Iterator[RawPage | FailedSource]:
        """The pages of the articles that wait, as they come."""
        for awaited, found in self._pages.ask(report, self._feeds.urls()):
            if isinstance(found, Fetched):
                if self._keeper is not None:
                    self._keeper.keep(found, self._clock.now())
                page = self._pages.page_of(awaited, found)
                if page is None:
                    report.articles["known"] += 1
                    continue
                handed[awaited.url], feeds[page.source] = page, awaited.feed
                yield page
            else:
                yield FailedSource(awaited.url, FetchError(found))

    def _settle(self, handed: dict[str, RawPage], *, only_done: bool) -> None:
        """Let no longer wait what is stored."""
        for url, page in list(handed.items()):
            if not only_done or self._job.done(page, self._how):
                self._pages.handled(url, page)
                del handed[url]


def feed_asking(register: Register, manner: Manner, clock: Clock, words: Words) -> Asking:
    """What is needed to ask for feeds."""
    known, page = following(), _page_rules(manner)
    limits = replace(page, kinds=known.kinds, unsure=(), accept=known.accept, bytes=min(known.bytes, page.bytes),
                     seconds=known.seconds if manner.limits is None else page.seconds)
    fetcher = _fetcher(manner, limits)
    hosts = Hosts(register.followed, fetcher, known, clock, words)
    return Asking(register.followed, fetcher, hosts, known, clock, words)


def _page_rules(manner: Manner) -> Rules:
    return replace(manner.limits or rules(), agent=agent(following(), manner.contact))


def _fetcher(manner: Manner, limits: Rules) -> Fetcher:
    return Fetcher(private=manner.private, resolve=manner.resolve, limits=limits)


def agent(known: Following, contact: str) -> str:
    """Who asks, as hosts see it; the version is put in where it is sent."""
    told = "".join(char for char in contact if char.isprintable() and char.isascii() and char not in "{}()")
    return known.agent.replace("{contact}", f"; {told.strip()}" if told.strip() else "")

