"""Bytes to text: a mark, UTF-8, what the page declares, else Windows-1252. Nothing but the mark is dropped.

In: bytes. Out: the text, and a problem where the encoding had to be guessed. What is no text is refused.
"""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from tocsin.errors import InputError
from tocsin.model import Problem
from tocsin.sources.formats import formats, limits

STAGE = "decode"
_MARKS = (  # the longer marks first: that of UTF-32-LE begins with that of UTF-16-LE
    (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"), (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(
    rb"""<(?:meta|\?xml)\b[^>]{0,300}?(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_:.-]{2,40})""", re.I)
_HEAD = 4096
_CONTROL = bytes([*range(9), *range(0x0E, 0x1B), *range(0x1C, 0x20), 0x7F])
_VALID = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_HIGH = re.compile(rb"[\x80-\xff]+")
# Windows-1252 as browsers read it: its five undefined bytes stand for control characters.
_CP1252 = {byte: bytes([byte]).decode("cp1252", errors="ignore") or chr(byte) for byte in range(0x80, 0xA0)}


class Decoded(NamedTuple):
    """The text of bytes, what was met on the way, and the bytes where they are that text in UTF-8 without control
    characters."""

    text: str
    problems: list[Problem]
    utf8: bytes | None = None


def decode(data: bytes, where: str, *, markup: bool = False) -> Decoded:
    """The text of a file; ``markup`` says that it may declare its character set.

    Raises InputError where the bytes are no text.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return Decoded(*_marked(data[len(mark):], encoding))
    sound = not _controls(data, where)
    try:
        return Decoded(data.decode("utf-8"), [], data if sound else None)
    except UnicodeDecodeError as error:
        return Decoded(*_not_utf8(data, error, _declared(data) if markup else None))


def _marked(data: bytes, encoding: str) -> tuple[str, list[Problem]]:
    try:
        return data.decode(encoding), []
    except UnicodeDecodeError as error:
        message = f"the file is marked as {encoding.upper()} but byte {error.start} is not; a sign stands in for it"
        return data.decode(encoding, errors="replace"), [Problem(stage=STAGE, message=message)]


def _not_utf8(data: bytes, error: UnicodeDecodeError, declared: str | None) -> tuple[str, list[Problem]]:
    problems = []
    if declared is not None:
        try:
            return data.decode(declared), []
        except (UnicodeDecodeError, LookupError):
            problems.append(Problem(stage=STAGE, message=f"the page declares {declared}, but is not in it"))
    if _mostly_utf8(data):
        message = f"damaged UTF-8 (first at byte {error.start}); a sign stands in for each broken character"
        return data.decode("utf-8", errors="replace"), [*problems, Problem(stage=STAGE, message=message)]
    message = f"not UTF-8 (first at byte {error.start}); read as Windows-1252: check names with accents"
    return data.decode("latin-1").translate(_CP1252), [*problems, Problem(stage=STAGE, message=message)]


def _declared(data: bytes) -> str | None:
    found = _DECLARED.search(data, 0, _HEAD)
    if found is None:
        return None
    name = found[1].decode("ascii").casefold()
    return formats().charsets.get(name, name)


def _mostly_utf8(data: bytes) -> bool:
    """Whether nearly all bytes beyond ASCII make valid UTF-8, as in a text that was cut within a character."""
    valid = sum(len(sequence) for sequence in _VALID.findall(data))
    high = sum(len(run) for run in _HIGH.findall(data))
    return valid >= limits().min_valid_utf8 * high


def _controls(data: bytes, where: str) -> int:
    """How many control characters there are; raises InputError where they are so many that it is no text."""
    for begin, name in formats().signatures:
        if data.startswith(begin):
            raise InputError(f"{where} is {name}, not text; save it as text, HTML or JSON")
    if b"\0" in data:
        hint = " (UTF-16 without a mark?)" if data[:64:2].count(0) > 16 or data[1:64:2].count(0) > 16 else ""
        raise InputError(f"{where} is binary (null bytes), not text{hint}; save it as UTF-8 text, HTML or JSON")
    count = len(data) - len(data.translate(None, _CONTROL))
    if count > limits().max_control_share * len(data):
        raise InputError(f"{where} is binary (control characters throughout), not text; save it as text, HTML or JSON")
    return count
