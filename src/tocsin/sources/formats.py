"""Formats and limits of inputs, read from ``knowledge/reading/formats.yaml`` and ``limits.yaml``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import cast

from tocsin.knowledge.beginnings import is_pdf, shape_of
from tocsin.knowledge.loader import Tables
from tocsin.sources.page import PageKind


@dataclass(frozen=True, slots=True)
class Limits:
    """What is read at once (characters, bytes, shares); see the comments in the table."""

    max_characters: int
    max_page_bytes: int
    max_links: int
    max_pdf_bytes: int
    max_pdf_pages: int
    max_json_bytes: int
    max_line_bytes: int
    max_control_share: float
    min_valid_utf8: float
    max_page_seconds: float
    max_reading_bytes: int
    min_year: int
    max_year: int


@dataclass(frozen=True, slots=True)
class Formats:
    """Which endings hold what, how files that are no text begin, and what declared character sets stand for."""

    endings: dict[str, str]
    sidecar: str
    signatures: tuple[tuple[bytes, str], ...]
    charsets: dict[str, str]
    packed: tuple[str, ...]
    types: dict[str, str]
    columns: dict[str, list[str]]
    beginnings: tuple[tuple[bytes, str], ...]

    def kind_of(self, name: str) -> str | None:
        """What a file holds by the end of its name, compressed or not; None where that does not say."""
        lowered = name.casefold()
        lowered = next((lowered.removesuffix(ending) for ending in self.packed if lowered.endswith(ending)), lowered)
        return next((kind for ending, kind in self.endings.items() if lowered.endswith(ending)), None)

    def kind_of_type(self, declared: str) -> PageKind | None:
        """What a declared media type holds; None for what is no article."""
        kind = self.types.get(declared.split(";")[0].strip().casefold())
        return cast("PageKind | None", kind)

    def kind_of_page(self, declared: str, content: bytes) -> PageKind | None:
        """What an answer holds by its declared media type and how it begins: a document is known by that alone, and what is
        declared one and is a web page (an error page, say) is a web page."""
        if is_pdf(content):
            return "pdf"
        kind = self.kind_of_type(declared)
        return "html" if kind == "pdf" and shape_of(content) == "html" else kind

    def named(self) -> str:
        """The endings that are read, for a message."""
        return ", ".join(self.endings)


_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{2,40})", re.IGNORECASE)


def charset_of(declared: str) -> str | None:
    """The character set that a media type declares."""
    found = _CHARSET.search(declared)
    return found[1] if found else None


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
        packed=tuple(table["packed"]),
        types=dict(table["types"]),
        beginnings=tuple((bytes.fromhex(row["bytes"]), row["kind"]) for row in table["beginnings"]),
        columns={field: list(names) for field, names in table["columns"].items()},
    )
