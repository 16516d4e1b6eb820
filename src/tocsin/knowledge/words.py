"""What Tocsin says to people, from ``words.yaml``: a key in, the words out. No other file holds such text."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from tocsin.errors import KnowledgeError
from tocsin.knowledge.loader import Tables
from tocsin.knowledge.thresholds import thresholds


class Words:
    """The catalogue of one language, with a user's entries over the project's."""

    def __init__(self, tables: Tables) -> None:
        self._entries = tables.mapping("words.yaml")
        self.put_forward = thresholds(tables)[0]  # the confidence below which a record is marked for review

    def __call__(self, key: str, /, **values: object) -> str:
        """The words of a key with its values filled in; by ``n``, where the entry has a form for one and for others."""
        entry = self._entry(key)
        if isinstance(entry, dict):
            entry = entry.get("one" if values.get("n") == 1 else "other")
        try:
            return str(entry).format(**values) if values else str(entry)
        except (KeyError, IndexError, ValueError) as error:
            raise KnowledgeError(f"words.yaml, {key}: {entry!r} cannot be filled in: {error!r}") from error

    def name(self, group: str, term: str) -> str:
        """What a term of the codebook is called: its entry, else the term itself with spaces."""
        return str(self._entries.get(f"{group}.{term}") or term.replace("_", " "))

    def get(self, key: str) -> str | None:
        """The words of a key, None where there is no entry."""
        entry = self._entries.get(key)
        return None if entry is None else str(entry)

    def listed(self, key: str) -> list[str]:
        """An entry that is a list, such as the names of the months."""
        return [str(item) for item in self._entry(key)]

    def directed(self, type_: str) -> tuple[str, ...]:
        """The two roles of a record type between which something passes; empty where there are none."""
        return tuple(self._entry("directed").get(type_) or ())

    def _entry(self, key: str) -> Any:
        entry = self._entries.get(key)
        if entry is None:
            raise KnowledgeError(f"words.yaml has no entry {key!r}; install tocsin again, or add it to your own")
        return entry


@cache
def words(extra: Path | None = None) -> Words:
    """The catalogue, read once; ``extra`` is a user's own knowledge folder."""
    return Words(Tables(extra))
