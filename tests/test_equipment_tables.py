"""The equipment tables hold together: classes of the codebook, no name twice, patterns that match what they say.

In: the files of `tocsin/knowledge/equipment/`. Each test names the rows that break it.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tocsin.knowledge.loader import Tables
from tocsin.knowledge.names import fold

EQUIPMENT = Path(__file__).parents[1] / "src" / "tocsin" / "knowledge" / "equipment"
TABLES = Tables()


def words(text: str) -> list[str]:
    """The words of a list that is easier to read as text."""
    return text.split()


CLASSES = set(
    words(
        "armoured_vehicle tank infantry_fighting_vehicle artillery rocket_artillery air_defence missile aircraft helicopter "
        "uav ship submarine small_arms ammunition vehicle radar_electronics protective_gear military_aid_money nuclear "
        "chemical_biological explosive other unspecified"
    )
)
COLUMNS = words("designation class family origin sipri unroca aliases bare note")
FLAGS = {"aid", "platform", "projectile", "weak"}
ORDINARY = words(
    "Abrams Apache Caesar Grad Harrier Hawk Javelin Lancet Leopard Patriot Puma Reaper Stinger Tornado Tor"
)

Row = dict[str, Any]


@pytest.fixture(scope="module")
def designations() -> list[Row]:
    return TABLES.rows("equipment/designations.tsv")


@pytest.fixture(scope="module")
def nouns() -> list[Row]:
    return TABLES.rows("equipment/generic.yaml")


@pytest.fixture(scope="module")
def patterns() -> list[Row]:
    return TABLES.rows("equipment/patterns.yaml")


def bare(row: Row) -> list[str]:
    return list(filter(None, row["bare"].split("|")))


def names(row: Row) -> list[str]:
    return list(dict.fromkeys([row["designation"], *filter(None, row["aliases"].split("|")), *bare(row)]))


def forms(row: Row) -> set[str]:
    return {f.lower() for f in (row["noun"], row.get("plural"), *(row.get("aliases") or [])) if f}


def test_every_designation_has_all_columns_and_a_class(designations: list[Row]) -> None:
    assert not [r for r in designations if list(r) != COLUMNS]
    assert not [r for r in designations if r["class"] not in CLASSES]
    assert not [r for r in designations if not r["designation"].strip() or not r["family"].strip()]


def test_no_designation_or_alias_leads_to_two_rows(designations: list[Row]) -> None:
    seen = Counter(fold(name) for row in designations for name in dict.fromkeys(map(fold, names(row))))
    assert not [name for name, times in seen.items() if times > 1]


def test_one_spelling_but_for_hyphen_and_space_never_has_two_classes(designations: list[Row]) -> None:
    classes: dict[str, set[str]] = {}
    for row in designations:
        for name in names(row):
            if any(c.isdigit() for c in name):
                classes.setdefault(re.sub(r"[\s-]", "", fold(name)), set()).add(row["class"])
    assert not {name: found for name, found in classes.items() if len(found) > 1}


def test_origins_are_states_of_the_party_table(designations: list[Row]) -> None:
    states = {row.get("country") for row in TABLES.rows("parties/states.yaml")}
    assert not [r["designation"] for r in designations if r["origin"] and r["origin"] not in states]


def test_categories_are_those_of_the_registers(designations: list[Row]) -> None:
    known = TABLES.mapping("equipment/registers.yaml")
    assert set(known) == {"sipri", "unroca"}
    assert not [r["designation"] for r in designations for k in known if r[k] and r[k] not in known[k]]


@pytest.mark.parametrize(
    ("class_", "sipri", "unroca"),
    [
        ("tank", {"Armoured vehicles"}, {"I", ""}),
        ("aircraft", {"Aircraft"}, {"IVa", ""}),
        ("helicopter", {"Aircraft"}, {"Va", ""}),
        ("uav", {"Aircraft", "Missiles", ""}, {"IVb", ""}),
        ("air_defence", {"Air-defence systems", "Missiles", ""}, {"VIIb", ""}),
        ("missile", {"Missiles", ""}, {"VIIa", "VIII", ""}),
        ("small_arms", {""}, {"VIII", ""}),
        ("submarine", {"Ships", ""}, {"VI", ""}),
        ("vehicle", {""}, {""}),
    ],
)
def test_categories_go_with_the_class(designations: list[Row], class_: str, sipri: set[str], unroca: set[str]) -> None:
    rows = [r for r in designations if r["class"] == class_]
    assert not [r["designation"] for r in rows if r["sipri"] not in sipri or r["unroca"] not in unroca]


def test_variants_of_one_system_share_origin_or_say_whose_they_are(designations: list[Row]) -> None:
    """A family has one maker; where its variants have several, each of the others names a state of its own."""
    makers: dict[str, set[str]] = {}
    for row in designations:
        makers.setdefault(row["family"], set()).add(row["origin"])
    assert not {family: found for family, found in makers.items() if len(found) > 1 and "" in found}


def test_names_hold_no_stray_spaces_quotes_or_empty_aliases(designations: list[Row]) -> None:
    odd = [n for r in designations for n in names(r) if n != n.strip() or '"' in n]
    lists = [(r["designation"], r[column]) for r in designations for column in ("aliases", "bare")]
    empty = [name for name, listed in lists if "||" in listed or listed.strip("|") != listed]
    assert not odd
    assert not empty


@pytest.mark.parametrize("word", ORDINARY)
def test_names_that_are_ordinary_words_need_context(designations: list[Row], word: str) -> None:
    assert [word in bare(r) for r in designations if word in names(r)] == [True]


def test_towns_and_people_are_no_weapons_without_context(designations: list[Row]) -> None:
    """A single word that names a town or that a listed person bears is a weapon only beside an equipment word."""
    others = {fold(row["name"]) for row in TABLES.rows("places/towns.tsv")}
    others |= {fold(word) for row in TABLES.rows("parties/people.yaml") for word in row["name"].split()}
    free = {name for row in designations for name in names(row) if name not in bare(row)}
    assert not sorted(name for name in free if fold(name) in others)


@pytest.mark.parametrize(
    ("name", "class_"),
    [
        ("T-72B3", "tank"),
        ("BMP-2M", "infantry_fighting_vehicle"),
        ("Humvee", "vehicle"),
        ("HIMARS", "rocket_artillery"),
        ("S-300PS", "air_defence"),
        ("FIM-92 Stinger", "air_defence"),
        ("NLAW", "missile"),
        ("AT4", "small_arms"),
        ("M141 BDM", "small_arms"),
        ("Bayraktar TB2", "uav"),
        ("MQ-9", "uav"),
        ("Su-35", "aircraft"),
        ("Mi-17", "helicopter"),
        ("Hwasong-17", "missile"),
        ("Fateh-110", "missile"),
        ("Agni-V", "missile"),
        ("DF-41", "missile"),
        ("USS Ronald Reagan", "ship"),
        ("Kilo-class", "submarine"),
        ("AN/TPQ-36", "radar_electronics"),
    ],
)
def test_well_known_systems_have_their_class(designations: list[Row], name: str, class_: str) -> None:
    assert [r["class"] for r in designations if name in names(r)] == [class_]


def test_every_noun_has_a_class_and_known_flags(nouns: list[Row]) -> None:
    fields = {"noun", "class", "plural", "aliases", "note"} | FLAGS
    assert not [r for r in nouns if r["class"] not in CLASSES or set(r) - fields]
    assert not [r["noun"] for r in nouns if any(r.get(flag) not in (None, True) for flag in FLAGS)]


def test_no_noun_or_alias_stands_twice(nouns: list[Row]) -> None:
    seen = Counter(form for row in nouns for form in forms(row))
    assert not [form for form, times in seen.items() if times > 1]


def test_american_spellings_stand_beside_british_ones(nouns: list[Row]) -> None:
    pairs = [("armour", "armor"), ("defence", "defense"), ("calibre", "caliber")]
    every = {form for row in nouns for form in forms(row)}
    british = {(form, form.replace(b, a)) for form in every for b, a in pairs if b in form}
    mixed = {form for form in every if "armor" in form or "defense" in form}
    assert not [form for form, american in british if american not in every and form not in mixed]


def test_aid_is_unspecified_or_money(nouns: list[Row]) -> None:
    assert {r["class"] for r in nouns if r.get("aid")} == {"unspecified", "military_aid_money"}


@pytest.mark.parametrize(
    ("noun", "class_", "flag"),
    [
        ("weapons system", "unspecified", None),
        ("arms", "unspecified", None),
        ("rifle", "small_arms", None),
        ("weapons for close combat", "small_arms", None),
        ("grenade launcher", "small_arms", None),
        ("light anti-armor weapon", "small_arms", None),
        ("shell", "ammunition", None),
        ("protective gear", "protective_gear", None),
        ("unmanned aerial vehicle", "uav", "platform"),
        ("warplane", "aircraft", "platform"),
        ("patrol boat", "ship", "platform"),
        ("surface-to-air missile", "air_defence", None),
        ("cruise missile", "missile", "projectile"),
        ("rocket", "missile", "projectile"),
        ("multiple rocket launcher", "rocket_artillery", "platform"),
        ("mortar", "artillery", "platform"),
        ("mine", "explosive", "weak"),
        ("night vision goggles", "radar_electronics", None),
        ("nuclear warhead", "nuclear", "projectile"),
        ("nerve agent", "chemical_biological", None),
        ("security assistance", "unspecified", "aid"),
        ("demining equipment", "other", None),
    ],
)
def test_generic_nouns_follow_the_codebook(nouns: list[Row], noun: str, class_: str, flag: str | None) -> None:
    found = [r for r in nouns if noun in forms(r)]
    assert [r["class"] for r in found] == [class_]
    assert flag is None or found[0].get(flag) is True


def test_patterns_match_their_examples_and_nothing_they_exclude(patterns: list[Row]) -> None:
    for row in patterns:
        regex = re.compile(row["regex"])
        assert not [e for e in row["examples"] if not regex.fullmatch(str(e))], row["id"]
        assert not [e for e in row["not"] if regex.fullmatch(str(e))], row["id"]
        assert row.get("class") in CLASSES | {None}
        assert not row.get("family") or "root" in regex.groupindex
    assert len({row["id"] for row in patterns}) == len(patterns)


def test_tables_keep_their_size(designations: list[Row], nouns: list[Row]) -> None:
    assert 2_500 < len(designations) < 10_000
    assert 300 < len(nouns) < 2_000
    assert all(file.stat().st_size < 800_000 for file in EQUIPMENT.iterdir())


def test_family_flags_name_families_of_the_designations(designations: list[dict[str, str]]) -> None:
    families = {row["family"] for row in designations}
    flags = TABLES.mapping("equipment/family_flags.yaml")
    assert [name for names in flags.values() for name in names if name not in families] == []
