"""Two thresholds: what lies between them is marked for review, what lies below both is not given."""

from __future__ import annotations

from pathlib import Path

import pytest

from tocsin.errors import KnowledgeError
from tocsin.export.phrases import confidence_phrase
from tocsin.knowledge.loader import Tables
from tocsin.knowledge.thresholds import thresholds
from tocsin.knowledge.words import words
from tocsin.reader import Reader

TEXT = "Russia has sent 12 armoured vehicles to Tajikistan. Gunmen attacked them there, it said."


def with_thresholds(folder: Path, upper: float, lower: float) -> Tables:
    folder.mkdir(exist_ok=True)
    (folder / "review.yaml").write_text(f"put_forward: {upper}\nleast: {lower}\n", encoding="utf-8")
    return Tables(folder)


def test_a_record_between_the_thresholds_is_marked_for_review(reader: Reader) -> None:
    record = next(r for r in reader.read_text(TEXT, published="2021-09-13", plain=True).records)
    for confidence in (words().put_forward, words().put_forward - 0.01):
        title = confidence_phrase(record.model_copy(update={"confidence": confidence}), words())
        assert (words()("for_review") in title) == (confidence < words().put_forward)


def test_a_user_sets_the_threshold(tmp_path: Path, reader: Reader) -> None:
    with_thresholds(tmp_path, 1.0, 0.0)
    record = reader.read_text(TEXT, published="2021-09-13", plain=True).records[0]
    assert words()("for_review") in confidence_phrase(record, words(tmp_path))


def test_nothing_below_the_lower_threshold_is_given(tmp_path: Path, reader: Reader) -> None:
    given = reader.read_text(TEXT, published="2021-09-13", plain=True).records
    best = max(r.confidence for r in given)
    with_thresholds(tmp_path, 1.0, best)
    kept = Reader(tmp_path).read_text(TEXT, published="2021-09-13", plain=True).records
    assert [r.confidence for r in kept] == [r.confidence for r in given if r.confidence >= best]


@pytest.mark.parametrize(("upper", "lower"), [(0.2, 0.5), (1.2, 0.1), (0.5, -0.1)])
def test_thresholds_that_cross_are_refused(tmp_path: Path, upper: float, lower: float) -> None:
    with pytest.raises(KnowledgeError, match=r"review\.yaml"):
        thresholds(with_thresholds(tmp_path, upper, lower))
