"""How far ``tocsin ingest`` is: a bar on a terminal, a line now and then elsewhere, and the times of the closing summary.

The time that remains is told by the bytes of the files that are read, where all sizes are known; else only the rate.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from rich.progress import BarColumn, Progress, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.text import Text

from tocsin.cli.terminal import Terminal, complain, messages
from tocsin.knowledge.words import Words
from tocsin.pipeline import Step, Tally
from tocsin.pipeline.clock import iso
from tocsin.sources.meter import Meter

EVERY = 30.0  # seconds between lines of progress where there is no terminal
_MINUTE, _HOUR = 60, 3600


@dataclass(slots=True)
class Span:
    """When a run began, and how long it has taken (seconds)."""

    began: float = field(default_factory=time.time)
    _start: float = field(default_factory=time.monotonic)

    @property
    def seconds(self) -> float:
        """How long, whatever becomes of the machine's clock."""
        return time.monotonic() - self._start

    def as_dict(self, tally: Tally) -> dict[str, Any]:
        """Begin and end (ISO 8601, UTC), seconds, and what was read anew by the second (null where that took no time)."""
        seconds = self.seconds
        return {"began": iso(self.began), "ended": iso(self.began + seconds), "seconds": round(seconds, 3),
                "articles_per_second": _per(tally.anew, seconds), "words_per_second": _per(tally.words, seconds)}


def followed(steps: Iterator[Step], meter: Meter, tally: Tally, say: Words) -> bool:
    """Go through the steps and show how far they are; whether Ctrl-C ended them."""
    console = messages()
    try:
        with meter.in_use():
            if console.is_terminal:
                _on_a_terminal(steps, meter, tally, console, say)
            else:
                _in_lines(steps, meter, tally, say)
    except KeyboardInterrupt:
        return True
    return False


def _on_a_terminal(steps: Iterator[Step], meter: Meter, tally: Tally, console: Terminal, say: Words) -> None:
    known = (TextColumn("{task.percentage:>3.0f} %"), TimeRemainingColumn()) if meter.total else ()
    columns = (TextColumn(say("ingest.reading")), BarColumn(), *known[:1], _Met(tally, say), *known[1:])
    with Progress(*columns, console=console) as bar:
        task = bar.add_task("", total=meter.total)
        for step in steps:
            _complain(step, say)
            bar.update(task, completed=meter.done)


def _in_lines(steps: Iterator[Step], meter: Meter, tally: Tally, say: Words) -> None:
    span, lines = Span(), Lines(meter, time.monotonic)
    for step in steps:
        _complain(step, say)
        if lines.due():
            told = {"articles": say("count.articles", n=tally.read), "rate": f"{tally.read / max(span.seconds, 0.1):.1f}"}
            left = lines.left()
            if left is None:
                complain(say("ingest.so_far", **told))
            else:
                complain(say("ingest.so_far_left", **told, share=f"{100 * meter.done / (meter.total or 1):.0f}",
                             left=span_words(left, say)))


class Lines:
    """When a line of progress is due, and what time remains by what was read since the last one."""

    def __init__(self, meter: Meter, now: Callable[[], float]) -> None:
        self._meter, self._now = meter, now
        self._told = self._before = now()
        self._bytes = self._bytes_before = 0

    def due(self) -> bool:
        """Whether it is time for a line; asked for each article."""
        now = self._now()
        if now - self._told < EVERY:
            return False
        self._before, self._bytes_before = self._told, self._bytes
        self._told, self._bytes = now, self._meter.done
        return True

    def left(self) -> float | None:
        """Seconds that remain; None where that is not known."""
        read = self._bytes - self._bytes_before
        if self._meter.total is None or read <= 0:
            return None
        return (self._meter.total - self._bytes) * (self._told - self._before) / read


def span_words(seconds: float, say: Words) -> str:
    """A span of time, roughly."""
    if seconds < 1.5 * _MINUTE:
        return say("ingest.seconds", n=max(1, round(seconds)))
    if seconds < 1.5 * _HOUR:
        return say("ingest.minutes", n=round(seconds / _MINUTE))
    return say("ingest.hours", n=f"{seconds / _HOUR:.1f}")


def _per(count: int, seconds: float) -> float | None:
    return round(count / seconds, 2) if seconds > 0 else None


def _complain(step: Step, say: Words) -> None:
    if step.failure is not None:
        complain(say("error.prefix", message=step.failure.message))


class _Met(ProgressColumn):
    """How many articles were met, and how many a second."""

    def __init__(self, tally: Tally, say: Words) -> None:
        super().__init__()
        self._tally, self._say = tally, say

    def render(self, task: Task) -> Text:
        """Count and rate since the beginning."""
        count = self._say("count.articles", n=self._tally.read)
        rate = self._say("ingest.rate", rate=f"{self._tally.read / task.elapsed:.1f}") if task.elapsed else ""
        return Text(f"{count} {rate}".rstrip())
