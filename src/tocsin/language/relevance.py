"""Whether an article's words speak of security at all, told before anything is parsed.

In: an article. Out: yes or no, and why. Words are counted, nothing is understood; the table
``relevance.yaml`` says which and how many. The rules lean to yes: what they let pass costs time, what they stop is lost.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from tocsin.knowledge.cache import cached
from tocsin.knowledge.loader import Tables
from tocsin.knowledge.names import NameIndex
from tocsin.model import Article

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_BEGINS = re.compile(r"(?<![^\W\d_])(?<![^\W\d_][-'’])")
# "Jr." and "Gen." end no sentence. What is rare comes first, which makes it five times as fast.
STOP = re.compile(r"[.!?](?<=[^\WA-Z_]{3}[.!?])[\"'”’)]*\s+|\n\s*")
_CODED = ("headline", "body")


@dataclass(frozen=True, slots=True)
class Hit:
    """A word of security in a text: where it begins, the word and its points."""

    start: int
    word: str
    points: float


@dataclass(frozen=True, slots=True)
class Bearing:
    """What an article's words amount to: ``share`` in points per hundred words, ``together`` the most points of different
    words in two neighbouring sentences, ``talks`` whether leaders meet in one, and whether any of it is enough. ``hits`` are
    where the words of security stand, ``words`` how many words there are."""

    share: float
    together: float
    talks: bool
    enough: bool
    hits: tuple[Hit, ...] = ()
    words: int = 0


@dataclass(frozen=True, slots=True)
class _Text:
    """A text that was read: where it begins, how many words it has, what counts in it."""

    start: int
    text: str
    words: int
    hits: Sequence[Hit]
    talks: bool

    def sentences(self) -> Iterator[int]:
        """Where its sentences begin, save the first."""
        return (self.start + stop.end() for stop in STOP.finditer(self.text))


class Relevance:
    """The word lists; build one and keep it."""

    def __init__(self, tables: Tables, names: NameIndex, parties: NameIndex) -> None:
        data = tables.mapping("relevance.yaml")
        words = cached("relevance", tables.digest, lambda: _words(data, tables.mapping("nouns.yaml")))
        self._points: dict[str, float] = words["points"]
        self._talks, self._offices = frozenset(words["talks"]), frozenset(data["offices"])
        self._sides = frozenset(data["sides"])
        self._names, self._parties = names, parties
        self._together, self._share = float(data["together"]), float(data["share"])
        self._different, self.short = int(data["different"]), int(data["short"])
        self._long, self._together_long = int(data["long"]), float(data["together_long"])

    def of(self, article: Article) -> Bearing:
        """What the words of headline and body amount to."""
        return self.bearing([(b.start, article.text[b.start : b.end]) for b in article.blocks if b.kind in _CODED])

    def bearing(self, texts: Sequence[tuple[int, str]]) -> Bearing:
        """What the words of texts amount to, each given with where it begins."""
        return self._amount([self._with_names(self._read(start, text)) for start, text in texts])

    def speaks(self, texts: Iterable[tuple[int, str]]) -> bool:
        """Whether the words of texts amount to enough, as ``bearing`` has it; no more of them is read than tells it, and
        names, which are dearer, are looked for only where words do not tell it."""
        read = []
        for start, text in texts:
            one = self._read(start, text)
            much = len(one.hits) >= self._together_long  # a word has a point at most
            if one.talks or (much and _together(one.hits, [one]) >= self._together_long):
                return True
            read.append(one)
        return self._amount(read).enough or self._amount(list(map(self._with_names, read))).enough

    def _read(self, start: int, text: str) -> _Text:
        """What counts in a text that begins at a place, save its names."""
        lower = text.lower()
        words = _WORD.findall(lower)
        hits = list(self._hits(text, lower, words, start))
        talks = not self._talks.isdisjoint(words) and self._may_meet(lower) and self._abroad(STOP.split(text))
        return _Text(start, text, len(words), hits, talks)

    def _may_meet(self, lower: str) -> bool:
        """Whether leaders can meet in a text in lower case: it has the letters of two offices, or of both sides."""
        return sum(map(lower.count, self._offices)) > 1 or any(side in lower for side in self._sides)

    def _amount(self, read: Sequence[_Text]) -> Bearing:
        """What texts that were read amount to."""
        words = sum(one.words for one in read)
        hits = sorted((hit for one in read for hit in one.hits), key=lambda hit: hit.start)
        share = 100 * sum(hit.points for hit in hits) / max(words, 1)
        together = _together(hits, read)
        different = len({hit.word for hit in hits if hit.points == 1})
        talks = any(one.talks for one in read)
        dense = share >= self._share and different >= self._different
        near = together >= (self._together_long if words > self._long else self._together)
        return Bearing(share, together, talks, words < self.short or dense or near or talks, tuple(hits), words)

    def may_meet(self, text: str, around: str) -> bool:
        """Whether a word of meeting stands in a text, and parties of two countries there or in what is around it."""
        return self.talk(text) and self._countries(around) > 1

    def talk(self, text: str) -> bool:
        """Whether a word of meeting stands in a text."""
        return not self._talks.isdisjoint(_WORD.findall(text.lower()))

    def _countries(self, text: str) -> int:
        """How many countries the parties are of that a text names."""
        return len({found.names[0].country for found in self._parties.find(text) if found.names[0].country})

    def _abroad(self, sentences: list[str]) -> bool:
        """Whether leaders meet in a sentence that names, with its neighbours, parties of two countries: what leaders of one
        country say to each other is not coded."""
        for at, sentence in enumerate(sentences):
            if self._meet(sentence) and self._countries(" ".join(sentences[max(at - 1, 0) : at + 2])) > 1:
                return True
        return False

    def _meet(self, sentence: str) -> bool:
        """Whether a sentence has a word of meeting and two leaders."""
        words = [match.group().lower() for match in _WORD.finditer(sentence)]
        if self._talks.isdisjoint(words):
            return False
        words = [part for word in words for part in word.replace("’", "'").removesuffix("'s").split("-")]
        return sum(word in self._offices for word in words) > 1 or not self._sides.isdisjoint(words)

    def _with_names(self, read: _Text) -> _Text:
        """A text that was read with the names of weapons and armed groups in it; a word that begins a name is the name."""
        found = (one for one in self._names.find(read.text) if not one.names[0].bare)
        named = [Hit(read.start + one.start, one.names[0].id, 1.0) for one in found]
        if not named:
            return read
        taken = frozenset(hit.start for hit in named)
        return replace(read, hits=[*named, *(hit for hit in read.hits if hit.start not in taken)])

    def _hits(self, text: str, lower: str, words: list[str], offset: int) -> Iterator[Hit]:
        """The words of security in a text, of which the lower case and its words are given."""
        # most paragraphs have none, which is told in a tenth of the time
        parts = (part for word in words if "-" in word for part in word.split("-")) if "-" in text else ()
        if not (self._points.keys().isdisjoint(words) and self._points.keys().isdisjoint(parts)):
            if len(lower) != len(text):  # capitals that are two letters when small
                lower, words = text, _WORD.findall(text)
            yield from (Hit(offset + at, word, points) for at, word, points in self._told(lower, words))

    def _told(self, text: str, words: list[str]) -> Iterator[tuple[int, str, float]]:
        """The words of security in a text, of which the words are given: where each begins, and its points."""
        end = 0
        for given in words:
            word = given.lower()
            value = self._points.get(word)
            if value is None and "-" in word:
                value = max((self._points.get(part, 0.0) for part in word.split("-")), default=0.0) or None
            if value is not None:
                start = _begin(text, given, end)
                end = start + len(given)
                yield start, word, value


def _begin(text: str, word: str, start: int) -> int:
    """Where a word of a text first stands as such from a place on: not as part of a longer one."""
    while True:
        start = text.index(word, start)
        found = _WORD.match(text, start)
        if found is not None and found.group() == word and _BEGINS.match(text, start):
            return start
        start += 1


def _together(hits: Sequence[Hit], texts: Sequence[_Text]) -> float:
    """The most points that two neighbouring sentences of the texts have, each word once."""
    if not hits:
        return 0.0
    starts = [at for one in texts for at in one.sentences()]
    by_sentence: dict[int, dict[str, float]] = {}
    for hit in hits:
        by_sentence.setdefault(bisect.bisect_right(starts, hit.start), {})[hit.word] = hit.points
    return max(sum((found | by_sentence.get(number + 1, {})).values()) for number, found in by_sentence.items())


def _words(data: dict[str, Any], nouns: dict[str, list[str]]) -> dict[str, Any]:
    """The words that count, in all their forms, as plain data."""
    listed = {word.lower() for type_ in data["types"] for word in nouns[type_] if " " not in word}
    points = dict.fromkeys(_forms({*listed, *data["words"]}), 1.0) | dict.fromkeys(_forms(data["half"]), 0.5)
    for word in data["never"]:
        points.pop(word, None)
    return {"points": points, "talks": sorted(set(_forms(data["talks"])))}


def _forms(words: Iterable[str]) -> Iterator[str]:
    """Every inflected form of dictionary words, as verbs and as nouns."""
    import lemminflect  # its tables are read on first use

    for word in sorted(words):
        yield word
        for part in ("NOUN", "VERB"):
            for forms in lemminflect.getAllInflections(word, upos=part).values():
                yield from forms
