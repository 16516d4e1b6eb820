"""Every type that a frame names is one that some word, party, place or weapon can have."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

SOURCE = Path(__file__).parents[1] / "src" / "tocsin"
KNOWLEDGE = SOURCE / "knowledge"
_LISTS, _PARTS = ("matter", "not_matter", "not_near", "not_after"), ("require", "forbid", "if_told", "of_words")
_FIELDS = re.compile(r"\b(?:kind|group|sector|class|sort|precision): (\w+)")


def named() -> Iterator[tuple[str, str]]:
    """(type, what names it) of every frame and record type."""
    for file in sorted(KNOWLEDGE.glob("frames/*/*.yaml")):
        content: Any = yaml.safe_load(file.read_text(encoding="utf-8"))
        for row in content if isinstance(content, list) else [content, content.get("defaults") or {}]:
            for key in (*_LISTS, "amid_riots", "outside"):
                yield from ((one, f"{file.name} {row.get('id')}") for one in row.get(key) or ())
            for key in _PARTS:
                for types in (row.get(key) or {}).values():
                    yield from ((one, f"{file.name} {row.get('id')}") for one in types)


def known() -> set[str]:
    """The types of nouns, of tables' rows, and those that the coder makes."""
    found = set(yaml.safe_load((KNOWLEDGE / "nouns.yaml").read_text(encoding="utf-8")))
    tables = [file for folder in ("parties", "places", "equipment") for file in KNOWLEDGE.glob(f"{folder}/*.yaml")]
    for file in tables:
        found |= set(_FIELDS.findall(file.read_text(encoding="utf-8")))
    for file in (SOURCE / "language").rglob("*.py"):
        tree = ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        found |= {node.value for node in tree if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    return found | {"any", "wreck"}  # "any" of all; a crash is told by its verb


def test_no_frame_names_a_type_that_nothing_has() -> None:
    has = known()
    assert sorted({(one, where) for one, where in named() if one not in has}) == []
