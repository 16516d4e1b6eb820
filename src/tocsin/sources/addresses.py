"""Pages of the web: an address in, the page out. What cannot be had comes with its reason."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from tocsin.sources.formats import formats
from tocsin.sources.page import FailedSource, RawPage

_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)
_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def is_address(given: str) -> bool:
    """Whether an input is an address rather than the name of a file."""
    return _ADDRESS.match(given) is not None


def from_address(given: str, *, private: bool = False) -> Iterator[RawPage | FailedSource]:
    """The page of an address; ``private``: of a private network, too."""
    from tocsin.fetch import FetchError  # half a second to load, and files do not need it

    try:
        yield page_of(given, private=private)
    except FetchError as error:
        yield FailedSource(given, error)


def page_of(given: str, *, private: bool = False) -> RawPage:
    """The same. Raises FetchError."""
    from tocsin.fetch import fetch

    found = fetch(given, private=private)
    return RawPage(given, found.kind, _text(found.content, found.charset), url=found.url)


def _text(content: bytes, charset: str | None) -> bytes | str:
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
        return content.decode(formats().charsets.get(charset, charset))
    except (UnicodeDecodeError, LookupError):
        return content
