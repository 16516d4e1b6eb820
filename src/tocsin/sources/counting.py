"""How large inputs are, for the time that remains. None where that cannot be told without reading them."""

from __future__ import annotations

from collections.abc import Sequence

from tocsin.sources.addresses import is_address
from tocsin.sources.files import files_of


def sizes_of(inputs: Sequence[str]) -> dict[str, int] | None:
    """The bytes of all files of the inputs, by name; None where one is no file (standard input, an address, a pipe)."""
    found: dict[str, int] = {}
    for given in inputs:
        if given == "-" or is_address(given):
            return None
        try:
            for path in files_of(given):
                if path.exists() and not path.is_file():
                    return None
                found[str(path)] = path.stat().st_size if path.exists() else 0
        except (OSError, ValueError):
            continue  # told when it is read
    return found
