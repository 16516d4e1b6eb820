"""A little internet on loopback for tests of following: any number of hosts on one port, a clock that is turned by hand.

A host is a function of the path and the headers of a request; it gives the bytes of the answer, or does with the connection
what it likes.
"""

from __future__ import annotations

import datetime as dt
import random
import socket
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from email.utils import format_datetime
from pathlib import Path

import pytest

from tocsin.fetch.rules import rules
from tocsin.knowledge.words import words
from tocsin.pipeline.follow import Follow, Manner
from tocsin.pipeline.ingest import Ingest
from tocsin.pipeline.keeping import Keeper
from tocsin.register import Register, Run
from tocsin.sources.catalog import Source
from toy import COUNTRIES, READERS

Serve = Callable[[socket.socket], None]
Host = Callable[[str, dict[str, str]], bytes | Serve]
START = dt.datetime(2026, 3, 10, tzinfo=dt.UTC).timestamp()


class FakeClock:
    """A clock that sleeping turns."""

    def __init__(self, now: float = START) -> None:
        self.time = now
        self.slept = 0.0

    def now(self) -> float:
        return self.time

    def sleep(self, seconds: float) -> None:
        assert seconds > 0
        self.slept += seconds
        self.time += seconds


def answer(body: bytes | str = b"", *headers: str, status: str = "200 OK", kind: str = "text/html") -> bytes:
    body = body.encode() if isinstance(body, str) else body
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {kind}", f"Content-Length: {len(body)}", *headers]
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body


def moved(to: str, status: str = "301 Moved Permanently") -> bytes:
    return answer(b"", f"Location: {to}", status=status)


NOT_FOUND = answer("<html><body>Not here</body></html>", status="404 Not Found")


@dataclass
class World:
    """The hosts, and what was asked of them: when, which host and path, and how often each was answered with a page."""

    clock: FakeClock
    hosts: dict[str, Host] = field(default_factory=dict)
    asked: list[tuple[float, str, str, dict[str, str]]] = field(default_factory=list)
    given: Counter[str] = field(default_factory=Counter)
    names: dict[str, list[list[str]]] = field(default_factory=dict)

    def open(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0), backlog=200)
        self.port = self._socket.getsockname()[1]
        threading.Thread(target=self._run, daemon=True).start()

    def close(self) -> None:
        self._socket.close()

    def url(self, host: str, path: str = "/feed") -> str:
        return f"http://{host}:{self.port}{path}"

    def resolve(self, name: str, port: int) -> list[str]:
        """Loopback, unless ``names`` has other answers, one after another."""
        answers = self.names.get(name)
        if answers == []:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return ["127.0.0.1"] if answers is None else answers.pop(0) if len(answers) > 1 else answers[0]

    def paths(self, host: str) -> list[str]:
        return [path for _, name, path, _ in self.asked if name == host]

    def _run(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        with connection:
            request = b""
            while b"\r\n\r\n" not in request:
                piece = connection.recv(4096)
                if not piece:
                    return
                request += piece
            first, *lines = request.decode("latin-1").split("\r\n")
            headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines if line)}
            host, path = headers["host"].rpartition(":")[0], first.split(" ")[1]
            self.asked.append((self.clock.now(), host, path, headers))
            given = self.hosts.get(host, lambda path, headers: NOT_FOUND)(path, headers)
            try:
                if isinstance(given, bytes):
                    if given.startswith(b"HTTP/1.1 200"):
                        self.given[f"{host}{path}"] += 1
                    connection.sendall(given)
                else:
                    given(connection)
            except OSError:
                return


@contextmanager
def world_of(monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    """A world whose one public address is that of loopback."""
    monkeypatch.setattr("tocsin.fetch.guard.is_public", lambda address: address == "127.0.0.1")
    world = World(FakeClock())
    world.open()
    try:
        yield world
    finally:
        world.close()


def story(seed: str) -> str:
    """A text of its own for a name."""
    chance = random.Random(seed)
    noise = " ".join("".join(chance.choices("abcdefghijklmnoprstuvw", k=6)) for _ in range(80))
    giver, taker = chance.sample(sorted(COUNTRIES), 2)
    day = dt.date(1990, 1, 1) + dt.timedelta(days=chance.randrange(12_000))  # of an event of its own
    return f"{giver} gives {taker} {chance.randrange(1, 99)} tanks on {day}.\nThe port said {noise}.\n"


def rss(items: list[tuple[str, float]], title: str = "News") -> str:
    """A feed of these addresses and times."""
    days = [format_datetime(dt.datetime.fromtimestamp(at, dt.UTC)) for _, at in items]
    rows = "".join(f"<item><title>T</title><link>{url}</link><pubDate>{day}</pubDate></item>"
                   for (url, _), day in zip(items, days, strict=True))
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>{title}</title>{rows}</channel></rss>'


def plain(path: str, host: str) -> bytes:
    return answer(story(host + path), kind="text/plain; charset=utf-8")


def outlet(world: World, host: str, every: float = 0, first: int = 3, robots: str | None = None) -> Host:
    """An outlet that has ``first`` articles at the start and one more each ``every`` seconds, and keeps to the rules."""
    def serve(path: str, headers: dict[str, str]) -> bytes | Serve:
        if path == "/robots.txt":
            return NOT_FOUND if robots is None else answer(robots, kind="text/plain")
        if path != "/feed":
            return plain(path, host)
        count = first + (int((world.clock.now() - START) / every) if every else 0)
        tag = f'"{count}"'
        if headers.get("if-none-match") == tag:
            return answer(status="304 Not Modified")
        items = [(world.url(host, f"/{number}"), START + max(0, number - first) * every) for number in range(count)]
        return answer(rss(items[-10:], host), f"ETag: {tag}", kind="application/rss+xml")
    return serve


def source(world: World, host: str, path: str = "/feed") -> Source:
    return Source(host, host, world.url(host, path), "world", "en", "independent")


@contextmanager
def follower(world: World, path: Path, sources: list[Source], *, every: float = 900, seconds: float = 3,
             keeper: Keeper | None = None, size: int = 5_000_000) -> Iterator[Follow]:
    """What follows these sources, with the toy coder."""
    with Register(path) as register:
        job = Ingest(register, Run("toy", "1.0"), READERS["1.0"], words())
        limits = replace(rules(), seconds=seconds, wait=seconds, bytes=size)
        manner = Manner(every, resolve=world.resolve, limits=limits)
        yield Follow(register, job, sources, manner, world.clock, words(), keeper=keeper)


def stored(path: Path) -> Counter[str]:
    """How often each address is an article of the register."""
    with Register(path) as register:
        return Counter(row[0] for row in register._store.db.execute("SELECT source FROM article"))
