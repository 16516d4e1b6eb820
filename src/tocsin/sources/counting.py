"""How many articles inputs hold, for the time that remains. None where that cannot be told without reading them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tocsin.sources.addresses import is_address
from tocsin.sources.formats import formats

_ONE = ("text", "html", "pdf", "mail")  # kinds of file that hold one article


def total(inputs: Sequence[str]) -> int | None:
    """The number of files, where each holds one article: named ones, and those of folders."""
    count = 0
    for given in inputs:
        if given == "-" or is_address(given):
            return None
        path = Path(given)
        try:
            files = sorted(path.rglob("*")) if path.is_dir() else [path]
            if not path.exists():
                return None
        except (OSError, ValueError):
            return None
        for file in files:
            kind = formats().kind_of(file.name)
            if kind in _ONE:
                count += 1
            elif kind is not None or file == path:
                return None
    return count or None
