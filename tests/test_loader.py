"""Tables as they are read: a key once, a user's folder laid over the project's."""

from __future__ import annotations

from pathlib import Path

import pytest

from tocsin.errors import KnowledgeError
from tocsin.knowledge.loader import Tables, read_yaml


def test_a_key_that_stands_twice_is_an_error_that_names_file_and_line(tmp_path: Path) -> None:
    file = tmp_path / "status.yaml"
    file.write_text("scope:\n  plan: planned\n  plan: possible\n", encoding="utf-8")
    with pytest.raises(KnowledgeError, match=r"status\.yaml.*(?s:.)*'plan' stands twice(?s:.)*line 3"):
        read_yaml(file)


def test_the_same_key_in_two_mappings_is_none(tmp_path: Path) -> None:
    file = tmp_path / "table.yaml"
    file.write_text("one: {lemma: send}\ntwo: {lemma: send}\n", encoding="utf-8")
    assert read_yaml(file) == {"one": {"lemma": "send"}, "two": {"lemma": "send"}}


def test_words_that_other_yaml_takes_for_booleans_stay_words(tmp_path: Path) -> None:
    file = tmp_path / "words.yaml"
    file.write_text("[on, off, no, yes, true, 2021-09-13]\n", encoding="utf-8")
    assert read_yaml(file) == ["on", "off", "no", "yes", True, "2021-09-13"]


def test_a_user_s_mapping_extends_the_project_s_at_every_depth(tmp_path: Path) -> None:
    (tmp_path / "grammar.yaml").write_text("saying: [vouchsafe]\nours: {deep: {er: 1}}\n", encoding="utf-8")
    plain, laid_over = Tables().mapping("grammar.yaml"), Tables(tmp_path).mapping("grammar.yaml")
    assert laid_over["saying"] == [*plain["saying"], "vouchsafe"]
    assert laid_over["ours"] == {"deep": {"er": 1}}
    assert {key: laid_over[key] for key in plain if key != "saying"} == {k: v for k, v in plain.items() if k != "saying"}


def test_a_nested_mapping_keeps_what_the_user_does_not_name(tmp_path: Path) -> None:
    (tmp_path / "time").mkdir()
    (tmp_path / "time" / "calendar.yaml").write_text("parts: {dawn: [4, 6]}\n", encoding="utf-8")
    plain, laid_over = Tables().mapping("time/calendar.yaml"), Tables(tmp_path).mapping("time/calendar.yaml")
    assert laid_over["parts"] == plain["parts"] | {"dawn": [4, 6]}
    assert "dawn" not in Tables().mapping("time/calendar.yaml")["parts"]
