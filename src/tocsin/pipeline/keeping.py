"""Keeping fetched pages as a web archive (WARC), so that what was coded can be coded again years later.

In: pages as they were fetched. Out: files ``tocsin-<time>-<number>.warc.gz`` in a folder, which ``tocsin ingest`` reads. A
run begins files of its own: to one that a crash cut off nothing is added. What stands in them is unpacked; of the headers
those are left out that told of packing.
"""

from __future__ import annotations

import datetime as dt
import io
import re
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO

from tocsin import __version__
from tocsin.fetch import Fetched

_UNPACKED = frozenset({"content-encoding", "transfer-encoding", "content-length", "connection"})
_CONTROL = re.compile(r"[\x00-\x1f\x7f]+")
MOST = 1_000_000_000  # bytes of one file


class Keeper:
    """Writes pages into a folder, which is made where it is not there."""

    def __init__(self, folder: Path, *, most: int = MOST) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder, self._most, self._number = folder, most, 0
        self._file: BinaryIO | None = None
        self._writer: Any = None

    def keep(self, page: Fetched, now: float) -> None:
        """Write one page; it is on the disk when this returns."""
        from warcio.statusandheaders import StatusAndHeaders

        stamp = dt.datetime.fromtimestamp(now, dt.UTC)
        if self._file is None or self._file.tell() > self._most:
            self._open(stamp)
        assert self._file is not None
        headers = [(_clean(name), _clean(value)) for name, value in page.headers if name.lower() not in _UNPACKED]
        headers.append(("Content-Length", str(len(page.content))))
        record = self._writer.create_warc_record(
            page.url, "response", payload=io.BytesIO(page.content), length=len(page.content),
            http_headers=StatusAndHeaders("200 OK", headers, protocol="HTTP/1.1"),
            warc_headers_dict={"WARC-Date": _warc_date(stamp)})
        self._writer.write_record(record)
        self._file.flush()

    def close(self) -> None:
        """End the file."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def _open(self, stamp: dt.datetime) -> None:
        from warcio.warcwriter import WARCWriter

        self.close()
        while self._file is None:
            path = self._folder / f"tocsin-{stamp:%Y%m%dT%H%M%SZ}-{self._number:05d}.warc.gz"
            self._number += 1
            with suppress(FileExistsError):
                self._file = path.open("xb")
        self._writer = WARCWriter(self._file, gzip=True)
        about = {"software": f"tocsin {__version__}", "format": "WARC File Format 1.1", "description": "pages as followed"}
        self._writer.write_record(self._writer.create_warcinfo_record(path.name, about))


def _warc_date(stamp: dt.datetime) -> str:
    return stamp.strftime("%Y-%m-%dT%H:%M:%SZ")


def _clean(text: str) -> str:
    """A header in one line of plain letters."""
    return _CONTROL.sub(" ", text).encode("ascii", "replace").decode("ascii")
