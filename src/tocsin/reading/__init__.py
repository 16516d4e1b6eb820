"""Raw pages to articles: text never altered, page furniture marked, the day of publication with its basis."""

from tocsin.reading.article import LAID_ASIDE, article_from_text, read_page
from tocsin.reading.dates import parse_published
from tocsin.reading.pages import Reading, read_pages

__all__ = ["LAID_ASIDE", "Reading", "article_from_text", "parse_published", "read_page", "read_pages"]
