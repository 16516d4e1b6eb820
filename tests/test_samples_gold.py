"""Twenty of the sample reports, coded by hand without sight of the coder: ``tests/golden/samples/<report>.yaml``.

A core record is *right* when the reader has it with status, principal roles and numbers ("usable" in gold_format.md).
``tests/samples_open.yaml`` lists what is not right yet: core records by their place in the file, and how many false
records a report may have. It only shrinks; what comes out right must be taken off.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

import tocsin
from tocsin.evaluation.gold import GoldArticle
from tocsin.evaluation.score import ArticleScore, is_core, score_article
from tocsin.reader import Reader

HERE = Path(__file__).parent
FILES = sorted((HERE / "golden" / "samples").glob("*.yaml"))
REPORTS = Path(tocsin.__file__).parent / "demo" / "reports"
OPEN: dict[str, Any] = yaml.safe_load((HERE / "samples_open.yaml").read_text(encoding="utf-8")) or {}


def article_of(file: Path) -> GoldArticle:
    """The hand-coded records with the report's own text."""
    told = yaml.safe_load(file.read_text(encoding="utf-8"))
    report = json.loads((REPORTS / f"{file.stem}.json").read_text(encoding="utf-8"))
    return GoldArticle(
        file.stem, report["text"], report["title"], None, report["published"],
        tuple(told["records"] or ()), tuple(told.get("negatives") or ()),
    )


def scored(reader: Reader, article: GoldArticle) -> ArticleScore:
    """What the reader makes of the report, compared with the hand-coded records."""
    result = reader.read_text(article.text, published=article.published, title=article.title)
    return score_article(article, [r.model_dump(mode="json", by_alias=True) for r in result.records])


def wrong(article: GoldArticle, outcome: ArticleScore) -> list[int]:
    """The places of the core records that are not usable, from 1."""
    usable = [pair.gold for pair in outcome.pairs if pair.comparison.usable]
    return [n for n, record in enumerate(article.records, 1) if is_core(record) and record not in usable]


def spans(value: Any) -> Iterator[tuple[str, int, int]]:
    """Every quotation of a hand-coded record with its offsets."""
    if isinstance(value, dict):
        if {"start", "end"} <= value.keys() and ("text" in value or "exact" in value):
            yield value.get("exact", value.get("text")), value["start"], value["end"]
        for inner in value.values():
            yield from spans(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from spans(inner)


def test_there_are_twenty() -> None:
    assert len(FILES) >= 20
    assert sorted(set(OPEN) - {file.stem for file in FILES}) == []


@pytest.mark.parametrize("file", FILES, ids=[file.stem for file in FILES])
def test_the_hand_coded_spans_slice_to_the_report(file: Path) -> None:
    article = article_of(file)
    assert [s for s in spans(list(article.records)) if article.text[s[1] : s[2]] != s[0]] == []


@pytest.mark.parametrize("file", FILES, ids=[file.stem for file in FILES])
def test_the_report_gives_its_hand_coded_records(file: Path, reader: Reader) -> None:
    article = article_of(file)
    outcome = scored(reader, article)
    listed = OPEN.get(file.stem) or {}
    assert wrong(article, outcome) == (listed.get("wrong") or [])
    assert len(outcome.false) == (listed.get("false") or 0)
    assert not any(pair.comparison.swapped for pair in outcome.pairs)
