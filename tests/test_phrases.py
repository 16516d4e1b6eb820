"""Records in words: days, counts, slots, and the catalogue that they are taken from. No language model."""

from __future__ import annotations

import re
from importlib import resources
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handmade import article, party, record, result
from tocsin.errors import KnowledgeError
from tocsin.export.dates import count_phrase, day_phrase, period_phrase
from tocsin.export.page import render
from tocsin.export.phrases import fields, title_of
from tocsin.knowledge.loader import Tables
from tocsin.knowledge.words import Words, words
from tocsin.model import Count, Published

SAY = words()


@pytest.mark.parametrize(("earliest", "latest", "wanted"), [
    ("2021-09-13", "2021-09-13", "13 Sep 2021"), ("2021-08-21", "2021-08-31", "21–31 Aug 2021"),
    ("2021-08-01", "2021-08-31", "Aug 2021"), ("2021-01-01", "2021-12-31", "2021"),
    ("2020-02-01", "2020-02-29", "Feb 2020"),
    ("2021-08-30", "2021-09-02", "30 Aug – 2 Sep 2021"), ("2020-12-30", "2021-01-02", "30 Dec 2020 – 2 Jan 2021"),
    (None, "2021-09-13", "by 13 Sep 2021"), ("2021-09-13", None, "since 13 Sep 2021"), (None, None, None),
    ("garbage", "2021-09-13", "garbage – 13 Sep 2021"), ("2021-01-01", "2022-12-31", "1 Jan 2021 – 31 Dec 2022"),
])
def test_periods_read_as_people_write_them(earliest: str | None, latest: str | None, wanted: str | None) -> None:
    assert period_phrase(earliest, latest, SAY) == wanted


def test_a_day_that_is_no_day_is_shown_as_it_stands() -> None:
    assert day_phrase("2021-02-30", SAY) == "2021-02-30"


@pytest.mark.parametrize(("count", "wanted"), [
    (Count(min=12, max=12, kind="exact"), "12"), (Count(min=500, max=500, kind="about"), "about 500"),
    (Count(min=20, kind="at_least"), "at least 20"), (Count(max=20, kind="at_most"), "at most 20"),
    (Count(min=10, max=15, kind="range"), "10–15"), (Count(text="dozens", min=24, kind="vague"), "24 or more"),
    (Count(), ""), (Count(min=0, max=0, kind="exact"), "0"), (Count(min=120000, max=120000, kind="exact"), "120,000"),
])
def test_counts_name_their_kind(count: Count, wanted: str) -> None:
    assert count_phrase(count, SAY) == wanted


def test_a_time_that_was_not_resolved_says_so_and_pretends_nothing() -> None:
    base = result().records[2]
    open_time = base.time.model_copy(update={"edtf": None, "earliest": None, "latest": None})
    found = next(f for f in fields(base.model_copy(update={"time": open_time}), SAY) if f.slot == "time")
    assert (found.text, found.note) == ("in October", "not resolved to a day")


def test_a_record_without_a_source_is_on_the_articles_own_word() -> None:
    assert [f.text for f in fields(result().records[1], SAY) if f.slot == "attribution"] == ["the article itself"]


def test_the_title_is_the_first_line_where_there_is_none() -> None:
    assert title_of(article("\n \nFirst line\nmore", title=None, published=Published()), SAY) == "First line"
    assert title_of(article("", title=None), SAY) == "Untitled article"


@given(st.builds(Count, text=st.none() | st.text(max_size=5), min=st.none() | st.integers(0, 10**12),
                 max=st.none() | st.integers(0, 10**12),
                 kind=st.sampled_from(["exact", "about", "at_least", "at_most", "range", "vague", "unstated"])))
def test_no_count_fails_to_be_shown(count: Count) -> None:
    assert isinstance(count_phrase(count, SAY), str)


# --- the catalogue ----------------------------------------------------------------------------------------------------


def test_every_key_that_the_code_asks_for_is_in_the_catalogue() -> None:
    package = Path(str(resources.files("tocsin")))
    asked: set[str] = set()
    for file in [*package.glob("cli/*.py"), *package.glob("export/**/*.*"), package / "diagnosis.py"]:
        if file.suffix in (".py", ".html"):
            source = file.read_text(encoding="utf-8")
            asked |= set(re.findall(r"""\b(?:words|_?say|words\(\))\(\s*["']([a-z_.-]+)["']""", source))
    assert len(asked) > 50
    assert {key for key in asked if SAY._entries.get(key) is None} == set()


def test_a_translation_replaces_what_it_has_and_leaves_the_rest(tmp_path: Path) -> None:
    (tmp_path / "words.yaml").write_text("language: fr\ntype.statement: Déclaration\n", encoding="utf-8")
    say = Words(Tables(tmp_path))
    assert say("language") == "fr"
    assert say.name("type", "statement") == "Déclaration"
    assert say.name("type", "fact") == "Fact"
    assert '<html lang="fr">' in render([result()], say)


def test_a_key_that_is_missing_or_wrongly_filled_is_named(tmp_path: Path) -> None:
    (tmp_path / "words.yaml").write_text("by_day: 'by {moon}'\n", encoding="utf-8")
    say = Words(Tables(tmp_path))
    with pytest.raises(KnowledgeError, match="no entry 'nonsense'"):
        say("nonsense")
    with pytest.raises(KnowledgeError, match="by_day"):
        say("by_day", day="x")


def test_terms_without_an_entry_are_called_by_their_own_name() -> None:
    assert SAY.name("subtype", "air_strike") == "air strike"


def test_the_articles_words_are_shown_where_they_are_not_those_of_the_name() -> None:
    text = "It saw Britain and U.S. forces."
    parties = (party(text, "It", "Britain"), party(text, "U.S. forces", "U.S. forces (United States)"))
    found = fields(record("r_1", "meeting", text, text, {"participant": parties}), SAY)
    assert [field.said for field in found[:2]] == ["It", None]
