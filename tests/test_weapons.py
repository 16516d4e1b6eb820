"""Weapons in sentences of our own: which are told, of which class, and how many; names that are ordinary words, too.

In: cases/language/weapons.yaml. What is compared are the things that noun phrases stand for, before any record is made.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from tocsin.language.phrases.entities import MaterielRef
from tocsin.reader import Reader
from tocsin.reading import article_from_text

CASES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "cases" / "language" / "weapons.yaml").read_text(encoding="utf-8")
)

_WITHIN = {"compound", "amod", "nummod", "flat"}  # of a phrase its head tells the thing


def told(reader: Reader, text: str) -> list[tuple[MaterielRef, dict[str, Any]]]:
    """Each weapon of a text once, with the bounds of its count."""
    article, _ = article_from_text(text, source="case", plain=True)
    note = reader.annotate(article)
    found: dict[int, tuple[MaterielRef, dict[str, Any]]] = {}
    for sentence in note.sentences:
        for token in sentence:
            entity = note.interpreter.entity(sentence, token)
            if entity.materiel is not None and entity.head == token.i and token.dep not in _WITHIN:
                count = entity.count
                bounds = {} if count is None else {"min": count.min, "max": count.max}
                found.setdefault(token.start, (entity.materiel, bounds))
    kept = [found[start] for start in sorted(found)]
    return [one for one in kept if not any(_inside(one[0], other[0]) for other in kept)]


def _inside(one: MaterielRef, other: MaterielRef) -> bool:
    """Whether a word of a phrase ("T-72" in "60 T-72 tanks") tells the same thing as the phrase."""
    longer = other.end - other.start > one.end - one.start
    return longer and one.class_ == other.class_ and other.start <= one.start and one.end <= other.end


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:60] for case in CASES])
def test_a_sentence_tells_these_weapons(reader: Reader, case: dict[str, Any]) -> None:
    found = told(reader, case["text"])
    if "names" in case:
        assert [gear.designation for gear, _ in found if gear.designation] == case["names"]
        return
    assert [gear.class_ for gear, _ in found] == [row["class"] for row in case["weapons"]]
    for (_, bounds), row in zip(found, case["weapons"], strict=True):
        wanted = {"min": row["n"], "max": row["n"]} if "n" in row else {k: row[k] for k in ("min", "max") if k in row}
        assert {k: bounds.get(k) for k in wanted} == wanted
        assert wanted or bounds.get("min") in (None, 1), bounds
