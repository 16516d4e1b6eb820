"""The contract of reading: text unaltered, spans that slice, the same bytes twice, nothing resolved without an anchor."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import tocsin
from tocsin.coding.verify import spans, verify
from tocsin.errors import UsageError
from tocsin.model import Result
from tocsin.reader import Reader

ARTICLE = """Norway sends mortars to Estonia

Norway handed over 30 mortars and 12 trucks to Estonia on Monday, the Norwegian defence ministry said.

About 400 Estonian soldiers will train with Norwegian forces near Tapa next month. "We are not sending troops to fight,"
the minister said.

At least nine people were killed when a Russian missile struck Kharkiv in May 2024.
"""

PIECES = [
    "Russia",
    " sent ",
    "12 tanks",
    " to ",
    "Mali",
    ". ",
    "\n\n",
    "“We deny it,” ",
    "he said",
    "\u00ad",
    "\u200f",
    "e\u0301",
    "\r\n",
    "THE ARMY ",
    "killed ",
    "20 civilians ",
    "in Kyiv ",
    "on Monday",
    "\x07",
    "😀",
    "was was ",
    "the Moscow led ",
    "S-300",
    "—",
    "U.S.-UK ",
    "(File Photo)",
    "Also read: ",
    "Q ",
    "A: ",
    "ـ",
    "中国",
    "'",
    '"',
    "…",
    "1,344 km",
    "* ",
    "• item\n",
]


def all_spans(result: Result) -> Iterator[tuple[int, int, str]]:
    for record in result.records:
        yield from ((start, end, words) for _, start, end, words in spans(record))
    for layer in (result.mentions, result.times, result.places):
        yield from ((m.start, m.end, m.text) for m in layer)
    for said in result.attributions:
        yield from ((part.start, part.end, part.text) for part in (said.source, said.cue) if part is not None)


@pytest.fixture(scope="module")
def result(reader: Reader) -> Result:
    return reader.read_text(ARTICLE, published="2024-06-20")


def test_the_article_gives_records_with_evidence(result: Result) -> None:
    assert {r.type for r in result.records} >= {"arms_transfer", "military_exercise", "armed_incident"}
    assert all(r.evidence and r.evidence[0].exact in ARTICLE for r in result.records)


def test_the_text_equals_the_input(result: Result) -> None:
    assert result.article.text == ARTICLE


def test_every_span_slices_to_its_words(result: Result) -> None:
    wrong = [(s, e, w) for s, e, w in all_spans(result) if result.article.text[s:e] != w]
    assert wrong == []


def test_every_record_passes_verify(result: Result) -> None:
    assert [fault for record in result.records for fault in verify(record, result.article)] == []


def test_two_runs_give_the_same_bytes(reader: Reader, result: Result) -> None:
    again = reader.read_text(ARTICLE, published="2024-06-20")
    assert again.model_dump_json(by_alias=True) == result.model_dump_json(by_alias=True)


def test_a_fresh_reader_gives_the_same_bytes(result: Result) -> None:
    other = tocsin.Reader().read_text(ARTICLE, published="2024-06-20")
    assert other.model_dump_json(by_alias=True) == result.model_dump_json(by_alias=True)


def test_without_a_publication_date_relative_times_stay_text(reader: Reader) -> None:
    result = reader.read_text(ARTICLE.replace(" in May 2024", ""))
    dated = [(r.type, r.time) for r in result.records if r.time.earliest or r.time.latest or r.time.edtf]
    assert dated == []


def test_no_point_stands_on_a_place_coarser_than_a_province(result: Result) -> None:
    coarse = [
        p
        for r in result.records
        for p in r.places
        if p.lat is not None and p.precision not in ("site", "town", "district", "province")
    ]
    assert coarse == []


@pytest.mark.parametrize("date", ["yesterday", "2024-13-01", "13/09/2021", ""])
def test_a_date_that_is_none_is_a_clear_error(reader: Reader, date: str) -> None:
    with pytest.raises(UsageError, match=r"YYYY-MM-DD|2021|ISO"):
        reader.read_text("Russia sent tanks to Mali.", published=date)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\n\n\n",
        "a",
        "word " * 20_000,
        "\u202e\u202d" * 50,
        "RUSSIA SENDS 12 TANKS TO MALI",
        "The bank and the fund have all the means to meet the needs of the state, its army.",  # whose "its" is leads back
    ],
)
def test_odd_texts_are_read_without_a_fault(reader: Reader, text: str) -> None:
    result = reader.read_text(text, published="2024-06-20")
    assert result.article.text == text
    assert all(text[s:e] == w for s, e, w in all_spans(result))


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join), st.sampled_from(["2024-06-20", None]))
def test_spans_slice_on_any_mixture_of_hostile_pieces(reader: Reader, text: str, published: str | None) -> None:
    result = reader.read_text(text, published=published)
    assert result.article.text == text
    assert [(s, e, w) for s, e, w in all_spans(result) if text[s:e] != w] == []
    assert [f for r in result.records for f in verify(r, result.article)] == []


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(st.text(st.characters(codec="utf-8"), max_size=300))
def test_spans_slice_on_random_text(reader: Reader, text: str) -> None:
    result = reader.read_text(text, published="2024-06-20")
    assert result.article.text == text
    assert [(s, e, w) for s, e, w in all_spans(result) if text[s:e] != w] == []
