"""How far the inputs have been read, for the time that remains: by bytes of their files as they lie on the disk, so that an
archive or a table of a million articles counts by its own size.

In: the sizes of files. Out: a meter, which those who open files tell what they read while it is in use (``in_use``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

_METER: ContextVar[Meter | None] = ContextVar("meter", default=None)


class Meter:
    """Counts bytes. ``sizes``: those of the files that will be read, by name; None where they are not known."""

    def __init__(self, sizes: dict[str, int] | None) -> None:
        self._sizes = sizes or {}
        self._ended: dict[str, None] = {}
        self._ended_bytes = 0
        self._now: dict[str, Callable[[], int]] = {}
        self.total = sum(self._sizes.values()) or None

    @property
    def done(self) -> int:
        """Bytes that have been read, of all files."""
        return self._ended_bytes + sum(min(at(), self._sizes[name]) for name, at in self._now.items())

    @contextmanager
    def in_use(self) -> Iterator[None]:
        """Let whoever reads in this thread tell of it."""
        token = _METER.set(self)
        try:
            yield
        finally:
            _METER.reset(token)

    @contextmanager
    def reads(self, name: str, at: Callable[[], int]) -> Iterator[None]:
        """A file is read; ``at`` tells how far. One that is opened again counts once."""
        if name not in self._sizes or name in self._now:
            yield
            return
        if name in self._ended:
            del self._ended[name]
            self._ended_bytes -= self._sizes[name]
        self._now[name] = at
        try:
            yield
        finally:
            del self._now[name]
            self._ended[name] = None
            self._ended_bytes += self._sizes[name]


@contextmanager
def metered(path: Path, at: Callable[[], int]) -> Iterator[None]:
    """Tell the meter in use, if any, that a file is read."""
    meter = _METER.get()
    if meter is None:
        yield
        return
    with meter.reads(str(path), at):
        yield
