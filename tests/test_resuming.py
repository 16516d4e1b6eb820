"""Files of the web that break off are gone on with: the rest alone where the host can give it, all again where it cannot;
nothing is lost, doubled or mixed, and the same addresses are refused at each attempt."""

from __future__ import annotations

import io
import random
import re
import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

import pytest

from test_fetch import Serve, Site, moved
from tocsin.fetch import FetchError, files
from tocsin.fetch.files import save
from tocsin.fetch.rules import Rules, rules

CONTENT = random.Random(7).randbytes(102_400)
OTHER = CONTENT[::-1]
QUICK = replace(rules(), file_back_off=0.0)


@dataclass
class Flaky:
    """A host of one file that breaks off: at the n-th request it sends ``sends[n]`` bytes (None: all that are asked for)."""

    sends: list[int | None]
    content: list[bytes] = field(default_factory=lambda: [CONTENT])  # at the n-th request; the last one stays
    tag: Callable[[int], str | None] = lambda number: '"one"'
    ranged: bool = True
    told: bool = True  # whether it tells the length
    asked: list[tuple[int | None, str | None]] = field(default_factory=list)

    def __call__(self, connection: socket.socket, request: bytes) -> None:
        number = len(self.asked)
        found = re.search(rb"\r\nrange: bytes=(\d+)-\r\n", request, re.IGNORECASE)
        state = re.search(rb"\r\nif-range: ([^\r]+)\r\n", request, re.IGNORECASE)
        start = int(found[1]) if found else None
        self.asked.append((start, state[1].decode() if state else None))
        content, tag = self.content[min(number, len(self.content) - 1)], self.tag(number)
        head = f"ETag: {tag}\r\n" if tag else ""
        fits = self.ranged and start is not None and state is not None and state[1].decode() == tag
        if fits and start == len(content):
            head = f"HTTP/1.1 416 Range Not Satisfiable\r\nContent-Range: bytes */{start}\r\nContent-Length: 0\r\n{head}"
            connection.sendall(head.encode() + b"\r\n")
            return
        part = content[start:] if fits else content
        if fits:
            head += f"Content-Range: bytes {start}-{len(content) - 1}/{len(content)}\r\n"
        if self.told:
            head += f"Content-Length: {len(part)}\r\n"
        else:
            head += "Transfer-Encoding: chunked\r\n"
        status = "206 Partial Content" if fits else "200 OK"
        connection.sendall(f"HTTP/1.1 {status}\r\nContent-Type: application/warc\r\n{head}\r\n".encode())
        sent = part[:self.sends[number]] if number < len(self.sends) else part
        end = b"" if number < len(self.sends) else b"0\r\n\r\n"
        connection.sendall(sent if self.told else b"%x\r\n%b\r\n%b" % (len(sent), sent, end))


Save = Callable[..., tuple[bytes, str | None]]


@pytest.fixture
def got() -> Iterator[Save]:
    """Saves what a host has: the bytes, and what they lack."""
    sites: list[Site] = []

    def saved(host: Serve, limits: Rules = QUICK) -> tuple[bytes, str | None]:
        sites.append(Site({"/a.warc.gz": host}))
        into = io.BytesIO()
        lacks = save(f"{sites[-1].url}/a.warc.gz", into, private=True, limits=limits)
        return into.getvalue(), lacks

    yield saved
    for site in sites:
        site.close()


@pytest.mark.parametrize("told", [True, False])
def test_the_rest_alone_is_asked_for(told: bool, got: Save) -> None:
    host = Flaky([40_000, 30_000], told=told)
    assert got(host) == (CONTENT, None)
    assert host.asked == [(None, None), (40_000, '"one"'), (70_000, '"one"')]


def test_a_date_names_the_state_where_no_tag_does(got: Save) -> None:
    host = Flaky([40_000], tag=lambda number: None)
    day = "Wed, 11 Mar 2026 12:00:00 GMT"

    def dated(connection: socket.socket, request: bytes) -> None:
        number = len(host.asked)
        host.asked.append((None, None))
        part = CONTENT[40_000:] if b"Range: bytes=40000-" in request and day.encode() in request else CONTENT
        lines = f"Content-Range: bytes 40000-{len(CONTENT) - 1}/{len(CONTENT)}\r\n" if part is not CONTENT else ""
        head = f"HTTP/1.1 {206 if lines else 200} OK\r\n{lines}Last-Modified: {day}\r\nContent-Length: {len(part)}\r\n\r\n"
        connection.sendall(head.encode() + (part if number else part[:40_000]))

    assert got(dated) == (CONTENT, None)
    assert len(host.asked) == 2


@pytest.mark.parametrize("tag", [lambda number: None, lambda number: 'W/"weak"', lambda number: '"one"'])
def test_where_no_part_can_be_had_all_is_asked_for_again(tag: Callable[[int], str | None], got: Save) -> None:
    host = Flaky([40_000, 30_000], tag=tag, ranged=False)
    assert got(host) == (CONTENT, None)
    assert [start for start, _ in host.asked] == ([None, 40_000, 40_000] if tag(0) == '"one"' else [None] * 3)


