"""Which reader a file needs, by its name or how it begins: a path in, its pages out, or None where nothing tells."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import BinaryIO, cast

from tocsin.sources.arc import arc_pages
from tocsin.sources.formats import formats, limits
from tocsin.sources.mail import mail_page, mailbox_pages
from tocsin.sources.members import one_member
from tocsin.sources.objects import json_lines, json_objects
from tocsin.sources.page import FailedSource, Passed, RawPage
from tocsin.sources.parquet import parquet_pages
from tocsin.sources.streams import BROKEN, MAGIC, content_of, opened, reading
from tocsin.sources.tables import csv_pages
from tocsin.sources.wacz import wacz_pages
from tocsin.sources.warc import warc_pages

Columns = Mapping[str, str]
Found = Iterator[RawPage | FailedSource | Passed]
_SINGLE = ("text", "html", "json", "mail")  # kinds that are read whole


def read_file(path: Path, columns: Columns) -> Found | None:
    """The pages of a file; None where neither its name nor its first bytes say what it is. Raises InputError where it is
    too large, breaks off, or needs what is not installed."""
    kind = formats().kind_of(path.name)
    if (kind is None or kind in _SINGLE) and (begun := _by_beginning(path)) is not None and (kind is None or begun == "pdf"):
        kind = begun  # a document under the name of a text or page is one all the same
    return READERS[kind](str(path), path, columns) if kind is not None else None


def _by_beginning(path: Path) -> str | None:
    if not path.is_file():
        return None
    try:
        with opened(path) as stream:
            begin = stream.read(64)
    except BROKEN:  # told when it is read
        return None
    return next((kind for magic, kind in formats().beginnings if begin.startswith(magic)), None)


def _text(source: str, path: Path, columns: Columns) -> Found:
    yield RawPage(source, "text", content_of(path, 4 * limits().max_characters + 4, "articles, one a file"))


def _html(source: str, path: Path, columns: Columns) -> Found:
    yield RawPage(source, "html", content_of(path, limits().max_page_bytes, "pages, one article a file"))


def _pdf(source: str, path: Path, columns: Columns) -> Found:
    yield RawPage(source, "pdf", content_of(path, limits().max_pdf_bytes, "documents, one article a file"))


def _mail(source: str, path: Path, columns: Columns) -> Found:
    yield mail_page(source, content_of(path, limits().max_page_bytes, "messages, one a file"))


def _json(source: str, path: Path, columns: Columns) -> Found:
    content = content_of(path, limits().max_json_bytes, "articles, one object a line (.jsonl)")
    yield from json_objects(source, content, columns)


def _streamed(pages: Callable[[str, BinaryIO, Columns], Found]) -> Callable[[str, Path, Columns], Found]:
    """A reader of a stream as one of a path."""
    def read(source: str, path: Path, columns: Columns) -> Found:
        with opened(path) as stream:
            yield from pages(source, stream, columns)
    return read


def _warc(source: str, path: Path, columns: Columns) -> Found:
    with reading(path) as raw:
        begin = raw.peek(MAGIC)
        packed = not begin.startswith((b"WARC", b"\x1f\x8b")) or one_member(cast(BinaryIO, raw))
        if not packed:
            yield from warc_pages(source, cast(BinaryIO, raw))
            return
    with opened(path) as stream:  # compressed as a whole, which is slower
        yield from warc_pages(source, stream)


def _arc(source: str, path: Path, columns: Columns) -> Found:
    with reading(path) as stream:
        yield from arc_pages(source, cast(BinaryIO, stream))


READERS: dict[str, Callable[[str, Path, Columns], Found]] = {
    "text": _text, "html": _html, "pdf": _pdf, "json": _json, "mail": _mail, "warc": _warc, "arc": _arc,
    "jsonl": _streamed(json_lines),
    "csv": _streamed(csv_pages),
    "mailbox": _streamed(lambda source, stream, columns: mailbox_pages(source, stream)),
    "parquet": lambda source, path, columns: parquet_pages(source, path, columns),
    "wacz": lambda source, path, columns: wacz_pages(source, path),
}
