"""Which rules of time are tried at a word: none that could match is left out."""

from __future__ import annotations

import re

import pytest

from tocsin.knowledge.loader import Tables
from tocsin.language.times.grammar import Grammar
from tocsin.language.times.openings import DIGIT, openings

TEXT = """On Monday, 3 May 2021, two weeks ago, the day before yesterday, at 10:30 a.m. and 1430 GMT, the 1990s and the '90s,
early last month, a year-long ban, every other Tuesday, 12.5.2021, 9/11, New Year's Day, Q3 2020, the second half of 2019,
in the late nineteenth century, d-day, half an hour, next spring, 5 o'clock, over the past three years, fiscal year 2022,
twice a week, daily, weekends, from 3 to 9 May, 2021-05-03T10:30, currently, in the near future, a while, noon, overnight,
within 90 days."""


@pytest.mark.parametrize(("pattern", "expected"), [
    (r"(?:the )?year(?:s|-end)", {"the", "year", "years"}),
    (r"(?P<day>\d{1,2}|1st)x", {DIGIT}),
    (r"(?<=in )(?:spring|fall)\b", {"spring", "fall"}),
    (r"an?(?!x) b", {"a", "an"}),
    (r"mon(?:day)+s", {"monday"}),
    (r"q[1-4]", {"q"}),
    (r"[ab]c", None),
    (r"(?:the )*", None),
])
def test_openings(pattern: str, expected: set[str] | None) -> None:
    assert openings(pattern) == expected


def test_no_rule_is_left_out() -> None:
    grammar, lower = Grammar(Tables()), TEXT.lower()
    seen = set()
    for token in re.finditer(r"[a-z]+|\d+", lower):
        word = token[0] if token[0].isalpha() else DIGIT
        for rule in grammar.rules:
            if rule.pattern.match(lower, token.start()):
                seen.add(rule.id)
                assert rule.opens(word), (rule.id, token[0])
    assert len(seen) > 30


def test_numbers_are_all_one() -> None:
    found = Grammar(Tables()).scan("within 90 days of 4 May, or by 9 June", None, None, False)
    assert [one.rule for one in found] == ["duration", "day_month", "day_month"]
