"""The body of an answer: read piece by piece, unpacked piece by piece, no more of it than the rules allow.

In: pieces of bytes as they come, and how they are packed. Out: the page. What would unpack to more is given up at once.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from itertools import chain

from tocsin.knowledge.beginnings import LOOK

_PACKED = {"gzip": 16 + zlib.MAX_WBITS, "x-gzip": 16 + zlib.MAX_WBITS, "deflate": zlib.MAX_WBITS}
ENCODINGS = "gzip, deflate"


class TooMuch(Exception):
    """The page is larger than the rules allow."""


class Unpackable(Exception):
    """The page is packed in a way that was not asked for, or damaged."""


def whole(pieces: Iterator[bytes], encoding: str, most: int) -> bytes:
    """The page."""
    encoding = encoding.strip().lower()
    if encoding in ("", "identity"):
        return _joined(pieces, most)
    if encoding not in _PACKED:
        raise Unpackable(encoding)
    try:
        return _joined(_unpacked(pieces, _PACKED[encoding], most), most)
    except zlib.error as error:
        raise Unpackable(f"{encoding}: {error}") from None


def begun(pieces: Iterator[bytes]) -> tuple[bytes, Iterator[bytes]]:
    """How a body begins (packed as it is), and all of its pieces again."""
    held = b""
    for piece in pieces:
        held += piece
        if len(held) >= LOOK:
            break
    return held, chain((held,), pieces)


def _joined(pieces: Iterator[bytes], most: int) -> bytes:
    found, size = [], 0
    for piece in pieces:
        size += len(piece)
        if size > most:
            raise TooMuch
        found.append(piece)
    return b"".join(found)


def _unpacked(pieces: Iterator[bytes], form: int, most: int) -> Iterator[bytes]:
    worker, begun = zlib.decompressobj(form), False
    for piece in pieces:
        if not begun and form == zlib.MAX_WBITS and piece[:1] and piece[0] & 0x0F != 8:
            worker = zlib.decompressobj(-zlib.MAX_WBITS)  # some servers leave out the header
        begun = True
        while piece:
            yield worker.decompress(piece, most + 1)
            piece = worker.unconsumed_tail
    yield worker.flush()
    if not worker.eof:
        raise Unpackable("cut")
