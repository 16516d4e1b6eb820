"""Hosts that mean harm to what follows their feeds: each is named, none costs much, nothing inside is asked."""

from __future__ import annotations

import gzip
import os
import socket
import time
from collections.abc import Callable, Iterator
from itertools import pairwise
from multiprocessing.connection import Connection
from pathlib import Path
from types import SimpleNamespace

import pytest

from feed_world import NOT_FOUND, World, answer, follower, moved, outlet, rss, source, stored, world_of
from tocsin.pipeline import apart
from tocsin.pipeline.feeds_apart import parsed
from tocsin.register import Register


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    with world_of(monkeypatch) as made:
        yield made


def test_hosts_that_mean_harm_are_named_and_cost_little(world: World, tmp_path: Path, roomy: None) -> None:
    def endless(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nTransfer-Encoding: chunked\r\n\r\n")
        while True:
            connection.sendall(b"4000\r\n" + b"<a/>" * 4096 + b"\r\n")

    def dripping(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n\r\n<rss>")
        while True:
            connection.sendall(b" ")
            time.sleep(0.05)

    bomb = gzip.compress(b"<rss>" + b" " * 200_000_000, 9)
    entities = ('<!DOCTYPE r [<!ENTITY a "' + "x" * 1000 + '">' + "".join(
        f'<!ENTITY {b} "{f"&{a};" * 100}">' for a, b in pairwise("abcde")) + "]><rss><channel>&e;</channel></rss>")
    feeds: dict[str, object] = {
        "endless": endless, "dripping": dripping, "bomb": answer(bomb, "Content-Encoding: gzip", kind="text/xml"),
        "entities": answer(entities, kind="text/xml"), "html": answer("<!DOCTYPE html><html><body>Error</body></html>"),
        "circle": moved("/feed", "302 Found"), "inside": moved(f"http://secret.example:{world.port}/x", "302 Found"),
        "metadata": moved("http://169.254.169.254/latest/meta-data/", "302 Found"), "file": moved("file:///etc/passwd"),
        "long": moved("/feed/more", "302 Found"), "deep": answer("<rss>" * 50_000, kind="text/xml"),
        "changing": outlet(world, "changing.example"), "empty": answer(""), "nul": answer(b"\0" * 5000, kind="text/xml")}
    for name, feed in feeds.items():
        def serve(path: str, headers: dict[str, str], feed: object = feed, name: str = name) -> object:
            if path == "/robots.txt":
                return NOT_FOUND
            if name == "long":
                return moved(path + "/more", "302 Found")
            return feed(path, headers) if name == "changing" else feed  # type: ignore[operator]
        world.hosts[f"{name}.example"] = serve  # type: ignore[assignment]
    world.names["secret.example"] = [["10.0.0.1"]]
    world.names["changing.example"] = [["127.0.0.1"], ["127.0.0.1"], ["169.254.169.254"]]  # once its feed has been had
    world.names["unknown.example"] = []
    world.hosts["good.example"] = outlet(world, "good.example")
    hosts = [*(f"{name}.example" for name in feeds), "unknown.example", "good.example"]
    began, used = time.monotonic(), time.process_time()
    with follower(world, tmp_path / "r.db", [source(world, host) for host in hosts], seconds=2) as follow:
        report = follow.round()
    assert time.monotonic() - began < 60
    assert time.process_time() - used < 20
    said = {failure.feed.partition("//")[2].partition(".")[0]: failure.reason for failure in report.failures}
    for name, word in {
            "endless": "5,000,000", "dripping": "within 2 s", "bomb": "5,000,000", "entities": "entities",
            "html": "web page", "circle": "back to itself", "inside": "10.0.0.1", "metadata": "169.254.169.254", "file": "http://",
            "long": "more than 5", "deep": "deeper", "changing": "169.254.169.254", "empty": "empty", "nul": "no feed",
            "unknown": "not found"}.items():
        assert word in said[name], name
    assert set(said) == {*feeds, "unknown"}
    assert stored(tmp_path / "r.db") == {world.url("good.example", f"/{n}"): 1 for n in range(3)}
    assert "secret.example" not in {host for _, host, _, _ in world.asked}
    with Register(tmp_path / "r.db") as register:
        kept = {url.partition("//")[2].partition(".")[0]: feed.reason for url, feed in register.followed.feeds().items()}
        waiting = [reason for (reason,) in register._store.db.execute("SELECT reason FROM awaited WHERE reason IS NOT NULL")]
    assert {name: kept[name] for name in said if name != "changing"} | {"changing": waiting[0]} == said


def test_articles_that_mean_harm_are_kept_with_their_reasons(world: World, tmp_path: Path, roomy: None) -> None:
    """Of a good feed: each article that is none keeps its reason in the register, and those beside it are stored."""
    def endless(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n")
        while True:
            connection.sendall(b"4000\r\n" + b"<p> " * 4096 + b"\r\n")

    good = b"Norway gives Latvia 3 tanks.\n" + b"They came by sea to the port of the north. " * 9
    pages: dict[str, object] = {
        "/endless": endless, "/bomb": answer(gzip.compress(b" " * 200_000_000, 9), "Content-Encoding: gzip"),
        "/cut": answer(gzip.compress(good)[:-9], "Content-Encoding: gzip", kind="text/plain"),
        "/circle": moved("/circle"), "/inside": moved("http://169.254.169.254/"),
        "/nul": answer(b"\0" * 5000, kind="text/plain"),
        "/links": answer("<html><body>" + "<a href='/x'>more</a> " * 200_000),
        "/good": answer(good, kind="text/plain")}
    ahead = 5_680_281_600  # the year 2150
    pages["/feed"] = answer(rss([(world.url("a.example", name), ahead) for name in pages]), kind="text/xml")
    world.hosts["a.example"] = lambda path, headers: pages.get(path, NOT_FOUND)  # type: ignore[assignment,return-value]
    path = tmp_path / "r.db"
    for _ in range(6):
        with follower(world, path, [source(world, "a.example")], seconds=5) as follow:
            follow.round()
        world.clock.sleep(90_000)
    with Register(path) as register:
        kept = {failure.source.rpartition("/")[2]: failure.message for failure in register.failures.open()}
        days = register._store.db.execute("SELECT published, published_basis FROM article").fetchall()
    assert stored(path) == {world.url("a.example", "/good"): 1}
    assert days == [("2150-01-01", "feed")]
    assert {f"/{name}" for name in kept} == {*pages} - {"/feed", "/good"}
    for name, word in {"endless": "5,000,000", "bomb": "5,000,000", "cut": "packed", "circle": "back to itself",
                       "nul": "binary", "inside": "169.254.169.254"}.items():
        assert word in kept[name], name


def test_half_characters_in_a_feed_stop_nothing(world: World, tmp_path: Path) -> None:
    feed = (f'{{"version": "https://jsonfeed.org/version/1.1", "title": "\\ud800", "items": [{{"title": "\\udfff", '
            f'"url": "{world.url("a.example", "/1")}"}}]}}')
    inner = outlet(world, "a.example")
    world.hosts["a.example"] = lambda path, headers: (
        answer(feed, kind="application/feed+json") if path == "/feed" else inner(path, headers))
    with follower(world, tmp_path / "r.db", [source(world, "a.example")]) as follow:
        assert follow.round().failures == []
    assert stored(tmp_path / "r.db") == {world.url("a.example", "/1"): 1}


def test_a_feed_that_hangs_or_ends_its_reader_costs_no_other(world: World, tmp_path: Path,
                                                             monkeypatch: pytest.MonkeyPatch) -> None:
    """Feeds are read aside: what befalls the process is the reason that is kept, and the feeds after it are read."""
    monkeypatch.setattr(apart, "_serve", _odd)
    monkeypatch.setattr(apart, "limits", lambda: SimpleNamespace(max_page_seconds=2.0))
    names = ["hangs.example", "dies.example", "breaks.example", "large.example", "good.example"]
    for name in names:
        world.hosts[name] = outlet(world, name, first=1)
    with follower(world, tmp_path / "r.db", [source(world, name) for name in names]) as follow:
        report = follow.round()
    said = {failure.feed.partition("//")[2].partition(".")[0]: failure.reason for failure in report.failures}
    wanted = {"hangs": "was not read within 2 s", "dies": "ended the process that read it",
              "breaks": "ZeroDivisionError", "large": "needs more memory"}
    assert set(said) == set(wanted)
    assert all(part in said[name] for name, part in wanted.items()), said
    assert stored(tmp_path / "r.db") == {world.url("good.example", "/0"): 1}
    with Register(tmp_path / "r.db") as register:
        kept = {url: feed.reason for url, feed in register.followed.feeds().items()}
    assert all(kept[world.url(f"{name}.example")] == reason for name, reason in said.items())


def _odd(pipe: Connection, work: Callable[..., object]) -> None:
    """The process that reads, whose work goes wrong with some feeds."""
    apart._serve(pipe, _odd_work)  # the real one: this is another process, in which nothing is patched


def _odd_work(content: bytes, *given: object) -> object:
    if b"hangs" in content:
        time.sleep(60)
    if b"dies" in content:
        os._exit(9)
    if b"breaks" in content:
        raise ZeroDivisionError("a defect")
    if b"large" in content:
        raise MemoryError
    return parsed(content, *given)  # type: ignore[arg-type]
