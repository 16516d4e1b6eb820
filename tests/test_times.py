"""The time grammar: every case of cases/language/times.yaml, recurrences, and what must hold for any text."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from tocsin.errors import KnowledgeError
from tocsin.knowledge.loader import Tables
from tocsin.language.times import Finder, TimeExpression, find_in_paragraphs, find_recurrence, find_times


class Strings(yaml.SafeLoader):
    """YAML in which a date stays text."""


Strings.yaml_implicit_resolvers = {
    key: [(tag, pattern) for tag, pattern in rows if tag != "tag:yaml.org,2002:timestamp"]
    for key, rows in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
CASES: list[dict[str, Any]] = yaml.load(
    (Path(__file__).parent / "cases" / "language" / "times.yaml").read_text(encoding="utf-8"), Loader=Strings
)
PUBLISHED = date(2021, 9, 13)
# Pieces that look like times, so that random texts reach the grammar.
PIECES = st.lists(
    st.sampled_from(
        ["May", "March", "Tuesday", "last ", "next ", "the ", "end of ", "early ", "mid-", "week", "year", "s", " ", "2021", "31", "30 ",
         "February ", "to ", "-", "–", "between ", "and ", "ago", "later", "three ", "a ", "9999", "0001", "100000 ", "since ", "before ",
         "10:30", " p.m.", "century", "decade", "on ", "of ", "'", ",", ".", "\n", "every ", "12/31/", "9/11", "winter", "İ", "\u00a0"]
    ),
    max_size=14,
).map("".join)


def days(earliest: date | None, latest: date | None) -> str | None:
    """Bounds as the table writes them."""
    if earliest is None and latest is None:
        return None
    return f"{earliest or '..'}/{latest or '..'}"


def seen(expression: TimeExpression, keys: set[str]) -> dict[str, Any]:
    """The fields of an expression that a row asks for."""
    e = expression
    fields = {"type": e.timex3_type, "days": days(e.earliest, e.latest), "future": days(e.future_earliest, e.future_latest)}
    return {key: fields[key] if key in fields else getattr(e, key) for key in keys}


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:50] or "empty" for case in CASES])
def test_a_sentence_gives_exactly_these_times(case: dict[str, Any]) -> None:
    given_ = case.get("published", PUBLISHED.isoformat())
    found = find_times(case["text"], None if given_ == "none" else date.fromisoformat(given_), previous=case.get("previous"))
    assert [e.text for e in found] == [row["text"] for row in case["times"]]
    for expression, row in zip(found, case["times"], strict=True):
        want = {"type": "DATE", "days": None} | row
        assert seen(expression, set(want)) == want


def test_the_table_has_enough_rows() -> None:
    assert len(CASES) >= 120


@pytest.mark.parametrize(
    ("text", "ordinal", "span", "window"),
    [
        ("This was for the third time in August.", 3, "for the third time in August", "2021-08"),
        ("It was the 2nd time this month.", 2, "the 2nd time this month", "2021-09"),
        ("It met for the first time since 2017.", 1, "for the first time since 2017", "2017/2021"),
        ("It was the fourth missile test this year.", 4, "the fourth missile test this year", "2021"),
        ("They came a third time.", 3, "a third time", None),
    ],
)
def test_a_recurrence_has_ordinal_and_window(text: str, ordinal: int, span: str, window: str | None) -> None:
    (found,) = find_recurrence(text, PUBLISHED)
    assert (found.ordinal, found.text, found.edtf) == (ordinal, span, window)
    assert text[found.start : found.end] == span


@pytest.mark.parametrize("text", ["The second exercise began.", "The third of August.", "He came first.", "The third quarter fell."])
def test_an_ordinal_alone_is_no_recurrence(text: str) -> None:
    assert find_recurrence(text, PUBLISHED) == []


def test_a_recurrence_window_stays_open_without_the_day_of_publication() -> None:
    (found,) = find_recurrence("for the third time in August")
    assert found.window is not None
    assert found.edtf is None


@pytest.mark.parametrize(
    ("text", "previous", "value"),
    [
        ("Three weeks later it fell.", date(2021, 8, 2), "2021-W34"),
        ("The following day it fell.", date(2021, 8, 2), "2021-08-03"),
        ("A year earlier it fell.", date(2021, 8, 2), "2020"),
        ("The previous month it fell.", date(2021, 8, 2), "2021-07"),
        ("Two days earlier, it fell.", date(2021, 8, 2), "2021-07-31"),
    ],
)
def test_an_expression_counts_from_the_date_that_the_caller_names(text: str, previous: date, value: str) -> None:
    assert find_times(text, PUBLISHED, previous=previous)[0].value == value


def test_an_expression_counts_from_the_date_that_the_text_named_last() -> None:
    found = find_times("It began in 2011. Three years later it ended. The vote on 8 May 2012 failed; the following day all left.", None,
                       previous="text")
    assert [e.value for e in found] == ["2011", "2014", "2012-05-08", "2012-05-09"]


def test_direction_and_lean_choose_the_reading() -> None:
    text = "The summit will open on Tuesday."
    assert [find_times(text, PUBLISHED, direction=d)[0].value for d in ("past", "future", "lean")] == [
        "2021-09-07", "2021-09-14", "2021-09-14",
    ]
    (plain,) = find_times(text, PUBLISHED)
    assert plain.ambiguous
    assert plain.toward("future").earliest == date(2021, 9, 14)


def test_a_range_holds_its_ends_and_a_moved_one_moves_them() -> None:
    text = "from 21 to 31 August"
    (found,) = find_times(text, PUBLISHED)
    assert [(part.text, part.value) for part in found.parts] == [("21", "2021-08-21"), ("31 August", "2021-08-31")]
    moved = found.shifted(10)
    assert (moved.start, moved.cue_start, moved.parts[0].start) == (15, 10, 15)


@settings(max_examples=400, deadline=None)
@given(st.one_of(PIECES, st.text(max_size=80)), st.one_of(st.none(), st.dates()))
def test_spans_slice_the_text_in_order_and_bounds_are_ordered(text: str, published: date | None) -> None:
    found = find_times(text, published, previous="text")
    assert found == find_times(text, published, previous="text")
    end = 0
    for e in found:
        assert end <= e.start < e.end <= len(text)
        assert 0 <= e.cue_start <= e.start
        assert text[e.start : e.end] == e.text
        for earliest, latest in ((e.earliest, e.latest), (e.future_earliest, e.future_latest)):
            assert earliest is None or latest is None or earliest <= latest
        end = e.end


@settings(max_examples=400, deadline=None)
@given(st.one_of(PIECES, st.text(max_size=80)))
def test_nothing_relative_resolves_without_the_day_of_publication(text: str) -> None:
    for e in find_times(text, None):
        if e.anchored:
            assert (e.earliest, e.latest, e.edtf, e.future_earliest, e.future_latest) == (None,) * 5
            assert e.timex3_type == "DURATION" or e.value in (None, "PAST_REF", "FUTURE_REF", "PRESENT_REF")


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=80), st.dates())
def test_recurrences_slice_the_text(text: str, published: date) -> None:
    for r in find_recurrence("the third time in August " + text, published):
        assert ("the third time in August " + text)[r.start : r.end] == r.text


def test_a_rule_that_names_no_reading_is_refused_with_its_name(tmp_path: Path) -> None:
    (tmp_path / "time").mkdir()
    (tmp_path / "time" / "rules.yaml").write_text("- {id: odd, reading: nowhere, pattern: 'odd <month>'}\n", encoding="utf-8")
    with pytest.raises(KnowledgeError, match=r"rule odd.*nowhere"):
        Finder(Tables(tmp_path))


def test_a_rule_that_calls_an_unknown_list_is_refused_with_the_known_ones(tmp_path: Path) -> None:
    (tmp_path / "time").mkdir()
    (tmp_path / "time" / "rules.yaml").write_text("- {id: odd, reading: month, pattern: '<moon>'}\n", encoding="utf-8")
    with pytest.raises(KnowledgeError, match=r"no list <moon>; there are .*month"):
        Finder(Tables(tmp_path))


def test_a_users_rule_is_read_after_our_own(tmp_path: Path) -> None:
    (tmp_path / "time").mkdir()
    (tmp_path / "time" / "rules.yaml").write_text("- {id: moon, reading: reference, pattern: '<future=next full moon>'}\n", encoding="utf-8")
    (found,) = Finder(Tables(tmp_path)).times("They sail at the next full moon.", PUBLISHED)
    assert (found.text, found.value, found.rule) == ("next full moon", "FUTURE_REF", "moon")


@pytest.mark.parametrize("piece", ["twenty ", "two and ", "5 to ", "1-", "'", " ", "1,111", "10:", "about ", "the first "])
def test_time_grows_with_length_on_texts_made_to_hurt(piece: str) -> None:
    text = "call " + piece * 2000
    begin = time.process_time()
    find_times(text, PUBLISHED)
    assert time.process_time() - begin < 2


def test_a_thousand_characters_take_a_few_milliseconds() -> None:
    text = "Around 500 troops with 60 vehicles crossed the river near the town on 3 May 2022, officials said on Tuesday. " * 100
    find_times(text, PUBLISHED)
    begin = time.process_time()
    find_times(text, PUBLISHED)
    assert (time.process_time() - begin) * 1000 / (len(text) / 1000) < 10  # under 3 on one quiet core


def test_a_day_without_its_year_has_that_of_the_day_or_month_told_last_in_an_undated_text() -> None:
    text = "The siege began in early March 2007.\n\nOn 9 March it was broken."
    stretches = [(0, 36), (38, len(text))]
    assert [t.edtf for t in find_in_paragraphs(text, stretches, None)][-1] == "2007-03-09"
    assert [t.edtf for t in find_in_paragraphs(text, stretches, date(2024, 6, 14))][-1] == "2024-03-09"


def test_a_year_in_the_headline_alone_dates_an_undated_text_a_year_in_its_body_does_not() -> None:
    headline, body = "Odra Summit 2016\n\nThey met on 3 March.", "The pact of 2016 held.\n\nThey met on 3 March."
    assert find_in_paragraphs(headline, [(0, 16), (18, len(headline))], None)[-1].edtf == "2016-03-03"
    assert find_in_paragraphs(body, [(0, 22), (24, len(body))], None)[-1].edtf is None
