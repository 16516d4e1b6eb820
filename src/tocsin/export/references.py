"""The sources of a view for reference managers: RIS and BibTeX, one entry an article, with the records read in it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from tocsin.register import Row

_LATEX = {"\\": r"\textbackslash{}", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_", "{": r"\{", "}": r"\}",
          "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}


def ris(rows: Iterable[Row]) -> Iterator[str]:
    """RIS: a tag a line."""
    for row, records in _articles(rows):
        article, more = row.article, row.cited
        day = (article.published or "")[:10]
        tags = [("TY", "NEWS"), ("ID", article.id[:16]), ("TI", article.title), ("AU", more.author if more else None),
                ("T2", article.publisher), ("PY", day[:4]), ("DA", day.replace("-", "/")), ("UR", article.url),
                ("LA", more.language if more else None), ("M1", article.source), *(("KW", one) for one in records)]
        yield "".join(f"{tag}  - {' '.join(value.split())}\r\n" for tag, value in tags if value) + "ER  - \r\n\r\n"


def bibtex(rows: Iterable[Row]) -> Iterator[str]:
    """BibTeX: an entry an article."""
    for row, records in _articles(rows):
        article, more = row.article, row.cited
        year, month, day = [*(article.published or "")[:10].split("-"), "", "", ""][:3]
        author = (more.author if more else None) or article.publisher
        found = {"title": _braced(article.title), "author": _braced(author), "howpublished": _braced(article.publisher),
                 "year": year, "month": month.lstrip("0"), "day": day.lstrip("0"), "url": _address(article.url),
                 "note": _braced(article.source), "keywords": _latex(", ".join(records))}
        body = ",\n".join(f"  {name} = {{{value}}}" for name, value in found.items() if value)
        yield f"@misc{{{_key(row, year)},\n{body}\n}}\n\n"


def _articles(rows: Iterable[Row]) -> Iterator[tuple[Row, list[str]]]:
    """Articles in the order in which the view first shows them, with the ids of their records."""
    found: dict[str, tuple[Row, list[str]]] = {}
    for row in rows:
        found.setdefault(row.article.id, (row, []))[1].append(row.data["id"])
    yield from found.values()


def _key(row: Row, year: str) -> str:
    plain = unicodedata.normalize("NFKD", row.article.publisher or "source").encode("ascii", "ignore").decode()
    name = re.sub(r"[^a-z0-9]", "", plain.lower()) or "source"
    return f"{name[:20]}{year}{row.article.id[:8]}"


def _latex(text: str) -> str:
    return "".join(_LATEX.get(one, one) for one in " ".join(text.split()))


def _braced(text: str | None) -> str | None:
    """Text in braces of its own: capitals are kept, and no name is taken apart."""
    return f"{{{_latex(text)}}}" if text else None


def _address(text: str | None) -> str | None:
    """An address as it is, its braces encoded, which would end the field."""
    return " ".join(text.split()).replace("{", "%7B").replace("}", "%7D") if text else None
