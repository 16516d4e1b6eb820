"""A day of a hundred feeds in minutes: some broken, slow, moved, gone, empty. Every article once, every failure named."""

from __future__ import annotations

import json
import socket
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from feed_world import (
    NOT_FOUND,
    START,
    Host,
    World,
    answer,
    follower,
    moved,
    outlet,
    rss,
    source,
    stored,
    story,
    world_of,
)
from tocsin.pipeline.follow_report import Report
from tocsin.register import Register

DAY, EVERY = 86_400, 1_800
HOURS = 3_600.0
pytestmark = pytest.mark.long
Day = tuple[World, Path, list[Report], list[str], dict[str, str], dict[str, int]]


def html(world: World, host: str) -> Host:
    """An outlet of web pages; every third is in another character set than it says."""
    inner = outlet(world, host, every=6 * HOURS, first=2)

    def serve(path: str, headers: dict[str, str]) -> object:
        if not path[1:].isdigit():
            return inner(path, headers)
        text = "".join(f"<p>{line} Zoë said “no” again in Malmö and Łódź.</p>" for line in story(host + path).splitlines())
        head = f"<head><meta charset=utf-8><title>Arms {host}</title></head>"
        page = f"<html>{head}<body><article>{text}</article></body></html>"
        lying = int(path[1:]) % 3 == 0
        return answer(page.encode("cp1250", "replace") if lying else page.encode(), kind="text/html; charset=utf-8")

    return serve  # type: ignore[return-value]


def failing(feed: object) -> Host:
    """A host whose feed is always this."""
    return lambda path, headers: feed if path == "/feed" else NOT_FOUND  # type: ignore[return-value, arg-type]


def at_first(world: World, inner: Host, bad: bytes, hours: float) -> Host:
    """A host that answers so for some hours, and then as it should."""
    return lambda path, headers: (
        bad if path == "/feed" and world.clock.now() < START + hours * HOURS else inner(path, headers))


def silent(connection: socket.socket) -> None:
    time.sleep(5)


def build(world: World) -> tuple[list[str], dict[str, str], dict[str, int]]:
    """The hosts: their names, a word of the reason of those that fail, how many articles those list that do not."""
    hosts, failures, articles = [], {}, {}

    def add(number: int, name: str, make: Callable[[str], Host], says: str | None = None, count: int = 0) -> None:
        for index in range(number):
            host = f"{name}{index}.example"
            hosts.append(host)
            world.hosts[host] = make(host)
            if says is not None:
                failures[host] = says
            if count:
                articles[host] = count

    add(58, "plain", lambda host: outlet(world, host, every=4 * HOURS, first=2), count=2 + 5)
    add(6, "html", lambda host: html(world, host), count=2 + 3)
    add(4, "idle", lambda host: outlet(world, host, first=3), count=3)
    add(5, "empty", lambda host: failing(answer(rss([]))))
    add(3, "error", lambda host: failing(answer("<!DOCTYPE html><title>Down</title>")), "web page")
    add(3, "broken", lambda host: failing(answer("<rss><channel", kind="text/xml")[:-4]), "no page that can be read")
    add(2, "slow", lambda host: failing(silent), "in")
    add(3, "gone", lambda host: failing(answer(status="410 Gone")), "410")
    add(3, "missing", lambda host: failing(NOT_FOUND), "404")
    closed = answer("User-agent: *\nDisallow: /", kind="text/plain")
    add(2, "closed", lambda host: lambda path, headers: closed, "robots.txt")
    bomb = answer('<!DOCTYPE r [<!ENTITY a "b">]><rss>&a;</rss>', kind="text/xml")
    add(2, "bomb", lambda host: failing(bomb), "entities")
    add(2, "lost", lambda host: failing(b""), "not found")
    add(2, "late", lambda host: at_first(world, outlet(world, host, first=4), answer(status="503 Busy"), 3), "503", 4)
    add(2, "busy", lambda host: at_first(world, outlet(world, host, first=4), answer(
        "", "Retry-After: 7200", status="429 Too Many Requests"), 1), "429", 4)
    for index in range(3):
        host = f"moved{index}.example"
        world.hosts[f"there{index}.example"] = outlet(world, f"there{index}.example", every=8 * HOURS, first=2)
        world.hosts[host] = failing(moved(world.url(f"there{index}.example")))
        hosts.append(host)
        articles[f"there{index}.example"] = 2 + 2
    world.names.update({host: [] for host in hosts if host.startswith("lost")})
    return hosts, failures, articles


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> Day:
    """The day, gone through; the program is started anew every six hours."""
    path = tmp_path_factory.mktemp("day") / "r.db"
    with pytest.MonkeyPatch.context() as patched, world_of(patched) as world:
        hosts, failures, articles = build(world)
        sources = [source(world, host) for host in hosts]
        reports: list[Report] = []
        for quarter in range(1, 5):
            with follower(world, path, sources, every=EVERY, seconds=0.8) as follow:
                while world.clock.now() < START + quarter * DAY / 4:
                    reports.append(follow.round())
                    world.clock.sleep(max(1.0, follow.next() - world.clock.now()))
    return world, path, reports, hosts, failures, articles


