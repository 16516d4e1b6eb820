"""The number grammar: every case of cases/language/numbers.yaml, and what must hold for any text."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tocsin.language.numbers.amounts import Number, default_grammar, find_numbers

CASES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "cases" / "language" / "numbers.yaml").read_text(encoding="utf-8")
)
# Pieces that look like numbers, so that random texts reach the grammar.
PIECES = st.lists(
    st.sampled_from(
        ["1,344", "12", "2021", "$", "€", "3.5", "bn", "m", "km", "%", "-", "–", " to ", " and ", "between ", "about ", "up to ", "two",
         "twenty", "-one", "hundred", "thousand", "million", "half a ", "a ", "dozens", "of ", "third", "nd", "No. ", "May ", ",", ".",
         "\n", " ", "over ", "men", "No one", "(", "½", "1/2", "\u00a0", "İ"]
    ),
    max_size=14,
).map("".join)


def expected(case: dict[str, Any]) -> dict[str, Any]:
    """A row of the table with its shorthand written out."""
    row = dict(case)
    if "n" in row:
        value = row.pop("n")
        low, high = value if isinstance(value, list) else (value, value)
        row |= {"min": low, "max": high, "kind": "range" if isinstance(value, list) else "exact"}
    return {"min": None, "max": None} | row


def seen(number: Number, text: str, keys: set[str]) -> dict[str, Any]:
    """The fields of a number that a row asks for."""
    fields = {"core": text[number.core_start : number.core_end]}
    return {key: fields[key] if key in fields else getattr(number, key) for key in keys}


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:50] or "empty" for case in CASES])
def test_a_sentence_gives_exactly_these_numbers(case: dict[str, Any]) -> None:
    found = find_numbers(case["text"])
    assert [n.text for n in found] == [str(row["text"]) for row in case["numbers"]]
    for number, row in zip(found, case["numbers"], strict=True):
        want = expected(row)
        assert seen(number, case["text"], set(want)) == want | {"text": str(want["text"])}


def test_the_table_has_enough_rows() -> None:
    assert len(CASES) >= 80


@settings(max_examples=300, deadline=None)
@given(st.one_of(PIECES, st.text(max_size=80)))
@example("1,344mİ")  # its small form has two characters, and is in no table
def test_spans_slice_the_text_in_order_and_bounds_are_ordered(text: str) -> None:
    found = find_numbers(text)
    assert found == find_numbers(text)
    end = 0
    for number in found:
        assert end <= number.start <= number.core_start < number.core_end <= number.end <= len(text)
        assert text[number.start : number.end] == number.text
        if number.min is not None and number.max is not None:
            assert number.min <= number.max
        assert number.ordinal is None or (number.min is None and number.max is None)
        end = number.end


def test_a_moved_number_keeps_its_length() -> None:
    (number,) = find_numbers("around 500 men")
    moved = number.shifted(100)
    assert (moved.start, moved.end, moved.core_start, moved.core_end) == (100, 110, 107, 110)


@pytest.mark.parametrize(("words", "value"), [("twenty-one", 21), ("1,344", 1344), ("2 1/2", 2.5), ("dozens", None), ("x", None)])
def test_a_bare_amount_has_a_value(words: str, value: float | None) -> None:
    assert default_grammar().amounts.value(words) == value


@pytest.mark.parametrize("piece", ["twenty ", "two and ", "5 to ", "1-", "'", " ", "1,111", "10:", "about ", "the first "])
def test_time_grows_with_length_on_texts_made_to_hurt(piece: str) -> None:
    text = "call " + piece * 2000
    begin = time.process_time()
    find_numbers(text)
    assert time.process_time() - begin < 2


def test_a_thousand_characters_take_a_few_milliseconds() -> None:
    text = "Around 500 troops with 60 vehicles crossed the river near the town on 3 May 2022, officials said on Tuesday. " * 100
    find_numbers(text)
    begin = time.process_time()
    find_numbers(text)
    assert (time.process_time() - begin) * 1000 / (len(text) / 1000) < 10  # about 1.5 on one quiet core
