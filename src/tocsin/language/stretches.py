"""The paragraphs of an article that are read: where headline and body begin and end anew.

In: an article with its blocks. Out: stretches of its text, in order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tocsin.model import Article

Stretch = tuple[int, int, str, int]  # start, end, block kind, paragraph number

_PARAGRAPH = re.compile(r"[^\n\r]+(?:\r?\n(?!\s*\r?\n)[^\n\r]+)*")
_CODED = ("headline", "body")


def stretches(article: Article) -> Iterator[Stretch]:
    """Paragraphs of headline and body: (start, end, block kind, paragraph number). Lines that were broken by hand
    within a paragraph are kept together; lines that end a sentence or stand alone are paragraphs of their own."""
    number = 0
    for block in article.blocks:
        if block.kind not in _CODED:
            continue
        for start, end in _paragraphs(article.text, block.start, block.end):
            yield start, end, block.kind, number
            number += 1


def _paragraphs(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for match in _PARAGRAPH.finditer(text, start, end):
        lines = match.group().splitlines(keepends=True)
        wrapped = len(lines) > 2 and sum(
            len(ln) < 100 and not ln.rstrip().endswith((".", "!", "?", '"', ":")) for ln in lines[:-1]
        ) > 0.6 * (len(lines) - 1)
        if wrapped:
            yield match.start(), match.end()
            continue
        at = match.start()
        for line in lines:
            if line.strip():
                yield at, at + len(line.rstrip("\r\n"))
            at += len(line)
