"""How far two texts are the same: by the words of the shorter that stand in runs which the longer has, too. No store.

A run is a few words in a row, as a number. An edit costs the words that it changed and few around them, a cut none of those
that are left; a form that is filled in anew differs in every sentence.
"""

from __future__ import annotations

import re
from array import array
from dataclasses import dataclass
from functools import cached_property, lru_cache
from hashlib import blake2b
from typing import Literal

from tocsin.knowledge.loader import Tables
from tocsin.model import Article

CopyKind = Literal["same", "cut", "longer", "edited"]
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Likeness:
    """A new text against one that is known: what it is of it, and which share of the shorter one's words both have."""

    kind: CopyKind
    share: float


@dataclass(frozen=True, slots=True)
class Rules:
    """When one text is a copy of another; see the table."""

    run: int
    sample: int
    words: int
    share: float
    kin: float
    sampled_share: float
    sampled_runs: int
    same: float
    longer: float
    common: int
    candidates: int
    candidate_share: float


@lru_cache(maxsize=1)
def rules() -> Rules:
    """The rules as shipped."""
    return Rules(**Tables().mapping("copies.yaml"))


@dataclass(frozen=True)
class Runs:
    """The runs of a text in their order, one for each word but the last few; ``sampled`` where it is a sample of them."""

    order: array[int]
    sampled: bool = False

    @cached_property
    def known(self) -> frozenset[int]:
        """The same without order."""
        return frozenset(self.order)

    @property
    def words(self) -> int:
        """How many words the text has (of a sample: an estimate)."""
        return len(self.order) * rules().sample if self.sampled else len(self.order) + rules().run - 1

    def sample(self) -> Runs:
        """The runs by which the text is found."""
        return self if self.sampled else Runs(
            array("q", sorted(run for run in self.known if run % rules().sample == 0)), sampled=True)


def body_of(article: Article) -> str:
    """What of an article is compared: its body. A headline of its own, a byline, a menu make no other text."""
    body = "\n".join(article.text[block.start:block.end] for block in article.blocks if block.kind == "body")
    return body or article.text


def runs_of(text: str) -> Runs:
    """The runs of a text, as 63-bit numbers; none where it is too short to be compared."""
    words = _WORD.findall(text.casefold())
    length = rules().run
    if len(words) < rules().words:
        return Runs(array("q"))
    return Runs(array("q", (_number(" ".join(words[start:start + length])) for start in range(len(words) - length + 1))))


def likeness(new: Runs, known: Runs, *, kin: bool = False) -> Likeness | None:
    """What a new text is of a known one; None where they are different texts. ``kin``: of the fullest text of a group that
    the new one belongs to by another member."""
    sampled = new.sampled or known.sampled
    if sampled:
        new, known = new.sample(), known.sample()
    shorter, longer = sorted((new, known), key=lambda runs: len(runs.order))
    if not shorter.order or (sampled and len(shorter.order) < rules().sampled_runs):
        return None
    share = len(shorter.known & longer.known) / len(shorter.known) if sampled else _covered(shorter, longer)
    if share < (rules().sampled_share if sampled else rules().kin if kin else rules().share):
        return None
    if new.words > rules().longer * known.words:
        return Likeness("longer", share)
    if known.words > rules().longer * new.words:
        return Likeness("cut", share)
    return Likeness("same" if share >= rules().same else "edited", share)


def _covered(shorter: Runs, longer: Runs) -> float:
    """The share of a text's words that stand in runs of another."""
    covered = end = 0
    for start, run in enumerate(shorter.order):
        if run in longer.known:
            covered += start + rules().run - max(start, end)
            end = start + rules().run
    return covered / shorter.words


def _number(words: str) -> int:
    return int.from_bytes(blake2b(words.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big") >> 1
