"""What a source gives: one page or object as it was found, or the reason why it could not be had."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from tocsin.errors import InputError

PageKind = Literal["text", "html", "json"]


@dataclass(frozen=True, slots=True)
class RawPage:
    """One input before it is read.

    ``content`` is bytes or text for ``text`` and ``html``, and the decoded object for ``json``. ``place`` is where in
    the source an object stands ("line 3" of JSON Lines, "item 3" of a list); ``url`` where a page was fetched from.
    """

    source: str
    kind: PageKind
    content: bytes | str | dict[str, Any]
    place: str | None = None
    url: str | None = None

    @property
    def where(self) -> str:
        """Where it stands, for a message."""
        return self.source if self.place is None else f"{self.source}, {self.place}"


class FailedSource(NamedTuple):
    """An input that could not be had; the others go on."""

    source: str
    error: InputError
