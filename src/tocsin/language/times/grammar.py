"""Finding time expressions: the rules of ``knowledge/time/rules.yaml`` over a text, longest match first.

In: text and the anchors. Out: matched spans with their meaning, before neighbours are composed.

A text has few words that can belong to a time expression, so rules are tried only where one of those words stands, and
at an opener ("the", "two") only where a word that makes the expression follows soon.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from tocsin.errors import KnowledgeError
from tocsin.knowledge.loader import Tables
from tocsin.language.times import absolute, durations, ranges, relative
from tocsin.language.times.lexicon import Lexicon
from tocsin.language.times.openings import DIGIT, openings
from tocsin.language.times.readings import Context, Groups, Meaning, Reading

_LOWER = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)} | {ord("’"): "'", ord("‘"): "'"}
_TOKEN = re.compile(r"[a-z]+|\d+")
# Digits that stand for a time by themselves: 2021, 10:30, 9/11, 12.5.2021, 1990s.
_DATED = re.compile(r"(?:1[4-9]|20)\d\d|\d{1,2}(?:[:/.]\d|0'?s)")
# Where an expression may not begin, unless the word before the hyphen is one of those that narrow a period.
_INSIDE = re.compile(r"[\w$€£#-]|\d[.,:/]")
_REACH = 6
_READINGS = (absolute, ranges, relative, durations)
_CAPITALS = ("month", "weekday", "am", "bm")


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
    openings: tuple[str, ...] | None  # how a word begins at which it can match; None where that cannot be told

    def opens(self, word: str) -> bool:
        """Whether it can match where a word stands, or a number, which is ``DIGIT``."""
        return self.openings is None or word.startswith(self.openings)


class _ByWord(dict[str, list[Rule]]):
    """The rules that can match where a word stands, in their order: a third of all where it is "the", else fewer. Only words
    of the rules are asked for, so that it stays small."""

    def __init__(self, rules: list[Rule]) -> None:
        super().__init__()
        self._rules = rules

    def __missing__(self, word: str) -> list[Rule]:
        self[word] = rules = [rule for rule in self._rules if rule.opens(word)]
        return rules


@dataclass(frozen=True, slots=True)
class Anchor:
    """What relative expressions count from: the day of publication, and the date named last with its granularity."""

    published: date | None
    previous: date | None
    kind: str = "day"
    year: int | None = None

    def after(self, meaning: Meaning) -> Anchor:
        """The anchor once an expression was read. A look back ("a year earlier") compares and moves nothing."""
        period = meaning.past
        if period is None or period.earliest is None or meaning.type in ("DURATION", "SET") or meaning.back:
            return self
        year = period.earliest.year if period.granularity in ("day", "month") else self.year
        return Anchor(self.published, period.earliest, period.granularity, year)


class Grammar:
    """The rules with their lexicon; build one and keep it."""

    def __init__(self, tables: Tables) -> None:
        self.words = Lexicon(tables)
        rows = tables.rows("time/rules.yaml")
        self.rules = [self._rule(row) for row in rows]
        vocabulary = {word for rule in self.rules for word in _words_of(rule.pattern.pattern)}
        self._openers = vocabulary & set(self.words.words["openers"])
        self._makers = vocabulary - self._openers
        self._by_word = _ByWord(self.rules)

    def _rule(self, row: dict[str, str]) -> Rule:
        missing = {"id", "reading", "pattern"} - row.keys()
        if missing:
            raise KnowledgeError(f"time/rules.yaml, entry {row}: missing {', '.join(sorted(missing))}")
        read: Reading | None = next((getattr(m, row["reading"]) for m in _READINGS if hasattr(m, row["reading"])), None)
        if read is None:
            raise KnowledgeError(f"time/rules.yaml, rule {row['id']}: no reading named {row['reading']}")
        try:
            pattern = re.compile(self.words.compile(row["pattern"], row["id"]) + r"(?!\w)")
        except re.error as error:
            raise KnowledgeError(f"time/rules.yaml, rule {row['id']}: {error}") from error
        opening = openings(pattern.pattern)
        return Rule(row["id"], pattern, read, opening if opening is None else tuple(sorted(opening)))

    def scan(
        self, text: str, published: date | None, previous: date | None, running: bool, year: int | None = None
    ) -> list[Found]:
        """All expressions, in order, not overlapping; with ``running``, each date found becomes the previous one."""
        lower = text.translate(_LOWER)
        found: list[Found] = []
        anchor = Anchor(published, previous, year=year)
        for start in self._starts(lower):
            if found and start < found[-1].end:
                continue
            best = self._best(text, lower, start, anchor)
            if best is None:
                continue
            found.append(best)
            if running:
                anchor = anchor.after(best.meaning)
        return found

    def _starts(self, lower: str) -> Iterator[int]:
        """Where rules are worth trying."""
        waiting: list[tuple[int, int]] = []
        for index, token in enumerate(_TOKEN.finditer(lower)):
            word, start = token[0], token.start()
            if word[0] <= "9":
                made = _DATED.match(lower, start) is not None
            else:
                made = word in self._makers or (word[-1] == "s" and word[:-1] in self._makers)
            opens = word in self._openers or word[0] <= "9"
            if not made and not opens:
                continue
            if not made:
                waiting.append((index, start))
                continue
            yield from (place for at, place in waiting if index - at <= _REACH and self._free(lower, place))
            waiting.clear()
            if self._free(lower, start):
                yield start

    def _best(self, text: str, lower: str, start: int, anchor: Anchor) -> Found | None:
        word = _TOKEN.match(lower, start)
        rules = self._by_word[word[0] if word is not None and word[0].isalpha() else DIGIT]
        matches = [(rule, m) for rule in rules if (m := rule.pattern.match(lower, start))]
        for rule, m in sorted(matches, key=lambda pair: -pair[1].end()):
            groups: Groups = {}
            spans: dict[str, tuple[int, int]] = {}
            for name in m.re.groupindex:
                if (span := m.span(name))[0] >= 0:
                    groups[name.split("__")[0]] = text[span[0] : span[1]]
                    spans[name.split("__")[0]] = span
            if any(text[spans[name][0]].islower() for name in _CAPITALS if name in spans):
                continue
            context = Context(
                self.words, text, start, m.end(), anchor.published, anchor.previous, spans, anchor.kind, anchor.year
            )
            try:
                meaning = rule.read(groups, context)
            except (ValueError, OverflowError):
                continue  # a day that does not exist, or a year beyond the calendar
            if meaning is not None:
                return Found(start, m.end(), meaning, rule.id)
        return None

    def _free(self, lower: str, start: int) -> bool:
        """Whether an expression may begin there: at a word, or behind what narrows a period."""
        if start == 0:
            return True
        if _INSIDE.match(lower, start - 1) is None and _INSIDE.fullmatch(lower, max(0, start - 2), start) is None:
            return True
        return lower.endswith(self.words.narrowed, max(0, start - 6), start)


def _words_of(pattern: str) -> set[str]:
    """The words that a regular expression is written with."""
    plain = re.sub(r"\\.|\(\?P<\w+>|\[[^\]]*\]", " ", pattern)
    return set(re.findall(r"[a-z]+", plain))
