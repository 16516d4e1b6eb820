"""Weapons by the form of their name alone: designations that the table does not hold ("the BTR-90M", "KJ-600 aircraft").

In: sentences, the names found so far. Out: mentions of equipment whose form fits an open pattern. The form tells that a
word is a model's name; what it is comes from the system that it is a variant of, else from the noun beside it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import cached_property
from typing import Any

from tocsin.knowledge.cache import cached
from tocsin.knowledge.loader import Tables
from tocsin.knowledge.names import Name, NameIndex
from tocsin.language.names.mentions import NameMention, name_head
from tocsin.language.tokens import Sentence
from tocsin.language.trees.lemmas import is_word

_GROUP = re.compile(r"\(\?P<\w+>")


class Designations:
    """The open patterns, ready to search."""

    def __init__(self, tables: Tables, index: NameIndex) -> None:
        self.tables = tables
        self.index = index

    @cached_property
    def _patterns(self) -> list[tuple[re.Pattern[str], dict[str, Any]]]:
        rows = self.tables.rows("equipment/patterns.yaml")
        return [(_at_borders(r["regex"]), r) for r in rows if not r.get("measure")]

    @cached_property
    def _any(self) -> re.Pattern[str]:
        """All patterns in one, which tells in a fifth of the time that a sentence has none."""
        return _at_borders("|".join(f"(?:{_GROUP.sub('(?:', row['regex'])})" for _, row in self._patterns))

    def add(self, sentences: Iterable[Sentence], text: str, mentions: list[NameMention]) -> list[NameMention]:
        """The mentions with those of open designations among them, in text order."""
        taken = {(m.sentence, i): m for m in mentions for i in range(m.first, m.last + 1)}
        found = []
        for sentence in sentences:
            raw = text[sentence.start : sentence.end]
            if self._any.search(raw) is None:
                continue
            for pattern, row in self._patterns:
                for match in pattern.finditer(raw):
                    mention = self._mention(sentence, sentence.start + match.start(), match, row, taken)
                    if mention is not None:
                        found.append(mention)
                        inside = [(sentence.index, i) for i in range(mention.first, mention.last + 1)]
                        mentions = [m for m in mentions if not any(taken.get(at) is m for at in inside)]
                        taken |= dict.fromkeys(inside, mention)
        return sorted([*mentions, *found], key=lambda m: (m.sentence, m.first)) if found else mentions

    def _mention(
        self, sentence: Sentence, start: int, match: re.Match[str], row: dict[str, Any],
        taken: dict[tuple[int, int], NameMention],
    ) -> NameMention | None:
        end = start + len(match.group())
        inside = [t.i for t in sentence if t.start >= start and t.end <= end]
        exact = inside and sentence.tokens[inside[0]].start == start and sentence.tokens[inside[-1]].end == end
        if not exact:
            return None
        over = [m for i in inside if (m := taken.get((sentence.index, i))) is not None]
        if not all(self._yields(m, row, inside) for m in over):
            return None
        if row.get("names_only") and not self._named(sentence, inside[0], match.group()):
            return None
        class_, related = row.get("class"), bool(row.get("family") or row.get("series"))
        if related:
            class_ = self._family(match) if row.get("family") else self._series.get(match.group("stem"))
            if class_ is None:
                return None
        known = {"open": True, "alone": bool(row.get("alone")) or related, "family": related,
                 "beside": bool(row.get("beside"))}
        name = Name("equipment", f"equipment:{match.group()}", match.group(), None, class_, False, known)
        first, last = inside[0], inside[-1]
        head = name_head(sentence, first, last)
        return NameMention(
            sentence.index, first, last, head, start, end, match.group(), equipment=name, names=(name,)
        )

    @staticmethod
    def _named(sentence: Sentence, first: int, text: str) -> bool:
        """Whether a name stands before the number, and no word of the language ("Round 4", "The 12 tanks")."""
        word, *rest = text.split()
        return not rest or (sentence.tokens[first].pos in ("PROPN", "NOUN") and not is_word(word.lower()))

    @staticmethod
    def _yields(mention: NameMention, row: dict[str, Any], inside: list[int]) -> bool:
        """Whether what is known yields to the open name over it: "HMS Richmond" is the ship, not the town; "Hwasong-33" is
        the model, not the whole series."""
        if row.get("series"):
            return mention.equipment is not None and inside[0] == mention.first and mention.last < inside[-1]
        return bool(row.get("over_names")) and inside[0] < mention.first and mention.last <= inside[-1]

    @cached_property
    def _series(self) -> dict[str, str]:
        """The class of series whose listed models are (nearly) all of one: Su-27, Su-57: aircraft."""
        return dict(cached("series", self.tables.digest, self._series_of_table))

    def _series_of_table(self) -> dict[str, str]:
        rules = next(r for r in self.tables.rows("equipment/patterns.yaml") if r.get("series"))
        classes: dict[str, Counter[str]] = {}
        for row in self.tables.rows("equipment/designations.tsv"):
            names = {row["designation"], *(row.get("aliases") or "").split("|")}
            stems = {m.group("stem") for name in names if (m := re.match(rules["listed"], name))}
            for stem in stems:
                classes.setdefault(stem, Counter())[row["class"]] += 1
        most = {stem: (*found.most_common(1)[0], found.total()) for stem, found in classes.items()}
        return {stem: class_ for stem, (class_, n, of) in most.items()
                if of >= rules["least"] and n >= rules["share"] * of}

    def _family(self, match: re.Match[str]) -> str | None:
        """The class of the known system that a name is a variant of."""
        root = match.group("root")
        for found in self.index.find(root):
            if found.end - found.start == len(root):
                return next((n.sector for n in found.names if not n.bare), None)
        return None


def _at_borders(regex: str) -> re.Pattern[str]:
    """A pattern that matches whole words alone."""
    return re.compile(rf"(?<![\w-])(?:{regex})(?![\w-])")
