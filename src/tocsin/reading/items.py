"""Pages that hold several articles: live blogs and round-ups. In: the text and what the page declares. Out: the parts.

A live blog is told by its JSON-LD (each update with its text), or by lines that hold a time of day and nothing else; a
round-up by its headline and by headings that stand as lines of their own. In doubt a page is one article.
"""

from __future__ import annotations

import datetime as dt
import html
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from tocsin.knowledge.loader import Tables
from tocsin.reading.dates import metadata_day

_TAG = re.compile(r"<[^<>]{1,500}>")
_BREAK = re.compile(r"(?i)<(?:br|/p|/li|/h\d)\b[^<>]{0,200}>")
_TIME = re.compile(r"(?:\d{1,2}[:.h]\d{2}(?:[:.]\d{2})?(?: ?[ap]\.?m\.?)?|\d{1,2} ?[ap]\.?m\.?)(?: ?\(?[A-Z]{2,5}\)?)?",
                   re.IGNORECASE)
_SIGNS = re.compile(r"\W+")


@dataclass(frozen=True, slots=True)
class Item:
    """One part of a page. ``key`` names it among the others, the same whenever the page is read."""

    title: str | None
    text: str
    published: dt.date | None
    key: str


@dataclass(frozen=True, slots=True)
class _Rules:
    words: int
    times: int
    headings: int
    roundup: re.Pattern[str]


def split(title: str | None, body: str, headings: Sequence[str]) -> tuple[Item, ...]:
    """The parts of a page that declares none; none where it is one article. ``headings``: the texts of its headings of lower
    rank."""
    rules = _rules()
    lines = body.split("\n")
    times = [number for number, line in enumerate(lines) if _TIME.fullmatch(line.strip())]
    if len(times) >= rules.times:
        return _parts(lines, times, rules, timed=True)
    if is_roundup(title):
        wanted = {_letters(heading) for heading in headings}
        marks = [number for number, line in enumerate(lines) if _letters(line) and _letters(line) in wanted]
        if len(marks) >= rules.headings:
            return _parts(lines, marks, rules, timed=False)
    return ()


def is_roundup(title: str | None) -> bool:
    """Whether a title says that the page holds several pieces of news."""
    return bool(title and _rules().roundup.search(title))


def declared(updates: Sequence[dict[str, Any]]) -> tuple[Item, ...]:
    """The entries of a live blog that JSON-LD declares, newest first; none where it does not declare two."""
    found = [item for item in map(_update, updates, range(len(updates), 0, -1)) if item is not None]
    return tuple(found) if len(found) >= 2 else ()


def _update(update: dict[str, Any], number: int) -> Item | None:
    body = update.get("articleBody")
    text = _plain(body) if isinstance(body, str) else ""
    if not text:
        return None
    title, when, url = update.get("headline"), update.get("datePublished"), update.get("url") or update.get("@id")
    mark = urlsplit(url).fragment if isinstance(url, str) else ""
    key = mark or (when if isinstance(when, str) and when else str(number))
    return Item(_plain(title) or None if isinstance(title, str) else None, text, metadata_day(when), key)


def _parts(lines: list[str], marks: list[int], rules: _Rules, *, timed: bool) -> tuple[Item, ...]:
    """Parts that begin at marked lines; what is too short to tell something is left out with the lead before the first."""
    found = []
    for number, (start, end) in enumerate(zip(marks, [*marks[1:], len(lines)], strict=True)):
        text = "\n".join(lines[start + 1:end]).strip()
        if len(text.split()) >= rules.words:
            mark = lines[start].strip()
            key = f"{len(marks) - number}-{mark}" if timed else _letters(mark)[:40]
            found.append(Item(None if timed else mark, text, None, key))
    return tuple(found) if len(found) >= 2 else ()


def _plain(markup: str) -> str:
    text = html.unescape(_TAG.sub("", _BREAK.sub("\n", markup)))
    return "\n".join(" ".join(line.split()) for line in text.splitlines() if line.strip())


def _letters(text: str) -> str:
    return _SIGNS.sub("", text).casefold()


@lru_cache(maxsize=1)
def _rules() -> _Rules:
    table = Tables().mapping("reading/items.yaml")
    words = "|".join(map(re.escape, table["roundups"]))
    return _Rules(table["words"], table["times"], table["headings"], re.compile(rf"\b(?:{words})\b", re.IGNORECASE))
