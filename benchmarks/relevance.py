#!/usr/bin/env python3
"""What the first look at an article's words costs: hand-coded records in articles that it lays aside, and how much it saves.

In: the development gold, the blind rounds and the articles of ``false_alarms.txt``, from ../shared; the sample reports and
the cases. Out: the share of words laid aside in each set, the records lost with them, and how many articles have other
records than a thorough reading gives.

    python benchmarks/relevance.py [--list]
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

import yaml

import blind
import false_alarms
from _floors import check
from gold import GOLD
from tocsin import evaluation
from tocsin.knowledge.loader import Tables
from tocsin.knowledge.names import index_of
from tocsin.language.relevance import Relevance
from tocsin.language.stretches import Stretch, stretches
from tocsin.model import Article
from tocsin.reader import Reader
from tocsin.reading import article_from_text

HERE = Path(__file__).resolve().parent
REPORTS, CASES = HERE.parent / "src" / "tocsin" / "demo" / "reports", HERE.parent / "tests" / "cases"


def main() -> int:
    """Run from the command line; returns the exit status."""
    options = argparse.ArgumentParser(description="what laying articles aside by their words costs and saves")
    options.add_argument("--list", action="store_true", help="print the coded articles laid aside")
    shown = options.parse_args().list
    if not GOLD.is_dir():
        print(f"relevance: skipped, {GOLD} is not there")
        return 0
    tables = Tables()
    relevance = Relevance(tables, index_of("equipment", tables), index_of("parties", tables))
    coded = list(_coded())
    lost = [(article.source, count) for article, count in coded if count and not relevance.of(article).enough]
    records = sum(count for _, count in coded)
    missed = sum(count for _, count in lost)
    print(f"{len(coded)} hand-coded articles, {records} records: {missed} of them in {len(lost)} articles laid aside")
    for source, count in lost if shown else ():
        print(f"    {source}: {count}")
    changed = _changed([article for article, _ in coded])
    aside = _aside(relevance, [article for article, _ in _nothing()])
    print(f"articles with nothing to code: {aside:.1%} of the words laid aside")
    faults = check("relevance", {"lost": missed, "aside": round(aside, 3), "changed": changed})
    print("\n".join(faults), file=sys.stderr) if faults else None
    return 1 if faults else 0


def _coded() -> Iterable[tuple[Article, int]]:
    """Hand-coded articles and how many records they hold."""
    with tempfile.TemporaryDirectory() as folder:
        for path in sorted(blind.LABELS.iterdir()):
            blind.unpack(Path(folder), path.name)
        for gold in [*evaluation.load_gold(GOLD, []), *evaluation.load_gold(Path(folder), [])]:
            article, _ = article_from_text(gold.text, source=gold.id, title=gold.title, published=gold.published)
            yield article, len(gold.records)


def _changed(coded: list[Article]) -> int:
    """How many articles have other records than when all of them is parsed; says of how many."""
    quick, whole = Reader(), Reader(thorough=True)
    articles = [*coded, *_samples(), *_cases()]
    skipped = words = changed = records = 0
    for article in articles:
        found = quick.read_article(article, layers=("records",)).records
        records += len(found)
        bearing = quick.relevance.of(article)
        all_, chosen = (_words(article, spans) for spans in (
            stretches(article), quick.passages.of(article, bearing) if bearing.enough else ()))
        left = all_ - chosen
        words, skipped = words + all_, skipped + left
        if left:  # where nothing was left out the thorough reading is the same by construction
            changed += whole.read_article(article, layers=("records",)).records != found
    print(f"{len(articles)} articles, samples and cases, {records} records, {words} words, {skipped} of them not parsed:"
          f" {changed} articles with other records than when all is parsed")
    return changed


def _words(article: Article, spans: Iterable[Stretch]) -> int:
    return sum(len(article.text[start:end].split()) for start, end, _, _ in spans)


def _samples() -> Iterable[Article]:
    for file in sorted(REPORTS.glob("*.json")):
        yield article_from_text(json.loads(file.read_text(encoding="utf-8"))["text"], published="2024-01-02")[0]


def _cases() -> Iterable[Article]:
    for file in sorted(CASES.glob("*.yaml")):
        for case in yaml.safe_load(file.read_text(encoding="utf-8")) or []:
            published = str(case["published"]) if case.get("published") else None
            yield article_from_text(case["text"], published=published, plain=True)[0]


def _nothing() -> Iterable[tuple[Article, int]]:
    for key, title, day, text in false_alarms.listed():
        yield article_from_text(f"{title}\n\n{text}", source=key, published=day, title=title)[0], 0


def _aside(relevance: Relevance, articles: list[Article]) -> float:
    words = {article.source: len(article.text.split()) for article in articles}
    aside = sum(words[article.source] for article in articles if not relevance.of(article).enough)
    return aside / max(1, sum(words.values()))


if __name__ == "__main__":
    raise SystemExit(main())
