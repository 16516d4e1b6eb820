"""Names as they are compared: small letters, no accents, single spaces."""

from __future__ import annotations

import unicodedata
from functools import lru_cache


@lru_cache(maxsize=16_384)
def fold(name: str) -> str:
    """A name as it is compared."""
    if name.isascii():
        return " ".join(name.casefold().split())
    plain = unicodedata.normalize("NFKD", name.replace("ı", "i"))
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).casefold().split())
