"""What bytes are by how they begin, whatever their name or whoever sends them says: a document, markup, or text."""

from __future__ import annotations

from typing import Literal

LOOK = 1024  # bytes in which it is told
_PDF = b"%PDF-"
_MARKUP = (b"<!doctype html", b"<html", b"<?xml", b"<head", b"<!--")
_BLANK = b"\xef\xbb\xbf\xff\xfe\0 \t\r\n"


def is_pdf(content: bytes) -> bool:
    """Whether it is a document (PDF); blanks before it are the fault of who sent it."""
    return content[:LOOK].lstrip(_BLANK).startswith(_PDF)


def shape_of(content: bytes) -> Literal["pdf", "html", "text"]:
    """A document, a web page, or text."""
    if is_pdf(content):
        return "pdf"
    return "html" if content[:LOOK].lstrip(_BLANK).lower().startswith(_MARKUP) else "text"
