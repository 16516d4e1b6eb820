"""Sitemaps, those of news above all, and indexes of them: bytes in, rows and addresses of parts out."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

from lxml import etree

from tocsin.errors import InputError
from tocsin.knowledge.words import words
from tocsin.sources.following import Following

_FIELDS = {"title": "title", "publication_date": "published", "lastmod": "changed"}
_HOLDERS = ("url", "sitemap", "news")
_OLD = ""


def sitemap_rows(content: bytes, url: str, rules: Following) -> tuple[list[dict[str, str]], list[str]]:
    """The pages that a sitemap lists, each with what it says of them, and the addresses of other sitemaps, newest first.
    Raises InputError where it cannot be read; what was read before the damage counts."""
    rows: list[dict[str, str]] = []
    parts: list[tuple[str, str]] = []
    try:
        for _, element in etree.iterparse(io.BytesIO(content.lstrip(b"\xef\xbb\xbf \t\r\n")), events=("end",), recover=True,
                                          resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False):
            name = _name(element)
            if name not in ("url", "sitemap"):
                continue
            row = _row(element, rules)
            element.clear()
            if "url" not in row:
                continue
            if name == "url":
                rows.append(row)
            else:
                parts.append((row.get("published", _OLD), row["url"]))
    except etree.XMLSyntaxError as error:
        if not rows and not parts:
            raise InputError(words()("feed.broken", url=url, reason=str(error)[:200])) from None
    parts.sort(key=lambda part: part[0], reverse=True)
    return rows, [address for _, address in parts]


def _row(element: Any, rules: Following) -> dict[str, str]:
    """What is said of one page: its address, title and when it was published, else when it was changed."""
    row: dict[str, str] = {}
    for inner in element.iter(etree.Element):
        text = " ".join((inner.text or "").split())
        if not text:
            continue
        name = _name(inner)
        if name == "loc" and _name(inner.getparent()) in ("url", "sitemap"):
            row.setdefault("url", text)
        elif name in _FIELDS and _name(inner.getparent()) in _HOLDERS:  # an image has a title, too
            row.setdefault(_FIELDS[name], text[:rules.title])
    said = _utc(row.get("published")) or _utc(row.pop("changed", None))
    row.pop("published", None)
    row.pop("changed", None)
    return {**row, "published": said} if said else row


def _name(element: Any) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _utc(said: str | None) -> str | None:
    """A date of the W3C's form in UTC; one without a time counts from midnight."""
    if said is None:
        return None
    try:
        found = dt.datetime.fromisoformat(said)
        return (found if found.tzinfo else found.replace(tzinfo=dt.UTC)).astimezone(dt.UTC).isoformat()
    except (ValueError, OverflowError):
        return None
