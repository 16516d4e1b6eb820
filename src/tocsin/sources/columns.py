"""Which of a table's columns (or an object's keys) holds what of an article.

In: the columns a user names, and the usual names of ``formats.yaml``. Out: rows as objects with `text`, `title` and so on;
columns that are none of these keep their names.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from tocsin.errors import UsageError
from tocsin.sources.formats import formats

Columns = Mapping[str, str]


def parse_columns(given: Iterable[str]) -> dict[str, str]:
    """``text=body`` for each field that a user names. Raises UsageError for one that is none."""
    named: dict[str, str] = {}
    fields = formats().columns
    for one in given:
        field, sign, column = one.partition("=")
        if not sign or not column or field not in fields:
            raise UsageError(f"--column {one!r} names no field; give FIELD=COLUMN, where FIELD is one of "
                             f"{', '.join(fields)}, for example: --column text=body")
        named[field] = column
    return named


def chosen(header: Iterable[str], named: Columns) -> dict[str, str]:
    """Which column of a header is which field: those that are named, else the first of the usual names that it has."""
    known = {column.strip().casefold(): column for column in header}
    found: dict[str, str] = {}
    for field, usual in formats().columns.items():
        wanted = [named[field]] if field in named else usual
        column = next((known[name.casefold()] for name in wanted if name.casefold() in known), None)
        if column is not None:
            found[field] = column
    return found


def renamed(row: Mapping[str, Any], named: Columns) -> dict[str, Any]:
    """An object under the names of the fields. What a named column takes the place of is kept under its own name, if any."""
    if not named:
        return dict(row)
    taken = set(named.values())
    return {key: value for key, value in row.items() if key not in taken and key not in named} | {
        field: row[column] for field, column in named.items() if column in row}
