"""The documentation keeps step: keys of frames and types, commands, options and paths are in it.

In: ``docs/*.md`` and what the package accepts. A thing counts as named where a page has it in backticks.
"""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
import typer

from tocsin.cli import app
from tocsin.coding.matching import frames
from tocsin.coding.matching.record_types import RoleSpec, TypeSpec
from tocsin.knowledge.loader import Tables, read_yaml

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
PAGES = ("method.md", "adding.md", "contract.md")
_FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"`([^`\n]+)`")
_WORD = re.compile(r"--?[a-z][\w-]*|[\w-]+")
_PATH = re.compile(r"[\w.<>*-]+(?:/[\w.<>*-]*)+|[\w<>*-]+\.(?:py|md|toml|json|yaml|tsv)")
_SHELVES = (ROOT, ROOT / "src" / "tocsin", DOCS, ROOT / "benchmarks")


def spans(page: str) -> list[str]:
    """What a page has in backticks, its fenced blocks left out."""
    return _CODE.findall(_FENCE.sub("", (DOCS / page).read_text(encoding="utf-8")))


NAMED = frozenset(span for page in PAGES for span in spans(page))
WORDS = frozenset(word for span in NAMED for word in _WORD.findall(span))


def type_keys() -> set[str]:
    """Keys of ``type.yaml``: those that the loader fills and those that the files have."""
    known = {field.name for field in fields(TypeSpec)} - {"name"}
    return known | {key for file in Tables().files("frames/*/type.yaml") for key in read_yaml(file)}


def role_keys() -> set[str]:
    """Keys of a role in ``type.yaml``."""
    known = {field.name for field in fields(RoleSpec)} - {"name"}
    files = Tables().files("frames/*/type.yaml")
    return known | {key for file in files for role in read_yaml(file)["roles"].values() for key in role or {}}


def complement_keys() -> set[str]:
    """Keys below ``complement`` in the frames."""
    rows = [row for file in Tables().files("frames/*/*.yaml") if file.name != "type.yaml" for row in read_yaml(file)]
    return {key for row in rows for key in row.get("complement") or {}}


def commands() -> dict[str, Any]:
    """The commands of the program by name, the program itself under the empty name."""
    group: Any = typer.main.get_command(app)
    return {"": group, **group.commands}


def options() -> set[str]:
    """Every option of every command."""
    return {name for command in commands().values() for p in command.params for name in p.opts if name.startswith("-")}


def is_there(path: str) -> bool:
    """Whether something has this path below a shelf, or a module of the package this name; ``<type>`` is any name."""
    pattern = re.sub(r"<[^>]*>", "*", path.rstrip("/"))
    return any(any(shelf.glob(pattern)) for shelf in _SHELVES) or (
        "/" not in pattern and any((ROOT / "src" / "tocsin").rglob(pattern))
    )


@pytest.mark.parametrize("key", sorted(frames._FRAME_KEYS))
def test_the_frame_key_is_named(key: str) -> None:
    assert key in NAMED


@pytest.mark.parametrize("key", sorted(type_keys()))
def test_the_type_key_is_named(key: str) -> None:
    assert key in NAMED


@pytest.mark.parametrize("key", sorted(role_keys() | complement_keys()))
def test_the_key_of_a_role_or_complement_is_named(key: str) -> None:
    assert key in NAMED


@pytest.mark.parametrize("command", sorted(set(commands()) - {""}))
def test_the_command_is_named(command: str) -> None:
    assert any(span == f"tocsin {command}" or span.startswith(f"tocsin {command} ") for span in NAMED)


@pytest.mark.parametrize("option", sorted(options()))
def test_the_option_is_named(option: str) -> None:
    assert option in WORDS


@pytest.mark.parametrize("path", sorted({p for span in spans("architecture.md") for p in _PATH.findall(span)}))
def test_the_path_of_the_architecture_exists(path: str) -> None:
    assert is_there(path)
