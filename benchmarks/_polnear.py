"""PolNeAR as others' hands marked it: who says, thinks or wants what, in brat's files.

In: a folder with ``text`` and ``attributions``. Out: texts, each with one list of attributions for each annotator. A part
(source, cue, content) is the set of its words' numbers in the text, since parts may be broken in pieces.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

_WORD = re.compile(r"\w+|[^\w\s]")

Words = frozenset[int]


@dataclass(frozen=True)
class Said:
    """One attribution: the words of its parts."""

    source: Words
    cue: Words
    content: Words


@dataclass(frozen=True)
class Marked:
    """A text with what each annotator marked in it, in the order of their names."""

    name: str
    text: str
    by: tuple[tuple[Said, ...], ...]


class WordsOf:
    """Spans of a text to the numbers of the words (and marks) in them."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = [m.span() for m in _WORD.finditer(text)]

    def within(self, pieces: Iterable[tuple[int, int]]) -> Words:
        """The words that some piece touches."""
        return frozenset(i for a, b in pieces for i in self._touched(a, b))

    def _touched(self, start: int, end: int) -> Iterable[int]:
        low, high = 0, len(self.at)
        while low < high:
            middle = (low + high) // 2
            low, high = (middle + 1, high) if self.at[middle][1] <= start else (low, middle)
        while low < len(self.at) and self.at[low][0] < end:
            yield low
            low += 1

    def plain(self, words: Words) -> Words:
        """Without marks of punctuation."""
        return frozenset(i for i in words if self.text[self.at[i][0]].isalnum())

    def shown(self, words: Words) -> str:
        """The words, with dots where some are left out."""
        parts: list[str] = []
        last = None
        for i in sorted(words):
            parts += ["…"] if last is not None and i > last + 1 else []
            parts.append(self.text[self.at[i][0] : self.at[i][1]])
            last = i
        return " ".join(parts)


def read_folder(folder: Path) -> list[Marked]:
    """All texts of a folder, by name."""
    found = []
    for file in sorted((folder / "text").glob("*.txt")):
        text = _read(file)
        words = WordsOf(text)
        sheets = sorted((folder / "attributions").glob(f"{file.stem}_????.ann"))
        found.append(Marked(file.stem, text, tuple(tuple(_sheet(_read(sheet), words)) for sheet in sheets)))
    return [marked for marked in found if marked.by]


def _read(file: Path) -> str:
    return file.read_bytes().decode("utf-8")


def _sheet(lines: str, words: WordsOf) -> Iterable[Said]:
    spans: dict[str, list[tuple[int, int]]] = {}
    relations: list[list[tuple[str, str]]] = []
    for line in lines.split("\n"):
        key, *rest = line.rstrip("\r").split("\t")
        if key.startswith("T") and rest:
            pieces = rest[0].partition(" ")[2].split(";")
            spans[key] = [(int(p.split()[0]), int(p.split()[1])) for p in pieces]
        elif key.startswith("E") and rest:
            pairs = [p.partition(":") for p in rest[0].split()]
            relations.append([(role.rstrip("2"), mark) for role, _, mark in pairs])
    for relation in relations:
        part = {role: words.within(s for r, mark in relation if r == role for s in spans.get(mark, ()))
                for role in ("Source", "Cue", "Content")}  # fmt: skip
        yield Said(part["Source"], part["Cue"], part["Content"])
