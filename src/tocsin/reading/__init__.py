"""Raw pages to articles: text never altered, page furniture marked, the day of publication with its basis."""

from tocsin.reading.article import article_from_text, read_page
from tocsin.reading.dates import parse_published
from tocsin.reading.pages import Reading, read_pages

__all__ = ["Reading", "article_from_text", "parse_published", "read_page", "read_pages"]