def test_two_states_are_never_mixed(got: Save) -> None:
    host = Flaky([40_000], content=[CONTENT, OTHER], tag=lambda number: f'"{min(number, 1)}"')
    assert got(host) == (OTHER, None)


@pytest.mark.parametrize("part", [
    f"Content-Range: bytes 39999-{len(CONTENT) - 1}/{len(CONTENT)}", f"Content-Range: bytes 40000-50000/{len(CONTENT) + 7}",
    "Content-Range: lines 4-5/6", "X: y", f'ETag: "two"\r\nContent-Range: bytes 40000-{len(CONTENT) - 1}/{len(CONTENT)}',
])
def test_another_part_than_was_asked_for_is_not_taken(part: str, got: Save) -> None:
    host = Flaky([40_000])

    def wrong(connection: socket.socket, request: bytes) -> None:
        if b"Range: bytes=" not in request:
            host(connection, request)
            return
        host.asked.append((-1, None))
        body = CONTENT[40_000:]
        connection.sendall(f"HTTP/1.1 206 Partial Content\r\n{part}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body)

    assert got(wrong) == (CONTENT, None)
    assert [start for start, _ in host.asked] == [None, -1, None]


def test_one_whose_end_was_not_told_may_be_all_there(got: Save) -> None:
    host = Flaky([len(CONTENT)], told=False)
    assert got(host) == (CONTENT, None)
    assert host.asked[1:] == [(len(CONTENT), '"one"')]


def test_what_breaks_off_each_time_is_told_as_cut_with_the_most_that_came(got: Save) -> None:
    host = Flaky([10_000] * 9)
    found, lacks = got(host)
    assert (found, len(host.asked)) == (CONTENT[:50_000], rules().file_tries)
    assert lacks is not None
    assert "it broke off after 50,000" in lacks
    shorter = Flaky([40_000, 9_000, 20_000, 0, 1], ranged=False)
    found, lacks = got(shorter)
    assert (found, len(shorter.asked)) == (CONTENT[:40_000], rules().file_tries)
    assert lacks is not None
    assert "40,000" in lacks


def test_tries_that_bring_much_count_for_none(got: Save) -> None:
    host = Flaky([10_000] * 11)
    assert got(host, replace(QUICK, file_gain=10_000)) == (CONTENT, None)


def test_the_most_that_is_allowed_holds_over_all_tries(got: Save) -> None:
    host = Flaky([40_000, 20_000])
    found, lacks = got(host, replace(QUICK, file_bytes=70_000))
    assert (found, len(host.asked)) == (CONTENT[:70_000], 3)
    assert lacks is not None
    assert "more than 70,000 bytes" in lacks


def test_waits_grow_and_end_with_the_time_that_all_may_take(got: Save, monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[float] = []
    monkeypatch.setattr(files.time, "sleep", waits.append)
    found, _ = got(Flaky([1_000] * 9), rules())
    assert (waits, len(found)) == ([2, 4, 8, 16], 5_000)
    waits.clear()
    assert len(got(Flaky([1_000] * 9), replace(rules(), file_seconds=5.0))[0]) == 3_000
    assert waits == [2, 4]


def test_each_attempt_is_checked_as_the_first_was(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def leads_inside(connection: socket.socket, request: bytes) -> None:
        asked.append(1)
        if len(asked) > 1:
            connection.sendall(moved("http://169.254.169.254/a.warc.gz"))
        else:
            Flaky([40_000])(connection, request)

    monkeypatch.setattr("tocsin.fetch.guard.is_public", lambda address: address == "127.0.0.1")
    site, into = Site({"/a.warc.gz": leads_inside}), io.BytesIO()
    lacks = save(f"{site.url}/a.warc.gz", into, limits=QUICK)
    site.close()
    assert (into.getvalue(), len(asked)) == (CONTENT[:40_000], 2)
    assert lacks is not None
    assert "broke off" in lacks


@pytest.mark.parametrize(("status", "tries"), [("404 Not Found", 2), ("503 Service Unavailable", 5)])
def test_an_error_that_may_pass_is_waited_for(status: str, tries: int, got: Save) -> None:
    asked: list[int] = []

    def failing(connection: socket.socket, request: bytes) -> None:
        asked.append(1)
        if len(asked) == 1:
            Flaky([40_000])(connection, request)
        else:
            connection.sendall(f"HTTP/1.1 {status}\r\nContent-Length: 0\r\n\r\n".encode())

    found, lacks = got(failing)
    assert (len(found), len(asked)) == (40_000, tries)
    assert lacks is not None


def test_where_nothing_came_there_is_nothing_to_go_on_with(got: Save) -> None:
    host = Flaky([0])
    with pytest.raises(FetchError):
        got(host)
    assert len(host.asked) == 1
