"""Text cut into units, each a line or a paragraph that was wrapped by hand, with what its words look like."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from itertools import pairwise

_LINE = re.compile(r"[^\r\n\x0b\x0c\x85\u2028\u2029]+")
_BREAK = re.compile(r"\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]")
_UNSEEN = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_QUOTES = (("\u2018", "'"), ("\u2019", "'"), ("\u02bc", "'"), ("\u201c", '"'), ("\u201d", '"'))
_FINAL = re.compile(r"[.!?\u2026][\"')\]\u00bb]*$")
_WRAPPED_WIDTHS, _WRAPPED_SHARE, _FILLED = range(40, 121), 0.9, 0.75


@dataclass(slots=True)
class Unit:
    """A stretch ``[start, end)`` of the text without the white space around it. ``plain`` are its words in comparable form:
    composed, straight quotes, single blanks, no invisible signs, no bullet; ``words`` how many there are."""

    start: int
    end: int
    text: str
    bullets: str = ""
    plain: str = field(init=False)
    words: int = field(init=False)

    def __post_init__(self) -> None:
        text = self.text
        if not text.isascii():
            text = unicodedata.normalize("NFC", _UNSEEN.sub("", text))
            for curly, straight in _QUOTES:
                text = text.replace(curly, straight)
        parts = text.split()
        self.plain = " ".join(parts).lstrip(self.bullets + " ") if self.bullets else " ".join(parts)
        self.words = self.plain.count(" ") + 1 if self.plain else 0

    @property
    def bulleted(self) -> bool:
        """Whether it begins with a bullet and a blank."""
        text = _UNSEEN.sub("", self.text)
        return len(text) > 1 and text[0] in self.bullets and text[1].isspace()

    @property
    def final(self) -> bool:
        """Whether it ends as a sentence does."""
        return bool(_FINAL.search(self.plain))


def units(text: str, bullets: str = "", start: int = 0) -> list[Unit]:
    """Lines of the text from ``start``, or whole paragraphs where the lines are wrapped to one width."""
    spans = [span for line in _LINE.finditer(text, start) if (span := _trim(text, *line.span()))]
    if _hard_wrapped(text, spans):
        spans = _paragraphs(text, spans, bullets)
    return [Unit(*span, text[slice(*span)], bullets) for span in spans]


def _trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    stripped = text[start:end].lstrip()
    start = end - len(stripped)
    end = start + len(stripped.rstrip())
    return (start, end) if start < end else None


def _neighbours(text: str, spans: list[tuple[int, int]]) -> list[bool]:
    """For each line but the first: whether only one line break stands before it."""
    return [len(_BREAK.findall(text, before[1], after[0])) == 1 for before, after in pairwise(spans)]


def _hard_wrapped(text: str, spans: list[tuple[int, int]]) -> bool:
    """Whether lines break because they are full, not because a paragraph ends.

    A line is full when the first word of the next would not have fitted (with some slack); nearly all must be, and some
    line must go on in small letters.
    """
    width = max((end - start for start, end in spans), default=0)
    if width not in _WRAPPED_WIDTHS:
        return False
    breaks = [(text[slice(*before)], text[slice(*after)])
              for (before, after), near in zip(pairwise(spans), _neighbours(text, spans), strict=True) if near]
    full = sum(len(line) + 1 + len(following.split()[0]) > _FILLED * width for line, following in breaks)
    goes_on = any(following[0].islower() for _, following in breaks)
    return goes_on and full >= _WRAPPED_SHARE * len(breaks)


def _paragraphs(text: str, spans: list[tuple[int, int]], bullets: str) -> list[tuple[int, int]]:
    joined = spans[:1]
    for span, near in zip(spans[1:], _neighbours(text, spans), strict=True):
        if near and not (text[span[0]] in bullets and text[span[0] + 1:span[0] + 2].isspace()):
            joined[-1] = (joined[-1][0], span[1])
        else:
            joined.append(span)
    return joined
