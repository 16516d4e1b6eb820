"""Words of a paragraph to windows that the network reads at once.

A window holds one to a few whole sentences as far as marks can tell; the network then says where sentences begin. A
stretch longer than a window is cut at the last comma, else at the last word, so that nothing is left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

MOST_WORDS = 80
MOST_SENTENCES = 3
LONGEST = 180  # words; a longer sentence is cut at a comma
_STOPS = frozenset({".", "!", "?", "...", "…", ":", ";"})
_CLOSERS = frozenset({'"', "'", "”", "’", ")", "]", "»"})


def windows(words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Spans of words, in order, that cover all of them."""
    start, count = 0, 0
    last = 0  # end of the last whole sentence in the window
    for end in _ends(words):
        if last > start and (end - start > MOST_WORDS or count >= MOST_SENTENCES):
            yield start, last
            start, count = last, 0
        while end - start > LONGEST:
            cut = _cut(words, start)
            yield start, cut
            start, count = cut, 0
        last, count = end, count + 1
    if last > start:
        yield start, last


def _ends(words: Sequence[str]) -> Iterator[int]:
    """Where a sentence may end: after its stop and what closes with it; the last at the end of the words."""
    at = 0
    while at < len(words):
        if words[at] in (".", "!", "?"):
            at += 1
            while at < len(words) and words[at] in _CLOSERS:
                at += 1
            if at < len(words):
                yield at
        else:
            at += 1
    if words:
        yield len(words)


def _cut(words: Sequence[str], start: int) -> int:
    """A safe point to cut a sentence that is too long: after a semicolon or comma, else anywhere."""
    for marks in ((";", ":"), (",",)):
        for at in range(start + LONGEST - 1, start + LONGEST // 2, -1):
            if words[at] in marks:
                return at + 1
    return start + LONGEST
