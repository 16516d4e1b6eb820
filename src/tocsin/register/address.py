"""What the versions of an article share: its address on the web, else its own name among the sources.

A place that another article may take tomorrow is no address: standard input, text given by a program, the line number of
an object without an id.
"""

from __future__ import annotations

import re

from tocsin.model import Article

_NUMBERED = re.compile(r"#\d+$")
_NAMELESS = re.compile(r"<[^<>]*>(#.*)?$")


def address_of(article: Article) -> str | None:
    """The address of an article, None where it has none."""
    part = article.extra.get("page_part")
    if article.url:
        page = article.url.split("#", 1)[0].strip()
        return (f"{page}#{part}" if isinstance(part, str) and part else page) or None
    if isinstance(part, str) and part and not _NAMELESS.match(article.source):
        return f"{article.source}#{part}"
    if _NAMELESS.match(article.source):
        return None
    if _NUMBERED.search(article.source) and not article.extra.get("id"):
        return None
    return article.source
