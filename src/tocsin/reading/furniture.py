"""What in a text is not the article: judges one unit at a time by ``knowledge/reading/furniture.yaml``.

In: a unit of text. Out: the kind of furniture that it is, or None for everything else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from tocsin.knowledge.loader import Tables
from tocsin.model.article import BlockKind
from tocsin.reading.dates import date_words, is_date_line
from tocsin.reading.lines import Unit

_LEADS = " :|>\u00bb"
_SPLIT = re.compile(r"[\s,;&|/·]+")


class Furniture:
    """The judgements, with the table's patterns made ready."""

    def __init__(self, table: dict[str, Any]) -> None:
        self.bullets = "".join(table["bullets"])
        self.sizes: dict[str, int] = table["sizes"]
        menu, teaser, byline, dateline = (table[key] for key in ("menu", "teaser", "byline", "dateline"))
        self._share = frozenset(menu["share"])
        self._menu = self._share | frozenset(menu["words"])
        self._separators = re.compile(r"\s*[" + re.escape("".join(menu["separators"])) + r"]\s*")
        self._patterns: list[tuple[BlockKind, re.Pattern[str], int]] = [
            ("menu", _either(menu["patterns"]), self.sizes["teaser"]),
            ("caption", _either(table["caption"]["patterns"]), self.sizes["caption"]),
            ("teaser", _either(teaser["patterns"]), self.sizes["teaser"]),
        ]
        self._headers = frozenset(teaser["headers"])
        self._by = _prefix(byline["prefixes"])
        self._needs_colon = frozenset(byline["needs_colon"])
        self._credits = _prefix(byline["credits"])
        self._connectors = frozenset(byline["connectors"])
        self._desks = frozenset(word.casefold() for word in byline["desks"])
        self._dashes = tuple(byline["credit_dashes"])
        self.never_place = frozenset(dateline["never_place"])
        self.dateline_paragraphs = int(dateline["paragraphs"])
        self.dateline_body = int(dateline["min_body_characters"])

    def kind(self, unit: Unit) -> BlockKind | None:
        """Furniture that may stand anywhere in a text."""
        if len(unit.text) > self.sizes["furniture_characters"]:
            return None
        if self._is_share(unit):
            return "menu"
        for kind, pattern, words in self._patterns:
            if unit.words <= words and pattern.fullmatch(unit.plain):
                return kind
        return "byline" if self._is_byline(unit) else None

    def lead_kind(self, unit: Unit) -> BlockKind | None:
        """Furniture that is only furniture around the headline: entries of a menu and lone dates too."""
        if len(unit.text) > self.sizes["furniture_characters"]:
            return None
        kind = self.kind(unit) or ("menu" if self._is_menu(unit) else None)
        return kind or ("dateline" if is_date_line(unit.plain) else None)

    def announces_links(self, unit: Unit) -> bool:
        """Whether it only announces a list of links ("Related articles:")."""
        return unit.plain.casefold().rstrip(_LEADS) in self._headers

    def is_short(self, unit: Unit) -> bool:
        """Whether it is as short as an entry of a menu and no sentence."""
        within = unit.words <= self.sizes["menu_item"] and len(unit.plain) <= self.sizes["menu_characters"]
        return within and not unit.final

    def is_title(self, unit: Unit) -> bool:
        """Whether it may be a headline: no list item, no sentence that ends with a full stop or a colon."""
        short = unit.words <= self.sizes["title"] and len(unit.plain) <= self.sizes["title_characters"]
        ended = unit.plain.endswith((".", ";", ":", ",")) and not unit.plain.endswith("...")
        return short and not ended and not unit.bulleted

    def is_link(self, unit: Unit) -> bool:
        """Whether it may be the title of another article in a list of links."""
        return unit.words <= self.sizes["title"] and len(unit.plain) <= self.sizes["title_characters"]

    def is_sentence(self, unit: Unit) -> bool:
        """Whether it reads as a sentence of the body."""
        return unit.words > self.sizes["title"] or (unit.words >= self.sizes["sentence"] and unit.final)

    def _is_share(self, unit: Unit) -> bool:
        words = unit.plain.casefold().rstrip(" :")
        if words in self._share:
            return True
        parts = words.split()
        return 2 <= len(parts) <= 12 and all(part in self._share for part in parts)

    def _is_menu(self, unit: Unit) -> bool:
        """A menu entry, a bulleted stub, or several entries on one line of which one at least is known."""
        words = unit.plain.casefold().rstrip(" :")
        if words in self._menu or (unit.bulleted and self.is_short(unit)):
            return True
        parts = [part for part in self._separators.split(words) if part]
        return len(parts) >= 2 and all(len(part.split()) <= 3 for part in parts) and any(
            part in self._menu for part in parts)

    def _is_byline(self, unit: Unit) -> bool:
        words = unit.plain.strip("()[] ")
        if self._credits.match(words):
            return unit.words <= self.sizes["caption"]
        if unit.text.startswith(self._dashes) and not unit.bulleted:
            return unit.words <= 10 and self._names(unit.text[1:])
        found = self._by.match(words)
        if found is None or unit.plain.endswith(".") or unit.words > 16:
            return False
        if found["prefix"].casefold() in self._needs_colon and not found["colon"]:
            return False
        names = words[found.end():]
        return names.casefold() in self._desks or self._names(names)

    def _names(self, words: str) -> bool:
        """Whether the words are names: two capitalised ones side by side at the start, then nothing but such."""
        tokens = [token for token in _SPLIT.split(words.strip()) if token]
        first = words.split()[:2]
        together = len(first) == 2 and first[0][-1] not in ",;|/" and not _is_calendar(first[0])
        return together and all(token[0].isupper() for token in first) and all(
            token[0].isupper() or token[0].isdigit() or token.casefold() in self._connectors for token in tokens)


def _is_calendar(word: str) -> bool:
    """Whether a word names a day or month ("By Monday Russian Troops ...")."""
    return word.casefold() in date_words().weekdays or word.casefold() in date_words().months


def _either(patterns: Iterable[dict[str, Any]]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{row['match']})" for row in patterns), re.IGNORECASE)


def _prefix(words: Iterable[str]) -> re.Pattern[str]:
    listed = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    return re.compile(rf"(?P<prefix>{listed})(?P<colon>\s?:)?\s+", re.IGNORECASE)


@lru_cache(maxsize=1)
def furniture() -> Furniture:
    """The judgements as shipped."""
    return Furniture(Tables().mapping("reading/furniture.yaml"))
