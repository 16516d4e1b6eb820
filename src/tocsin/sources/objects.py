"""JSON and JSON Lines: a stream in, one page for each object out. A broken line is named and never stops the rest."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO, NoReturn

from tocsin.errors import InputError
from tocsin.sources.columns import renamed
from tocsin.sources.formats import limits
from tocsin.sources.page import FailedSource, RawPage
from tocsin.sources.streams import BROKEN, broken

Found = Iterator[RawPage | FailedSource]
_NO_COLUMNS: Mapping[str, str] = {}
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def json_lines(source: str, stream: BinaryIO, columns: Mapping[str, str] = _NO_COLUMNS) -> Found:
    """One page for each line that holds an object; empty lines are passed over. ``columns``: keys that a user names."""
    most = limits().max_line_bytes
    number = size = 0
    try:
        while line := stream.readline(most + 1):
            number += 1
            size += len(line)
            if number == 1 and line.startswith(_WIDE):
                yield _failed(source, "line 1", "the file is UTF-16; save it as UTF-8")
                return
            if len(line) > most:
                while line and not line.endswith(b"\n"):
                    line = stream.readline(most)
                yield _failed(source, f"line {number}", f"the line is longer than {most:,} bytes; split the article")
            elif line.strip():
                yield _line(source, number, line, columns)
    except BROKEN as error:
        yield _failed(source, f"after line {number}", broken("the file", error, size))


def json_objects(source: str, content: bytes, columns: Mapping[str, str] = _NO_COLUMNS) -> Found:
    """The objects of a JSON file: one object, a list of them, or (whatever the name says) one a line."""
    try:
        value = _parse(content)
    except InputError as error:
        lines = [(number, line) for number, line in enumerate(content.split(b"\n"), 1) if line.strip()]
        if len(lines) > 1 and _is_object(lines[0][1]):
            yield from (_line(source, number, line, columns) for number, line in lines)
        else:
            yield FailedSource(source, InputError(f"{source}: {error}"))
        return
    if isinstance(value, list):
        yield from (_page(source, number, f"item {number}", item, columns) for number, item in enumerate(value, 1))
    else:
        yield _page(source, None, None, value, columns)


def _line(source: str, number: int, line: bytes, columns: Mapping[str, str]) -> RawPage | FailedSource:
    try:
        return _page(source, number, f"line {number}", _parse(line), columns)
    except InputError as error:
        return _failed(source, f"line {number}", str(error))


def _page(source: str, number: int | None, place: str | None, value: Any,
          columns: Mapping[str, str]) -> RawPage | FailedSource:
    if isinstance(value, dict):
        value = renamed(value, columns)
        return RawPage(_named(source, number, value), "json", value, place)
    return _failed(source, place, f"expected an object with `text`, found {type(value).__name__}")


def _named(source: str, number: int | None, value: dict[str, Any]) -> str:
    """The file with the object's own id, else with its number: an article is known by its source and text."""
    own = value.get("id")
    if number is None:
        return source
    return f"{source}#{own if isinstance(own, str) and own else number}"


def _parse(content: bytes) -> Any:
    try:
        return json.loads(content.removeprefix(codecs.BOM_UTF8).decode("utf-8"), parse_constant=_no_number)
    except UnicodeDecodeError as error:
        raise InputError(f"not UTF-8 at byte {error.start}; save it as UTF-8") from error
    except RecursionError as error:
        raise InputError("nested too deeply to be an article") from error
    except ValueError as error:
        raise InputError(f"no JSON: {error}") from error


def _is_object(line: bytes) -> bool:
    try:
        return isinstance(_parse(line), dict)
    except InputError:
        return False


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON number")


def _failed(source: str, place: str | None, message: str) -> FailedSource:
    where = source if place is None else f"{source}, {place}"
    return FailedSource(source, InputError(f"{where}: {message}"))
