"""What the reader asks of a parser: text in, sentences with Universal Dependencies trees out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from tocsin.language.tokens import Sentence


class Parser(Protocol):
    """Anything that turns stretches of text into sentences with trees in the scheme of ``language/trees/scheme.py``."""

    def parse(self, text: str, stretches: Iterable[tuple[int, int, str, int]]) -> list[Sentence]:
        """Sentences of the stretches (start, end, block kind, paragraph number) of ``text``, offsets into the whole."""
