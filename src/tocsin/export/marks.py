"""Marked text: overlapping spans in, a flat run of pieces out, so that a page can show every span without overlaps.

A mark is either evidence (the sentence of a record, drawn as an underline in a lane of its own) or the words of a slot.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

_LANES = 4  # underlines that fit below a line of text; further ones share the last


@dataclass(frozen=True, slots=True)
class Mark:
    """A span of the article. ``key`` is the id of the record (evidence) or field (slot words) that it belongs to."""

    start: int
    end: int
    key: str
    type: str
    status: str
    number: int
    evidence: bool
    lane: int = 0


@dataclass(frozen=True, slots=True)
class Piece:
    """Text under one and the same set of slot marks; ``first`` where the words of one of its marks begin."""

    start: int
    end: int
    slots: tuple[Mark, ...]

    @property
    def keys(self) -> str:
        """The fields that these words fill, as the page names them."""
        return " ".join(dict.fromkeys(mark.key for mark in self.slots))


@dataclass(frozen=True, slots=True)
class Run:
    """Pieces under one and the same evidence, and the evidence that ends with them."""

    evidence: tuple[Mark, ...]
    pieces: tuple[Piece, ...]
    ends: tuple[Mark, ...]


def laned(marks: Iterable[Mark]) -> list[Mark]:
    """The marks with a lane for each evidence that no overlapping evidence has, as far as there are lanes."""
    found: list[Mark] = []
    busy = [0] * _LANES  # where the evidence in each lane ends
    for mark in sorted(marks, key=lambda m: (m.start, -m.end, m.number)):
        if not mark.evidence:
            found.append(mark)
            continue
        lane = next((n for n, end in enumerate(busy) if end <= mark.start), _LANES - 1)
        busy[lane] = max(busy[lane], mark.end)
        found.append(Mark(mark.start, mark.end, mark.key, mark.type, mark.status, mark.number, True, lane))
    return found


def runs(start: int, end: int, marks: Sequence[Mark]) -> list[Run]:
    """The stretch ``start``–``end`` cut at every border of a mark, grouped by the evidence that covers it."""
    inside = [m for m in marks if m.start < end and m.end > start and m.start < m.end]
    borders = sorted({start, end} | {b for m in inside for b in (m.start, m.end) if start < b < end})
    opening = sorted(inside, key=lambda m: m.start)
    active: list[Mark] = []
    found: list[Run] = []
    at = 0
    for low, high in pairwise(borders):
        active = [m for m in active if m.end > low]
        while at < len(opening) and opening[at].start <= low:
            active.append(opening[at])
            at += 1
        evidence = tuple(sorted((m for m in active if m.evidence), key=lambda m: (m.lane, m.number)))
        piece = Piece(low, high, tuple(m for m in active if not m.evidence))
        ends = tuple(m for m in evidence if m.end == high)
        if found and found[-1].evidence == evidence and not found[-1].ends:
            found[-1] = Run(evidence, _joined(found[-1].pieces, piece), ends)
        else:
            found.append(Run(evidence, (piece,), ends))
    return found


def _joined(pieces: tuple[Piece, ...], piece: Piece) -> tuple[Piece, ...]:
    """The pieces with one more, made one with the last where both fill the same fields."""
    last = pieces[-1]
    if last.keys != piece.keys:
        return (*pieces, piece)
    return (*pieces[:-1], Piece(last.start, piece.end, last.slots))
