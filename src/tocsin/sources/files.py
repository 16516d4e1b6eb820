"""Files, folders, globs and standard input: paths in, pages out. One that cannot be had never stops the others."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from tocsin.errors import InputError
from tocsin.sources.formats import formats, limits
from tocsin.sources.objects import json_lines, json_objects
from tocsin.sources.page import FailedSource, RawPage

Found = Iterator[RawPage | FailedSource]
_MARKUP = (b"<!doctype html", b"<html", b"<?xml")
_MARKS = b"\xef\xbb\xbf \t\r\n"


def from_path(given: str) -> Found:
    """Pages of a file or folder, or of all files that a pattern such as ``news/**/*.txt`` matches."""
    path = Path(given)
    try:
        if path.is_dir():
            yield from _folder(path)
        elif path.exists():
            yield from _file(path)
        elif glob.has_magic(given):
            yield from _matches(given)
        else:
            yield _failed(given, "there is no such file or folder; check the spelling")
    except (OSError, ValueError) as error:  # ValueError: a null character in the name
        yield _failed(given, f"cannot be opened: {error}")


def from_stream(stream: BinaryIO, source: str) -> Found:
    """Pages of a stream whose kind nobody names: JSON objects, a web page or plain text, by how it begins."""
    most = limits().max_json_bytes
    content = stream.read(most + 1)
    if len(content) > most:
        yield _failed(source, f"holds more than {most:,} bytes; give it as a .jsonl file, which is read line by line")
    else:
        yield from _sniffed(source, content)


def _matches(pattern: str) -> Found:
    paths = sorted(glob.glob(pattern, recursive=True))
    if not paths:
        yield _failed(pattern, "matches no file; check the pattern, and quote it if the shell should not expand it")
    for path in paths:
        if "**" not in pattern or not os.path.isdir(path):
            yield from from_path(path)


def _folder(folder: Path) -> Found:
    refused: list[OSError] = []
    seen = False
    for place, folders, names in os.walk(folder, onerror=refused.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(place, name)
            if not name.startswith(".") and formats().kind_of(name) and not _describes_another(path):
                seen = True
                yield from _file(path)
    for error in refused:
        yield _failed(str(error.filename), f"cannot be opened: {error.strerror}")
    if not seen and not refused:
        yield _failed(str(folder), f"holds nothing that can be read; files that end in {formats().named()} are")


def _describes_another(path: Path) -> bool:
    ending = formats().sidecar
    if not path.name.casefold().endswith(ending):
        return False
    stem = path.name[: -len(ending)]
    return any(path.with_name(stem + other).exists()
               for other, kind in formats().endings.items() if kind in ("text", "html"))


def _file(path: Path) -> Found:
    kind = formats().kind_of(path.name)
    source = str(path)
    try:
        if kind == "jsonl":
            with path.open("rb") as stream:
                yield from json_lines(source, stream)
        elif kind == "json":
            content = _content(path, limits().max_json_bytes, "articles, one object a line (.jsonl)")
            yield from json_objects(source, content)
        elif kind == "text":
            yield RawPage(source, "text", _content(path, 4 * limits().max_characters + 4, "articles, one a file"))
        elif kind == "html":
            yield RawPage(source, "html", _content(path, limits().max_page_bytes, "pages, one article a file"))
        else:
            with path.open("rb") as stream:
                yield from from_stream(stream, source)
    except InputError as error:
        yield FailedSource(source, error)
    except OSError as error:
        yield _failed(source, f"cannot be opened: {error.strerror or error}")


def _content(path: Path, most: int, parts: str) -> bytes:
    with path.open("rb") as stream:
        content = stream.read(most + 1)
    if len(content) > most:
        raise InputError(f"{path} is too large to be one article (over {most:,} bytes); split it into {parts}")
    return content


def _sniffed(source: str, content: bytes) -> Found:
    begin = content[:1000].lstrip(_MARKS)
    if begin[:1] in (b"{", b"["):
        found = list(json_objects(source, content))
        if any(isinstance(page, RawPage) for page in found):
            yield from found
            return
    kind = begin.lower().startswith(_MARKUP)
    yield RawPage(source, "html" if kind else "text", content)


def _failed(source: str, message: str) -> FailedSource:
    return FailedSource(source, InputError(f"{source} {message}"))
