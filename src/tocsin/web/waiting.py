"""Where a reviewer stands in a queue: the record in sight, the next one, how many are left.

In: an open register, a state of the queue, who judges. Out: ``Standing``; and how many wait for anybody, for the bar that
every page has.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from starlette.requests import Request

from tocsin.errors import TocsinError
from tocsin.register import Filters, Register
from tocsin.register.query import Numbers
from tocsin.web.judging import Judging
from tocsin.web.library import Library, opened

_GONE = ("marked", "open", "changed")  # the queues that hold what nothing answers to any more


@dataclass(frozen=True, slots=True)
class Standing:
    """``record`` is the one in sight, None where none is left; ``after`` the next one; ``place`` where it stands among
    those ``left``, None where it does not wait (any more)."""

    record: str | None
    after: str | None
    place: int | None
    left: int

    @property
    def last(self) -> bool:
        """Whether the next one is one that was passed over before."""
        return self.place == self.left and self.left > 1


class Line:
    """Those who wait, in order: first the claims that no record answers to, then records by number."""

    def __init__(self, register: Register, asked: Judging, by: str) -> None:
        reviews = register.reviews
        whole = asked.asked.filters == Filters()
        self._register = register
        self._gone = reviews.left() if whole and asked.queue in _GONE else []
        self._numbers: Numbers = reviews.queue(asked.order, by=by if asked.queue == "second" else None,
                                               filters=asked.asked.filters, which=asked.queue)

    def __len__(self) -> int:
        return len(self._gone) + len(self._numbers)

    def name(self, place: int) -> str:
        """The id of the record at a place."""
        if place < len(self._gone):
            return self._gone[place]
        return str(self._register.rows([int(self._numbers[place - len(self._gone)])])[0].data["id"])

    def names(self, first: int, last: int) -> list[str]:
        """The ids of the records at some places, as far as there are any."""
        return [self.name(place) for place in range(first, min(last, len(self)))]

    def place(self, name: str) -> int | None:
        """Where a record stands; None where it does not wait."""
        if name in self._gone:
            return self._gone.index(name)
        found = np.flatnonzero(self._numbers == self._register.reviews.shown(name))
        return len(self._gone) + int(found[0]) if len(found) else None


def standing(library: Library, asked: Judging, by: str) -> Standing:
    """Where a reviewer stands."""
    line = Line(library.register, asked, by)
    left = len(line)
    if not asked.record:
        return Standing(line.name(0) if left else None, line.name(1) if left > 1 else None, 1 if left else None, left)
    place = line.place(asked.record)
    if place is None:
        return Standing(asked.record, line.name(0) if left else None, None, left)
    after = line.name((place + 1) % left) if left > 1 else None
    return Standing(asked.record, after, place + 1, left)


def waiting_count(request: Request) -> int | None:
    """How many records marked for review nobody has judged, with those that are back; None where the register cannot say.
    It is counted again only where the file has changed."""
    state, path = request.app.state, request.app.state.settings.register
    stamp = _stamp(path)
    if getattr(state, "waiting", (None, None))[0] != stamp:
        state.waiting = (stamp, _count(path))
    found: int | None = state.waiting[1]
    return found


def _count(path: Path) -> int | None:
    try:
        with opened(path) as library:
            return len(Line(library.register, Judging(), ""))
    except TocsinError:
        return None


def _stamp(path: Path) -> tuple[tuple[int, int], ...]:
    """What changes whenever the register does: age and size of its files."""
    found = []
    for name in (path, path.with_name(path.name + "-wal")):
        try:
            about = os.stat(name)
            found.append((about.st_mtime_ns, about.st_size))
        except OSError:
            found.append((0, 0))
    return tuple(found)
