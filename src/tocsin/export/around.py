"""The paragraphs around a record's sentences: as much of an article as one needs to judge it.

In: an article's text and a record. Out: spans of the text, in order, apart from one another.
"""

from __future__ import annotations

import re

from tocsin.model import Record

_BREAK = re.compile(r"\n[ \t\r]*\n\s*")
_LINE = re.compile(r"\n\s*")
_MOST = 900  # characters before a sentence and after it


def around(text: str, record: Record) -> list[tuple[int, int]]:
    """For each sentence its own paragraph with the one before and the one after."""
    ends = _paragraphs(text)
    found: list[tuple[int, int]] = []
    for quote in sorted(record.evidence, key=lambda one: one.start):
        touched = [n for n, (start, end) in enumerate(ends) if start < quote.end and end > quote.start]
        if not touched:
            continue
        start, end = ends[max(touched[0] - 1, 0)][0], ends[min(touched[-1] + 1, len(ends) - 1)][1]
        start, end = _cut_before(text, start, quote.start), _cut_after(text, end, quote.end)
        if found and start <= found[-1][1]:
            start, end = found[-1][0], max(end, found[-1][1])
            found.pop()
        found.append((start, end))
    return found


def _paragraphs(text: str) -> list[tuple[int, int]]:
    """Paragraphs as spans: parted by empty lines, in a text without any by line ends."""
    joint = _BREAK if _BREAK.search(text) else _LINE
    found, at = [], 0
    for between in joint.finditer(text):
        found.append((at, between.start()))
        at = between.end()
    return [(start, end) for start, end in (*found, (at, len(text))) if text[start:end].strip()]


def _cut_before(text: str, start: int, quote: int) -> int:
    """Where the words before a sentence begin: not too far from it, and not within a word."""
    if quote - start <= _MOST:
        return start
    return text.find(" ", quote - _MOST, quote) + 1 or quote


def _cut_after(text: str, end: int, quote: int) -> int:
    if end - quote <= _MOST:
        return end
    found = text.rfind(" ", quote, quote + _MOST)
    return found if found >= 0 else quote
