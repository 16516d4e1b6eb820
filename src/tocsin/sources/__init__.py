"""Where articles come from: names of files, folders, patterns or ``-`` in, pages as found out.

Reads from this machine only: nothing here opens a network connection.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from typing import BinaryIO

from tocsin.errors import InputError
from tocsin.sources.files import from_path, from_stream
from tocsin.sources.page import FailedSource, PageKind, RawPage

__all__ = ["FailedSource", "PageKind", "RawPage", "open_sources"]

STANDARD_INPUT = "<stdin>"
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)


def open_sources(inputs: Sequence[str], *, stdin: BinaryIO | None = None) -> Iterator[RawPage | FailedSource]:
    """Every page of the inputs, in the order given, folders and patterns sorted by name.

    An input is a file, a folder (read with all folders below it), a pattern (``news/*.txt``) or ``-`` for standard
    input. What cannot be had comes as ``FailedSource`` in its place. Pages are opened as they are asked for.
    """
    for given in inputs:
        if given == "-":
            yield from from_stream(stdin or sys.stdin.buffer, STANDARD_INPUT)
        elif _ADDRESS.match(given):
            found = f"{given} is an address, and nothing is fetched from the network; save the page and give the file"
            yield FailedSource(given, InputError(found))
        else:
            yield from from_path(given)
