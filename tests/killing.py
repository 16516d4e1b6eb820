"""Killing an ingest at a random moment, any step before any of its statements: for the tests and ``benchmarks/kills.py``."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import tocsin
from tocsin.register import Register

HERE = Path(__file__).parent
ENV = os.environ | {"PYTHONPATH": os.pathsep.join([str(HERE), str(Path(tocsin.__file__).parents[1])])}


def kill(path: Path, news: Path, workers: int, draw: random.Random) -> list[str]:
    """Start an ingest, kill it once it has begun to store, and look at what it left: faults, none where all is well."""
    command = [sys.executable, str(HERE / "toy.py"), str(path), str(workers), "1.0", str(news)]
    before = articles(path)
    running = subprocess.Popen(command, env=ENV | {"TOY_DELAY": "0.02"}, start_new_session=True)
    until = time.monotonic() + 30
    while running.poll() is None and articles(path) == before and time.monotonic() < until:
        time.sleep(0.01)
    time.sleep(draw.random() * 0.2)
    running.send_signal(signal.SIGKILL)
    running.wait()
    while alive(running.pid) and time.monotonic() < until:
        time.sleep(0.05)
    faults = ["workers outlive the process that started them"] if alive(running.pid) else []
    with sqlite3.connect(path) as db:
        checked = db.execute("PRAGMA integrity_check").fetchone()[0]
        half = db.execute("SELECT count(*) FROM article WHERE duplicate_of IS NULL AND shown IS NULL").fetchone()[0]
    db.close()
    faults += [f"integrity_check: {checked}"] if checked != "ok" else []
    faults += [f"{half} articles without their records"] if half else []
    return faults + (["articles were lost"] if articles(path) < before else [])


def alive(session: int) -> bool:
    """Whether a process of a session is left."""
    try:
        os.killpg(session, 0)
    except ProcessLookupError:
        return False
    for file in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            state, _, _, found = file.read_text().rpartition(") ")[2].split()[:4]
            if int(found) == session and state != "Z":
                return True
    return False


def articles(path: Path) -> int:
    if not path.exists():
        return 0
    db = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        return int(db.execute("SELECT count(*) FROM article").fetchone()[0])
    except sqlite3.OperationalError:
        return 0
    finally:
        db.close()


def killed_before(path: Path, step: Callable[[Register], object], statement: int) -> bool:
    """Carry out a step on a register in a process of its own, which gets ``kill -9`` before its so manieth statement of SQL;
    whether it had so many. RuntimeError where the step fails. No connection to the register may be open here."""
    child = os.fork()
    if child == 0:
        _carry_out(path, step, statement)
    _, status = os.waitpid(child, 0)
    if os.WIFEXITED(status) and os.WEXITSTATUS(status):
        raise RuntimeError(f"the step before statement {statement} failed")
    return os.WIFSIGNALED(status)


def _carry_out(path: Path, step: Callable[[Register], object], statement: int) -> None:
    left = statement

    def count(_: str) -> None:
        nonlocal left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    try:
        register = Register(path)
        register._store.db.set_trace_callback(count)
        step(register)
        os._exit(0)  # as a process ends that nobody tells to close its file
    finally:
        os._exit(1)
