"""Where a name is both a state and a town elsewhere, the place is the state."""

from __future__ import annotations

import pytest

from tocsin.reader import Reader


@pytest.mark.parametrize(("state", "code"), [("Lebanon", "LBN"), ("Mali", "MLI"), ("Armenia", "ARM"), ("Poland", "POL")])
def test_a_state_is_the_place_before_a_town_of_its_name(state: str, code: str, reader: Reader) -> None:
    records = reader.read_text(f"A bomb killed ten soldiers in {state}.", published="2024-06-20").records
    assert [p.country for r in records for p in r.places] == [code]
    assert [p.country for r in records for p in r.roles["target"]] == [code]


def test_a_simulated_attack_that_is_discussed_stays_no_event(reader: Reader) -> None:
    records = reader.read_text("A simulated attack on Taiwan by China was discussed.", published="2024-06-20").records
    assert [r for r in records if r.type == "armed_incident"] == []


@pytest.mark.parametrize(
    ("place", "division"),
    [("Springfield, Ohio", "Ohio"), ("Springfield, Illinois", "Illinois"), ("Springfield, Ore., on Monday", "Oregon")],
)
def test_a_town_of_the_record_lies_in_the_division_told_behind_it(place: str, division: str, reader: Reader) -> None:
    records = reader.read_text(f"A bomb killed ten soldiers in {place}.", published="2024-06-20").records
    towns = [p for r in records for p in r.places if p.precision == "town"]
    assert {(p.name, p.country, p.admin1) for p in towns} == {("Springfield", "USA", division)}
    assert all(p.lat is not None for p in towns)