def test_a_hundred_feeds_are_followed(day: Day) -> None:
    world, _, reports, hosts, _, _ = day
    assert len(hosts) == 100
    assert world.clock.now() - START >= DAY
    assert sum(report.feeds.total() for report in reports) > 100 * 20


def test_every_article_is_stored_once_and_fetched_once(day: Day) -> None:
    world, path, _, _, _, articles = day
    expected = Counter({world.url(host, f"/{number}"): 1 for host, count in articles.items() for number in range(count)})
    found = stored(path)
    assert found == expected
    fetched = {name: count for name, count in world.given.items() if name.rpartition("/")[2].isdigit()}
    assert set(fetched.values()) == {1}
    assert len(fetched) == len(expected)


def test_the_texts_are_what_was_written(day: Day) -> None:
    with Register(day[1]) as register:
        found = dict(register._store.db.execute("SELECT source, count(*) FROM article JOIN record "
                                                "ON record.article = article.id GROUP BY source").fetchall())
    assert len(found) == sum(day[5].values())
    assert set(found.values()) == {1}


def test_every_failure_is_named(day: Day) -> None:
    world, _, reports, hosts, failures, _ = day
    named: dict[str, str] = {}
    for report in reports:
        for failure in report.failures:
            named.setdefault(failure.url.partition("//")[2].partition(":")[0], failure.reason)
        assert report.feeds["failed"] + report.feeds["forbidden"] <= len([f for f in report.failures if f.what == "feed"])
        json.dumps(report.as_dict())
    assert set(named) == set(failures)
    for host, says in failures.items():
        assert says in named[host]
    empty = {url.partition("//")[2].partition(":")[0] for report in reports for url in report.empty}
    assert empty == {host for host in hosts if host.startswith("empty")}
    assert {old.partition("//")[2].partition(":")[0] for report in reports for old in report.moved} == {
        f"moved{n}.example" for n in range(3)}
    assert sum(len(report.moved) for report in reports) == 3
    assert world.paths("gone0.example").count("/feed") == 1


def test_nobody_is_asked_more_than_need_be(day: Day) -> None:
    world, _, reports, _, _, _ = day
    asked = Counter(host for _, host, path, _ in world.asked if path == "/feed")
    assert max(asked.values()) <= DAY / EVERY + 1
    assert all(asked[f"missing{n}.example"] <= 16 for n in range(3))
    last: dict[str, float] = {}
    for at, host, _, _ in world.asked:
        assert at - last.get(host, 0.0) >= 5
        last[host] = at
    unchanged, new = (sum(report.feeds[name] for report in reports) for name in ("unchanged", "new"))
    assert unchanged > 4 * new
