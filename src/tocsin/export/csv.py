"""CSV for spreadsheets and statistics: one line a record, one column a slot, lists joined by "; ".

What a spreadsheet would run as a formula is escaped; columns and their meaning are data (``knowledge/export/columns.yaml``).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from typing import Any

from tocsin.knowledge.loader import Tables
from tocsin.register import Row
from tocsin.register.flat import columns, values

TEXT = "text"
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_RISKY = frozenset("".join(_FORMULA)) | {" "}  # with what a cell begins that is looked at more closely


class _Line:
    """A file that hands back what is written to it: ``writerow`` then gives the line."""

    def write(self, line: str) -> str:
        """The line."""
        return line


def lines(rows: Iterable[Row]) -> Iterator[str]:
    """The lines with their ends, headings first."""
    return table(headings(), (cells(row) for row in rows))


def with_text(rows: Iterable[Row], texts: Callable[[str], str]) -> Iterator[str]:
    """The same with the text of the article in a last column."""
    return table((*headings(), TEXT), ([*cells(row), safe(texts(row.article.id))] for row in rows))


def table(heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """Any table as lines with their ends, headings first; its cells are written as they are."""
    writer = csv.writer(_Line(), lineterminator="\r\n")
    yield writer.writerow(heads)
    for row in rows:
        yield writer.writerow(row)


def dictionary() -> str:
    """The data dictionary, itself a CSV."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(("column", "type", "meaning"))
    writer.writerows((column.name, column.type, column.about) for column in columns())
    writer.writerow((TEXT, "text", Tables().mapping("export/columns.yaml")["text_about"]))
    writer.writerow(("*", "text", Tables().mapping("export/columns.yaml")["escape_about"]))
    return buffer.getvalue()


@cache
def headings() -> tuple[str, ...]:
    """Names of the columns."""
    return tuple(column.name for column in columns())


@cache
def _texts() -> frozenset[str]:
    """Columns that hold words of other people; numbers below zero among the others stay numbers."""
    return frozenset(column.name for column in columns() if column.quoted)


def cells(row: Row) -> list[Any]:
    """The values of a record, in the order of the headings."""
    found, texts = values(row), _texts()
    for name, value in found.items():
        if type(value) is list:
            value = found[name] = joined(value)
        if name in texts and type(value) is str and value and value[0] in _RISKY:
            found[name] = safe(value)
    return list(map(found.get, headings()))


def joined(parts: Sequence[Any]) -> Any:
    """Several values in one cell."""
    if len(parts) < 2:
        return parts[0] if parts else None
    return "; ".join(["" if part is None else str(part) for part in parts])


def safe(text: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) else text
