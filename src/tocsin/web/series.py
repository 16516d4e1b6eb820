"""Counts over time and their drawing: a row of bars as SVG, made on the server, with its numbers beside it.

In: labels with counts. Out: markup without a style or script in it; the page's style sheet colours it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

_HEIGHT = 24


@dataclass(frozen=True, slots=True)
class Series:
    """Counts of equal periods, oldest first."""

    labels: tuple[str, ...]
    counts: tuple[int, ...]

    @property
    def total(self) -> int:
        """The sum."""
        return sum(self.counts)

    def last(self, periods: int) -> int:
        """The sum of the newest periods."""
        return sum(self.counts[-periods:])

    def rows(self) -> list[tuple[str, int]]:
        """The periods in which there is something, newest first."""
        return [(label, n) for label, n in zip(reversed(self.labels), reversed(self.counts), strict=True) if n]


def spark(series: Series, label: str, step: int = 2, most: int | None = None) -> Markup:
    """Bars of a series; ``most`` is the count that the full height stands for, ``step`` the width of a period."""
    top = max(most or 0, *series.counts, 1)
    width = max(len(series.counts) * step, 1)
    bars = "".join(_bar(at * step, max(2, round(n / top * (_HEIGHT - 1))), max(step - 1, 1))
                   for at, n in enumerate(series.counts) if n)
    return Markup('<svg class="spark" role="img" aria-label="{}" viewBox="0 0 {} {}" width="{}" height="{}" '
                  'preserveAspectRatio="none"><path class="base" d="M0 {}.5h{}"/><path class="bars" d="{}"/></svg>').format(
        label, width, _HEIGHT, width, _HEIGHT, _HEIGHT - 1, width, Markup(bars))


def _bar(x: int, height: int, width: int) -> str:
    return str(escape(f"M{x} {_HEIGHT - height}h{width}v{height}h-{width}z"))


def joined(all_of: Sequence[Series]) -> list[tuple[str, list[int]]]:
    """Several series of the same periods as the rows of one table, newest first, empty periods left out."""
    if not all_of:
        return []
    rows = [(label, [series.counts[at] for series in all_of]) for at, label in enumerate(all_of[0].labels)]
    return [row for row in reversed(rows) if any(row[1])]
