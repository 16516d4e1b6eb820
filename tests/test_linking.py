"""Whose somebody is where his words do not tell it: the linker of the layer of mentions."""

from __future__ import annotations

from typing import get_args

import pytest

from tocsin import Reader
from tocsin.knowledge.loader import Tables
from tocsin.model.base import PartyKind

SCENE = "A bomb went off in the market of Karachi on Monday. "
OFFICE = "Lisbon, Portugal: the council of Lisbon met on Tuesday. "


def linked(reader: Reader, text: str, words: str) -> set[tuple[str, str | None]]:
    """(type, country) of the mentions that begin with the words."""
    return {(m.type, m.country) for m in reader.read_text(text).mentions if m.text.startswith(words)}


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        (SCENE + "Police closed the road.", "Police", ("government_body", "PAK")),
        (SCENE + "Families waited outside the hospital.", "Families", ("population", "PAK")),
        (SCENE + "The court will hear two men.", "The court", ("government_body", "PAK")),
        (SCENE + "Capt. Adil Rahim of the police spoke. Nobody believed Rahim.", "Rahim", ("person", "PAK")),
        (SCENE + "Syrians were among the dead.", "Syrians", ("population", "SYR")),
        (OFFICE + "Rosa Quintanilla, a Chilean doctor, spoke.", "Rosa Quintanilla", ("person", "CHL")),
        (OFFICE + "Her sister, Paula, left.", "Paula", ("person", None)),
        (OFFICE + "It was told by the newspaper Correio Brando.", "the newspaper Correio Brando", ("media", "PRT")),
        (OFFICE + "The site noticias.com told it.", "noticias.com", ("media", "PRT")),
        # nobody's country is made up
        (OFFICE + "Ana Ortega, a baker, spoke.", "Ana Ortega", ("person", None)),
        (OFFICE + "Ana Ortega, chief executive of Verde Foods, spoke.", "Ana Ortega", ("person", None)),
        (OFFICE + "An ambassador left the hall.", "An ambassador", ("person", None)),
        (SCENE + "International forces left long ago.", "International forces", ("military", None)),
        ("Police closed the road.", "Police", ("government_body", None)),
        ("Rebels in Mali met envoys of Niger. Soldiers watched.", "Soldiers", ("military", None)),
        (SCENE + "A motorised division came too.", "A motorised division", ("military", None)),
    ],
)  # fmt: skip
def test_a_phrase_is_linked(reader: Reader, text: str, words: str, expected: tuple[str, str | None]) -> None:
    found = linked(reader, text, words)
    assert found == {expected}


def test_a_country_says_on_what_it_rests(reader: Reader) -> None:
    text = SCENE + "Police spoke. A Swedish official left."
    found = {m.text: m.country_basis for m in reader.read_text(text).mentions}
    assert found["Police"] == "inferred"
    assert found["A Swedish official"] == "stated"
    assert found["Monday"] is None


def test_the_record_keeps_to_the_words(reader: Reader) -> None:
    """What the linker infers fills no slot: a record says no country that its sentence and scene do not tell."""
    text = "Lisbon is calm. Police said that gunmen had killed two traders on the border of Mali and Niger."
    records = reader.read_text(text).records
    assert records
    assert all(p.country != "PRT" for r in records for parties in (*r.roles.values(), r.attribution) for p in parties)


def test_the_table_is_sound() -> None:
    table = Tables().mapping("parties/linking.yaml")
    states = {row["country"] for row in Tables().rows("parties/states.yaml")}
    kinds = set(get_args(PartyKind))
    for part in ("nouns", "names"):
        assert set(table[part]) <= kinds
        words = [word for listed in table[part].values() for word in listed]
        assert len(words) == len(set(words)), sorted(w for w in words if words.count(w) > 1)
    assert set(table["titles"]) <= states
    assert all(weight > 0 for weight in table["weights"].values())
