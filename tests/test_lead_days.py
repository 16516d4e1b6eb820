"""The day of a headline's incident, or of what befell somebody by name, by another sentence of the story."""

from __future__ import annotations

import pytest

from tocsin.reader import Reader

READER = Reader()
HEADLINE = "Gunman kills nine people in Hanau, Germany\n\n"
CASES = [
    ("the day that opens the story", "On Wednesday evening a man entered a bar in Hanau and drew a pistol.", "2020-02-19"),
    ("not that of a report", "Police said on Thursday that the search for others went on.", None),
    ("not one of two days", "On Wednesday a man bought a pistol, and he entered a bar on Thursday.", None),
]


@pytest.mark.parametrize(("what", "opening", "day"), CASES, ids=[c[0] for c in CASES])
def test_a_headline_has_the_day_of_the_opening(what: str, opening: str, day: str | None) -> None:
    """The one day of the sentence that opens the story, if it is no day of saying."""
    records = READER.read_text(HEADLINE + opening, published="2020-02-21").records
    killed = [r for r in records if r.type == "armed_incident"]
    assert [(r.time.earliest, r.time.latest) for r in killed] == [(day, day or "2020-02-21")], what


def test_somebody_by_name_was_harmed_on_the_day_told_of_him() -> None:
    """ "N died on Tuesday": the attack on N was that day; another's death has no say."""
    text = (
        "Denis Voronenkov, a politician from Russia, died in the city of Kyiv on Thursday after being shot in the street. "
        "Multiple assailants attacked Voronenkov shortly after he left his hotel. A firefighter died on Monday."
    )
    attacks = [r for r in READER.read_text(text, published="2017-03-25").records if r.type == "armed_incident"]
    assert any(r.time.earliest == r.time.latest == "2017-03-23" and r.places[0].name == "Kyiv" for r in attacks if r.places)
