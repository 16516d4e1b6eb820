"""Several programs at one register, as processes: two that follow, one that follows beside one that ingests."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import tocsin
from feed_world import START, FakeClock, World, outlet, stored
from tocsin.errors import RegisterError
from tocsin.register import Register
from tocsin.register.followed import Polled

HERE = Path(__file__).parent
ENV = os.environ | {"PYTHONPATH": os.pathsep.join([str(HERE), str(Path(tocsin.__file__).parents[1])])}
COMMAND = """
import signal, sys, time
from feed_world import START, FakeClock
from tocsin.cli import app
from toy import reader_1

class Quick(FakeClock):
    def sleep(self, seconds):
        time.sleep(0.05)
        super().sleep(seconds)

signal.signal(signal.SIGINT, signal.default_int_handler)
clock = Quick(START)
for name in ("follow", "ingest"):
    sys.modules[f"tocsin.cli.{name}"].make_reader = reader_1
sys.modules["tocsin.cli.follow"].SystemClock = lambda: clock
app(sys.argv[1:])
"""
COUNT = 12


@pytest.fixture
def world() -> Iterator[World]:
    made = World(FakeClock())
    made.open()
    made.hosts["127.0.0.1"] = outlet(made, "127.0.0.1", first=COUNT)
    yield made
    made.close()


@pytest.fixture
def started(tmp_path: Path) -> Iterator[list[subprocess.Popen[str]]]:
    processes: list[subprocess.Popen[str]] = []
    yield processes
    for one in processes:
        one.kill()
        one.wait()
        if one.stdout is not None:
            one.stdout.close()


def start(started: list[subprocess.Popen[str]], folder: Path, *given: str, delay: float = 0) -> subprocess.Popen[str]:
    started.append(subprocess.Popen([sys.executable, "-c", COMMAND, *given, "--allow-private"], cwd=folder, text=True,
                                    env=ENV | {"TOY_DELAY": str(delay)}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT))
    return started[-1]


def wait_for(path: Path, count: int) -> None:
    """Wait until another process has stored so many articles."""
    until = time.monotonic() + 60
    while articles(path) < count:
        assert time.monotonic() < until
        time.sleep(0.02)


def articles(path: Path) -> int:
    return asked(path, "SELECT count(*) FROM article") if path.exists() else 0


def asked(path: Path, question: str) -> int:
    db = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
    try:
        return int(db.execute(question).fetchone()[0])
    except sqlite3.OperationalError:
        return 0
    finally:
        db.close()


def whole(path: Path, world: World) -> None:
    """The last articles of the feed are there once each, with their records; nothing waits, the feed's state is kept."""
    assert stored(path) == {world.url("127.0.0.1", f"/{n}"): 1 for n in range(COUNT - 10, COUNT)}
    assert asked(path, "SELECT count(*) FROM record") == 10
    assert asked(path, "SELECT count(*) FROM awaited WHERE state = 'open'") == 0
    assert asked(path, f"SELECT count(*) FROM polled WHERE etag = '\"{COUNT}\"' AND tries = 0 AND reason IS NULL") == 1
    with sqlite3.connect(path) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    db.close()


def test_a_second_one_that_follows_is_refused_as_long_as_the_first_lives(
        world: World, tmp_path: Path, started: list[subprocess.Popen[str]]) -> None:
    path, url = tmp_path / "register.db", world.url("127.0.0.1")
    first = start(started, tmp_path, "follow", url, delay=1)
    wait_for(path, 2)
    second = start(started, tmp_path, "follow", url, "--once", "--register", str(path), "--contact", "desk@example.org")
    told, _ = second.communicate(timeout=60)
    assert second.returncode == 3, told
    assert "another tocsin follow is at work on" in told
    assert first.poll() is None
    assert not any("desk@example.org" in headers["user-agent"] for _, _, _, headers in world.asked)  # it has asked nobody
    first.send_signal(signal.SIGKILL)
    first.communicate()
    third = start(started, tmp_path, "follow", url, "--once")
    told, _ = third.communicate(timeout=60)
    assert third.returncode == 0, told
    whole(path, world)


def test_following_beside_ingesting_stores_every_article_once(
        world: World, tmp_path: Path, started: list[subprocess.Popen[str]]) -> None:
    path, url = tmp_path / "register.db", world.url("127.0.0.1")
    pages = [world.url("127.0.0.1", f"/{n}") for n in range(COUNT - 10, COUNT)]
    both = [start(started, tmp_path, "follow", url, "--once", delay=0.05),
            start(started, tmp_path, "ingest", *reversed(pages), delay=0.05)]
    for one in both:
        told, _ = one.communicate(timeout=120)
        assert one.returncode == 0, told
    whole(path, world)


def test_the_lock_ends_with_its_context_and_is_that_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "link.db").symlink_to("r.db")
    with Register(tmp_path / "r.db") as one, Register(tmp_path / "link.db") as other:
        with one.followed.alone(), pytest.raises(RegisterError, match="another tocsin follow"), other.followed.alone():
            pass
        with other.followed.alone():
            pass


def test_asking_whether_a_feed_answers_keeps_what_following_knows_of_it(tmp_path: Path) -> None:
    with Register(tmp_path / "r.db") as register:
        known = Polled("a:1", "tag", "then", "a:2", START + 900, verified="2026-03-01")
        register.followed.keep(known)
        register.followed.checked("a:1", "no answer", None)
        assert register.followed.feed("a:1") == Polled("a:1", "tag", "then", "a:2", START + 900, reason="no answer",
                                                       verified="2026-03-01")
        register.followed.checked("a:1", None, "2026-03-02")
        assert register.followed.feed("a:1") == Polled("a:1", "tag", "then", "a:2", verified="2026-03-02")
