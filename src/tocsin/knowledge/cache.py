"""Compiled tables, so that starting does not mean parsing six megabytes of YAML and text each time.

In: a name, the digest of the tables, a function that builds plain data (dictionaries, lists, strings, numbers). Out: that
data, from the cache where the digest is known. The cache holds nothing but what the tables say; it may be deleted at any
time. It lies in ``$TOCSIN_CACHE``, else in the user's cache folder; ``TOCSIN_CACHE=off`` does without.
"""

from __future__ import annotations

import contextlib
import marshal
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tocsin.knowledge.collecting import uncollected

_FORMAT = 3  # raise when the shape of the data changes


def cached(name: str, digest: str, build: Callable[[], Any]) -> Any:
    """The data under ``name`` for these tables; built and stored where it is not there yet."""
    folder = cache_folder()
    if folder is None:
        return build()
    file = folder / f"{name}-{_FORMAT}-py{sys.version_info.major}{sys.version_info.minor}-{digest[:20]}.bin"
    with contextlib.suppress(OSError, ValueError, EOFError, TypeError), uncollected():
        return marshal.loads(file.read_bytes())
    data = build()
    with contextlib.suppress(OSError, ValueError):
        _store(file, marshal.dumps(data))
    return data


def cache_folder() -> Path | None:
    """Where compiled tables are kept; None where the user wants none."""
    chosen = os.environ.get("TOCSIN_CACHE")
    if chosen == "off":
        return None
    if chosen:
        return Path(chosen)
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "tocsin"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "tocsin"


def _store(file: Path, data: bytes) -> None:
    """Write under another name and rename, so that a reader never sees half a file; older files of the name go."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=file.parent, delete=False) as part:
        part.write(data)
    os.replace(part.name, file)
    stem = file.name.rsplit("-", 1)[0]
    for old in file.parent.glob(f"{stem}-*.bin"):
        if old != file:
            with contextlib.suppress(OSError):
                old.unlink()
