"""What is parsed of an article that is coded: the passages that can matter, told by their words.

In: an article and what its words amount to (``relevance``). Out: stretches of it, in order. An article that is brief or
speaks of little but security is read by paragraphs: those with words of security or of meeting, those around them, to which
they may refer or which may go on, and the first, where it is said who is who. A longer one that speaks of it here and there
is read by sentences: those with such words and the ones beside them.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterator, Sequence
from itertools import pairwise

from tocsin.knowledge.loader import Tables
from tocsin.language.relevance import STOP, Bearing, Hit, Relevance
from tocsin.language.stretches import Stretch, stretches
from tocsin.model import Article


class Passages:
    """The thresholds of ``relevance.yaml``; build one and keep it."""

    def __init__(self, tables: Tables, relevance: Relevance) -> None:
        data = tables.mapping("relevance.yaml")
        self._relevance = relevance
        self._dense, self._least, self._least_dense = (float(data[key]) for key in ("dense", "least", "least_dense"))
        self._first, self._around, self._beside, self._brief = (
            int(data[key]) for key in ("first", "around", "beside", "brief"))

    def of(self, article: Article, bearing: Bearing) -> list[Stretch]:
        """What to parse of an article that is coded; all of a short one."""
        whole = list(stretches(article))
        if bearing.words < self._relevance.short:
            return whole
        dense = bearing.share >= self._dense
        if dense or bearing.words < self._brief:
            least = self._least_dense if dense else self._least
            return [whole[n] for n in self._paragraphs(article.text, whole, bearing.hits, least)]
        return list(_joined(self._sentences(article.text, whole, bearing.hits)))

    def _paragraphs(self, text: str, whole: Sequence[Stretch], hits: Sequence[Hit], least: float) -> list[int]:
        """The numbers of the paragraphs that matter, of those around them, and of the first."""
        found = [n for n, (start, end, _, _) in enumerate(whole)
                 if _points(hits, start, end) >= least or self._relevance.talk(text[start:end])]
        return sorted({*_near(found, self._around), *range(self._first)} & set(range(len(whole))))

    def _sentences(self, text: str, whole: Sequence[Stretch], hits: Sequence[Hit]) -> list[Stretch]:
        """The sentences that matter, those beside them, and all of the first paragraphs."""
        spans = [span for stretch in whole for span in _cut(text, stretch)]
        found = [n for n, (start, end, _, _) in enumerate(spans)
                 if _points(hits, start, end) >= self._least or self._meet(text, spans, n)]
        near = _near(found, self._beside)
        return [span for n, span in enumerate(spans) if n in near or span[3] < self._first]

    def _meet(self, text: str, spans: Sequence[Stretch], number: int) -> bool:
        """Whether parties of two countries may meet in a sentence, named there or beside it."""
        (start, end, _, _), around = spans[number], spans[max(number - 1, 0) : number + 2]
        return self._relevance.may_meet(text[start:end], text[around[0][0] : around[-1][1]])


def _points(hits: Sequence[Hit], start: int, end: int) -> float:
    """The points of the different words of security in a stretch."""
    first, last = (bisect.bisect_left(hits, at, key=lambda hit: hit.start) for at in (start, end))
    return sum({hit.word: hit.points for hit in hits[first:last]}.values())


def _near(found: Sequence[int], steps: int) -> set[int]:
    return {n + step for n in found for step in range(-steps, steps + 1)}


def _cut(text: str, stretch: Stretch) -> Iterator[Stretch]:
    """The sentences of a paragraph, as far as marks tell them."""
    start, end, kind, number = stretch
    bounds = [start, *(stop.end() for stop in STOP.finditer(text, start, end)), end]
    return ((a, b, kind, number) for a, b in pairwise(bounds) if a < b)


def _joined(spans: Sequence[Stretch]) -> Iterator[Stretch]:
    """Sentences of a paragraph that follow each other as one stretch, as the parser reads a few at once."""
    waiting: Stretch | None = None
    for start, end, kind, number in spans:
        if waiting is not None and waiting[1] == start and waiting[3] == number:
            waiting = (waiting[0], end, kind, number)
            continue
        if waiting is not None:
            yield waiting
        waiting = (start, end, kind, number)
    if waiting is not None:
        yield waiting
