"""Web archives of the older kind (ARC): a stream in, its pages out. One that breaks off says so."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any, BinaryIO

from tocsin.sources.charsets import page_content
from tocsin.sources.formats import charset_of, formats, limits
from tocsin.sources.page import FailedSource, Passed, RawPage, Stated, failed

Item = RawPage | FailedSource | Passed

_SLACK = 2  # bytes that old crawlers count too many: the line break after a record


def arc_pages(source: str, stream: BinaryIO) -> Iterator[Item]:
    """The pages of an archive, in order, up to where it is damaged."""
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    records = ArchiveIterator(stream)
    offset = 0
    try:
        for record in records:
            offset = records.get_record_offset()
            yield _item(source, offset, record)
    except (ArchiveLoadFailed, OSError, ValueError, EOFError) as error:
        yield failed(f"{source}#{offset}", f"the archive is damaged after this record ({error}); get it again",
                     f"byte {offset:,}")


def _item(source: str, offset: int, record: Any) -> Item:
    name, place, most = f"{source}#{offset}", f"byte {offset:,}", limits().max_page_bytes
    content = record.content_stream().read(most + 1)
    if len(content) <= most and record.raw_stream.limit > _SLACK:
        return failed(name, "the archive is cut off within this record; get it again", place)
    if record.rec_type != "response":
        return Passed(name, "record")
    if record.http_headers is not None and record.http_headers.get_statuscode() != "200":
        return Passed(name, "status")
    declared = (record.http_headers or record.rec_headers).get_header("Content-Type") or ""
    kind = formats().kind_of_page(declared, content)
    if kind is None:
        return Passed(name, "kind")
    if len(content) > most:
        return failed(name, f"the page is longer than {most:,} bytes and was left out", place)
    return RawPage(name, kind, page_content(kind, content, charset_of(declared)), place,
                   record.rec_headers.get_header("uri"), Stated(fetched=_moment(record)))


def _moment(record: Any) -> str | None:
    """When it was fetched, ISO 8601 (an archive writes 14 digits)."""
    written = record.rec_headers.get_header("archive-date") or ""
    try:
        return dt.datetime.strptime(written, "%Y%m%d%H%M%S").replace(tzinfo=dt.UTC).isoformat()
    except ValueError:
        return None
