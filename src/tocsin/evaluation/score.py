"""Scoring: gold articles and a coder's records in, pairs and figures out.

Pairs are one to one within an article, types equal, evidence sharing a sentence: most pairs first, then most equal
slots. A record paired with an optional gold record is neither right nor wrong; all other unpaired ones are false.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tocsin.evaluation.gold import GoldArticle
from tocsin.evaluation.matching import assign
from tocsin.evaluation.rules import scoring_rules
from tocsin.evaluation.sentences import Sentences
from tocsin.evaluation.slots import Comparison, compare

Dict = dict[str, Any]
_PAIR, _SLOT = 1_000_000, 100
_COUNTS = ("core", "optional", "coded", "paired", "paired_optional", "usable", "usable_required", "swapped")


@dataclass(frozen=True, slots=True)
class Pair:
    """A gold record and the program's record for it."""

    gold: Dict
    program: Dict
    comparison: Comparison

    @property
    def core(self) -> bool:
        """Whether the gold record counts."""
        return is_core(self.gold)


@dataclass(frozen=True, slots=True)
class ArticleScore:
    """One article: what was paired, what was missed (optional ones too), what is false."""

    article: GoldArticle
    pairs: tuple[Pair, ...]
    missed: tuple[Dict, ...]
    false: tuple[Dict, ...]


@dataclass(slots=True)
class Figures:
    """Counts over a group of types; the rates are derived."""

    core: int = 0
    optional: int = 0
    coded: int = 0
    paired: int = 0
    paired_optional: int = 0
    usable: int = 0
    usable_required: int = 0
    swapped: int = 0
    right: Counter[str] = field(default_factory=Counter)
    of: Counter[str] = field(default_factory=Counter)

    @property
    def false(self) -> int:
        """Records of the program that no gold record answers to."""
        return self.coded - self.paired

    def as_dict(self) -> Dict:
        """Figures with their rates, for JSON and for floors; a rate over nothing is null."""
        counts: Dict = {name: getattr(self, name) for name in (*_COUNTS, "false")}
        rates: Dict = {"found_recall": _rate(self.paired, self.core), "found_precision": _rate(self.paired, self.coded)}
        for name, number in (("usable", self.usable), ("usable_required", self.usable_required)):
            precision, recall = _rate(number, self.coded), _rate(number, self.core)
            rates |= {f"{name}_precision": precision, f"{name}_recall": recall, f"{name}_f1": _f1(precision, recall)}
        slots = {name: {"right": self.right[name], "of": total, "accuracy": _rate(self.right[name], total)}
                 for name, total in self.of.items()}
        return counts | rates | {"slots": slots}


@dataclass(frozen=True, slots=True)
class Report:
    """All articles with the figures over events, over each softer type, and over every type."""

    articles: tuple[ArticleScore, ...]
    groups: dict[str, Figures]
    types: dict[str, Figures]
    without_result: tuple[str, ...]

    def as_dict(self) -> Dict:
        """The whole report as plain values."""
        return {
            "articles": len(self.articles), "without_result": list(self.without_result),
            "groups": {name: figures.as_dict() for name, figures in self.groups.items()},
            "types": {name: figures.as_dict() for name, figures in self.types.items()},
        }


def is_core(record: Dict) -> bool:
    """Whether a gold record counts; absent means yes."""
    return record.get("core") is not False


def score(gold: Sequence[GoldArticle], records: Mapping[str, Sequence[Dict]]) -> Report:
    """Score the records of each article id against gold; an article without an entry counts as nothing coded."""
    articles = tuple(score_article(article, records.get(article.id, ())) for article in gold)
    rules = scoring_rules()
    types: dict[str, Figures] = {name: Figures() for name in (*rules.events, *rules.apart)}
    for article in articles:
        _add(article, types)
    events = [figures for name, figures in types.items() if name not in rules.apart]
    groups = {"events": _sum(events)} | {name: types[name] for name in rules.apart}
    return Report(articles, groups, types, tuple(article.id for article in gold if article.id not in records))


def score_article(article: GoldArticle, records: Sequence[Dict]) -> ArticleScore:
    """Pair the records of one article."""
    sentences = Sentences(article.text)
    pairs: list[Pair] = []
    for kind in dict.fromkeys(record["type"] for record in article.records):
        ours = [record for record in article.records if record["type"] == kind]
        pairs += _pair(ours, [record for record in records if record.get("type") == kind], sentences)
    paired = {id(side) for pair in pairs for side in (pair.gold, pair.program)}
    return ArticleScore(
        article, tuple(pairs),
        missed=tuple(record for record in article.records if id(record) not in paired),
        false=tuple(record for record in records if id(record) not in paired),
    )


def sentences_of(record: Dict, sentences: Sentences) -> frozenset[int]:
    """Numbers of the sentences in which the record's evidence stands."""
    spans = record.get("evidence") or ()
    return frozenset(number for span in spans for number in sentences.touched(span["start"], span["end"]))


def _pair(ours: list[Dict], theirs: list[Dict], sentences: Sentences) -> list[Pair]:
    spots = [sentences_of(record, sentences) for record in theirs]
    compared: dict[tuple[int, int], Comparison] = {}
    weights = [[0] * len(theirs) for _ in ours]
    for row, gold in enumerate(ours):
        spot = sentences_of(gold, sentences)
        for column, program in enumerate(theirs):
            if spot & spots[column]:
                compared[row, column] = comparison = compare(gold, program)
                # Among pairings with as many pairs and equal slots, one that keeps the core records is taken.
                weights[row][column] = _PAIR + _SLOT * comparison.agreeing + is_core(gold)
    return [Pair(ours[row], theirs[column], compared[row, column]) for row, column in assign(weights)]


def _add(article: ArticleScore, types: dict[str, Figures]) -> None:
    for pair in article.pairs:
        figures = types.setdefault(pair.gold["type"], Figures())
        figures.swapped += pair.comparison.swapped
        if not pair.core:
            figures.optional += 1
            figures.paired_optional += 1
            continue
        figures.core += 1
        figures.coded += 1
        figures.paired += 1
        figures.usable += pair.comparison.usable
        figures.usable_required += pair.comparison.usable_required
        for name, slot in pair.comparison.slots.items():
            if slot.counts:
                figures.of[name] += 1
                figures.right[name] += slot.equal
    for record in article.missed:
        figures = types.setdefault(record["type"], Figures())
        figures.core += is_core(record)
        figures.optional += not is_core(record)
    for record in article.false:
        types.setdefault(str(record.get("type")), Figures()).coded += 1


def _sum(parts: Iterable[Figures]) -> Figures:
    total = Figures()
    for part in parts:
        for name in _COUNTS:
            setattr(total, name, getattr(total, name) + getattr(part, name))
        total.right.update(part.right)
        total.of.update(part.of)
    return total


def _rate(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None


def _f1(precision: float | None, recall: float | None) -> float | None:
    if precision is None or recall is None or precision + recall == 0:
        return None if precision is None or recall is None else 0.0
    return round(2 * precision * recall / (precision + recall), 4)
