"""Fixtures that all tests share: the reader is loaded once, and so are the processes that read pages aside."""

from __future__ import annotations

import contextlib
import os
import resource
from collections.abc import Iterator
from pathlib import Path

import pytest

from demo_register import build_demo
from tocsin.reader import Reader
from warm import Warm, kept_warm, peak_of

_ROOM = 1.5 * (1 << 30)  # bytes
_LOADED = 0.4 * (1 << 30)  # of it a reader with its tables takes


@pytest.fixture(scope="session")
def reader() -> Reader:
    return Reader()


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory, reader: Reader) -> Path:
    """The register of ``tocsin demo``."""
    return build_demo(tmp_path_factory.mktemp("demo") / "demo.db", reader)


@pytest.fixture(scope="session", autouse=True)
def warm() -> Iterator[Warm]:
    """Processes that read aside are kept from one test to the next."""
    with kept_warm() as warm:
        yield warm


@pytest.fixture
def roomy(warm: Warm) -> Iterator[None]:
    """What the tests take is no more than hostile input may. This process holds what the tests before loaded, too, so that
    what it takes on top of that is measured."""
    before, children = _new_peak(), _children()
    yield
    assert warm.peak() < _ROOM
    assert peak_of(os.getpid()) - before < _ROOM - _LOADED
    assert _children() < _ROOM or _children() == children  # one that ended before these tests is none of theirs


def _children() -> int:
    """The most memory that a process which has ended has had, in bytes."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024


def _new_peak() -> int:
    """The memory of this process (bytes), from which on its peak is counted anew where the system can."""
    with contextlib.suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    return peak_of(os.getpid())
