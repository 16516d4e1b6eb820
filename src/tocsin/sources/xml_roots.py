"""What XML is, by its outermost element, looked at before any parser that builds something of it.

Entities that a document declares are refused: a feed needs none, and a few lines of them can stand for gigabytes. What is
not well-formed is judged by its first element, if it is short enough for those who read it all the same.
"""

from __future__ import annotations

import re
from xml.parsers import expat

from tocsin.errors import InputError
from tocsin.knowledge.words import words
from tocsin.sources.following import Following

_ELEMENT = re.compile(rb"<(?:[\w.-]+:)?([A-Za-z][\w.-]*)")
_ENTITY = re.compile(rb"<!ENTITY", re.IGNORECASE)
_COMMENT = re.compile(rb"<!--.*?-->|<\?.*?\?>", re.DOTALL)
_DOCTYPE = re.compile(rb"<!doctype\s+html", re.IGNORECASE)


class _Refused(Exception):
    """The document holds what none may hold; the key of the words for it."""


class _Look:
    """What a parser meets: the outermost element, how deep it goes, how many there are."""

    def __init__(self, rules: Following) -> None:
        self.root: str | None = None
        self._depth = self._count = 0
        self._rules = rules

    def start(self, name: str, attributes: object) -> None:
        self.root = self.root or name.rpartition(":")[2]
        self._depth += 1
        self._count += 1
        if self._depth > self._rules.depth:
            raise _Refused("feed.deep")
        if self._count > self._rules.elements and self._rules.roots.get(self.root) == "feed":
            raise _Refused("feed.many")

    def end(self, name: str) -> None:
        self._depth -= 1

    def entity(self, *about: object) -> None:
        raise _Refused("feed.entities")


def root_of(content: bytes, url: str, rules: Following) -> str:
    """The name of the outermost element, empty where there is none. Raises InputError where nothing should read it."""
    begin = content.lstrip(b"\xef\xbb\xbf \t\r\n") if content.lstrip().startswith((b"\xef\xbb\xbf", b"<")) else content
    if _DOCTYPE.match(_COMMENT.sub(b"", begin[:4096]).lstrip()):
        return "html"
    look = _Look(rules)
    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = look.start, look.end
    parser.EntityDeclHandler = look.entity
    try:
        parser.Parse(begin, True)
    except _Refused as refused:
        raise InputError(words()(str(refused), url=url)) from None
    except (expat.ExpatError, ValueError, LookupError):  # of a character set that nobody knows
        if look.root in rules.roots and rules.roots[look.root] == "html":
            return look.root
        return _loose_root(begin, url, rules, look.root)
    return look.root or ""


def _loose_root(content: bytes, url: str, rules: Following, root: str | None) -> str:
    """The same of what is not well-formed."""
    plain = content.replace(b"\0", b"")
    if _ENTITY.search(plain):
        raise InputError(words()("feed.entities", url=url))
    if len(content) > rules.loose_bytes:
        raise InputError(words()("feed.malformed", url=url, most=f"{rules.loose_bytes:,}"))
    if root is not None:
        return root
    found = _ELEMENT.search(_COMMENT.sub(b"", plain[:65_536]))
    return found[1].decode("ascii", "replace") if found else ""
