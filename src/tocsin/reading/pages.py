"""Pages to articles: one page may hold several (a live blog, a round-up). In: a raw page and how to read it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from tocsin.model import Article, Problem
from tocsin.reading.article import read_parts
from tocsin.sources.page import RawPage


@dataclass(frozen=True, slots=True)
class Reading:
    """How pages are read: the user's day of publication, and whether all of a text is body."""

    published: dt.date | None = None
    plain: bool = False


def read_pages(page: RawPage, how: Reading) -> list[tuple[Article, list[Problem]]]:
    """The articles of a page, with the problems met. Raises InputError where it holds none that can be read."""
    return read_parts(page, published=how.published, plain=how.plain)
