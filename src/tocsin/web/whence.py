"""Where an article came from, as far as others may know: the folders of this machine are nobody's business.

In: the source of an article, and whether the application answers other machines. Out: the name of the file (and of the
object in it), or the source itself where it is an address.
"""

from __future__ import annotations

from dataclasses import replace

from tocsin.model import Article
from tocsin.register import ArticleRow, Row
from tocsin.register.whence import file_name
from tocsin.web.settings import Settings

__all__ = ["file_name", "told_article", "told_row", "told_source", "told_text"]


def told_source(source: str, settings: Settings) -> str:
    """The source as programs get it: whole on this machine, where it leads back to the file."""
    return source if settings.token is None else file_name(source)


def told_row(row: Row, settings: Settings) -> Row:
    """A record with its article's source so."""
    return replace(row, article=told_article(row.article, settings))


def told_article(article: ArticleRow, settings: Settings) -> ArticleRow:
    """An article of a list with its source so."""
    return replace(article, source=told_source(article.source, settings))


def told_text(article: Article, settings: Settings) -> Article:
    """An article with its source so."""
    return article.model_copy(update={"source": told_source(article.source, settings)})
