"""The two halves of a round: feeds are asked for what they list, articles are fetched. What fails is named and tried again
when its time has come, or no more.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace

from tocsin.errors import InputError
from tocsin.fetch import Fetched, Fetcher, FetchError, Passing, StatusError
from tocsin.knowledge.words import Words
from tocsin.pipeline.clock import Clock, iso
from tocsin.pipeline.feeds_apart import FeedReader
from tocsin.pipeline.follow_report import Named, Report
from tocsin.pipeline.hosts import Hosts, Turn, origin_of, wait_of
from tocsin.register.followed import Awaited, Followed, Listed, Polled
from tocsin.sources import RawPage, Stated
from tocsin.sources.catalog import Source
from tocsin.sources.charsets import page_content
from tocsin.sources.feeds import Feed, address_of
from tocsin.sources.following import Following

_BUSY = (429, 503)


@dataclass(frozen=True, slots=True)
class Asking:
    """What is needed to ask for something."""

    followed: Followed
    fetcher: Fetcher
    hosts: Hosts
    rules: Following
    clock: Clock
    words: Words

    def fetch(self, url: str, report: Report, held: dict[str, str] | None = None) -> Fetched:
        """Ask for a page now. A host that says that it is asked too often is left alone. Raises FetchError."""
        report.requests += 1
        self.hosts.asked(url)
        try:
            found = self.fetcher.fetch(url, held, lambda to: self._led(url, to))
        except StatusError as error:
            if error.status in _BUSY:
                now = self.clock.now()
                self.hosts.leave(url, now + wait_of(error, 0, self.rules, now))
            raise
        finally:
            self.hosts.asked(url)
        self.hosts.asked(found.url)
        report.bytes += len(found.content)
        return found

    def _led(self, url: str, to: str) -> None:
        """Wait until the host to which an address leads may be asked for that. Raises FetchError where it may not, or not
        within the delay that is usual: the time that the page may take runs on."""
        origin = origin_of(to)
        if origin != origin_of(url) and not self.hosts.knows(origin) and (reason := self.hosts.learn(origin)) is not None:
            raise Passing(reason)
        if not self.hosts.allows(to):
            raise FetchError(self.words("follow.forbidden", url=to))
        if origin != origin_of(url) and (wait := self.hosts.ready(origin) - self.clock.now()) > 0:
            if wait > self.rules.delay:
                raise Passing(self.words("follow.later", url=to))
            self.clock.sleep(wait)
            self.hosts.asked(to)


class Feeds:
    """The feeds that are followed."""

    def __init__(self, asking: Asking, sources: Sequence[Source], every: float) -> None:
        self._asking, self._every = asking, every
        self._urls = dict.fromkeys(source.url for source in sources)
        self._parts: dict[str, str] = {}  # sitemaps that indexes name, with the index
        self._reader = FeedReader(asking.words)

    def urls(self) -> list[str]:
        """The addresses of all, parts of indexes too."""
        return [*self._urls, *self._parts]

    def due(self) -> float:
        """When the first is to be asked again."""
        states = self._asking.followed.feeds()
        times = [states[url].next for url in self._urls if url in states and not states[url].gone]
        return min(times, default=self._asking.clock.now() + self._every)

    def ask(self, report: Report) -> None:
        """Ask those whose time has come, and the parts of what turns out to be an index."""
        with closing(self._reader):
            self._ask(report, list(self._urls))
            self._ask(report, list(self._parts))

    def _ask(self, report: Report, urls: Sequence[str]) -> None:
        now, due = self._asking.clock.now(), []
        for url in urls:
            state = self._asking.followed.feed(url)
            if state.gone:
                report.feeds["gone"] += 1
            elif state.next <= now:
                due.append((state.moved or url, state))
        for turn in self._asking.hosts.turns(iter(due)):
            self._take(turn, report)

    def _take(self, turn: Turn[Polled], report: Report) -> None:
        state = turn.wanted
        if turn.until is not None:
            report.feeds["later"] += 1
            self._asking.followed.keep(replace(state, next=turn.until))
            return
        if turn.reason is not None:
            self._failed(state, turn.reason, None, report, "forbidden" if turn.forbidden else "failed")
            return
        held = {"If-None-Match": state.etag, "If-Modified-Since": state.modified}
        try:
            found = self._asking.fetch(turn.url, report, {name: value for name, value in held.items() if value})
            feed = None if found.unchanged else self._reader.read(found.content, found.url, self._asking.clock.now(),
                                                                  found.charset)
        except InputError as error:
            self._failed(state, str(error), error, report, "failed")
            return
        self._keep(state, found, feed, report)

    def _keep(self, state: Polled, found: Fetched, feed: Feed | None, report: Report) -> None:
        now = self._asking.clock.now()
        today = dt.datetime.fromtimestamp(now, dt.UTC).date().isoformat()
        moved = found.moved or state.moved
        if moved != state.moved and moved is not None:
            report.moved[state.url] = moved
        kept = replace(state, moved=moved, next=now + self._every, tries=0, reason=None, verified=today)
        if feed is None:
            report.feeds["unchanged"] += 1
            self._asking.followed.keep(kept)
            return
        kept = replace(kept, etag=_short(found.header("etag")), modified=_short(found.header("last-modified")))
        listed = [Listed(item.url, item.title, item.published) for item in feed.items]
        report.listed += self._asking.followed.answered(kept, feed.title, listed, now)
        for part in feed.parts:
            if part not in self._urls and state.url not in self._parts:
                self._parts.setdefault(part, state.url)
        empty = not feed.items and not feed.parts
        report.feeds["empty" if empty else "new"] += 1
        if empty:
            report.empty.append(state.url)

    def _failed(self, state: Polled, reason: str, error: Exception | None, report: Report, outcome: str) -> None:
        now = self._asking.clock.now()
        gone = isinstance(error, StatusError) and error.status in self._asking.rules.gone
        wait = wait_of(error or InputError(reason), state.tries, self._asking.rules, now)
        again = now + max(self._every, wait)
        report.feeds["gone" if gone else outcome] += 1
        report.failures.append(Named("feed", state.url, state.url, reason, None if gone else again))
        self._asking.followed.keep(replace(state, moved=None, etag=None, modified=None, next=again, tries=state.tries + 1,
                                           gone=gone, reason=reason))


class Pages:
    """The articles that feeds listed."""

    def __init__(self, asking: Asking) -> None:
        self._asking = asking

    def ask(self, report: Report, feeds: Sequence[str]) -> Iterator[tuple[Awaited, Fetched | str]]:
        """Each article that waits, with its page or the reason why it is not to be had. What may be had later waits on."""
        due = self._asking.followed.due(self._asking.clock.now(), feeds)
        for turn in self._asking.hosts.turns((one.url, one) for one in due):
            awaited = turn.wanted
            if turn.until is not None:
                report.articles["later"] += 1
                self._asking.followed.put_off(awaited.url, turn.until, None, tried=False)
            elif turn.forbidden and turn.reason is not None:
                report.articles["forbidden"] += 1
                self._asking.followed.settle(awaited.url, turn.reason)
                self.name(report, awaited.url, turn.reason, feed=awaited.feed)
            else:
                found = self._tried(turn, report)
                if found is not None:
                    yield awaited, found

    def _tried(self, turn: Turn[Awaited], report: Report) -> Fetched | str | None:
        awaited = turn.wanted
        try:
            if turn.reason is not None:
                raise Passing(turn.reason)
            found = self._asking.fetch(awaited.url, report)
        except FetchError as error:
            return self._failed(awaited, error, report)
        report.articles["fetched"] += 1
        return found

    def _failed(self, awaited: Awaited, error: FetchError, report: Report) -> str | None:
        """The reason why an article is not to be had; None where it is tried again."""
        rules, now = self._asking.rules, self._asking.clock.now()
        status = error.status if isinstance(error, StatusError) else None
        passing = isinstance(error, Passing) or (status is not None and status not in rules.lasting)
        report.articles["failed"] += 1
        if passing and awaited.tries + 1 < rules.tries:
            again = now + wait_of(error, awaited.tries, rules, now)
            self._asking.followed.put_off(awaited.url, again, str(error), tried=True)
            self.name(report, awaited.url, str(error), feed=awaited.feed, again=again)
            return None
        self._asking.followed.settle(awaited.url, str(error))
        self.name(report, awaited.url, str(error), feed=awaited.feed)
        return str(error)

    def name(self, report: Report, url: str, reason: str, *, feed: str = "", again: float | None = None) -> None:
        """Name a failure in the report."""
        report.failures.append(Named("article", url, feed, reason, again))

    def page_of(self, awaited: Awaited, found: Fetched) -> RawPage | None:
        """The page to be read; None where it stands at the address of one that was handled."""
        final = address_of(found.url, found.url) or found.url
        if final != awaited.url and self._asking.followed.handled(final):
            self._asking.followed.settle(awaited.url)
            return None
        stated = Stated(publisher=awaited.publisher, fetched=iso(awaited.found), listed=awaited.published)
        content = page_content(found.kind, found.content, found.charset)
        return RawPage(final, found.kind, content, url=found.url, stated=stated)

    def handled(self, url: str, page: RawPage) -> None:
        """An article is stored: it waits no more, nor does the address to which it led."""
        self._asking.followed.settle(url)
        if page.source != url:
            self._asking.followed.alias(page.source, url, self._asking.clock.now())


def _short(header: str | None) -> str | None:
    """A header that is sent back as it came; none that is too long or of more than plain letters."""
    return header if header and len(header) <= 500 and header.isprintable() and header.isascii() else None
