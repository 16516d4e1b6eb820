"""What is installed: packages, the language model and the tables, each compared with what tocsin was made for.

In: the tables. Out: findings, each with what to do where something is missing or differs. Nothing is loaded but the
tables; ``tocsin doctor`` prints the findings.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import importlib.util
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from packaging.requirements import InvalidRequirement, Requirement

from tocsin.errors import KnowledgeError
from tocsin.knowledge.loader import Tables, read_yaml
from tocsin.knowledge.words import Words


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. ``advice`` says how to mend it; None where it is in order."""

    name: str
    found: str
    wanted: str
    advice: str | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """One file of the tables with the number of its entries."""

    file: str
    rows: int


def packages(words: Words) -> list[Finding]:
    """Every package that tocsin needs (extras left out), with its version and the versions that fit."""
    try:
        wanted = importlib.metadata.requires("tocsin") or []
    except importlib.metadata.PackageNotFoundError:  # run from its source, not installed
        wanted = []
    return [_package(requirement, words) for requirement in _required(wanted)]


def _required(lines: list[str]) -> Iterator[Requirement]:
    for line in sorted(lines):
        try:
            requirement = Requirement(line)
        except InvalidRequirement:
            continue
        if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
            yield requirement


def _package(requirement: Requirement, words: Words) -> Finding:
    name, wanted = requirement.name, str(requirement.specifier)
    try:
        version = importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        advice = words("doctor.mend_package", package=name, requirement=f"{name}{wanted}")
        return Finding(name, words("doctor.missing"), wanted, advice)
    if requirement.specifier.contains(version, prereleases=True):
        return Finding(name, version, wanted)
    advice = words("doctor.mend_version", package=name, version=version, requirement=f"{name}{wanted}")
    return Finding(name, version, wanted, advice)


def model(tables: Tables, words: Words) -> list[Finding]:
    """The language model: its version, then each of its files by SHA-256."""
    known: dict[str, Any] = tables.mapping("models.yaml")
    spec = importlib.util.find_spec(known["module"])
    requirement = known["requirement"]
    if spec is None or spec.origin is None:
        advice = words("doctor.mend_model", requirement=requirement)
        return [Finding(known["package"], words("doctor.missing"), str(known["version"]), advice)]
    folder = Path(spec.origin).parent / known["folder"]
    return [_model_file(folder, name, digest, requirement, words) for name, digest in known["files"].items()]


def _model_file(folder: Path, name: str, wanted: str, requirement: str, words: Words) -> Finding:
    try:
        found = hashlib.sha256((folder / name).read_bytes()).hexdigest()
    except OSError:
        found = ""
    if found == wanted:
        return Finding(name, found, wanted)
    state = words("doctor.differs") if found else words("doctor.missing")
    advice = words("doctor.mend_file", file=name, state=state, requirement=requirement)
    return Finding(name, found or state, wanted, advice)


def table_files(tables: Tables) -> list[Table]:
    """Every table with the number of its entries: of a list its items, of a mapping what it holds at its ends."""
    found = []
    for root in tables.roots:
        files = sorted([*root.glob("**/*.yaml"), *root.glob("**/*.tsv")])
        own = root == tables.roots[0]
        found += [Table(str(file.relative_to(root) if own else file), _rows(file)) for file in files]
    return found


@dataclass(frozen=True, slots=True)
class Arsenal:
    """How much the table of weapons holds: systems and variants, their families, and names without the plurals and
    spellings that the reader makes. ``bare`` names are ordinary words, too."""

    designations: int
    families: int
    names: int
    bare: int


def arsenal(tables: Tables) -> Arsenal:
    """The size of the table of weapons; calibres are measures and no designations."""
    rows = [row for row in tables.rows("equipment/designations.tsv") if row.get("family") != "calibre"]
    listed = [[name for name in (row.get("bare") or "").split("|") if name] for row in rows]
    names = sum(len({row["designation"], *filter(None, (row.get("aliases") or "").split("|")), *bare})
                for row, bare in zip(rows, listed, strict=True))
    return Arsenal(len(rows), len({row.get("family") for row in rows}), names, sum(map(len, listed)))


def _rows(file: Path) -> int:
    if file.suffix != ".tsv":
        return _size(read_yaml(file))
    try:
        lines = [line for line in file.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    except (OSError, UnicodeDecodeError) as error:
        raise KnowledgeError(f"{file} cannot be read: {error}") from error
    return max(0, len(lines) - 1)


def _size(data: Any) -> int:
    if isinstance(data, dict):
        return sum(_size(value) for value in data.values())
    return len(data) if isinstance(data, list) else 1
