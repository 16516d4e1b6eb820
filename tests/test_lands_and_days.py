"""Places told by words without a name of their own, and days that are counted, begin a plan, or are those of an order."""

from __future__ import annotations

import pytest

from tocsin.reader import Reader

DAY = "2023-06-14"
PLACES = [
    ("Chad says it has deployed two infantry units to the border with Sudan.", "deployment", "TCD"),
    ("Somali officials said that Ethiopia was moving tanks to the border.", "deployment", "SOM"),
    ("The Ethiopian army seized power in a coup.", "armed_incident", "ETH"),
    ("Eritrea has blocked Ethiopia's ports.", "coercive_measure", "ETH"),
    ("Togo condemned the air strikes against the Eritrean people.", "armed_incident", "ERI"),
    (
        "Uganda welcomes the ceasefire in eastern Congo. Armed forces and rebel groups ceased fighting on Monday.",
        "agreement", "COD",
    ),
    ("Norway says it has scrambled jets after six Russian aircraft entered its air defence zone.", "deployment", "NOR"),
    ("The rebels were beaten in Mali. They have lost a third of the territory they held there.", "armed_incident", "MLI"),
]
DAYS = [
    ("Bolivia's congress approves a sale of six helicopters to Ecuador.", "arms_transfer", None, DAY),
    ("Togo praised Ghana's selection of the Gripen for its next fighter.", "arms_transfer", None, DAY),
    ("We welcome Finland's announcement today that it will send NASAMS launchers to Ghana.", "arms_transfer", DAY, None),
    ("Uganda says that it will move its forces away from Rwanda beginning tomorrow.", "deployment", "2023-06-15", None),
    ("Laos will suspend the arms treaty with Nepal, effective 9 August.", "agreement", "2023-08-09", "2023-08-09"),
    ("Chile will withdraw its soldiers from Haiti by September.", "deployment", DAY, "2023-09-30"),
    ("Eritrean towns have been shelled for the fourth day already.", "armed_incident", "2023-06-11", DAY),
    ("The nine days of fighting have killed 60 people in Chad.", "armed_incident", "2023-06-06", DAY),
]


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


@pytest.mark.parametrize(("text", "kind", "country"), PLACES)
def test_the_land_is_that_of_who_is_meant(reader: Reader, text: str, kind: str, country: str) -> None:
    found = [r for r in reader.read_text(text, published=DAY, plain=True).records if r.type == kind]
    assert [[p.country for p in r.places][:1] for r in found] == [[country]]


def test_a_border_between_two_named_sides_is_in_neither(reader: Reader) -> None:
    text = "Laos and Nepal agreed to withdraw their troops from the border."
    found = [r for r in reader.read_text(text, published=DAY, plain=True).records if r.type == "deployment"]
    assert [p.country for r in found for p in r.places] == []


@pytest.mark.parametrize(("text", "kind", "first", "last"), DAYS)
def test_the_day_is_the_one_counted_or_told(
    reader: Reader, text: str, kind: str, first: str | None, last: str | None
) -> None:
    found = [r for r in reader.read_text(text, published=DAY, plain=True).records if r.type == kind]
    assert [(r.time.earliest, r.time.latest) for r in found] == [(first, last)]


def test_what_had_been_said_is_no_answer_to_the_attack(reader: Reader) -> None:
    text = "Rebels attacked a barracks in Kano on Monday. Nobody claimed the attack, but Boko Haram had threatened France."
    found = [r for r in reader.read_text(text, published=DAY, plain=True).records if r.type == "statement"]
    assert [r.time.earliest for r in found] == [None]
