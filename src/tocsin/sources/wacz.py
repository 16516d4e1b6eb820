"""Web archives in a ZIP file (WACZ): its WARC files read where they lie; nothing is unpacked to disk."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, BinaryIO, cast

from tocsin.sources.page import FailedSource, Passed, RawPage, failed
from tocsin.sources.streams import reading
from tocsin.sources.warc import warc_pages

Item = RawPage | FailedSource | Passed
_WARC = (".warc", ".warc.gz")


def wacz_pages(source: str, path: Path) -> Iterator[Item]:
    """The pages of all archives within one."""
    try:
        with reading(path) as raw, zipfile.ZipFile(raw) as packed:
            names = [name for name in packed.namelist() if name.casefold().endswith(_WARC)]
            if not names:
                yield failed(source, "holds no web archive (archive/….warc.gz)")
            for name in names:
                with packed.open(name) as stream:
                    yield from warc_pages(f"{source}!{name}", cast(BinaryIO, _Guarded(stream)))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        yield failed(source, f"is damaged or cut off ({error}); get it again")


class _Guarded:
    """A file within a ZIP file; what is damaged in it is an OSError, as of any other file."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream

    def read(self, size: int = -1) -> bytes:
        try:
            return self._stream.read(size)
        except (zipfile.BadZipFile, EOFError) as error:
            raise OSError(str(error)) from error

    def seek(self, place: int, whence: int = 0) -> int:
        return self._stream.seek(place, whence)

    def tell(self) -> int:
        return self._stream.tell()

    def seekable(self) -> bool:
        return True

    def readable(self) -> bool:
        return True
