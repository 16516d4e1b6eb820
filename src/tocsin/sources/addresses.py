"""Pages and files of the web: an address in, its pages out. What cannot be had comes with its reason."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import BinaryIO, cast
from urllib.parse import unquote, urldefrag, urlsplit

from tocsin.errors import InputError
from tocsin.knowledge.words import words
from tocsin.sources.charsets import page_content
from tocsin.sources.containers import READERS
from tocsin.sources.formats import formats, limits
from tocsin.sources.page import FailedSource, Passed, RawPage

Found = Iterator[RawPage | FailedSource | Passed]
_NO_COLUMNS: Mapping[str, str] = {}
_IN_PARTS = ("warc", "arc", "jsonl", "csv")  # kinds that are read from their beginning, however they end
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)


def is_address(given: str) -> bool:
    """Whether an input is an address rather than the name of a file."""
    return _ADDRESS.match(given) is not None


def from_address(given: str, columns: Mapping[str, str] = _NO_COLUMNS, *, private: bool = False) -> Found:
    """The page of an address, or the pages of the file that it names; ``private``: of a private network, too."""
    from tocsin.fetch import FetchError  # half a second to load, and files do not need it

    try:
        kind = file_kind(given)
        if kind is not None:
            yield from _file(given, kind, columns, private=private)
        else:
            yield page_of(given, private=private)
    except FetchError as error:
        yield FailedSource(given, error)


def file_kind(address: str) -> str | None:
    """What kind of file an address names by its ending; None where it is one of a page."""
    from tocsin.fetch.rules import rules

    try:
        kind = formats().kind_of(unquote(urlsplit(address).path))
    except ValueError:
        return None
    return kind if kind in rules().file_kinds else None


def whence(source: str) -> str:
    """The address to ask for a source again: that of its file, where it is a part of one (``….warc.gz#290``,
    ``….wacz!archive/data.warc.gz#290``)."""
    outer, inner, _ = source.partition("!")
    if inner and file_kind(outer) == "wacz":
        return outer
    base = source.partition("#")[0]
    return base if file_kind(base) else source


def _file(given: str, kind: str, columns: Mapping[str, str], *, private: bool) -> Found:
    """The pages of a file, which is fetched whole before it is read: a host waits for nobody who codes meanwhile. Raises
    FetchError. What came of one that broke off is read where its kind can be read in part."""
    from tocsin.fetch.files import save

    url = urldefrag(given).url
    with tempfile.NamedTemporaryFile(prefix="tocsin-") as held:
        lacks = save(url, cast(BinaryIO, held), private=private, most=limits().max_pdf_bytes if kind == "pdf" else None)
        if lacks is None or kind in _IN_PARTS:
            try:
                yield from READERS[kind](url, Path(held.name), columns)
            except InputError as error:
                yield FailedSource(url, InputError(str(error).replace(held.name, url)))
        if lacks is not None:
            say = words()
            yield FailedSource(url, InputError(say("fetch.part_read" if kind in _IN_PARTS else "fetch.part", url=url,
                                                   reason=lacks)))


def page_of(given: str, *, private: bool = False) -> RawPage:
    """The same. Raises FetchError."""
    from tocsin.fetch import fetch

    found = fetch(given, private=private)
    return RawPage(given, found.kind, page_content(found.kind, found.content, found.charset), url=found.url)
