"""Web archives (WARC): a seekable stream in, its pages out, two records in memory at most.

What is damaged or cut off is named with the byte at which it begins, and the records after it are read all the same. A page
is given only when its record is known to be whole.
"""

from __future__ import annotations

import importlib.util
import zlib
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, BinaryIO

from tocsin.errors import InputError
from tocsin.sources.charsets import page_content
from tocsin.sources.formats import formats, limits
from tocsin.sources.members import end_of, next_start, rest_after
from tocsin.sources.page import FailedSource, Passed, RawPage, Stated, failed

if TYPE_CHECKING:
    from fastwarc.warc import WarcRecord

Item = RawPage | FailedSource | Passed
_OK = 200
_DAMAGE = (OSError, ValueError, EOFError, zlib.error)


def warc_pages(source: str, stream: BinaryIO) -> Iterator[Item]:
    """The pages of an archive, in order. Raises InputError where what reads archives is not installed."""
    if importlib.util.find_spec("fastwarc") is None:
        raise InputError(f"{source} is a web archive, and what reads it is not installed; "
                         "install it with: pip install fastwarc")
    start: int | None = 0
    while start is not None:
        begin, page = start, None
        try:
            for offset, following in _records(source, stream, start):
                if page is not None:
                    yield page
                begin, page = offset, following
        except _DAMAGE:
            pass  # where, is seen below
        end = _tried(end_of, stream, begin)
        if end is not None and page is not None:
            yield page
            try:
                rest = rest_after(stream, end)
            except _DAMAGE:
                rest = end
            if rest is None:
                return
            begin = rest
        start = _tried(next_start, stream, begin + 1)
        yield _lost(source, begin, last=start is None)


def _records(source: str, stream: BinaryIO, start: int) -> Iterator[tuple[int, Item]]:
    """Records from a byte of the file: where each begins, and what it is."""
    from fastwarc.warc import ArchiveIterator

    stream.seek(start)
    for record in ArchiveIterator(stream, parse_http=False):
        offset = record.stream_pos
        try:
            item = _item(source, offset, record)
        except UnicodeError:  # of names in its headers
            item = failed(f"{source}#{offset}", "the record's headers are no text", f"byte {offset:,}")
        yield offset, item


def _tried(look: Callable[[BinaryIO, int], int | None], stream: BinaryIO, place: int) -> int | None:
    """What a look at the file finds; None where the file itself cannot be unpacked any further."""
    try:
        return look(stream, place)
    except _DAMAGE:
        return None


def _lost(source: str, begin: int, *, last: bool) -> FailedSource:
    if last:
        message = "the archive is cut off or damaged here, and no record follows; get it again"
    else:
        message = "the record that begins here is damaged and was left out; those after it are read"
    return FailedSource(f"{source}#{begin}", InputError(f"{source}, byte {begin:,}: {message}"))


def _item(source: str, offset: int, record: WarcRecord) -> Item:
    """A record's page, or what it is instead."""
    name, place = f"{source}#{offset}", f"byte {offset:,}"
    kind = (record.headers.get("WARC-Type") or "").strip().casefold()
    if kind not in ("response", "resource", "conversion"):
        return Passed(name, "record")
    most = limits().max_page_bytes
    if record.content_length > most:
        return failed(name, f"the record is longer than {most:,} bytes and was left out", place)
    if record.headers.get("WARC-Block-Digest") and not record.verify_block_digest():
        return failed(name, "the record does not have the digest that it states: it is damaged", place)
    declared, status, content, charset = _payload(record, most)
    if kind == "response" and status is not None and status != _OK:
        return Passed(name, "status")
    page_kind = formats().kind_of_page(declared or record.headers.get("Content-Type") or "", content)
    if page_kind is None:
        return Passed(name, "kind")
    if len(content) > most:
        return failed(name, f"the page is longer than {most:,} bytes and was left out", place)
    return RawPage(name, page_kind, page_content(page_kind, content, charset), place,
                   record.headers.get("WARC-Target-URI"), Stated(fetched=record.headers.get("WARC-Date")))


def _payload(record: WarcRecord, most: int) -> tuple[str | None, int | None, bytes, str | None]:
    """Declared type, status, content (a byte more than ``most`` where it is longer) and character set of a record. Some
    crawlers unpack a content and still say that it is packed: what cannot be unpacked is taken as it stands."""
    from fastwarc.warc import WarcRecord as Made

    is_http, block = record.is_http, record.reader.read()
    if not is_http:
        return None, None, block, None
    for decoded in ("all", "transfer", "none"):
        again = Made()
        again.set_bytes_content(block)
        again.is_http = True
        try:
            again.parse_http(auto_decode=decoded, quirks_mode=True)
            content = again.reader.read(most + 1)
        except OSError:
            continue
        return again.http_content_type, again.http_headers.status_code, content, again.http_charset
    return None, None, block, None
