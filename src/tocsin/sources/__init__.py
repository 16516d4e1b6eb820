"""Where articles come from: names of files, folders, patterns, ``-`` or addresses in, pages as found out.

Reads from this machine; the network is asked for the addresses that are given, and for nothing else.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import BinaryIO

from tocsin.sources.addresses import from_address, is_address, page_of, whence
from tocsin.sources.files import from_path, from_stream
from tocsin.sources.page import FailedSource, PageKind, Passed, RawPage, Stated, as_given, keepable

__all__ = ["FailedSource", "PageKind", "Passed", "RawPage", "Stated", "as_given", "is_address", "open_sources",
           "page_of", "whence"]

STANDARD_INPUT = "<stdin>"


def open_sources(inputs: Sequence[str], *, stdin: BinaryIO | None = None, private: bool = False,
                 columns: Mapping[str, str] | None = None) -> Iterator[RawPage | FailedSource | Passed]:
    """Every page of the inputs, in the order given, folders and patterns sorted by name.

    An input is a file, a folder (read with all folders below it), a pattern (``news/*.txt``), ``-`` for standard input, or
    the address of a page, an archive, a table or a document (``private``: of a private network, too). What cannot be had
    comes as ``FailedSource`` in its place, what an archive holds besides articles as ``Passed``. ``columns`` names the
    columns of tables, and the keys of objects, that hold what of an article. Pages are opened as they are asked for. Every
    source is text that can be kept.
    """
    return map(keepable, _opened(inputs, stdin or sys.stdin.buffer, private, columns or {}))


def _opened(inputs: Sequence[str], stdin: BinaryIO, private: bool,
            columns: Mapping[str, str]) -> Iterator[RawPage | FailedSource | Passed]:
    for given in inputs:
        if given == "-":
            yield from from_stream(stdin, STANDARD_INPUT, columns)
        elif is_address(given):
            yield from from_address(given, columns, private=private)
        else:
            yield from from_path(given, columns)
