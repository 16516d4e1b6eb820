"""Nationalities, peoples, faiths, languages wherever a word names one, also inside a longer name ("the Syrian Arab Army").

In: an annotated article and the mentions found so far. Out: mentions of type nationality, and of people called by one
("Kurds") as a population.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from tocsin.knowledge.loader import Tables
from tocsin.language.annotate import Annotated
from tocsin.language.names.mentions import NameMention
from tocsin.model import Mention

_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'"})


class Peoples:
    """The words of ``peoples.yaml`` and the adjectives of the states, ready to look up."""

    def __init__(self, tables: Tables) -> None:
        self._adjectives: dict[str, tuple[str | None, str, str | None]] = {}  # word -> id, name, country
        self._members: dict[str, str] = {}
        for rows in tables.mapping("parties/peoples.yaml").values():
            for row in rows:
                name = row["words"][0]
                self._adjectives |= dict.fromkeys(row["words"], (None, name, None))
                self._members |= dict.fromkeys(row.get("members") or [], name)
        for row in tables.rows("parties/states.yaml"):
            named = (row["id"], row["name"], row.get("country"))
            self._adjectives |= dict.fromkeys(row.get("adjectives") or [], named)

        words = sorted({*self._adjectives, *self._members}, key=len, reverse=True)
        self._pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})(?!\w)")

    def of(self, note: Annotated, found: Iterable[Mention]) -> Iterator[Mention]:
        """The mentions that are not among those found."""
        text = note.article.text
        plain = text.translate(_APOSTROPHES)
        taken = [(m.start, m.end) for m in found if m.type in ("nationality", "population") and " " not in m.text]
        longer = [(m.start, m.end, _names_land(m)) for m in note.mentions if " " in m.text]
        for found_at in self._pattern.finditer(plain):
            start, end = found_at.span()
            if any(s <= start and end <= e for s, e in taken):
                continue
            inside = [land for s, e, land in longer if s <= start and end <= e]
            people = self._adjectives.get(plain[start:end], ("", "", ""))[0] is None
            if any(inside) or (inside and people):
                continue  # "Saudi Arabia", "the Islamic State": a part of a name that says nothing of its own
            yield self._mention(plain[start:end], text[start:end], start, end)

    def _mention(self, word: str, text: str, start: int, end: int) -> Mention:
        members = self._members.get(word)
        if members is not None:
            return Mention(start=start, end=end, text=text, type="population", name=members)
        identifier, name, country = self._adjectives[word]
        return Mention(start=start, end=end, text=text, type="nationality", id=identifier, name=name, country=country,
                       country_basis="stated" if country else None)


def _names_land(mention: NameMention) -> bool:
    return mention.place is not None or (mention.party is not None and mention.party.sort == "state")
