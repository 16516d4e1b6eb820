"""The name of a file without its folders: these are nobody's business outside this machine."""

from __future__ import annotations

import re

_ADDRESS = re.compile(r"https?://", re.IGNORECASE)
_OBJECT = re.compile(r"(?P<file>.*?\.jsonl?)(?P<object>#.*)", re.IGNORECASE | re.DOTALL)


def file_name(source: str) -> str:
    """The last part of a path, whichever system it is of."""
    if _ADDRESS.match(source):
        return source
    found = _OBJECT.fullmatch(source)
    path, rest = (found["file"], found["object"]) if found else (source, "")
    return (re.split(r"[\\/]", path.rstrip("\\/"))[-1] or path) + rest
