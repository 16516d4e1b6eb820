"""The table of what points back, and that an inferred time has words to rest on."""

from __future__ import annotations

import pytest

from case_check import load_cases
from tocsin import Reader
from tocsin.coding.matching.frames import FrameSet
from tocsin.knowledge.loader import Tables


def test_the_table_names_types_that_exist() -> None:
    tables = Tables()
    table, nouns = tables.mapping("reactions.yaml"), tables.mapping("nouns.yaml")
    assert set(table) == {"days", "days_by_word", "nouns", "told_as", "anything", "reacting"}
    assert 0 < table["days"] <= table["days_by_word"]
    assert set(table["nouns"]) <= {kind for kind, _ in load_cases()}
    assert {t for types in table["nouns"].values() for t in types} <= set(nouns)
    types = FrameSet(tables).types
    assert all(set(subtypes) <= types[kind].subtypes for kind, subtypes in table["reacting"].items())
    for noun, others in table["told_as"].items():
        assert noun == noun.lower()
        assert others
        assert len(set(others)) == len(others)


STORY = "On {day} the parliament of Iraq voted to expel American troops. {then}"


@pytest.mark.parametrize(
    ("day", "then", "first"),
    [
        ("Sunday", "After the vote, the United States urged Iraq to think again.", "2020-01-05"),
        ("Sunday", "The United States had urged Iraq to think again.", None),  # before it
        ("12 June 2019", "The United States urged Iraq to pay for the bases.", None),  # too long ago for a story
    ],
)
def test_a_reaction_comes_no_earlier_than_what_it_is_to(reader: Reader, day: str, then: str, first: str | None) -> None:
    records = reader.read_text(STORY.format(day=day, then=then), published="2020-01-06", plain=True).records
    assert [r.time.earliest for r in records if r.type == "statement"] == [first]


def test_without_a_day_of_publication_nothing_is_inferred(reader: Reader) -> None:
    text = STORY.format(day="Sunday", then="After the vote, the United States urged Iraq to think again.")
    for found in reader.read_text(text, plain=True).records:
        assert (found.time.earliest, found.time.latest) == (None, None)
