"""A report: one record of an incident with what is known of the article that it stands in."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from tocsin.incidents.model import AHEAD, Face
from tocsin.model import Record
from tocsin.model.record import Source

DENIED, NOT_OCCURRED = "denied", "not_occurred"


@dataclass(frozen=True, slots=True)
class Report:
    """``article`` is its id; ``copies`` the outlets of articles elsewhere with the very same text, ``copy_sources`` their
    sources; ``copy_group`` names the text of which the article is a near copy, None where that is not known; ``cites`` is
    whom the article cites for the event in another sentence, where this one says it in the article's own words."""

    record: Record
    face: Face
    article: str
    title: str | None
    source: str
    url: str | None
    publisher: str | None
    published: str | None
    copies: tuple[str, ...] = ()
    copy_sources: tuple[str, ...] = ()
    copy_group: str | None = None
    cites: Source | None = None

    @property
    def outlet(self) -> str:
        """Who published it: the outlet's name, else the host of its address, else the source."""
        return outlet_name(self.publisher, self.url, self.source)

    @property
    def outlets(self) -> tuple[str, ...]:
        """Its outlet and those of its exact copies."""
        return tuple(dict.fromkeys((self.outlet, *self.copies)))

    @property
    def affirms(self) -> bool:
        """It says that the event has happened or lasts."""
        return self.record.status not in AHEAD and self.record.status not in (DENIED, NOT_OCCURRED)

    @property
    def order(self) -> tuple[str, str]:
        """Reports in the order of their days; undated ones last."""
        return self.published or "9999", self.face.name


def outlet_name(publisher: str | None, url: str | None, source: str) -> str:
    """What an outlet goes by."""
    return publisher or (urlsplit(url).hostname if url else None) or source
