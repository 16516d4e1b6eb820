"""What a stream holds that nobody names: its bytes in, pages out, by how they begin."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tocsin.sources.objects import json_objects
from tocsin.sources.page import FailedSource, Passed, RawPage

Found = Iterator[RawPage | FailedSource | Passed]
_MARKUP = (b"<!doctype html", b"<html", b"<?xml")
_MARKS = b"\xef\xbb\xbf \t\r\n"
_PDF = b"%PDF-"


def sniffed(source: str, content: bytes, columns: Mapping[str, str]) -> Found:
    """JSON objects, a document, a web page or plain text."""
    begin = content[:1000].lstrip(_MARKS)
    if begin[:1] in (b"{", b"["):
        found = list(json_objects(source, content, columns))
        if any(isinstance(page, RawPage) for page in found):
            yield from found
            return
    if begin.startswith(_PDF):
        yield RawPage(source, "pdf", content)
        return
    kind = begin.lower().startswith(_MARKUP)
    yield RawPage(source, "html" if kind else "text", content)
