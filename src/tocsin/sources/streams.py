"""Files as streams of bytes, whatever they are compressed with. One that breaks off says so; nothing is read ahead."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, cast

from tocsin.errors import InputError
from tocsin.sources.meter import metered

_BY_MAGIC: dict[bytes, Callable[..., Any]] = {b"\x1f\x8b": gzip.open, b"BZh": bz2.open, b"\xfd7zXZ\0": lzma.open}
BROKEN = (EOFError, gzip.BadGzipFile, zlib.error, lzma.LZMAError)  # what reading a damaged stream raises
MAGIC = 8  # bytes that tell how a file is compressed


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """The file's bytes, decompressed where it is compressed (gzip, bzip2, xz), whatever its name says."""
    with reading(path) as raw, unpacked(raw) as stream:
        yield stream


@contextmanager
def reading(path: Path) -> Iterator[io.BufferedReader]:
    """The file's bytes as they are."""
    with path.open("rb") as raw, metered(path, raw.tell):
        yield raw


@contextmanager
def unpacked(raw: io.BufferedReader) -> Iterator[BinaryIO]:
    """The same for an open file."""
    begin = raw.peek(MAGIC)
    unpack = next((unpack for magic, unpack in _BY_MAGIC.items() if begin.startswith(magic)), None)
    if unpack is None:
        yield cast(BinaryIO, raw)
        return
    with unpack(raw, "rb") as stream:
        yield stream


def content_of(path: Path, most: int, parts: str) -> bytes:
    """All of a file, decompressed, up to ``most`` bytes. Raises InputError where it holds more or breaks off."""
    with opened(path) as stream:
        content = whole(stream, most, str(path))
    if content is None:
        raise InputError(f"{path} is too large to be one article (over {most:,} bytes); split it into {parts}")
    return content


def whole(stream: BinaryIO, most: int, name: str) -> bytes | None:
    """All that a stream holds; None where that is more than ``most`` bytes. Raises InputError where it breaks off."""
    parts, size = [], 0
    try:
        while size <= most and (part := stream.read(min(1 << 20, most + 1 - size))):
            parts.append(part)
            size += len(part)
    except BROKEN as error:
        raise InputError(broken(name, error, size)) from None
    except OSError as error:
        if isinstance(stream, bz2.BZ2File):  # bzip2 knows no error of its own
            raise InputError(broken(name, error, size)) from None
        raise
    return None if size > most else b"".join(parts)


def broken(name: str, error: Exception, size: int) -> str:
    """What to say of a compressed file that ends too early or is damaged; ``size`` bytes of it were sound."""
    what = "is cut off" if isinstance(error, EOFError) else f"is damaged ({error})"
    return f"{name} {what} after {size:,} bytes of its content; get it again"


def buffered(stream: BinaryIO) -> io.BufferedReader:
    """A stream that can be looked into without taking from it."""
    if isinstance(stream, io.BufferedReader):
        return stream
    return io.BufferedReader(cast(io.RawIOBase, stream))
