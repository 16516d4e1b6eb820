"""The hand-marked mentions of re3d: what counts as one, and how found ones are compared with them.

In: ../shared/corpora/re3d (67 texts of five publishers; not in the repository). Out: documents with mentions of the seven
types that we measure, and precision, recall and F1 of any list of mentions against them.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

TYPES = ("equipment", "quantity", "person", "organisation", "location", "nationality", "time")
PROPER = frozenset({"person", "organisation", "location", "nationality"})  # of these, only named mentions count
_OURS = {
    "Person": "person", "Organisation": "organisation", "Location": "location", "Nationality": "nationality",
    "Temporal": "time", "Quantity": "quantity", "Weapon": "equipment", "MilitaryPlatform": "equipment",
}
_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_PRONOUNS = frozenset({
    "i", "me", "my", "he", "him", "his", "she", "her", "it", "its", "we", "us", "our", "they", "them", "their", "you",
    "your", "who", "whom", "which", "whose",
})
_LEADING = frozenset({"the", "a", "an", "this", "that", "these", "those", "all", "both", "some"})
CONFIRMED = 0.5  # the crowd's confidence from which an annotation is confirmed


@dataclass(frozen=True, slots=True)
class Marked:
    """A mention: where it stands and of which type; ``sure`` where the crowd confirmed it."""

    start: int
    end: int
    type: str
    sure: bool = True

    def holds(self, other: Marked) -> bool:
        """Whether another mention of the same type lies within this longer one."""
        longer = self.end - self.start > other.end - other.start
        return longer and self.type == other.type and self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Document:
    """A text and the mentions marked in it."""

    id: str
    text: str
    marked: tuple[Marked, ...]
    holders: tuple[tuple[int, int], ...]  # confirmed mentions of any type but quantity, named or not


class Corpus:
    """All documents, and whether a phrase is a name: a phrase with a capital that is not only its sentence's."""

    def __init__(self, folder: Path) -> None:
        texts, marks, holders = {}, defaultdict(list), defaultdict(list)
        for file in sorted(folder.glob("*/documents.json")):
            texts |= {row["_id"]: row["text"] for row in _rows(file)}
            for row in _rows(file.with_name("entities.json")):
                if row["type"] != "Quantity" and row["confidence"] >= CONFIRMED:
                    holders[row["documentId"]].append((row["begin"], row["end"]))
                if row["type"] in _OURS and row["documentId"] in texts:
                    sure = row["confidence"] >= CONFIRMED
                    marks[row["documentId"]].append(Marked(row["begin"], row["end"], _OURS[row["type"]], sure))
        self._lower = {w for text in texts.values() for w in _WORD.findall(text) if w[0].islower()}
        self.documents = [
            Document(key, text, tuple(self.counted(text, marks[key])), tuple(holders[key]))
            for key, text in sorted(texts.items())
        ]

    def counted(self, text: str, mentions: Iterable[Marked]) -> list[Marked]:
        """The mentions that are counted, marked or found: no pronouns; of people, bodies, places and nationalities only
        named ones; where one lies within another of its type, only the longer one."""
        kept = [m for m in mentions if m.type not in PROPER or self.named(text, m.start, m.end)]
        kept = sorted({(m.start, m.end, m.type): m for m in sorted(kept, key=lambda m: m.sure)}.values(),
                      key=lambda m: (m.start, -m.end))
        return [m for m in kept if not any(other.holds(m) for other in kept)]

    def named(self, text: str, start: int, end: int) -> bool:
        """Whether a phrase has a capital word behind its article that would be one elsewhere in a sentence, too."""
        words = [(m.group(), start + m.start()) for m in _WORD.finditer(text[start:end])]
        while words and words[0][0].lower() in _LEADING | _PRONOUNS:
            words.pop(0)
        return any(w[0].isupper() and not self._only_first(text, w, at) for w, at in words)

    def _only_first(self, text: str, word: str, at: int) -> bool:
        before = text[:at].rstrip("\"'“‘(*-– ")
        opens = not before or before[-1] in ".!?:;\n…•"
        return opens and word.lower() in self._lower


@dataclass
class Score:
    """Counts of one type over all documents."""

    gold: int = 0
    found: int = 0
    right: int = 0
    missed: Counter[str] = field(default_factory=Counter)
    false: Counter[str] = field(default_factory=Counter)

    @property
    def precision(self) -> float:
        """Share of the found that are right."""
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Share of the marked that are found."""
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of the two."""
        return 2 * self.right / (self.gold + self.found) if self.gold + self.found else 0.0


def pairs(gold: list[Marked], found: list[Marked]) -> list[tuple[Marked, Marked]]:
    """One-to-one pairs that overlap, the longest overlap first."""
    shared = sorted(
        (-(min(g.end, f.end) - max(g.start, f.start)), i, j)
        for i, g in enumerate(gold) for j, f in enumerate(found) if g.start < f.end and f.start < g.end
    )
    golden, ours, paired = set(), set(), []
    for _, i, j in shared:
        if i not in golden and j not in ours:
            golden.add(i)
            ours.add(j)
            paired.append((gold[i], found[j]))
    return paired


def compare(documents: Iterable[Document], found: dict[str, list[Marked]], confirmed: bool = False) -> dict[str, Score]:
    """The score of each type. ``confirmed``: what the crowd did not confirm is neither wanted nor wrong."""
    scores = {t: Score() for t in TYPES}
    for document in documents:
        for type_, score in scores.items():
            every = [m for m in document.marked if m.type == type_]
            gold = [m for m in every if m.sure or not confirmed]
            ours = [m for m in found[document.id] if m.type == type_]
            paired = pairs(gold, ours)
            if confirmed:
                free = [m for m in every if not m.sure]
                right = {id(f) for _, f in paired}
                ours = [f for f in ours if id(f) in right or not any(m.start < f.end and f.start < m.end for m in free)]
            if type_ == "quantity":
                ours = _unheld(document, paired, ours)
            score.gold, score.found, score.right = score.gold + len(gold), score.found + len(ours), score.right + len(paired)
            hit = {id(m) for pair in paired for m in pair}
            score.missed.update(_cause(document, m, found[document.id]) for m in gold if id(m) not in hit)
            score.false.update(_cause(document, m, document.marked) for m in ours if id(m) not in hit)
    return scores


def _unheld(document: Document, paired: list[tuple[Marked, Marked]], ours: list[Marked]) -> list[Marked]:
    """The amounts found, without those within a marked mention of another type ("30" in "30 Britons", an organisation)."""
    right = {id(f) for _, f in paired}
    return [f for f in ours if id(f) in right or not any(s <= f.start and f.end <= e for s, e in document.holders)]


def _cause(document: Document, mention: Marked, others: Iterable[Marked]) -> str:
    """Why a mention has no partner: what stands there on the other side, with its words."""
    over = sorted({m.type for m in others if m.start < mention.end and mention.start < m.end})
    where = "of the same type, paired otherwise" if mention.type in over else ", ".join(over) or "nothing"
    return f"{where} | {' '.join(document.text[mention.start : mention.end].split())}"


def _rows(file: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
