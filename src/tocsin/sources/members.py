"""Records of a web archive as stretches of its file: whether one is whole, where it ends, where the next one begins.

The libraries that read archives take a file that breaks off for one that ends. Here it is told apart: a compressed record is
a gzip member of its own, whose end and checksum must be met; of another the header says how long it is.
"""

from __future__ import annotations

import re
import zlib
from typing import BinaryIO

_GZIP = b"\x1f\x8b\x08"
_PART = 1 << 16
_HEADER_END = re.compile(rb"\r?\n\r?\n")
_LENGTH = re.compile(rb"^content-length:\s*(\d+)", re.IGNORECASE | re.MULTILINE)
_START = re.compile(rb"WARC/[01]\.\d")
_START_LENGTH = 8
_BLANK = b"\r\n\0 "


def end_of(stream: BinaryIO, start: int) -> int | None:
    """Where the record that begins at ``start`` ends; None where it is cut off or damaged."""
    stream.seek(start)
    begin = stream.read(3)
    stream.seek(start)
    return _end_of_member(stream, start) if begin == _GZIP else _end_of_plain(stream, start)


def one_member(stream: BinaryIO) -> bool:
    """Whether an archive is compressed as a whole and not record by record: its first gzip member holds more than one."""
    stream.seek(0)
    begin = stream.read(_PART)
    stream.seek(0)
    if not begin.startswith(_GZIP):
        return False
    try:
        unpack = zlib.decompressobj(31)
        text = unpack.decompress(begin, _PART)
    except zlib.error:
        return False
    found = _HEADER_END.search(text)
    length = _LENGTH.search(text, 0, found.end()) if found else None
    if found is None or length is None:
        return False
    left = int(length[1]) - (len(text) - found.end())
    while left > -_START_LENGTH and not unpack.eof:
        part = unpack.unconsumed_tail or stream.read(_PART)
        if not part:
            break
        try:
            more = unpack.decompress(part, _PART)
        except zlib.error:
            break
        left -= len(more)
    stream.seek(0)
    return left <= -_START_LENGTH


def rest_after(stream: BinaryIO, end: int) -> int | None:
    """Where something other than blanks stands after ``end``: of an archive that was read to the end nothing does."""
    stream.seek(end)
    while part := stream.read(_PART):
        left = part.lstrip(_BLANK)
        if left:
            return end + len(part) - len(left)
        end += len(part)
    return None


def next_start(stream: BinaryIO, after: int) -> int | None:
    """Where the first record at or after a byte begins; None where there is none."""
    stream.seek(after)
    held, at = b"", after
    while part := stream.read(_PART):
        window = held + part
        found = 0
        while (found := _first_start(window, found)) >= 0:
            if _begins_record(stream, at + found):
                return at + found
            found += 1
        held = window[-_START_LENGTH:]
        at += len(window) - len(held)
        stream.seek(at + len(held))
    return None


def _first_start(window: bytes, begin: int) -> int:
    """The first place of a window at which a record may begin, -1 for none."""
    compressed = window.find(_GZIP, begin)
    plain = _START.search(window, begin)
    places = [place for place in (compressed, plain.start() if plain else -1) if place >= 0]
    return min(places, default=-1)


def _begins_record(stream: BinaryIO, place: int) -> bool:
    stream.seek(max(place - 1, 0))
    before = stream.read(1) if place else b"\n"
    begin = stream.read(_PART)
    if not begin.startswith(_GZIP):
        return before == b"\n" and _START.match(begin) is not None
    try:
        return _START.match(zlib.decompressobj(31).decompress(begin, _START_LENGTH)) is not None
    except zlib.error:
        return False


def _end_of_member(stream: BinaryIO, start: int) -> int | None:
    unpack, at = zlib.decompressobj(31), start
    while not unpack.eof:
        part = stream.read(_PART)
        if not part:
            return None
        at += len(part)
        try:
            while part and not unpack.eof:
                unpack.decompress(part, _PART * 16)
                part = unpack.unconsumed_tail
        except zlib.error:
            return None
    return at - len(unpack.unused_data)


def _end_of_plain(stream: BinaryIO, start: int) -> int | None:
    header = stream.read(_PART)
    found, length = _HEADER_END.search(header), None
    if found is not None:
        length = _LENGTH.search(header, 0, found.end())
    if found is None or length is None:
        return None
    end = start + found.end() + int(length[1])
    return end if end <= stream.seek(0, 2) else None
