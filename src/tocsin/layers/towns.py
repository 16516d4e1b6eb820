"""Places that the coder leaves alone for want of a sign, where a reader would take them for one: large towns wherever they
are named, towns that the article tells as places elsewhere, coordinates.

In: an annotated article and the mentions found so far. Out: mentions of places. They fill no slot of a record.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tocsin.knowledge.loader import Tables
from tocsin.knowledge.names import Found, Name, fold, index_of
from tocsin.language.annotate import Annotated
from tocsin.language.tokens import Sentence, Token
from tocsin.language.trees.lemmas import is_word
from tocsin.model import Mention

_LARGE = 50_000  # inhabitants


class Towns:
    """The names of towns, ready to look up."""

    def __init__(self, tables: Tables) -> None:
        self._places = index_of("places", tables)
        self._coordinates = re.compile(tables.mapping("places/coordinates.yaml")["pattern"])

    def of(self, note: Annotated, found: Sequence[Mention]) -> Iterator[Mention]:
        """The mentions that are not among those found."""
        text, kept = note.article.text, ("nationality", "population")
        taken = sorted((m.start, m.end) for m in found if m.type not in kept)
        told = {m.text for m in found if m.type == "place"}
        for match in self._coordinates.finditer(text):
            yield Mention(start=match.start(), end=match.end(), text=match.group(), type="place", name=match.group())
        for sentence in note.sentences if not text.isupper() else ():
            by_end = {t.end: t for t in sentence}
            for name in self._places.find(text[sentence.start : sentence.end]):
                start, end = sentence.start + name.start, sentence.start + name.end
                town, head = _town(name), by_end.get(end)
                if town is None or head is None or any(s < end and start < e for s, e in taken):
                    continue
                large = int(town.row.get("population") or 0) >= _LARGE or self._before_land(note, sentence, head)
                if (large or text[start:end] in told) and self._fits(note, sentence, start, head):
                    yield Mention(start=start, end=end, text=text[start:end], type="place", id=town.id, name=town.name,
                                  country=town.country)

    def _fits(self, note: Annotated, sentence: Sentence, start: int, head: Token) -> bool:
        """Whether a name stands by itself, and is not a person's or a word."""
        first = next((t for t in sentence if t.start == start), None)
        if first is None or head.pos != "PROPN" or head.entity == "PERSON" or sentence.kind == "headline":
            return False
        if first is head and (is_word(head.lower) or fold(head.lower) in note.interpreter.lexicon.given_names):
            return False
        around = [sentence.tokens[i] for i in (first.i - 1, head.i + 1) if 0 <= i < len(sentence.tokens)]
        return not any(t.pos == "PROPN" or t.text in ("-", "–") for t in around)

    @staticmethod
    def _before_land(note: Annotated, sentence: Sentence, head: Token) -> bool:
        """ "Kenosha, Wisconsin": a comma and a state or province behind."""
        if head.i + 2 >= len(sentence.tokens) or sentence.tokens[head.i + 1].text != ",":
            return False
        behind = note.interpreter.mention(sentence, sentence.tokens[head.i + 2])
        state = behind is not None and behind.party is not None and behind.party.sort == "state"
        return state or (behind is not None and behind.place is not None)


def _town(found: Found) -> Name | None:
    return next((n for n in found.names if n.sort == "place" and n.sector == "town"), None)
