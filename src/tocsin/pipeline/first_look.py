"""The first look at a web page, before its article is extracted: pages in other languages than English and such as do not
speak of security are laid aside. They are most of a news stream, and extraction is what costs with them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from tocsin.knowledge.loader import Tables
from tocsin.knowledge.names import index_of
from tocsin.language.relevance import Relevance
from tocsin.reading.language import language_of, surely_foreign


@dataclass(frozen=True, slots=True)
class FirstLook:
    """Tells whether texts hold nothing to code. The tables are loaded by the process in which it is first asked."""

    knowledge: Path | None = None

    def __call__(self, texts: Sequence[str]) -> bool:
        """Whether the texts of a page are in another language, or their words say nothing of security."""
        whole = "\n".join(texts)
        if surely_foreign(language_of(whole), whole):
            return True
        start, placed = 0, []
        for text in texts:
            placed.append((start, text))
            start += len(text) + 1
        return not _relevance(self.knowledge).speaks(placed)


@lru_cache(maxsize=1)
def _relevance(knowledge: Path | None) -> Relevance:
    tables = Tables(knowledge)
    return Relevance(tables, index_of("equipment", tables), index_of("parties", tables))
