"""Tables kept by hand: a CSV file and a mapping in, rows with their line numbers and the columns that fill slots out."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tocsin.errors import KnowledgeError, UsageError
from tocsin.knowledge.loader import Tables, read_yaml
from tocsin.knowledge.words import words
from tocsin.register.flat import columns as own_columns

Dict = dict[str, Any]
_KEYS = {"name", "columns", "set", "values", "separator", "escaped", "names"}
_DELIMITERS = ",;\t|"
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


@dataclass(frozen=True, slots=True)
class Mapping:
    """Which column fills which slot. ``fixed``: slots with one value for all rows; ``values``: what a table's own terms
    mean; ``names``: parties and places are called as the table calls them, not as ours do."""

    name: str
    columns: dict[str, str]
    fixed: dict[str, str] = field(default_factory=dict)
    values: dict[str, dict[str, str]] = field(default_factory=dict)
    separator: str = ";"
    escaped: bool = False
    names: bool = False


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row: the line on which it begins, its cells as they stand in the file, and what is wrong with it as a row."""

    line: int
    cells: tuple[str, ...]
    wrong: str | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: its headings and rows."""

    path: Path
    heads: tuple[str, ...]
    rows: tuple[SheetRow, ...]


def read_sheet(path: Path) -> Sheet:
    """The table of a CSV file in UTF-8, with comma, semicolon, tab or bar between cells. UsageError where it is none."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise UsageError(words()("import.cannot_read", path=path, reason=error.strerror or error)) from None
    except UnicodeDecodeError as error:
        raise UsageError(words()("import.not_utf8", path=path, at=error.start)) from None
    first = text.split("\n", 1)[0]
    delimiter = max(_DELIMITERS, key=first.count)
    try:
        lines = list(_lines(text, delimiter))
    except csv.Error as error:
        raise UsageError(words()("import.no_table", path=path, reason=error)) from None
    if not lines:
        raise UsageError(words()("import.empty", path=path))
    heads = tuple(cell.strip() for cell in lines[0][1])
    twice = next((head for head in heads if head and heads.count(head) > 1), None)
    if twice is not None or not any(heads):
        raise UsageError(words()("import.heads", path=path, head=twice or ""))
    return Sheet(path, heads, tuple(_row(line, cells, heads) for line, cells in lines[1:]))


def _lines(text: str, delimiter: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    csv.field_size_limit(1 << 27)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    for cells in reader:
        if any(cell.strip() for cell in cells):
            yield line, tuple(cells)
        line = reader.line_num + 1


def _row(line: int, cells: tuple[str, ...], heads: tuple[str, ...]) -> SheetRow:
    wrong = None if len(cells) == len(heads) else words()("import.ragged", n=len(cells), heads=len(heads))
    return SheetRow(line, cells, wrong)


def mapping_of(sheet: Sheet, file: Path | None) -> Mapping:
    """The mapping of a table: that of a file, else that of our own CSV, whose headings it must then have. UsageError says
    which slot, column or key is not known."""
    if file is None:
        own = _own()
        if not {own.columns[slot] for slot in ("key", "type", "status", "evidence")} <= set(sheet.heads):
            raise UsageError(words()("import.no_mapping", path=sheet.path, heads=", ".join(sheet.heads)))
        here = {slot: head for slot, head in own.columns.items() if head in sheet.heads}
        return Mapping(own.name, here, escaped=own.escaped, names=own.names)
    data = _read(file)
    mapping = Mapping(str(data.get("name") or sheet.path.name), _texts(data, "columns", file), _texts(data, "set", file),
                      {slot: _plain(terms, file) for slot, terms in (data.get("values") or {}).items()},
                      str(data.get("separator") or ";"), bool(data.get("escaped")), bool(data.get("names")))
    _check(mapping, sheet, file)
    return mapping


def _own() -> Mapping:
    data = Tables().mapping("import/own.yaml")
    roles = Tables().mapping("export/columns.yaml")["roles"]
    more = {f"roles.{role}": role for role in roles} | {f"roles.{role}.country": f"{role}_country" for role in roles}
    columns = {**data["columns"], **more}
    assert set(columns.values()) <= {column.name for column in own_columns()}
    return Mapping(data["name"], columns, escaped=data["escaped"], names=data["names"])


def _read(file: Path) -> Dict:
    if not file.is_file():
        raise UsageError(words()("import.cannot_read", path=file, reason=words()("import.no_file")))
    try:
        data = read_yaml(file)
    except KnowledgeError as error:
        raise UsageError(str(error)) from None
    if not isinstance(data, dict) or not isinstance(data.get("columns"), dict) or set(data) - _KEYS:
        raise UsageError(words()("import.mapping", path=file, known=", ".join(sorted(_KEYS))))
    return data


def _texts(data: Dict, key: str, file: Path) -> dict[str, str]:
    return _plain(data.get(key) or {}, file)


def _plain(data: Any, file: Path) -> dict[str, str]:
    if not isinstance(data, dict):
        raise UsageError(words()("import.mapping", path=file, known=", ".join(sorted(_KEYS))))
    return {str(key): str(value) for key, value in data.items()}


def _check(mapping: Mapping, sheet: Sheet, file: Path) -> None:
    say, known = words(), set(Tables().mapping("import/slots.yaml"))
    roles = set(Tables().mapping("export/columns.yaml")["roles"])
    for slot in (*mapping.columns, *mapping.fixed, *mapping.values):
        role = slot.removeprefix("roles.").removesuffix(".country") if slot.startswith("roles.") else None
        if slot not in known and role not in roles:
            raise UsageError(say("import.no_slot", path=file, slot=slot))
    for slot, head in mapping.columns.items():
        if head not in sheet.heads:
            raise UsageError(say("import.no_column", path=file, slot=slot, column=head, heads=", ".join(sheet.heads)))
    for slot in ("type", "status"):
        if slot not in mapping.columns and slot not in mapping.fixed:
            raise UsageError(say("import.needs", path=file, slot=slot))


def unescaped(cell: str) -> str:
    """A cell without the apostrophe that keeps spreadsheets from running it."""
    return cell[1:] if cell.startswith("'") and cell[1:].lstrip(" ").startswith(_FORMULA) else cell
