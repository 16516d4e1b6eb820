"""A plain sentence cutter for pairing evidence: text in, sentence spans out.

It is deliberately independent of the coder's own sentences, so that every coder is paired by the same yardstick.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

from tocsin.evaluation.rules import scoring_rules

_LINE = re.compile(r"[^\r\n\u2028\u2029]+")
_END = re.compile(r"""[.!?\u2026]+["'\u2019\u201d\u00bb)\]]*(?=\s+["'\u2018\u201c\u00ab(\[]*[A-Z0-9\u00c0-\u00de])""")
_INITIALS = re.compile(r"(?:\w\.)+\w?|\w")


class Sentences:
    """Sentences of one text, in order, without the white space around them."""

    def __init__(self, text: str) -> None:
        self.spans = _cut(text)
        self._starts = [start for start, _ in self.spans]
        self._ends = [end for _, end in self.spans]

    def touched(self, start: int, end: int) -> range:
        """Numbers of the sentences that share a character with ``[start, end)``."""
        if end <= start:
            return range(0)
        return range(bisect_right(self._ends, start), bisect_left(self._starts, end))


def _cut(text: str) -> list[tuple[int, int]]:
    spans = []
    for line in _LINE.finditer(text):
        start = line.start()
        for end in _END.finditer(text, line.start(), line.end()):
            if not _abbreviates(text, start, end.start()):
                spans.append(_trim(text, start, end.end()))
                start = end.end()
        spans.append(_trim(text, start, line.end()))
    return [span for span in spans if span[0] < span[1]]


def _abbreviates(text: str, start: int, point: int) -> bool:
    """Whether the point closes an abbreviation, an initial ("J.") or a run of them ("U.S.")."""
    if text[point] != ".":
        return False
    words = text[start:point].rsplit(maxsplit=1)
    word = words[-1].lstrip("\"'([\u2018\u201c") if words else ""
    if word.casefold() in scoring_rules().abbreviations:
        return True
    return bool(_INITIALS.fullmatch(word)) and not word.isdigit()


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
