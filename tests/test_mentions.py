"""The layer of mentions: what names, descriptions and amounts of a text are listed as, and what is not.

In: sentences of our own. Each names the mentions that must be there and words that must not be listed as a kind.
"""

from __future__ import annotations

import pytest
import yaml

from tocsin.knowledge.loader import Tables
from tocsin.model import Mention
from tocsin.reader import Reader

NO_BODIES = {"government_body", "military", "armed_group", "igo", "company", "ngo", "organisation", "state"}


def mentions(reader: Reader, text: str) -> list[Mention]:
    return list(reader.read_text(text, plain=True).mentions)


def listed(reader: Reader, text: str) -> set[tuple[str, str]]:
    return {(m.text, m.type) for m in mentions(reader, text)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Foreign Secretary Robin Cook flew to Rabat.", ("Robin Cook", "person")),
        ("The envoy met Rosa Quintanilla, a doctor, in Lima.", ("Rosa Quintanilla", "person")),
        ("Gunmen shot Nabil Hasan al-Quaety in June. His friends mourn al-Quaety.", ("al-Quaety", "person")),
        ("A judge heard Mr Okonjo on Friday.", ("Okonjo", "person")),
        ("The Kurdish Computer Society was founded in 1989.", ("Kurdish Computer Society", "ngo")),
        ("The Association of Polish Guides Maria Chopyak leads is old.", ("Association of Polish Guides", "ngo")),
        ("It was reported by the Kaili Post.", ("Kaili Post", "media")),
        ("The dam lies on Lake Tharthar.", ("Lake Tharthar", "place")),
        ("Troops guard the Brandbergen Mosque.", ("Brandbergen Mosque", "place")),
        ("Refugees from Syria and Iraq came.", ("Iraq", "place")),
        ("Iraq asked for help.", ("Iraq", "state")),
        ("The Government of Iraq asked for help.", ("The Government of Iraq", "government_body")),
        ("The London conference raised $9 billion.", ("London", "place")),
        ("The London conference raised $9 billion.", ("$9 billion", "money")),
        ("The plant makes 84 MW.", ("84 MW", "quantity")),
        ("Fighters took 256 prisoners.", ("256", "quantity")),
        ("Syrians fled to Jordan.", ("Syrians", "population")),
        ("Syrian forces left.", ("Syrian", "nationality")),
        ("A pro-Kurdish party won.", ("Kurdish", "nationality")),
        ("It means peace in Arabic.", ("Arabic", "nationality")),
        ("The village lies at 33°47′N 44°30′E.", ("33°47′N 44°30′E", "place")),
        ("Two people died in Digos City.", ("Digos City", "place")),
        ("Rioters burned shops in Kenosha, Wisconsin.", ("Kenosha", "place")),
        ("Senior Iraqi officials came.", ("Senior Iraqi officials", "personnel")),
    ],
)  # fmt: skip
def test_a_mention_is_listed(reader: Reader, text: str, expected: tuple[str, str]) -> None:
    found = listed(reader, text)
    assert expected in found or any(expected[0] in words and kind == expected[1] for words, kind in found), found


@pytest.mark.parametrize(
    ("text", "words", "kinds"),
    [
        ("Refugees from Syria came.", "Syria", NO_BODIES),
        ("The battle near Lake Tharthar went on.", "Tharthar", {"person"}),
        ("Al Assad University Hospital is in Damascus.", "Assad", {"person"}),
        ("The village (Arabic: ناحية هبهب) is small.", "ناحية", {"person"}),
        ("The deputy prime minister spoke; the Deputy Prime Minister left.", "Prime Minister", {"organisation"}),
        ("Ann Karr is Speaker of the House. The House voted on Monday.", "The House", {"person"}),
        ("Rosa Adamowicz fell ill. Adamowicz was taken to a clinic.", "Adamowicz", {"place"}),
        ("Eid Mubarak to all who celebrate.", "Eid", {"person"}),
        ("The deal covers LNG terminals.", "LNG", {"organisation"}),
        ("It goes through Saudi Arabia.", "Saudi", {"nationality"}),
        ("The European Union met.", "European", {"nationality"}),
        ("Now the recent calm is over.", "Now", {"time"}),
        ("Our two countries are friends.", "two", {"quantity"}),
        ("Several dams broke.", "Several", {"quantity"}),
        ("It was built in the war of 1980-88.", "88", {"quantity"}),
        ("The attack[3] was denied.", "3", {"quantity"}),
        ("He bought a computer on the bus.", "computer", {"equipment"}),
    ],
)
def test_what_is_not_listed(reader: Reader, text: str, words: str, kinds: set[str]) -> None:
    wrong = {(m.text, m.type) for m in mentions(reader, text) if m.text == words and m.type in kinds}
    assert not wrong


@pytest.mark.parametrize(
    ("text", "name", "linked"),
    [
        ("Bassel al-Assad led it.", "Assad", False),
        ("Bashar al-Assad led it.", "Assad", True),
        ("Jill Biden came to Uzhhorod.", "Biden", False),
        ("President Biden came to Kyiv.", "Biden", True),
        ("Aleksandr Lukashenko came to Sochi.", "Lukashenko", True),
        ("Mashaal al-Tammo was a politician.", "Mashaal", False),
    ],
)
def test_a_namesake_is_not_the_known_person(reader: Reader, text: str, name: str, linked: bool) -> None:
    ids = {m.id for m in mentions(reader, text) if name in m.text and m.type == "person" and m.id}
    assert bool(ids) is linked


def test_the_evidence_table_is_in_small_letters_and_says_nothing_twice() -> None:
    table = Tables().mapping("parties/name_evidence.yaml")
    for key, value in table.items():
        words = value.split() if isinstance(value, str) else value
        assert all(isinstance(w, str) and w == w.lower() for w in words), key
        assert len(words) == len(set(words)), (key, sorted({w for w in words if words.count(w) > 1}))


def test_given_names_are_no_places_and_no_words_for_bodies() -> None:
    tables = Tables()
    table = tables.mapping("parties/name_evidence.yaml")
    given = set(table["given_names"].split())
    states = {row["name"].lower() for row in tables.rows("parties/states.yaml")}
    assert not given & (states | set(table["body_words"]) | set(table["honorifics"]) | set(table["no_person"]))


def test_no_people_is_named_twice_and_none_as_another_states_adjective() -> None:
    tables = Tables()
    groups = tables.mapping("parties/peoples.yaml")
    rows = [row for rows in groups.values() for row in rows]
    words = [w for row in rows for w in (*row["words"], *(row.get("members") or []))]
    assert len(words) == len(set(words)), sorted({w for w in words if words.count(w) > 1})
    assert set(groups) == {"peoples", "faiths", "languages"}
    assert all(set(row) <= {"words", "members"} and row["words"] for row in rows)


def test_the_layer_is_the_same_twice(reader: Reader) -> None:
    text = "Mr Okonjo of the Delta Relief Fund met Kurds in Erbil, Iraq, on 3 May."
    assert yaml.safe_dump([m.model_dump() for m in mentions(reader, text)]) == yaml.safe_dump(
        [m.model_dump() for m in mentions(reader, text)]
    )
