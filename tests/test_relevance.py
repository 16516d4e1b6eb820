"""The first look: which articles are parsed at all."""

from __future__ import annotations

import pytest

from tocsin import Reader
from tocsin.reading import article_from_text

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
    met = "President Anna Berg of the islands met Prime Minister Jon Dahl in the harbour café."
    article, _ = article_from_text(f"{FERRY}\n\n{met}", source="both")
    assert reader.relevance.of(article).talks


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
