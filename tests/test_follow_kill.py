"""``kill -9`` in the middle of following: nothing is lost, nothing is stored twice, the register is whole."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import tocsin
from feed_world import START, FakeClock, World, outlet, stored

HERE = Path(__file__).parent
ENV = os.environ | {"PYTHONPATH": os.pathsep.join([str(HERE), str(Path(tocsin.__file__).parents[1])])}
ROUND = """
import sys, time
from pathlib import Path
from feed_world import FakeClock, Source
from toy import READERS
from tocsin.knowledge.words import words
from tocsin.pipeline.follow import Follow, Manner
from tocsin.pipeline.ingest import Ingest
from tocsin.register import Register, Run

class Clock(FakeClock):
    def sleep(self, seconds):
        time.sleep(0.1)
        super().sleep(seconds)

path, url, now = sys.argv[1:]
with Register(Path(path)) as register:
    job = Ingest(register, Run("toy", "1.0"), READERS["1.0"], words())
    source = Source("a", "a", url, "world", "en", "official")
    Follow(register, job, [source], Manner(private=True), Clock(float(now)), words()).round()
"""


def test_killed_runs_lose_and_repeat_nothing(tmp_path: Path) -> None:
    world, path = World(FakeClock()), tmp_path / "r.db"
    world.open()
    world.hosts["127.0.0.1"] = outlet(world, "127.0.0.1", first=10)
    try:
        for number, least in enumerate((1, 2, 4, 6, 8)):
            run = _round(world, path, number)
            until = time.monotonic() + 60
            while run.poll() is None and _count(path) < least and time.monotonic() < until:
                time.sleep(0.01)
            run.send_signal(signal.SIGKILL)
            assert run.wait() == -signal.SIGKILL  # it was still under way
            assert least <= _count(path) < 10
        assert _round(world, path, 9).wait() == 0
    finally:
        world.close()
    assert stored(path) == {world.url("127.0.0.1", f"/{n}"): 1 for n in range(10)}
    with sqlite3.connect(path) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert db.execute("SELECT count(*) FROM record").fetchone() == (10,)
        assert db.execute("SELECT count(*) FROM awaited WHERE state = 'open'").fetchone() == (0,)
    db.close()


def _round(world: World, path: Path, number: int) -> subprocess.Popen[bytes]:
    now = START + number * 3600
    return subprocess.Popen([sys.executable, "-c", ROUND, str(path), world.url("127.0.0.1"), str(now)], env=ENV)


def _count(path: Path) -> int:
    """How many articles another process has stored so far."""
    try:
        db = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
    except sqlite3.OperationalError:
        return 0
    try:
        return int(db.execute("SELECT count(*) FROM article").fetchone()[0])
    except sqlite3.OperationalError:
        return 0
    finally:
        db.close()
