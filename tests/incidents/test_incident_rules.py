"""The tables of knowledge/incidents: whole, and refused where they contradict themselves."""

from __future__ import annotations

from pathlib import Path

import pytest

from tocsin.coding.matching.record_types import TypeSpec, record_type
from tocsin.errors import KnowledgeError
from tocsin.incidents.rules import load, rules
from tocsin.knowledge.loader import Tables, read_yaml
from tocsin.knowledge.words import words


def specs() -> dict[str, TypeSpec]:
    files = Tables().files("frames/*/type.yaml")
    return {file.parent.name: record_type(file, read_yaml(file)) for file in files}


def test_every_record_type_has_a_rule_with_its_own_roles_and_subtypes() -> None:
    known = specs()
    assert set(rules().types) == set(known)
    for name, rule in rules().types.items():
        assert set(rule.roles) | set((rule.also or {}).values()) <= set(known[name].roles)
        subtypes = rule.alone | rule.begins | rule.ends | rule.mutual_subtypes
        assert subtypes <= known[name].subtypes, name
        assert rule.standing <= known[name].subtypes | {"ongoing"}


def test_every_part_and_level_has_words() -> None:
    for part, level in rules().points:
        assert words().get(f"incident.why.{part}.{level}"), f"{part}.{level}"


def test_every_grade_and_rule_has_words() -> None:
    table = Tables().mapping("incidents/grading.yaml")
    assert all(words().get(f"incident.letter.{letter}") == told for letter, told in table["letters"].items())
    assert all(words().get(f"incident.figure.{figure}") == told for figure, told in table["figures"].items())
    assert all(words().get(f"incident.rule.{row['rule']}") for row in rules().credibility)


def test_agreements_count_for_and_differences_against() -> None:
    for (part, level), points in rules().points.items():
        if level.startswith("same") and part != "article":
            assert points is not None
            assert points >= 0, (part, level)
        if level.startswith(("differ", "apart", "far")):
            assert points is None or points < 0, (part, level)


@pytest.mark.parametrize(("file", "text"), [
    ("types.yaml", "arms_transfer: {roles: [supplier], blocks: [by_colour], horizon: 1, recent: 1}"),
    ("types.yaml", "arms_transfer: {same: 1.0, unsure: 2.0}"),
    ("grading.yaml", "reliability: {The Post: Z}"),
    ("weights.yaml", "limits: {far: much}")])
def test_a_table_that_cannot_be_is_refused(tmp_path: Path, file: str, text: str) -> None:
    (tmp_path / "incidents").mkdir()
    (tmp_path / "incidents" / file).write_text(text)
    with pytest.raises(KnowledgeError):
        load(Tables(tmp_path))
