"""Processes that read pages and feeds aside outlive the ``Aside`` that started them, so that the next has one at once.

A process takes half a second to start, nearly all of it imports, and the tests ask for hundreds of them. One that has
answered and is still alive is what a long ingest has, too: it is kept for the next ``Aside`` of the same work in the
same surroundings. One that was ended, died or is at work is never kept: what kills a process is tested as it is.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

import pytest

from tocsin.pipeline import apart
from tocsin.pipeline.apart import Aside

_PYTEST = "PYTEST_CURRENT_TEST"  # differs from test to test and means nothing to the process


class Warm:
    """The processes that are kept, by what they do, with which surroundings."""

    def __init__(self) -> None:
        self._kept: dict[tuple[Any, ...], list[tuple[BaseProcess, Connection]]] = {}
        self._close, self._started, self._answer = Aside.close, Aside._started, Aside.answer
        self._awaited: set[int] = set()  # those that wait for an answer: to close one of these is to end its process

    def close(self, aside: Aside) -> None:
        """In place of ``Aside.close``: keep the process if it waits for work."""
        process, pipe = aside._process, aside._pipe
        surroundings = getattr(aside, "_surroundings", None)
        waits = aside._ready and aside._asked is None and id(aside) not in self._awaited
        if not waits or surroundings is None or pipe is None or process is None or not process.is_alive():
            self._close(aside)
            return
        self._kept.setdefault(surroundings, []).append((process, pipe))
        aside._process = aside._pipe = None
        aside._ready = False

    def answer(self, aside: Aside) -> Any:
        """In place of ``Aside.answer``."""
        self._awaited.add(id(aside))
        try:
            return self._answer(aside)
        finally:
            self._awaited.remove(id(aside))

    def started(self, aside: Aside) -> Connection:
        """In place of ``Aside._started``: a process that is kept, else a new one."""
        if aside._process is None:
            aside._surroundings = _surroundings(aside)  # type: ignore[attr-defined]
            kept = self._kept.get(aside._surroundings, [])  # type: ignore[attr-defined]
            while kept and aside._process is None:
                process, pipe = kept.pop()
                if process.is_alive():
                    aside._process, aside._pipe, aside._ready = process, pipe, True
                else:
                    pipe.close()
        return self._started(aside)

    def peak(self) -> int:
        """The most memory that one of them has had, in bytes: it counts among the children of this one only when it ends."""
        return max((peak_of(process.pid) for kept in self._kept.values() for process, _ in kept), default=0)

    def end(self) -> None:
        for kept in self._kept.values():
            for process, pipe in kept:
                pipe.close()
                process.kill()
                process.join(5)
        self._kept.clear()


@contextmanager
def kept_warm() -> Iterator[Warm]:
    """As long as this lasts, processes are kept."""
    warm = Warm()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Aside, "close", lambda aside: warm.close(aside))
        patched.setattr(Aside, "answer", lambda aside: warm.answer(aside))
        patched.setattr(Aside, "_started", lambda aside: warm.started(aside))
        try:
            yield warm
        finally:
            warm.end()


def _surroundings(aside: Aside) -> tuple[Any, ...]:
    """What a process takes over when it starts."""
    return aside._work, apart._serve, os.getcwd(), tuple(sorted((k, v) for k, v in os.environ.items() if k != _PYTEST))


def peak_of(process: int | None) -> int:
    """The most memory that a process has had, in bytes; 0 where the system does not tell."""
    try:
        status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    except OSError:
        return 0
    return max((int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith("VmHWM:")), default=0)
