"""Manners towards hosts: what their robots.txt lets be asked, how long between two requests, when not at all.

In: addresses that one wants to ask. Out: one after another those whose turn it is, so that no host is asked twice within its
delay and none waits for another; those of hosts that want to be left alone for longer, with the time until then.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Any, Generic, TypeVar
from urllib.parse import urlsplit

from tocsin.fetch import Fetcher, FetchError, Passing, StatusError
from tocsin.knowledge.words import Words
from tocsin.pipeline.clock import Clock
from tocsin.register.followed import Followed
from tocsin.sources.following import Following

Wanted = TypeVar("Wanted")
_TOO_MANY = 429
_SERVER = 500
_MOST_ROBOTS = 500_000  # bytes that are read of a robots.txt, as RFC 9309 asks for


@dataclass(frozen=True, slots=True)
class Turn(Generic[Wanted]):
    """What is wanted of an address. ``until``: not before then; ``reason``: why nothing may be asked there, ``forbidden``
    where that is what the host wants."""

    url: str
    wanted: Wanted
    until: float | None = None
    reason: str | None = None
    forbidden: bool = False


class Hosts:
    """What is known of hosts; kept in the register where it must outlast this run."""

    def __init__(self, followed: Followed, fetcher: Fetcher, rules: Following, clock: Clock, words: Words) -> None:
        self._followed, self._fetcher, self._rules, self._clock, self._words = followed, fetcher, rules, clock, words
        self._robots: dict[str, tuple[Any, float]] = {}
        self._asked: dict[str, float] = {}
        self._delays: dict[str, float] = {}
        self._blocked: dict[str, float] = {}

    def ready(self, origin: str) -> float:
        """When a host may be asked again."""
        if origin not in self._blocked:
            self._blocked[origin] = self._followed.ready(origin)
        return max(self._blocked[origin], self._asked.get(origin, 0.0) + self._delay(origin))

    def asked(self, url: str) -> None:
        """A host was asked just now."""
        self._asked[origin_of(url)] = self._clock.now()

    def leave(self, url: str, until: float) -> None:
        """Leave a host alone until a time."""
        origin = origin_of(url)
        self._blocked[origin] = max(self.ready(origin), until)
        self._followed.keep_ready(origin, until)

    def knows(self, origin: str) -> bool:
        """Whether it is known what a host lets be asked."""
        now = self._clock.now()
        if self._robots.get(origin, (None, 0.0))[1] > now:
            return True
        if (kept := self._followed.robots(origin, now)) is None:
            return False
        self._take(origin, *kept)
        return True

    def learn(self, origin: str) -> str | None:
        """Ask a host for its robots.txt; why it cannot be had, where it is there and cannot be read now. A host that has
        none lets all be asked."""
        url, now, text = f"{origin}/robots.txt", self._clock.now(), ""
        self.asked(url)
        try:
            text = self._fetcher.fetch(url).content[:_MOST_ROBOTS].decode("utf-8", "replace")
        except FetchError as error:
            status = error.status if isinstance(error, StatusError) else None
            if isinstance(error, Passing) or status == _TOO_MANY or (status or 0) >= _SERVER:
                return self._words("follow.no_robots", host=urlsplit(url).netloc, reason=error)
        until = now + self._rules.robots_hours * 3600
        self._take(origin, text, until)
        self._followed.keep_robots(origin, text, until)
        return None

    def allows(self, url: str) -> bool:
        """Whether a host whose robots.txt is known lets an address be asked."""
        return bool(self._robots[origin_of(url)][0].can_fetch(url, self._rules.robot))

    def turns(self, wanted: Iterator[tuple[str, Wanted]]) -> Iterator[Turn[Wanted]]:
        """Everything wanted, each when its host's turn has come."""
        queues: dict[str, deque[tuple[str, Wanted]]] = {}
        for url, what in wanted:
            queues.setdefault(origin_of(url), deque()).append((url, what))
        while queues:
            origin = min(queues, key=self.ready)
            queue, ready, now = queues[origin], self.ready(origin), self._clock.now()
            reason = None
            if ready - now <= self._rules.most_delay:
                if ready > now:
                    self._clock.sleep(ready - now)
                if not self.knows(origin):
                    reason = self.learn(origin)
                    if reason is None:
                        continue
            if ready - now > self._rules.most_delay or reason is not None:
                del queues[origin]
                yield from (Turn(url, what, ready if reason is None else None, reason) for url, what in queue)
                continue
            url, what = queue.popleft()
            if not queue:
                del queues[origin]
            if self.allows(url):
                yield Turn(url, what)
            else:
                yield Turn(url, what, reason=self._words("follow.forbidden", url=url), forbidden=True)

    def _delay(self, origin: str) -> float:
        return self._delays.get(origin, self._rules.delay)

    def _take(self, origin: str, robots: str, until: float) -> None:
        """Take a robots.txt for what it says."""
        parsed = _parsed(robots)
        said = float(parsed.crawl_delay(self._rules.robot) or 0)
        self._robots[origin] = parsed, until
        self._delays[origin] = min(max(self._rules.delay, said), self._rules.most_delay)


def origin_of(url: str) -> str:
    """The host of an address, as its robots.txt is valid for it."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.lower()}"


def wait_of(error: Exception, tries: int, rules: Following, now: float) -> float:
    """Seconds until what failed is tried again: doubled each time, not less than the host says."""
    own = min(rules.back_off * 2.0 ** min(tries, 30), rules.most_back_off)
    said = error.retry_after if isinstance(error, StatusError) else None
    return max(own, _seconds(said, now, rules.most_back_off))


def _seconds(said: str | None, now: float, most: float) -> float:
    """What Retry-After says, in seconds or as a date; never more than ``most``."""
    if not said:
        return 0.0
    try:
        found = float(said) if said.strip().isdigit() else parsedate_to_datetime(said).timestamp() - now
    except (ValueError, OverflowError):
        return 0.0
    return min(max(found, 0.0), most)


def _parsed(text: str) -> Any:
    from protego import Protego

    return Protego.parse(text)
