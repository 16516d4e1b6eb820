"""Feeds: RSS, Atom, JSON Feed and news sitemaps; the bytes of one in, its items out.

What is no feed is named for what it is (a web page, most often: an error page served under the address of a feed). XML that
declares entities is refused before anything expands them.
"""

from __future__ import annotations

import datetime as dt
import html
import io
import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Any, Literal
from urllib.parse import urldefrag, urljoin, urlsplit

from tocsin.errors import InputError
from tocsin.knowledge.words import words
from tocsin.sources.following import Following, following
from tocsin.sources.sitemaps import sitemap_rows
from tocsin.sources.xml_roots import root_of

FeedKind = Literal["rss", "atom", "json", "sitemap", "index"]


@dataclass(frozen=True, slots=True)
class Item:
    """One article as a feed lists it: its address, and what is said of it (``published`` in ISO 8601)."""

    url: str
    title: str | None = None
    author: str | None = None
    published: str | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    """What a feed lists, newest first. ``parts`` are the sitemaps of an index; ``left`` counts items that were left out, for
    they have no address of the web, are too old or too many."""

    kind: FeedKind
    title: str | None
    items: tuple[Item, ...]
    parts: tuple[str, ...] = ()
    left: int = 0


def feed_of(content: bytes, url: str, *, now: float, charset: str | None = None) -> Feed:
    """The feed. ``now``: seconds since 1970, against which the age of items is told. Raises InputError."""
    begin = content.lstrip(b"\xef\xbb\xbf \t\r\n")
    if not begin:
        raise InputError(words()("feed.empty", url=url))
    rules = following()
    if begin[:1] in (b"{", b"["):
        return _json_feed(begin, url, rules, now)
    kind = rules.roots.get(root_of(content, url, rules), "")
    if kind == "html":
        raise InputError(words()("feed.html", url=url))
    if kind == "feed":
        return _xml_feed(content, url, rules, now, charset)
    if kind in ("sitemap", "index"):
        rows, parts = sitemap_rows(content, url, rules)
        items = (Item(row["url"], row.get("title"), None, row.get("published")) for row in rows)
        feed = _taken("sitemap" if kind == "sitemap" else "index", None, items, url, rules, now)
        return Feed(feed.kind, None, feed.items, tuple(parts[:rules.most_parts]), feed.left)
    raise InputError(words()("feed.other", url=url))


def _xml_feed(content: bytes, url: str, rules: Following, now: float, charset: str | None) -> Feed:
    import feedparser  # a fifth of a second to load

    headers = {"content-location": url, "content-type": "application/xml" + (f"; charset={charset}" if charset else "")}
    try:  # a stream: a text would be taken for an address or the name of a file
        found = feedparser.parse(io.BytesIO(content), response_headers=headers, sanitize_html=False,
                                 resolve_relative_uris=False)
    except (ValueError, LookupError, TypeError, AttributeError, AssertionError, RecursionError) as error:
        raise InputError(words()("feed.broken", url=url, reason=f"{type(error).__name__}: {error}"[:200])) from None
    if not found.entries and found.bozo and not found.get("version"):
        raise InputError(words()("feed.broken", url=url, reason=str(found.get("bozo_exception"))[:200]))
    kind: FeedKind = "atom" if str(found.get("version")).startswith("atom") else "rss"
    rows = (Item(_text(entry.get("link"), rules) or "", _plain(entry.get("title"), rules),
                 _plain(entry.get("author"), rules),
                 _day(entry.get("published_parsed") or entry.get("updated_parsed"))) for entry in found.entries)
    return _taken(kind, _plain(found.feed.get("title"), rules), rows, url, rules, now)


def _json_feed(content: bytes, url: str, rules: Following, now: float) -> Feed:
    try:
        found = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise InputError(words()("feed.broken", url=url, reason=str(error)[:200])) from None
    if not isinstance(found, dict) or not isinstance(found.get("items"), list) or "version" not in found:
        raise InputError(words()("feed.other", url=url))
    rows = (_json_item(row, rules) for row in found["items"] if isinstance(row, dict))
    return _taken("json", _text(found.get("title"), rules), rows, url, rules, now)


def _json_item(row: dict[str, Any], rules: Following) -> Item:
    authors = row.get("authors") if isinstance(row.get("authors"), list) else [row.get("author")]
    names = [author.get("name") for author in authors or () if isinstance(author, dict)]
    said = row.get("date_published") or row.get("date_modified")
    return Item(_line(row.get("url"), rules) or "", _text(row.get("title"), rules),
                _text(", ".join(name for name in names if isinstance(name, str)), rules), _iso(said))


def _taken(kind: FeedKind, title: str | None, items: Iterator[Item], url: str, rules: Following, now: float) -> Feed:
    """The items that are taken: of the web, young enough, each once, newest first, those without a day after them in their
    order; of a sitemap only those with a day, for it may list all that a site ever had."""
    oldest = dt.datetime.fromtimestamp(now, dt.UTC) - dt.timedelta(days=rules.days)
    least, taken, left = oldest.isoformat(), dict[str, Item](), 0
    for item in items:
        address = address_of(url, item.url)
        old = item.published < least if item.published else kind == "sitemap"
        if address is None or old:
            left += 1
        else:
            taken.setdefault(address, Item(address, item.title, item.author, item.published))
    ordered = sorted(taken.values(), key=lambda item: item.published or "", reverse=True)
    return Feed(kind, title, tuple(ordered[:rules.most_items]), left=left + max(0, len(ordered) - rules.most_items))


def address_of(base: str, link: str) -> str | None:
    """The address of an item in the one form in which it is known: without the part and without what only says who came
    how."""
    from courlan import normalize_url

    try:
        address = urldefrag(urljoin(base, link.strip())).url
        parts = urlsplit(address)
        if not link.strip() or parts.scheme not in ("http", "https") or not parts.hostname:
            return None
        found: str = normalize_url(address, trailing_slash=True)
    except ValueError:
        return None
    return found


def _line(value: Any, rules: Following) -> str | None:
    """A text on one line, none that is too long."""
    return " ".join(value.split())[:rules.title] or None if isinstance(value, str) else None


def _text(value: Any, rules: Following) -> str | None:
    """The same with its half characters, which cannot be kept, replaced."""
    line = _line(value, rules)
    return line and line.encode("utf-8", "replace").decode()


def _plain(value: Any, rules: Following) -> str | None:
    """A text of XML, in which many feeds have HTML."""
    return _text(html.unescape(value), rules) if isinstance(value, str) else None


def _day(parsed: time.struct_time | None) -> str | None:
    if parsed is None:
        return None
    try:
        return dt.datetime(*parsed[:6], tzinfo=dt.UTC).isoformat()
    except (ValueError, OverflowError):
        return None


def _iso(said: Any) -> str | None:
    """A date and time in the words of JSON Feed (or in those of RSS, as many have it), in UTC."""
    if not isinstance(said, str):
        return None
    for read in (dt.datetime.fromisoformat, parsedate_to_datetime):
        try:
            found = read(said.strip())
            return (found if found.tzinfo else found.replace(tzinfo=dt.UTC)).astimezone(dt.UTC).isoformat()
        except (ValueError, OverflowError, TypeError):
            continue
    return None
