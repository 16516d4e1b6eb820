"""Who wrote a page, where its metadata names only the outlet, an address or nobody: names in elements that mark a byline.

In: a parsed page and what the metadata says. Out: names, or what the metadata says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import Any
from urllib.parse import urlsplit

from tocsin.knowledge.loader import Tables

_ADDRESS = re.compile(r"\S+@\S+|https?:\S+|\bwww\.\S+|\b[\w-]+\.(?:com|org|net|de|fr|ch|at|it|es|uk|ru|id|vn|jp)\b", re.I)
_DIGITS = re.compile(r"\d{2,}")
_SPLIT = re.compile(r"\s*(?:[|\u00b7\u2022\n\r\t/;]|\s[-\u2013\u2014]\s|,(?=\s))\s*")
_MOST = 40  # elements looked at
_LONG = 60  # characters of a name


def authors(tree: Any, stated: str | None, site: str | None, url: str | None) -> str | None:
    """The author: as stated where that can be a person, else those of the visible bylines, else as stated."""
    if stated and not _is_outlet(stated, site, url):
        return stated
    found: dict[str, None] = {}
    for element in islice(_marked(tree), _MOST):
        for name in names_in(" ".join(element.itertext())):
            if not _is_outlet(name, site, url):
                found[name] = None
        if found:
            break
    return ", ".join(found) or stated


def _marked(tree: Any) -> Iterator[Any]:
    """The elements that mark a byline, in order; the first of a page usually tells, so that few are looked at."""
    marks = _table().marks
    for element in tree.iter("*"):
        if "author" in (element.get("rel"), element.get("itemprop")) or marks.search(element.get("class", "")):
            yield element


def names_in(text: str) -> list[str]:
    """Names in the text of a byline; none where it holds something longer."""
    text = " ".join(text.split())
    if not text or len(text) > 3 * _LONG:
        return []
    table = _table()
    found = []
    for part in _SPLIT.split(table.opening.sub("", text)):
        for name in table.joint.split(part):
            name = table.opening.sub("", name).strip(" ,.:")
            words = name.split()
            if 2 <= len(words) <= 5 and len(name) <= _LONG and all(word[:1].isupper() or word.casefold() in table.small
                                                                  for word in words) and not _DIGITS.search(name):
                found.append(name)
    return found


def _is_outlet(name: str, site: str | None, url: str | None) -> bool:
    """Whether a name is that of the outlet, an address or a number, and no person's."""
    if _ADDRESS.search(name) or _DIGITS.search(name):
        return True
    own = _letters(name)
    host = _letters((urlsplit(url).hostname or "").removeprefix("www.").rsplit(".", 1)[0]) if url else ""
    known = [word for word in (_letters(site or ""), host) if word]
    return not own or any(own in word or word in own for word in known) or own in _table().general


def _letters(text: str) -> str:
    return "".join(sign for sign in text.casefold() if sign.isalnum())


class _Words:
    """Words of bylines, read from the table."""

    def __init__(self) -> None:
        table = Tables().mapping("reading/bylines.yaml")
        openings = "|".join(map(re.escape, sorted(table["openings"], key=len, reverse=True)))
        self.opening = re.compile(rf"^\s*(?:{openings})(?=\s|:)\s*:?\s*", re.IGNORECASE)
        self.marks = re.compile("|".join(map(re.escape, table["marks"])))
        self.joint = re.compile(rf"\s+(?:{'|'.join(map(re.escape, table['joints']))})\s+", re.IGNORECASE)
        self.small = frozenset(table["small"])
        self.general = frozenset(_letters(word) for word in table["general"])


@lru_cache(maxsize=1)
def _table() -> _Words:
    return _Words()
