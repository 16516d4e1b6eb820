"""Excel: the columns of the CSV export on one sheet, what they mean on another. Text is text: nothing is a formula."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from tempfile import TemporaryDirectory, TemporaryFile
from typing import Any

from tocsin.export import csv
from tocsin.export.csv import joined
from tocsin.export.shapes import dictionary as described
from tocsin.register import Row
from tocsin.register.flat import Column, columns, values
from tocsin.register.needed import needed

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_MOST_ROWS, _MOST_TEXT = 1_048_575, 32_767  # of a sheet below its heading; characters of a cell
_BLOCK = 1 << 20
_CREATED = dt.datetime(2020, 1, 1, tzinfo=dt.UTC).replace(tzinfo=None)  # the same in every file: same in, same out
_NO_CELL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # what XML cannot hold


def lines(rows: Iterable[Row]) -> Iterator[bytes]:
    """Records as a file, in blocks."""
    return book(columns(), map(values, rows), "records")


def book(heads: Sequence[Column], rows: Iterable[dict[str, Any]], name: str) -> Iterator[bytes]:
    """Any rows, given by column, on sheets called ``name``, and what the columns mean on another; in blocks."""
    book_of = needed("xlsxwriter", "excel").Workbook
    with TemporaryFile() as file, TemporaryDirectory() as folder:
        made = book_of(file, {"constant_memory": True, "tmpdir": folder, "strings_to_formulas": False,
                              "strings_to_urls": False, "strings_to_numbers": False})
        made.set_properties({"title": "Tocsin", "created": _CREATED})
        bold = made.add_format({"bold": True})
        _rows(made, heads, rows, name, bold)
        _meanings(made, heads, bold)
        made.close()
        file.seek(0)
        while block := file.read(_BLOCK):
            yield block


def _rows(made: Any, heads: Sequence[Column], rows: Iterable[dict[str, Any]], name: str, bold: Any) -> None:
    sheet, at = None, 0
    for number, found in enumerate(rows):
        if sheet is None or at > _MOST_ROWS:
            title = name if number == 0 else f"{name} {number // _MOST_ROWS + 1}"
            sheet, at = _sheet(made, title, [column.name for column in heads], bold), 1
        for place, column in enumerate(heads):
            _write(sheet, at, place, found.get(column.name))
        at += 1
    if sheet is None:
        _sheet(made, name, [column.name for column in heads], bold)


def _sheet(made: Any, name: str, heads: list[str], bold: Any) -> Any:
    sheet = made.add_worksheet(name)
    sheet.freeze_panes(1, 0)
    for place, head in enumerate(heads):
        sheet.write_string(0, place, head, bold)
    return sheet


def _meanings(made: Any, heads: Sequence[Column], bold: Any) -> None:
    sheet = _sheet(made, "dictionary", ["column", "type", "meaning"], bold)
    for at, column in enumerate(heads, 1):
        for place, text in enumerate((column.name, column.type, column.about)):
            sheet.write_string(at, place, text)


def _write(sheet: Any, at: int, place: int, value: Any) -> None:
    if type(value) is list:
        value = joined(value)
    if value is None:
        return
    if isinstance(value, int | float):
        sheet.write_number(at, place, value)
        return
    text = _NO_CELL.sub("\ufffd", str(value))
    sheet.write_string(at, place, text if len(text) <= _MOST_TEXT else text[:_MOST_TEXT - 1] + "…")


def dictionary() -> str:
    """The data dictionary: the columns of the CSV export, and what this file has besides."""
    return csv.dictionary() + "".join(described("xlsx").splitlines(keepends=True)[1:])
