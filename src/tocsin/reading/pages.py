"""Pages to articles: one page may hold several (a live blog, a round-up). In: a raw page and how to read it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tocsin.model import Article, Problem
from tocsin.reading.article import read_parts
from tocsin.sources.page import RawPage

if TYPE_CHECKING:  # loads what parses pages
    from tocsin.reading.glance import Dull


@dataclass(frozen=True, slots=True)
class Reading:
    """How pages are read: the user's day of publication, whether all of a text is body, and what tells whether the texts of
    a page speak of nothing that is coded, so that it is laid aside without extraction."""

    published: dt.date | None = None
    plain: bool = False
    dull: Dull | None = None


def read_pages(page: RawPage, how: Reading) -> list[tuple[Article, list[Problem]]]:
    """The articles of a page, with the problems met. Raises InputError where it holds none that can be read."""
    return read_parts(page, published=how.published, plain=how.plain, dull=how.dull)
