"""What a page says of itself: JSON-LD first, then its meta elements.

In: a parsed page. Out: title, day of publication with its basis, author, publisher, address; None where not stated.
"""

from __future__ import annotations

import datetime as dt
import html
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from tocsin.knowledge.loader import Tables
from tocsin.model.article import DateBasis
from tocsin.reading.bylines import authors
from tocsin.reading.dates import metadata_day
from tocsin.reading.titles import Titles, headline

_JSON_LD = "application/ld+json"
_HALF = re.compile("[\ud800-\udfff]")
_ESCAPED = re.compile(r"\\u[dD](?:[89abAB][\da-fA-F]{2}\\u[dD][c-fC-F]|([89a-fA-F]))")  # a whole character, or half of one
_DEEPEST = 20  # levels within a value: what lies deeper states nothing
_STATING = ("script", "meta", "time", "link", "h1", "title")
_TAG = re.compile(r"<[^<>]{1,500}>")


@dataclass(slots=True)
class Metadata:
    """Statements of a page about itself."""

    title: str | None = None
    published: dt.date | None = None
    basis: DateBasis = "none"
    author: str | None = None
    publisher: str | None = None
    url: str | None = None
    body: str = ""
    updates: list[dict[str, Any]] = field(default_factory=list)
    days: list[tuple[DateBasis, dt.date]] = field(default_factory=list)
    listed: dt.date | None = None
    changed: dt.date | None = None


def page_metadata(tree: Any) -> Metadata:
    """Metadata of a page, each field from the first place that fills it."""
    table = metadata_table()
    found = Metadata()
    stating = _stating(tree)
    items = list(_articles(stating["script"], table["json_ld_types"]))
    for item in items:
        for name, keys in table["json_ld"].items():
            _fill(found, name, (item.get(key) for key in keys), "json-ld")
            _state(found, name, (item.get(key) for key in keys), "json-ld")
    found.body = max((_body(item) for item in items), key=len, default="")
    found.updates = [update for item in items for update in _listed_items(item.get("liveBlogUpdate"))]
    declared, found.title = found.title, None
    stated = _meta(stating["meta"])
    for name, keys in table["meta"].items():
        _fill(found, name, (value for key in keys for value in stated.get(key, ())), "meta")
        _state(found, name, (value for key in keys for value in stated.get(key, ())), "meta")
    marked = (time for time in stating["time"] if "pubdate" in time.attrib or time.get("itemprop") == "datePublished")
    _fill(found, "published", (time.get("datetime") for time in marked if "datetime" in time.attrib), "meta")
    canonical = (link.get("href", "") for link in stating["link"] if link.get("rel") == "canonical")
    found.url = _address(canonical) or found.url
    found.title = headline(_titles(stating, declared, stated, table["meta"]["title"]))
    site = next(iter(stated.get("og:site_name", ())), None)
    found.author = authors(tree, found.author, site or found.publisher, found.url)
    return found


def _stating(tree: Any) -> dict[str, list[Any]]:
    """The elements in which a page says what it is, by their tags, in order; one walk costs less than six searches."""
    found: dict[str, list[Any]] = {tag: [] for tag in _STATING}
    for element in tree.iter(*_STATING):
        found[element.tag].append(element)
    return found


def _titles(stating: dict[str, list[Any]], declared: str | None, stated: dict[str, list[str]], keys: list[str]) -> Titles:
    """What the page states as its headline."""
    first = [next((words for value in stated.get(key, ()) if (words := _words(value))), "") for key in keys]
    headings = [words for element in stating["h1"][:20] if (words := _words("".join(element.itertext())))]
    window = _words(" ".join(text for element in stating["title"][:1] for text in element.itertext())) or ""
    site = _words(next(iter(stated.get("og:site_name", ())), "")) or ""
    return Titles(declared or "", first[0], next((one for one in first[1:] if one), ""), window, headings, site)


def _body(item: dict[str, Any]) -> str:
    """The article's text where the page states it, without tags."""
    text = item.get("articleBody")
    return html.unescape(_TAG.sub(" ", text)).strip() if isinstance(text, str) else ""


