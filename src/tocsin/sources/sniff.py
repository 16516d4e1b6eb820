"""What a stream holds that nobody names: its bytes in, pages out, by how they begin."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tocsin.knowledge.beginnings import shape_of
from tocsin.sources.objects import json_objects
from tocsin.sources.page import FailedSource, Passed, RawPage

Found = Iterator[RawPage | FailedSource | Passed]
_MARKS = b"\xef\xbb\xbf \t\r\n"


def sniffed(source: str, content: bytes, columns: Mapping[str, str]) -> Found:
    """JSON objects, a document, a web page or plain text."""
    begin = content[:1000].lstrip(_MARKS)
    if begin[:1] in (b"{", b"["):
        found = list(json_objects(source, content, columns))
        if any(isinstance(page, RawPage) for page in found):
            yield from found
            return
    yield RawPage(source, shape_of(content), content)
