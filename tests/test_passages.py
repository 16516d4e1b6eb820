"""What is parsed of an article that is coded."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin import Reader
from tocsin.language.stretches import stretches
from tocsin.reading import article_from_text

QUIET = ["The theatre opens again in June.", "Tickets cost five euros.", "The bakery next door sells bread until ten.",
         "A choir of children sings on Saturdays.", "The library has bought a thousand books."]
WEEKS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
         "fourteen", "fifteen", "sixteen"]
SHELLED = "Rebels shelled the harbour with mortars, and three soldiers died in the attack."


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


def _parsed(reader: Reader, text: str) -> list[str]:
    article, _ = article_from_text(text, source="passages")
    return [article.text[a:b].strip() for a, b, _, _ in reader.passages.of(article, reader.relevance.of(article))]


def _long(*, telling: str, at: int) -> str:
    """A long article of quiet paragraphs of five sentences, with a telling sentence amid the one of this number."""
    paragraphs = [" ".join(f"{sentence[:-1]} in week {week}." for sentence in QUIET) for week in WEEKS]
    sentences = paragraphs[at].split(". ")
    paragraphs[at] = ". ".join(sentences[:2]) + f". {telling} " + ". ".join(sentences[2:])
    return "\n\n".join(paragraphs)


def test_of_a_long_article_the_sentences_beside_what_tells_are_parsed(reader: Reader) -> None:
    parsed = _parsed(reader, _long(telling=SHELLED, at=8))
    assert parsed[2:] == [f"{QUIET[1][:-1]} in week nine. {SHELLED} {QUIET[2][:-1]} in week nine."]
    assert [text.count("week") for text in parsed[:2]] == [5, 5]  # who is who is said in the first paragraphs


def test_what_borders_on_a_telling_sentence_may_stand_in_the_next_paragraph(reader: Reader) -> None:
    text = _long(telling="It rained.", at=8).replace("\n\nThe theatre opens again in June in week eight.", f"\n\n{SHELLED}")
    parsed = _parsed(reader, text)
    assert parsed[2] == "The library has bought a thousand books in week seven."
    assert parsed[3].startswith(SHELLED)


def test_of_a_brief_article_paragraphs_are_parsed(reader: Reader) -> None:
    text = "\n\n".join([" ".join(QUIET)] * 3 + [f"{QUIET[0]} {SHELLED} {' '.join(QUIET[1:])}"] + [" ".join(QUIET)] * 3)
    assert [part.count(".") for part in _parsed(reader, text)] == [5, 5, 5, 6, 5]


def test_a_word_of_meeting_needs_parties_of_two_countries_beside_it(reader: Reader) -> None:
    met = "{} visited the town on Monday. The guests came from Kenya."
    for who, counts in (("The minister of Uganda", True), ("The minister of the island", False)):
        text = _long(telling=SHELLED, at=2).replace(f"{QUIET[3][:-1]} in week twelve.", met.format(who))
        assert any(who in part for part in _parsed(reader, text)) is counts


@given(st.lists(st.lists(st.sampled_from([*QUIET, SHELLED, "“We met the king of Chad.”", "\n"]), max_size=30), max_size=8))
def test_passages_are_parts_of_paragraphs_in_order(reader: Reader, given_: list[list[str]]) -> None:
    article, _ = article_from_text("\n\n".join(" ".join(paragraph) for paragraph in given_), source="any")
    whole = {number: (start, end, kind) for start, end, kind, number in stretches(article)}
    at = 0
    for start, end, kind, number in reader.passages.of(article, reader.relevance.of(article)):
        assert at <= start < end
        assert whole[number][0] <= start
        assert end <= whole[number][1]
        assert kind == whole[number][2]
        at = end
