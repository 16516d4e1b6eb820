"""Nationalities, peoples, faiths and languages wherever a word names one: also inside a longer name ("the Syrian Arab Army").

In: an annotated article and the mentions found so far. Out: mentions of type nationality, and of people called by one
("Kurds") as a population.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tocsin.knowledge.loader import Tables
from tocsin.knowledge.names import fold
from tocsin.language.annotate import Annotated
from tocsin.model import Mention

_MOST_WORDS = 2


class Peoples:
    """The words of ``peoples.yaml`` and the adjectives of the states, ready to look up."""

    def __init__(self, tables: Tables) -> None:
        self._adjectives: dict[str, tuple[str | None, str, str | None]] = {}  # word -> id, name, country
        self._members: dict[str, str] = {}
        for rows in tables.mapping("parties/peoples.yaml").values():
            for row in rows:
                name = row["words"][0]
                self._adjectives |= {fold(word): (None, name, None) for word in row["words"]}
                self._members |= {fold(word): name for word in row.get("members") or []}
        for row in tables.rows("parties/states.yaml"):
            named = (row["id"], row["name"], row.get("country"))
            self._adjectives |= {fold(word): named for word in row.get("adjectives") or []}

    def of(self, note: Annotated, found: Iterable[Mention]) -> Iterator[Mention]:
        """The mentions that are not among those found."""
        taken = [(m.start, m.end) for m in found if m.type in ("nationality", "population") and m.end - m.start < 24]
        for sentence in note.sentences:
            at = 0
            while at < len(sentence.tokens):
                size = next((n for n in range(_MOST_WORDS, 0, -1) if self._known(note, sentence.tokens[at : at + n])), 0)
                if not size:
                    at += 1
                    continue
                start, end = sentence.tokens[at].start, sentence.tokens[at + size - 1].end
                if not any(s <= start and end <= e for s, e in taken):
                    yield self._mention(note.article.text[start:end], start, end)
                at += size

    def _known(self, note: Annotated, tokens: list) -> bool:
        if not tokens:
            return False
        words = fold(note.article.text[tokens[0].start : tokens[-1].end])
        return words in self._adjectives or words in self._members

    def _mention(self, text: str, start: int, end: int) -> Mention:
        members = self._members.get(fold(text))
        if members is not None:
            return Mention(start=start, end=end, text=text, type="population", name=members)
        identifier, name, country = self._adjectives[fold(text)]
        return Mention(start=start, end=end, text=text, type="nationality", id=identifier, name=name, country=country)
