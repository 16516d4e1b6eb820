"""Finding time expressions: the rules of ``knowledge/time/rules.yaml`` over a text, longest match first.

In: text and the anchors. Out: matched spans with their meaning, before neighbours are composed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from tocsin.errors import KnowledgeError
from tocsin.knowledge.loader import Tables
from tocsin.language.times import absolute, durations, relative
from tocsin.language.times.lexicon import Lexicon
from tocsin.language.times.readings import Context, Groups, Meaning, Reading

# Where an expression may begin: at a word, or after "mid-", "late-" and the like.
_EDGE = (
    r"(?:(?<![\w$€£#-])(?<!\d[.,:/])|(?<=\bmid-)|(?<=\blate-)|(?<=\bearly-)|(?<=\bpost-)|(?<=\bpre-)|(?<=\bend-)|(?<=--))"
)


@dataclass(slots=True)
class Found:
    """A span with its meaning and the rule that found it."""

    start: int
    end: int
    meaning: Meaning
    rule: str


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of rules.yaml, compiled."""

    id: str
    pattern: re.Pattern[str]
    read: Reading


class Grammar:
    """The rules with their lexicon; build one and keep it."""

    def __init__(self, tables: Tables) -> None:
        self.words = Lexicon(tables)
        self.rules: list[Rule] = []
        bare: list[str] = []
        for row in tables.rows("time/rules.yaml"):
            self.rules.append(self._rule(row))
            bare.append(self.words.compile(row["pattern"], row["id"], named=False))
        self._any = re.compile(_EDGE + "(?:" + "|".join(bare) + r")(?!\w)", re.IGNORECASE)

    def _rule(self, row: dict[str, str]) -> Rule:
        missing = {"id", "reading", "pattern"} - row.keys()
        if missing:
            raise KnowledgeError(f"time/rules.yaml, entry {row}: missing {', '.join(sorted(missing))}")
        read = next((getattr(m, row["reading"]) for m in (absolute, relative, durations) if hasattr(m, row["reading"])), None)
        if read is None:
            raise KnowledgeError(f"time/rules.yaml, rule {row['id']}: no reading named {row['reading']}")
        try:
            pattern = re.compile(self.words.compile(row["pattern"], row["id"]) + r"(?!\w)", re.IGNORECASE)
        except re.error as error:
            raise KnowledgeError(f"time/rules.yaml, rule {row['id']}: {error}") from error
        return Rule(row["id"], pattern, read)

    def scan(self, text: str, published: date | None, previous: date | None) -> list[Found]:
        """All expressions, in order, not overlapping."""
        found: list[Found] = []
        position = 0
        while match := self._any.search(text, position):
            best = self._best(text, match.start(), published, previous)
            if best is None:
                position = match.start() + 1
                continue
            found.append(best)
            position = best.end
        return found

    def _best(self, text: str, start: int, published: date | None, previous: date | None) -> Found | None:
        matches = [(rule, m) for rule in self.rules if (m := rule.pattern.match(text, start))]
        for rule, m in sorted(matches, key=lambda pair: -pair[1].end()):
            groups: Groups = {}
            spans: dict[str, tuple[int, int]] = {}
            for name, value in m.groupdict().items():
                if value is not None:
                    groups[name.split("__")[0]] = value
                    spans[name.split("__")[0]] = m.span(name)
            end = m.end()
            context = Context(self.words, text, start, end, published, previous, spans)
            try:
                meaning = rule.read(groups, context)
            except (ValueError, OverflowError):
                continue  # a day that does not exist, or a year beyond the calendar
            if meaning is not None:
                return Found(start, end, meaning, rule.id)
        return None
