"""The first look: which articles are parsed at all."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from case_check import load_cases
from tocsin import Reader
from tocsin.language.stretches import stretches
from tocsin.model import Article
from tocsin.reading import article_from_text

REPORTS = Path(__file__).parents[1] / "src" / "tocsin" / "demo" / "reports"
GOLD = Path(__file__).parents[2] / "shared" / "gold"

FERRY = """Ferry company adds a late sailing for the summer

The company that runs the boats between the two islands will add a sailing at eleven in the evening from the first week of
June, its manager told a local paper. Tickets cost the same as by day, and children under six travel free. The harbour
café will stay open until the last boat has left. Last year the company carried more than two hundred thousand people, of
whom a third came with a bicycle. Residents had asked for the late boat for years, because the theatre in the larger town
ends at ten. The council pays half of the cost in the first season and will then count how many seats were taken. If fewer
than forty people sail each night, the trial ends in September. A second late boat at weekends has been talked about, but
the crew is too small for it at present, the manager said."""

SHELLED = """Shells fell on the harbour town overnight, and the army said that rebels had fired them. Three soldiers died."""


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


def test_an_article_on_a_ferry_is_not_parsed(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    article, _ = article_from_text(FERRY, source="ferry")
    assert not reader.relevance.of(article).enough

    def parse(article: object) -> None:
        raise AssertionError("parsed")

    monkeypatch.setattr(reader, "annotate", parse)
    assert reader.read_article(article, layers=("records",)).records == ()


def test_other_layers_are_given_all_the_same(reader: Reader) -> None:
    article, _ = article_from_text(FERRY, source="ferry", published="2024-05-20")
    result = reader.read_article(article)
    assert result.records == ()
    assert result.times
    assert result.mentions


def test_two_sentences_of_security_in_a_long_article_are_enough(reader: Reader) -> None:
    for at in (0, len(FERRY) // 2):
        cut = FERRY.find(". ", at) + 1
        article, _ = article_from_text(f"{FERRY[:cut]}\n\n{SHELLED}\n\n{FERRY[cut:]}", source="both")
        assert reader.relevance.of(article).enough


def test_leaders_who_meet_are_enough(reader: Reader) -> None:
    met = "President Anna Berg of Iceland met Prime Minister Jon Dahl in the harbour café. Mr. Dahl flew back to Norway."
    article, _ = article_from_text(f"{FERRY}\n\n{met}", source="both")
    assert reader.relevance.of(article).talks


def test_leaders_of_one_country_who_meet_are_not(reader: Reader) -> None:
    met = "President Anna Berg of Iceland met Prime Minister Jon Dahl in the harbour café. Mr. Dahl drove home."
    article, _ = article_from_text(f"{FERRY}\n\n{met}", source="both")
    bearing = reader.relevance.of(article)
    assert not bearing.talks
    assert not bearing.enough


def test_a_short_text_is_always_coded(reader: Reader) -> None:
    article, _ = article_from_text("The ferry sails at eleven.", source="short")
    assert reader.relevance.of(article).enough


def test_what_is_laid_aside_depends_on_headline_and_body_alone(reader: Reader) -> None:
    """The same words with or without a source, a day and a title are judged the same."""
    bearings = {
        reader.relevance.of(article_from_text(FERRY, source=source, published=day, title=title)[0])
        for source, day, title in (("a", None, None), ("b", "2024-05-20", "Ferry company adds a late sailing"))
    }
    assert len(bearings) == 1


def _mixed(before: int, after: int) -> Article:
    """News of the islands, one thing a paragraph, with a shelling among it."""
    news = [f"The {thing} of the islands opens again in June, its manager told a local paper on Monday." for thing in
            ("theatre", "bakery", "library", "museum", "school", "swimming pool", "market hall", "aquarium")]
    shelled = "Houthi rebels shelled the Yemeni town of Mokha on Monday, the army said. Three soldiers died in the attack."
    return article_from_text("\n\n".join([*news[:before], shelled, *news[before : before + after]]), source="mixed")[0]


def _parsed(reader: Reader, article: Article, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The numbers of the paragraphs that go to the parser."""
    seen: list[int] = []
    parse = reader.annotator.parser.parse

    def watch(text: str, given: list[tuple[int, int, str, int]]) -> object:
        seen.extend(number for _, _, _, number in given)
        return parse(text, given)

    monkeypatch.setattr(reader.annotator.parser, "parse", watch)
    reader.read_article(article, layers=("records",))
    return seen


