"""Names that no table knows, as runs of capital words, and what the words around and inside them show: a person, a body, a
place.

In: sentences and the names found so far. Out: runs with their kind, where there is evidence for one: an honorific, a title,
a given name, a surname told before; "Ministry", "Society", "Front"; "River", "Mosque", "Camp". A run of which nothing is
known is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from tocsin.knowledge.loader import Tables
from tocsin.knowledge.names import fold
from tocsin.language.lexicon import Lexicon
from tocsin.language.names.capital_runs import CapitalRuns, Known
from tocsin.language.names.mentions import NameMention
from tocsin.language.tokens import Sentence, Token
from tocsin.language.trees.lemmas import is_word

RunKind = Literal["person", "organisation", "place"]
_ACRONYM = re.compile(r"[A-Z][A-Z0-9&]{1,6}s?$")
_SOFT = frozenset({"state", "nationality", "metonym"})  # names that may be a part of a body's name


@dataclass(frozen=True, slots=True)
class NameRun:
    """A name at tokens ``first``..``last`` (inclusive) of a sentence, and what it names."""

    sentence: int
    first: int
    last: int
    kind: RunKind
    name: str


class NameRuns:
    """Finds and types runs; built once from the tables."""

    def __init__(self, tables: Tables, lexicon: Lexicon) -> None:
        self._table = tables.mapping("parties/name_evidence.yaml")
        self._lexicon = lexicon
        self.place_nouns = lexicon.words("place_nouns")
        peoples = [row for rows in tables.mapping("parties/peoples.yaml").values() for row in rows]
        self.peoples = frozenset(w for row in peoples for w in (*row["words"], *(row.get("members") or ())))
        features = tables.rows("places/feature_words.yaml")
        self._before = frozenset(row["word"] for row in features if row.get("before"))

    def find(self, sentences: Sequence[Sentence], mentions: Iterable[NameMention]) -> list[NameRun]:
        """The runs of an article that have a kind, in text order."""
        known = {(m.sentence, i): m for m in mentions if not _of_form(m) for i in range(m.first, m.last + 1)}
        runs = [run for s in sentences if s.kind != "headline" for run in _Sentence(self, s, known).runs()]
        told: dict[str, tuple[RunKind, str]] = {}
        for run in runs:
            if run.kind is not None and (run.kind != "place" or " " in run.name):
                told.setdefault(run.name, (run.kind, run.name))
                if run.kind == "person" and " " in run.name:
                    for surname in self._surnames(run.name):
                        told.setdefault(surname, (run.kind, run.name))
        made = []
        for run in runs:
            kind, name = (run.kind, run.name) if run.kind is not None else told.get(run.name, (None, ""))
            if kind is not None:
                made.append(NameRun(run.sentence, run.first, run.last, kind, name))
        return made

    def surnames(self, runs: Iterable[NameRun]) -> frozenset[str]:
        """The surnames of the people that the runs name in full."""
        people = (run.name for run in runs if run.kind == "person" and " " in run.name)
        return frozenset(surname for name in people for surname in self._surnames(name))

    def _surnames(self, name: str) -> Iterator[str]:
        """How a person is called alone: "al-Karbouly", "Karbouly"."""
        last = name.rsplit(" ", 1)[-1]
        yield last
        prefix, _, rest = last.partition("-")
        if rest and fold(prefix.lower()) in self.listed("particles"):
            yield rest

    def listed(self, key: str) -> frozenset[str]:
        """A list of ``name_evidence.yaml``."""
        return self._lists[key]

    @cached_property
    def _lists(self) -> dict[str, frozenset[str]]:
        lists = {k: frozenset(v.split() if isinstance(v, str) else v) for k, v in self._table.items()}
        calendar = self._lexicon.words("calendar")
        return {**lists, "calendar": calendar, "before_sites": self._before | lists["site_words"]}

    def titled(self, sentence: Sentence, token: Token) -> bool:
        """Whether a word ends a title of people ("Foreign Minister", "spokesman")."""
        role = self._lexicon.role(sentence, token)
        return role is not None and role[0].kind == "person"


@dataclass(frozen=True, slots=True)
class _Run:
    """A run before its kind is settled by the rest of the article."""

    sentence: int
    first: int
    last: int
    kind: RunKind | None
    name: str


class _Sentence:
    """The runs of one sentence, typed."""

    def __init__(self, rules: NameRuns, sentence: Sentence, known: Known) -> None:
        self.rules, self.sentence, self.tokens = rules, sentence, sentence.tokens
        self.shapes = CapitalRuns(sentence, known, rules.listed)
        self._mention, self._is_body_word = self.shapes.mention, self.shapes.is_body_word

    def runs(self) -> Iterator[_Run]:
        """The parts of maximal runs of capital words that are no known names."""
        for first, last in self.shapes:
            yield from self._typed(first, last)

    def _typed(self, first: int, last: int) -> Iterator[_Run]:
        """The run, or its parts outside known names, with the kind that its own words and its neighbours show."""
        parts = list(range(first, last + 1))
        body = self._body(first, last)
        if body is not None:
            yield self._made(*body, "organisation")
            parts = [i for i in parts if not body[0] <= i <= body[1]]
        for start, end in _stretches([i for i in parts if self._mention(i) is None or self._inside(i, first)]):
            titles = [i for i in range(start, end + 1) if self._before_name(i)]
            start = titles[-1] + 1 if titles else start
            if start <= end:
                yield self._made(start, end, self._kind(start, end))

    def _inside(self, i: int, first: int) -> bool:
        """Whether a name of a place is a word of a person's: "Faisal bin Qassim Al Thani"."""
        mention, before = self._mention(i), fold(self.tokens[i - 1].lower)
        alone = mention is not None and mention.party is None and mention.first == mention.last and i > first
        return alone and (before in self.rules.listed("given_names") or before in self.rules.listed("by_name"))

    def _before_name(self, i: int) -> bool:
        """Whether a word is a title or honorific before a name."""
        token = self.tokens[i]
        return token.lower.rstrip(".") in self.rules.listed("honorifics") or self.rules.titled(self.sentence, token)

    def _body(self, first: int, last: int) -> tuple[int, int] | None:
        """The part of a run that is a body's name: behind a title, up to the last word that says so or that "of" joins to
        it, and before the name of somebody ("Society of Engineers Maria Chopyak")."""
        person = next((i for i in range(first + 1, last) if self._somebody(i)), last + 1)
        last = person - 1
        titles = [i for i in range(first, last) if self._before_name(i) and self._mention(i) is None]
        start = titles[-1] + 1 if titles else first
        held = [i for i in range(start, last + 1) if self._is_body_word(i)]
        if last > start and self.tokens[last].lower in self.rules.listed("last_body_words"):
            held.append(last)
        if not held or last == start:
            return None
        mention = self._mention(held[-1])
        known = mention is not None and mention.party is not None and mention.party.sort not in _SOFT
        if known or (mention is not None and mention.first <= start and held[-1] <= mention.last):
            return None
        edges = {self.tokens[start].lower, self.tokens[last].lower}
        site = self.tokens[last].lower in self.rules.listed("site_words")
        if edges & self.rules.listed("no_body") or site or self._before_name(last):
            return None
        joined = any(self.tokens[i].lower in self.rules.listed("joints") for i in range(held[-1], last))
        end = last if joined else held[-1]
        return (start, end) if start < end else None

    def _somebody(self, i: int) -> bool:
        """Whether a given name, not joined to what stands before it, begins a person's name."""
        before, after = self.tokens[i - 1], self.tokens[i + 1]
        joined = before.lower == "the" or before.lower in self.rules.listed("joints")
        given = fold(self.tokens[i].lower) in self.rules.listed("given_names")
        return given and not joined and not self._is_body_word(i + 1) and after.text[:1].isupper()

    def _kind(self, first: int, last: int) -> RunKind | None:
        run = self.tokens[first : last + 1]
        lower = [fold(t.lower) for t in run]
        listed = self.rules.listed
        if set(lower) & listed("no_person") or {w.rstrip(".") for w in lower} <= listed("name_suffixes"):
            return None
        if len(run) == 1 and run[0].text in self.rules.peoples:
            return None
        tail = lower[-1] in listed("site_words") or lower[-1] in listed("place_tails")
        if len(run) > 1 and (tail or lower[0] in listed("before_sites")):
            return "place"
        after = self.tokens[last + 1].lower if last + 1 < len(self.tokens) else ""
        if after in listed("clan_words"):
            return "organisation"
        if after in listed("site_words") or after in self.rules.place_nouns:
            return "place"
        if self._person(first, last, run, lower):
            return "person"
        if len(run) > 1 and lower[0] in listed("place_starts"):
            return "place"
        return "organisation" if len(run) == 1 and self._acronym(run[0]) else None

    def _person(self, first: int, last: int, run: list[Token], lower: list[str]) -> bool:
        """Whether an honorific or title before, a given name in it, or the tree shows a person."""
        listed = self.rules.listed
        before = self.tokens[first - 1] if first else None
        if before is not None and before.text == "." and first > 1:
            before = self.tokens[first - 2]
        if before is not None and before.text[:1].isupper() and before.lower.rstrip(".") in listed("honorifics"):
            return True
        if len(run) > 1 and (lower[0] in listed("given_names") or lower[0] in listed("by_name")):
            return True
        if before is not None and self.rules.titled(self.sentence, before):
            return True
        by_tree = len(run) > 1 and all(t.entity == "PERSON" for t in run) and not all(is_word(w) for w in lower)
        return by_tree and lower[0] not in listed("place_starts")

    def _acronym(self, token: Token) -> bool:
        """Whether capitals stand for a body: it acts or owns, and no noun follows that they only describe."""
        if not _ACRONYM.match(token.text) or any(c.isdigit() for c in token.text):
            return False
        if token.lower in self.rules.listed("no_body_acronyms"):
            return False
        return token.dep not in ("compound", "amod", "flat", "nummod", "dep") and not self._after_number(token)

    def _after_number(self, token: Token) -> bool:
        return token.i > 0 and self.tokens[token.i - 1].pos == "NUM"

    def _made(self, first: int, last: int, kind: RunKind | None) -> _Run:
        return _Run(self.sentence.index, first, last, kind, _words(self.tokens[first : last + 1]))


def _of_form(mention: NameMention) -> bool:
    """Whether a mention is only a weapon's by its form ("King Nebuchadnezzar II")."""
    weapon = mention.equipment
    return weapon is not None and bool(weapon.row.get("open")) and not (mention.party or mention.place)


def _stretches(numbers: list[int]) -> Iterator[tuple[int, int]]:
    """Runs of numbers without a gap."""
    for n, number in enumerate(numbers):
        if n == 0 or numbers[n - 1] != number - 1:
            start = number
        if n + 1 == len(numbers) or numbers[n + 1] != number + 1:
            yield start, number


def _words(tokens: list[Token]) -> str:
    """The words as written, hyphens closed up."""
    return re.sub(r" ([-‑–]) ", r"\1", " ".join(t.text for t in tokens))
