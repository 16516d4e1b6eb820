"""Reading the tables under ``knowledge/`` and a user's own folder of the same shape.

In: a folder. Out: rows as plain dictionaries, in file order, the user's after the project's. A table is YAML (a list or
a mapping) or tab-separated text with a header. Errors name the file and what is wrong in it.
"""

from __future__ import annotations

import hashlib
import re
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import yaml

from tocsin.errors import KnowledgeError
from tocsin.knowledge.cache import cached

_HERE = Path(__file__).parent


_PLAIN = ("tag:yaml.org,2002:bool", "tag:yaml.org,2002:timestamp")  # read as words: "no" and 2021-09-13 stay strings


_SOURCES = "sources"  # the folder of tables that say where news comes from


class _Yaml(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """YAML in which only true and false are booleans ("on", "off", "no" are words of our tables) and in which a key may
    stand once: of two equal keys YAML silently keeps the last."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        """The mapping of a node; an error where a key stands twice."""
        seen: set[Any] = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if key in seen:
                raise yaml.constructor.ConstructorError(None, None, f"the key {key!r} stands twice", key_node.start_mark)
            seen.add(key)
        found: dict[Any, Any] = super().construct_mapping(node, deep)
        return found


_Yaml.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag not in _PLAIN]
    for first, resolvers in _Yaml.yaml_implicit_resolvers.items()
}
_Yaml.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), list("tf"))


class Tables:
    """The project's tables, with a user's folder laid over them."""

    def __init__(self, extra: Path | None = None) -> None:
        if extra is not None and not extra.is_dir():
            raise KnowledgeError(f"{extra} is not a folder; --knowledge takes a folder shaped like tocsin/knowledge")
        self.roots = [_HERE] + ([extra] if extra else [])
        self._mappings: dict[str, dict[str, Any]] = {}

    def rows(self, relative: str) -> list[dict[str, Any]]:
        """All rows of one table; a table that no root holds is an error."""
        found: list[dict[str, Any]] = []
        files = [root / relative for root in self.roots if (root / relative).is_file()]
        if not files:
            raise KnowledgeError(f"the table {relative} is missing from {_HERE}; install tocsin again")
        for file in files:
            found += _tsv(file) if file.suffix == ".tsv" else _list(file)
        return found

    def mapping(self, relative: str) -> dict[str, Any]:
        """A table that is one mapping, a user's laid over it: lists are joined, mappings merged, the rest replaced.
        Kept, for each article asks again; callers may change the outermost mapping that they get and nothing in it."""
        if relative not in self._mappings:
            self._mappings[relative] = self._merged(relative)
        return dict(self._mappings[relative])

    def _merged(self, relative: str) -> dict[str, Any]:
        merged: dict[str, Any] = {}
        files = [root / relative for root in self.roots if (root / relative).is_file()]
        if not files:
            raise KnowledgeError(f"the table {relative} is missing from {_HERE}; install tocsin again")
        for file in files:
            data = read_yaml(file)
            if not isinstance(data, dict):
                raise KnowledgeError(f"{file}: expected a mapping, found {type(data).__name__}")
            merged = _over(merged, data)
        return merged

    def files(self, pattern: str) -> list[Path]:
        """Files of all roots that match a glob, sorted within each root."""
        return [file for root in self.roots for file in sorted(root.glob(pattern))]

    @cached_property
    def digest(self) -> str:
        """SHA-256 over all table files, so that a run can name the knowledge that made it. Where news comes from is none of
        it: a feed that is added makes nothing be read again."""
        total = hashlib.sha256()
        tables = [file for file in self.files("**/*.yaml") + self.files("**/*.tsv") if file.parent.name != _SOURCES]
        for file in tables:
            total.update(file.name.encode() + b"\0" + file.read_bytes())
        return total.hexdigest()


def _over(below: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    """One mapping laid over another; neither is changed."""
    merged = dict(below)
    for key, value in above.items():
        there = merged.get(key)
        if isinstance(value, dict) and isinstance(there, dict):
            merged[key] = _over(there, value)
        elif isinstance(value, list) and isinstance(there, list):
            merged[key] = there + value
        else:
            merged[key] = value
    return merged


def read_yaml(file: Path) -> Any:
    """The content of a YAML file; an error names file, line and what the parser found. The project's own files come
    compiled (see ``cache.py``). Callers must not change what they get."""
    if _HERE in file.parents:
        found = _bundle().get(file.relative_to(_HERE).as_posix())
        if found is not None:
            return found
    return _parse(file)


@cache
def _bundle() -> dict[str, Any]:
    """All of the project's YAML files, parsed once for each state of them."""
    files = sorted(_HERE.glob("**/*.yaml"))
    total = hashlib.sha256()
    for file in files:
        total.update(file.as_posix().encode() + b"\0" + file.read_bytes())
    bundle: dict[str, Any] = cached(
        "tables", total.hexdigest(), lambda: {f.relative_to(_HERE).as_posix(): _parse(f) for f in files}
    )
    return bundle


def _parse(file: Path) -> Any:
    try:
        return yaml.load(file.read_text(encoding="utf-8"), Loader=_Yaml)
    except (yaml.YAMLError, UnicodeDecodeError, OSError) as error:
        raise KnowledgeError(f"{file} cannot be read: {error}") from error


def _list(file: Path) -> list[dict[str, Any]]:
    data = read_yaml(file)
    if data is None:
        return []
    if not isinstance(data, list) or not all(isinstance(row, dict) for row in data):
        raise KnowledgeError(f"{file}: expected a list of entries, one mapping each")
    return data


def _tsv(file: Path) -> list[dict[str, Any]]:
    lines = [ln for ln in file.read_text(encoding="utf-8").splitlines() if ln and not ln.startswith("#")]
    if not lines:
        return []
    header = lines[0].split("\t")
    rows = []
    for number, line in enumerate(lines[1:], 2):
        cells = line.split("\t")
        if len(cells) > len(header):
            raise KnowledgeError(f"{file}, row {number}: {len(cells)} cells under {len(header)} headings")
        rows.append(dict(zip(header, cells + [""] * (len(header) - len(cells)), strict=True)))
    return rows
