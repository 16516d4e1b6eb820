"""Files, folders, globs and standard input: paths in, pages out. One that cannot be had never stops the others."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import BinaryIO

from tocsin.errors import InputError
from tocsin.sources.containers import read_file
from tocsin.sources.formats import formats, limits
from tocsin.sources.page import FailedSource, Passed, RawPage
from tocsin.sources.sniff import sniffed
from tocsin.sources.streams import buffered, unpacked, whole

Found = Iterator[RawPage | FailedSource | Passed]
_NO_COLUMNS: Mapping[str, str] = {}


def from_path(given: str, columns: Mapping[str, str] = _NO_COLUMNS) -> Found:
    """Pages of a file or folder, or of all files that a pattern such as ``news/**/*.txt`` matches. ``columns`` names the
    columns of tables, and the keys of objects, that hold what of an article."""
    path = Path(given)
    try:
        if path.is_dir():
            yield from _folder(path, columns)
        elif path.exists():
            yield from _file(path, columns)
        elif glob.has_magic(given):
            yield from _matches(given, columns)
        else:
            yield _failed(given, "there is no such file or folder; check the spelling")
    except (OSError, ValueError) as error:  # ValueError: a null character in the name
        yield _failed(given, f"cannot be opened: {error}")


def from_stream(stream: BinaryIO, source: str, columns: Mapping[str, str] = _NO_COLUMNS) -> Found:
    """Pages of a stream whose kind nobody names: JSON objects, a web page or plain text, by how it begins."""
    most = limits().max_json_bytes
    try:
        with unpacked(buffered(stream)) as plain:
            content = whole(plain, most, source)
    except InputError as error:
        yield FailedSource(source, error)
        return
    if content is None:
        yield _failed(source, f"holds more than {most:,} bytes; give it as a .jsonl file, which is read line by line")
    else:
        yield from sniffed(source, content, columns)


def files_of(given: str) -> Iterator[Path]:
    """The files that ``from_path`` reads, but for those that cannot be had. Raises OSError, ValueError."""
    path = Path(given)
    if path.is_dir():
        yield from _readable(path, [])
    elif path.exists():
        yield path
    elif glob.has_magic(given):
        for one in _matching(given):
            yield from files_of(one)


def _matches(pattern: str, columns: Mapping[str, str]) -> Found:
    paths = _matching(pattern)
    if not paths:
        yield _failed(pattern, "matches no file; check the pattern, and quote it if the shell should not expand it")
    for path in paths:
        yield from from_path(path, columns)


def _matching(pattern: str) -> list[str]:
    """What a pattern matches; the folders of a pattern that looks into them all are not read once more."""
    found = sorted(glob.glob(pattern, recursive=True))
    return [path for path in found if "**" not in pattern or not os.path.isdir(path)]


def _folder(folder: Path, columns: Mapping[str, str]) -> Found:
    refused: list[OSError] = []
    seen = False
    for path in _readable(folder, refused):
        seen = True
        yield from _file(path, columns) if _is_regular(path) else _irregular(path)
    for error in refused:
        yield _failed(str(error.filename), f"cannot be opened: {error.strerror}")
    if not seen and not refused:
        yield _failed(str(folder), f"holds nothing that can be read; files that end in {formats().named()} are")


def _readable(folder: Path, refused: list[OSError]) -> Iterator[Path]:
    """The files of a folder and of those below it that are read, in order; ``refused`` is given what cannot be listed."""
    for place, folders, names in os.walk(folder, onerror=refused.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(place, name)
            if not name.startswith(".") and formats().kind_of(name) and not _describes_another(path):
                yield path


def _is_regular(path: Path) -> bool:
    """Whether it is a file, and no pipe or device that would be waited for. A broken link is told when opened."""
    return path.is_file() or (path.is_symlink() and not path.exists())


def _irregular(path: Path) -> Found:
    yield _failed(str(path), "is a pipe or a device; in a folder only files are read")


def _describes_another(path: Path) -> bool:
    ending = formats().sidecar
    if not path.name.casefold().endswith(ending):
        return False
    stem = path.name[: -len(ending)]
    return any(path.with_name(stem + other).exists()
               for other, kind in formats().endings.items() if kind in ("text", "html"))


def _file(path: Path, columns: Mapping[str, str]) -> Found:
    source = str(path)
    try:
        found = read_file(path, columns)
        if found is not None:
            yield from found
        else:
            with path.open("rb") as stream:
                yield from from_stream(stream, source, columns)
    except InputError as error:
        yield FailedSource(source, error)
    except OSError as error:
        yield _failed(source, f"cannot be opened: {error.strerror or error}")


def _failed(source: str, message: str) -> FailedSource:
    return FailedSource(source, InputError(f"{source} {message}"))
