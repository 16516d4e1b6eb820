"""What a source gives: one page or object as it was found, or the reason why it could not be had."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from tocsin.errors import InputError

_ODD_BYTE = re.compile(r"\\udc([89a-f][0-9a-f])")
PageKind = Literal["text", "html", "json", "pdf"]


@dataclass(frozen=True, slots=True)
class Stated:
    """What a container says of a page that it holds (the headers of a message, say): words as found, None where it says
    nothing. ``fetched`` is when the page was fetched, which its publication did not come after; ``listed`` the day that a
    feed tells of it, which counts where the page itself tells none."""

    title: str | None = None
    author: str | None = None
    publisher: str | None = None
    published: str | None = None
    fetched: str | None = None
    listed: str | None = field(default=None, repr=False)  # no part of the digest: the page is the same


NOTHING_STATED = Stated()


@dataclass(frozen=True, slots=True)
class RawPage:
    """One input before it is read.

    ``content`` is bytes or text for ``text`` and ``html``, bytes for ``pdf``, and the decoded object for ``json``. ``place``
    is where in the source an object stands ("line 3" of JSON Lines, "byte 290" of an archive); ``url`` where a page was
    fetched from.
    """

    source: str
    kind: PageKind
    content: bytes | str | dict[str, Any]
    place: str | None = None
    url: str | None = None
    stated: Stated = NOTHING_STATED

    @property
    def where(self) -> str:
        """Where it stands, for a message."""
        return self.source if self.place is None else f"{self.source}, {self.place}"

    def digest(self) -> str:
        """SHA-256 of all that is read of it: the same page at the same place need not be read twice."""
        content = self.content
        if isinstance(content, dict):
            content = json.dumps(content, sort_keys=True)
        if isinstance(content, str):
            content = content.encode("utf-8", "surrogatepass")
        about = repr((self.kind, self.url, self.stated)).encode("utf-8", "surrogatepass")
        return hashlib.sha256(about + b"\0" + content).hexdigest()


class FailedSource(NamedTuple):
    """An input that could not be had; the others go on."""

    source: str
    error: InputError


class Passed(NamedTuple):
    """Something in an archive that is no article, and what it is: ``status`` (an answer that is no page), ``kind`` (an
    image, a script …), ``record`` (what archives note about themselves)."""

    source: str
    reason: Literal["status", "kind", "record"]


def failed(source: str, message: str, place: str | None = None) -> FailedSource:
    """A failure that names where it was met."""
    where = source if place is None else f"{source}, {place}"
    return FailedSource(source, InputError(f"{where}: {message}"))


def keepable(item: RawPage | FailedSource | Passed) -> RawPage | FailedSource | Passed:
    """The item; a failure in its place where its name is no text (a file name that is not UTF-8, half a character in the
    name of an object), for such a name can be neither kept nor shown."""
    if _is_text(item.source):
        return item
    name = _written(item.source)
    if isinstance(item, FailedSource):
        return FailedSource(name, InputError(_written(str(item.error))))
    if isinstance(item, Passed):
        return Passed(name, item.reason)
    return failed(name, "half a character in its name, which is not UTF-8; give it another name", item.place)


def _is_text(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _written(name: str) -> str:
    """What is no text of a name, written out."""
    return name.encode("utf-8", "backslashreplace").decode()


def as_given(name: str) -> str:
    """The name of a file as the system has it, of one that was written out because it is no UTF-8."""
    return _ODD_BYTE.sub(lambda found: chr(0xDC00 + int(found[1], 16)), name)
