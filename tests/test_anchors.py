"""Nothing is made up: no point without words that name its place, no day without a date to count from.

Articles are put together from the sentences of the cases and from random text, without a day of publication.
"""

from __future__ import annotations

import re
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from case_check import load_cases
from tocsin import Reader
from tocsin.coding.verify import POINTS
from tocsin.model import Result

YEAR = re.compile(r"\d{3,}|['’]\d\d|\d/\d")  # what a day could be counted from, and every longer number to be sure
SENTENCES = sorted({case["text"] for _, case in load_cases() if not YEAR.search(case["text"])})
HOSTILE = st.text(alphabet=st.characters(codec="utf-8"), max_size=200)


@cache
def shared() -> Reader:
    """One reader for all examples."""
    return Reader()


def check(result: Result) -> None:
    """Raise AssertionError where a point or a day has nothing to rest on."""
    text = result.article.text
    for place in [*(p for r in result.records for p in r.places), *result.places]:
        assert text[place.start : place.end] == place.text
        if place.lat is not None or place.lon is not None:
            assert place.precision in POINTS
            assert place.lat is not None
            assert place.lon is not None
            assert place.text.strip()
    for time in result.times:
        assert time.earliest is None
        assert time.latest is None
    for record in result.records:
        assert record.time.earliest is None
        assert record.time.latest is None


def test_there_are_sentences_to_mix() -> None:
    assert len(SENTENCES) > 500


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=4))
def test_reports_without_a_date_have_no_days(sentences: list[str]) -> None:
    check(shared().read_text(" ".join(sentences), plain=True))


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(SENTENCES), HOSTILE)
def test_random_text_beside_a_report_makes_nothing_up(sentence: str, noise: str) -> None:
    noise = YEAR.sub("", noise)
    check(shared().read_text(f"{noise} {sentence} {noise}", plain=True))
