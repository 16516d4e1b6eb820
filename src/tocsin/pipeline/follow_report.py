"""What a round of following came to: counted, each failure named, as data for programs and as counters for Prometheus."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tocsin.errors import UsageError
from tocsin.knowledge.words import words
from tocsin.pipeline.clock import iso

FEEDS = ("new", "unchanged", "empty", "failed", "gone", "forbidden", "later")
STORED = ("new", "version", "duplicate", "reread", "known", "failed")
ARTICLES = ("fetched", "failed", "forbidden", "later", "known")


@dataclass(frozen=True, slots=True)
class Named:
    """One failure: a feed's or an article's, why, when it is tried again (None: no more)."""

    what: str
    url: str
    feed: str
    reason: str
    again: float | None = None

    def as_dict(self) -> dict[str, Any]:
        """The same as data."""
        return {"what": self.what, "url": self.url, "feed": self.feed, "reason": self.reason,
                "again": None if self.again is None else iso(self.again)}


@dataclass(slots=True)
class Report:
    """One round. ``stored`` counts what became of articles in the register, ``moved`` says where feeds have moved to."""

    began: float
    ended: float | None = None
    feeds: Counter[str] = field(default_factory=Counter)
    articles: Counter[str] = field(default_factory=Counter)
    stored: Counter[str] = field(default_factory=Counter)
    listed: int = 0
    records: int = 0
    requests: int = 0
    bytes: int = 0
    awaited: int = 0
    moved: dict[str, str] = field(default_factory=dict)
    empty: list[str] = field(default_factory=list)
    failures: list[Named] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        """The report as data."""
        return {"began": iso(self.began), "ended": None if self.ended is None else iso(self.ended),
                "seconds": None if self.ended is None else round(self.ended - self.began, 3),
                "feeds": {name: self.feeds[name] for name in FEEDS},
                "articles": {"listed": self.listed, **{name: self.articles[name] for name in ARTICLES}},
                "stored": dict(self.stored), "records": self.records, "requests": self.requests, "bytes": self.bytes,
                "awaited": self.awaited, "moved": self.moved, "empty": self.empty,
                "failures": [failure.as_dict() for failure in self.failures]}


class Metrics:
    """Counters over all rounds of a run, for Prometheus: served on this machine, or written to a file that a collector of
    text files reads."""

    def __init__(self) -> None:
        from prometheus_client import CollectorRegistry, Gauge, disable_created_metrics
        from prometheus_client import Counter as Count

        disable_created_metrics()  # type: ignore[no-untyped-call]  # a second row for each, of use to nobody here
        self._registry = CollectorRegistry()

        def counter(name: str, about: str, *labels: str) -> Any:
            return Count(f"tocsin_follow_{name}", about, labels, registry=self._registry)

        self._feeds = counter("feeds", "Feeds asked, by what came of it", "outcome")
        self._articles = counter("articles", "Articles of feeds, by what came of asking for them", "outcome")
        self._stored = counter("stored", "Articles, by what became of them in the register", "outcome")
        self._listed = counter("listed", "Articles that feeds listed for the first time")
        self._records = counter("records", "Records that were added")
        self._requests = counter("requests", "Requests to hosts")
        self._bytes = counter("bytes", "Bytes of feeds and pages, unpacked")
        self._rounds = counter("rounds", "Rounds that were ended")
        self._awaited = Gauge("tocsin_follow_awaited", "Articles that wait to be fetched", registry=self._registry)
        self._last = Gauge("tocsin_follow_last_round_timestamp_seconds", "When the last round ended, seconds since 1970",
                           registry=self._registry)
        self._took = Gauge("tocsin_follow_last_round_duration_seconds", "How long the last round took",
                           registry=self._registry)
        for name in FEEDS:
            self._feeds.labels(name)
        for name in STORED:  # so that the first of each is seen to be one more
            self._stored.labels(name)
        for name in ARTICLES:
            self._articles.labels(name)

    def count(self, report: Report) -> None:
        """Add a round that has ended."""
        counted = ((self._feeds, report.feeds), (self._articles, report.articles), (self._stored, report.stored))
        for counter, found in counted:
            for outcome, number in found.items():
                counter.labels(outcome).inc(number)
        self._listed.inc(report.listed)
        self._records.inc(report.records)
        self._requests.inc(report.requests)
        self._bytes.inc(report.bytes)
        self._rounds.inc()
        self._awaited.set(report.awaited)
        self._last.set(report.ended or report.began)
        self._took.set((report.ended or report.began) - report.began)

    def text(self) -> str:
        """All of it in the form in which Prometheus reads it."""
        from prometheus_client import generate_latest

        return bytes(generate_latest(self._registry)).decode("utf-8")

    def write(self, path: Path) -> None:
        """Write the file, whole or not at all."""
        from prometheus_client import write_to_textfile

        write_to_textfile(str(path), self._registry)

    def serve(self, port: int) -> None:
        """Answer on this machine, in a thread aside, as long as the program runs. UsageError where the port is taken."""
        from prometheus_client import start_http_server

        try:
            start_http_server(port, "127.0.0.1", self._registry)
        except OSError as error:
            raise UsageError(words()("follow.port", port=port, reason=error.strerror or error)) from None
