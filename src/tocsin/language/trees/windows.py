"""Words of a paragraph to windows that the network reads at once.

A window holds one to a few whole sentences as far as marks can tell; the network then says where sentences begin. A
stretch longer than a window is cut at the last comma, else at the last word, so that nothing is left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

MOST_WORDS = 80
MOST_SENTENCES = 3
LONGEST = 180  # words; a longer sentence is cut at a comma
_STOPS = frozenset({".", "!", "?", "...", "…", "?!", "!!"})
_CLOSERS = frozenset({'"', "'", "”", "’", ")", "]", "»"})


def windows(words: Sequence[str], ends: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Spans of words, in order, that cover all of them. ``ends`` are the likely ends of sentences (``stops``)."""
    start, count = 0, 0
    last = 0  # end of the last whole sentence in the window
    for end in ends:
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


def stops(words: Sequence[str], glued: Sequence[bool]) -> list[int]:
    """Where a sentence likely ends: after its stop and what closes with it; the last at the end of the words.

    ``glued`` says of each word whether nothing is between it and the word before: that tells a closing straight
    quotation mark from an opening one.
    """
    found = []
    at = 0
    while at < len(words):
        stop = words[at] in _STOPS
        at += 1
        while stop and at < len(words) and words[at] in _CLOSERS and glued[at]:
            at += 1
        if stop and at < len(words) and not words[at][:1].islower():
            found.append(at)
    return [*found, len(words)] if words else []


def _cut(words: Sequence[str], start: int) -> int:
    """A safe point to cut a sentence that is too long: after a semicolon or comma, else anywhere."""
    for marks in ((";", ":"), (",",)):
        for at in range(start + LONGEST - 1, start + LONGEST // 2, -1):
            if words[at] in marks:
                return at + 1
    return start + LONGEST
