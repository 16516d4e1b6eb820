"""Tables of articles (CSV, TSV): a stream in, one page for each row out, read row by row."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from typing import Any, BinaryIO, cast

from tocsin.sources.columns import Columns, chosen
from tocsin.sources.formats import formats, limits
from tocsin.sources.page import FailedSource, RawPage, failed
from tocsin.sources.streams import BROKEN, broken

Found = Iterator[RawPage | FailedSource]
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_SEPARATORS = ",;\t|"
_LOOK = 1 << 16  # bytes by which the separator and the character set are told


def csv_pages(source: str, stream: BinaryIO, columns: Columns) -> Found:
    """A page for each row of a table whose first line names the columns."""
    head = stream.read(_LOOK)
    if head.startswith(_WIDE):
        yield failed(source, "the file is UTF-16; save it as UTF-8")
        return
    lines = _Lines(head, stream)
    csv.field_size_limit(limits().max_line_bytes)
    rows = csv.reader(lines, delimiter=_separator(head))
    try:
        header = next(rows, [])
    except (csv.Error, *BROKEN) as error:
        yield failed(source, f"the line that names the columns cannot be read ({error})", "row 1")
        return
    found = chosen(header, columns)
    if "text" not in found:
        names = ", ".join(map(repr, header[:12])) or "none"
        yield failed(source, f"no column holds the text (columns found: {names}); name it: --column text=COLUMN")
        return
    yield from _rows(source, rows, header, found, lines)


def _rows(source: str, rows: Iterator[list[str]], header: list[str], found: dict[str, str], lines: _Lines) -> Found:
    number = 1
    while True:
        number += 1
        lines.quotes = 0
        try:
            row = next(rows, None)
        except BROKEN as error:
            yield failed(source, broken("the file", error, lines.bytes), f"row {number}")
            return
        except csv.Error as error:
            yield failed(source, f"the row cannot be read ({error}); is a quotation mark missing?", f"row {number}")
            continue
        if row is None:
            return
        if lines.quotes % 2:
            yield failed(source, "the table ends within quotation marks: it is cut off, or one is missing", f"row {number}")
        elif any(cell.strip() for cell in row):
            yield row_page(source, number, dict(zip(header, row, strict=False)), found)


def row_page(source: str, number: int, row: dict[str, Any], found: dict[str, str]) -> RawPage:
    """A row as the page of an article."""
    taken = set(found.values())
    content = {column: value for column, value in row.items()
               if column and column not in taken and column not in formats().columns and value not in (None, "")}
    for field, column in found.items():
        value = row.get(column)
        content[field] = (value or "") if field == "text" else value or None
    own = content.get("id")
    if own is None:
        content.pop("id", None)
    return RawPage(f"{source}#{own if isinstance(own, str) and own else number}", "json", content, f"row {number}")


class _Lines:
    """Lines of a stream as text; counts the bytes and, of what was taken since it was set to 0, the quotation marks."""

    def __init__(self, head: bytes, stream: BinaryIO) -> None:
        self.quotes = 0
        self.bytes = 0
        head = head.removeprefix(codecs.BOM_UTF8)
        self._encoding = "utf-8" if _is_utf8(head) else "cp1252"
        self._stream = io.BufferedReader(cast(io.RawIOBase, _Joined(head, stream)), _LOOK)

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        most = limits().max_line_bytes
        line = self._stream.readline(most + 1)
        if not line:
            raise StopIteration
        self.bytes += len(line)
        if len(line) > most:
            while (rest := self._stream.readline(_LOOK)) and not rest.endswith(b"\n"):
                self.bytes += len(rest)
            raise csv.Error(f"the line is longer than {most:,} bytes")
        self.quotes += line.count(b'"')
        return line.decode(self._encoding, errors="replace")


class _Joined(io.RawIOBase):
    """Bytes that were read already, and the stream that they were read from."""

    def __init__(self, head: bytes, stream: BinaryIO) -> None:
        super().__init__()
        self._head, self._stream = head, stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        part, self._head = (self._head[:len(buffer)], self._head[len(buffer):]) if self._head else (
            self._stream.read(len(buffer)), b"")
        buffer[:len(part)] = part
        return len(part)


def _is_utf8(head: bytes) -> bool:
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
        return True
    except UnicodeDecodeError:
        return False


def _separator(head: bytes) -> str:
    """The separator: what stands most often in the first line, outside quotation marks."""
    first = head.split(b"\n", 1)[0].decode("latin-1")
    bare = "".join(part for number, part in enumerate(first.split('"')) if number % 2 == 0)
    return max(_SEPARATORS, key=bare.count)


