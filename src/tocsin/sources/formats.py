"""Formats and limits of inputs, read from ``knowledge/reading/formats.yaml`` and ``limits.yaml``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from tocsin.knowledge.loader import Tables


@dataclass(frozen=True, slots=True)
class Limits:
    """What is read at once (characters, bytes, shares); see the comments in the table."""

    max_characters: int
    max_page_bytes: int
    max_json_bytes: int
    max_line_bytes: int
    max_control_share: float
    min_valid_utf8: float
    min_year: int
    max_year: int


@dataclass(frozen=True, slots=True)
class Formats:
    """Which endings hold what, how files that are no text begin, and what declared character sets stand for."""

    endings: dict[str, str]
    sidecar: str
    signatures: tuple[tuple[bytes, str], ...]
    charsets: dict[str, str]

    def kind_of(self, name: str) -> str | None:
        """``text``, ``html``, ``json`` or ``jsonl`` by the end of a file name; None for any other."""
        lowered = name.casefold()
        return next((kind for ending, kind in self.endings.items() if lowered.endswith(ending)), None)

    def named(self) -> str:
        """The endings that are read, for a message."""
        return ", ".join(self.endings)


@lru_cache(maxsize=1)
def limits() -> Limits:
    """The limits as shipped."""
    return Limits(**Tables().mapping("reading/limits.yaml"))


@lru_cache(maxsize=1)
def formats() -> Formats:
    """The formats as shipped."""
    table = Tables().mapping("reading/formats.yaml")
    return Formats(
        endings={ending: kind for kind, endings in table["kinds"].items() for ending in endings},
        sidecar=table["sidecar"],
        signatures=tuple((bytes.fromhex(row["bytes"]), row["name"]) for row in table["signatures"]),
        charsets=dict(table["charsets"]),
    )
