"""Bytes with a character set declared beside them (in the headers of an answer or a message) to text."""

from __future__ import annotations

import codecs

from tocsin.sources.formats import formats

_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def page_content(kind: str, content: bytes, charset: str | None) -> bytes | str:
    """The content of a page of some kind: a document as it is, anything else in the character set that was declared."""
    return content if kind == "pdf" else declared_text(content, charset)


def declared_text(content: bytes, charset: str | None) -> bytes | str:
    """The page in the character set that was declared beside it. What is marked, or is UTF-8, says so itself, and what is
    not in the set declared is left to those who read it."""
    if charset is None or content.startswith(_MARKS):
        return content
    try:
        content.decode("utf-8")
        return content
    except UnicodeDecodeError:
        pass
    try:
        return content.decode(formats().charsets.get(charset.casefold(), charset))
    except (UnicodeDecodeError, LookupError, ValueError):
        return content