def _state(found: Metadata, name: str, values: Iterable[Any], basis: DateBasis) -> None:
    """Keep every day of publication that is stated: those that differ are weighed."""
    if name == "published":
        found.days += [(basis, day) for value in values if (day := metadata_day(value)) is not None][:1]


def _fill(found: Metadata, name: str, values: Iterable[Any], basis: DateBasis) -> None:
    if getattr(found, name) is not None:
        return
    for value in values:
        filled: Any
        if name in ("published", "changed"):
            filled = metadata_day(value)
        elif name == "url":
            filled = _address(_texts(value, ("@id", "url")))
        else:
            filled = _words(", ".join(dict.fromkeys(_texts(value, ("name",)))))
            filled = None if name == "author" and filled and "://" in filled else filled
        if filled is not None:
            setattr(found, name, filled)
            if name == "published":
                found.basis = basis
            return


def _articles(scripts: Iterable[Any], types: list[str]) -> Iterator[dict[str, Any]]:
    """JSON-LD items that describe an article, in page order; what is no JSON is passed over."""
    wanted = frozenset(types)
    for script in scripts:
        if script.get("type", "").split(";")[0].strip().casefold() != _JSON_LD:
            continue
        try:
            text = script.text or ""
            content = json.loads(text, strict=False)
            if any(found[1] for found in _ESCAPED.finditer(text)):
                content = _whole(content)
        except (ValueError, RecursionError):
            continue
        yield from (item for item in _items(content) if wanted.intersection(_listed(item.get("@type"))))


def _whole(value: Any) -> Any:
    """The value without its strings that have half a character (a lone surrogate, which only JSON can write): they can be
    neither kept nor shown, and cost no more than themselves. Raises RecursionError where it is too deep."""
    if isinstance(value, dict):
        return {key: _whole(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_whole(inner) for inner in value]
    return "" if isinstance(value, str) and _HALF.search(value) else value


def _items(content: Any) -> Iterator[dict[str, Any]]:
    """All objects on the upper levels of a JSON-LD script."""
    waiting, seen = [content], 0
    while waiting and seen < 500:
        seen += 1
        value = waiting.pop(0)
        if isinstance(value, list):
            waiting = value + waiting
        elif isinstance(value, dict):
            yield value
            waiting += [value[key] for key in ("@graph", "mainEntity", "mainEntityOfPage") if key in value]


def _meta(elements: Iterable[Any]) -> dict[str, list[str]]:
    stated: dict[str, list[str]] = {}
    for element in (one for one in elements if "content" in one.attrib):
        for attribute in ("property", "name", "itemprop"):
            name = element.get(attribute)
            if name:
                stated.setdefault(name.strip().casefold(), []).append(element.get("content"))
    return stated


def _texts(value: Any, keys: tuple[str, ...], level: int = 0) -> list[str]:
    """Strings of a value that may be a string, an object with one of the keys, or a list of such."""
    if isinstance(value, str):
        return [value]
    if level == _DEEPEST:
        return []
    if isinstance(value, dict):
        return next((texts for key in keys if (texts := _texts(value.get(key), keys, level + 1))), [])
    if isinstance(value, list):
        return [text for item in value for text in _texts(item, keys, level + 1)]
    return []


def _listed_items(value: Any) -> list[dict[str, Any]]:
    return [item for item in (value if isinstance(value, list) else [value]) if isinstance(item, dict)]


def _listed(value: Any) -> list[str]:
    return [item for item in (value if isinstance(value, list) else [value]) if isinstance(item, str)]


def _words(text: str) -> str | None:
    return " ".join(html.unescape(text).split()) or None


def _address(values: Iterable[str]) -> str | None:
    return next((value for value in values if value.startswith(("http://", "https://"))), None)


@lru_cache(maxsize=1)
def metadata_table() -> dict[str, Any]:
    """Where pages say what they are."""
    return Tables().mapping("reading/metadata.yaml")