def test_paragraphs_far_from_words_of_security_are_not_parsed(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    article = _mixed(5, 3)
    seen = _parsed(reader, article, monkeypatch)
    assert seen == [0, 1, 4, 5, 6]  # the first two, and the shelling with its neighbours
    assert len(reader.read_article(article, layers=("records",)).records) == 1


def test_other_layers_have_every_paragraph_parsed(reader: Reader) -> None:
    article = _mixed(5, 3)
    named = {mention.text for mention in reader.read_article(article).mentions}
    assert named == {mention.text for mention in Reader(thorough=True).read_article(article).mentions}


def test_a_thorough_reader_parses_all_and_finds_the_same(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    thorough, article = Reader(thorough=True), _mixed(5, 3)
    assert _parsed(thorough, article, monkeypatch) == list(range(9))
    found = [r.read_article(article, layers=("records",)).records for r in (reader, thorough)]
    assert found[0] == found[1]
    ferry, _ = article_from_text(FERRY, source="ferry")
    assert len(_parsed(thorough, ferry, monkeypatch)) == len(list(stretches(ferry)))


def test_what_is_not_parsed_holds_no_record(reader: Reader) -> None:
    """Sample reports, cases and, where they are present, the hand-coded articles: the same records as when all is parsed."""
    texts = [json.loads(file.read_text(encoding="utf-8"))["text"] for file in sorted(REPORTS.glob("*.json"))]
    texts += [case["text"] for _, case in load_cases()]
    texts += [file.read_text(encoding="utf-8") for file in sorted(GOLD.glob("*.txt"))]
    thorough = Reader(thorough=True)
    for text in texts:
        article, _ = article_from_text(text, published="2024-05-20")
        bearing = reader.relevance.of(article)
        chosen = reader.passages.of(article, bearing) if bearing.enough else []
        if chosen != list(stretches(article)):  # elsewhere the two readings are one
            found = [r.read_article(article, layers=("records",)).records for r in (reader, thorough)]
            assert found[0] == found[1], text[:80]


def test_half_a_point_is_enough_in_an_article_that_is_dense(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    """"The deal" in a paragraph of an article that hardly speaks of security is no reason to parse it; in one that speaks of
    little else it may go on with what was told."""
    lone = "The deal runs for three years and may be renewed by either of the two at its end, a clerk said."
    shelled, quiet = _mixed(0, 0).text, " ".join(FERRY[FERRY.find("\n\n") : FERRY.find(" Residents")].split())
    for around, wanted in ((quiet, False), (shelled, True)):
        article, _ = article_from_text("\n\n".join([shelled, around, around, quiet, lone]), source="deal")
        assert (4 in _parsed(reader, article, monkeypatch)) is wanted


def test_a_long_article_needs_more_words_of_security_together(reader: Reader) -> None:
    weak = "The operation in the territory was a test of the partnership, she said. It was part of the agreement."
    twice, often = (article_from_text("\n\n".join([*[FERRY] * times, weak]), source="ferry")[0] for times in (2, 5))
    found = [reader.relevance.of(article) for article in (twice, often)]
    assert [bearing.together for bearing in found] == [2.5, 2.5]
    assert [bearing.enough for bearing in found] == [True, False]


TELLING = ["army", "troops", "sanctions", "Javelin", "T-72", "meeting", "the presidents of Chad and Niger", "war-weary",
           "killed", "anti-tank", "arms", "farms", "bread", "İstanbul", "it's", "--", ".", ".", "\n", "7"]


@given(st.lists(st.lists(st.sampled_from(TELLING), max_size=40).map(" ".join), max_size=6))
def test_a_quick_answer_is_that_of_the_whole(reader: Reader, texts: list[str]) -> None:
    placed = [(sum(len(text) + 1 for text in texts[:n]), text) for n, text in enumerate(texts)]
    found = reader.relevance.bearing(placed)
    assert reader.relevance.speaks(placed) == found.enough
    whole = "\n".join(texts)
    for hit in found.hits:
        assert whole[hit.start:].lower().startswith(hit.word) or hit.word.startswith("equipment:")


def test_no_more_is_read_than_tells(reader: Reader) -> None:
    def texts() -> Iterator[tuple[int, str]]:
        yield 0, "The army said that rebels fired missiles at the troops. Soldiers were killed in the airstrike."
        raise AssertionError("read on")

    assert reader.relevance.speaks(texts())
