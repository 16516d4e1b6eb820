"""The day of a meeting that a release is about."""

from __future__ import annotations

from tocsin import Reader

HEADLINE = "Readout of President Biden's Meeting with President Ruto of Kenya"
OPENING = (
    "President Biden and President William Ruto of Kenya gathered for the first time on May 3 in Nairobi, Kenya to exchange "
    "views on trade."
)


def days(reader: Reader, text: str) -> set[tuple[str | None, str | None]]:
    records = reader.read_text(text, published="2024-05-06").records
    return {(r.time.earliest, r.time.latest) for r in records if r.type == "meeting"}


def test_the_opening_dates_the_meeting(reader: Reader) -> None:
    assert days(reader, f"{HEADLINE}\n\n{OPENING}") == {("2024-05-03", "2024-05-03")}


def test_two_days_date_nothing(reader: Reader) -> None:
    text = f"{HEADLINE}\n\nThe two presidents looked back on May 1 and on May 3 and agreed to work together."
    assert days(reader, text) == {(None, "2024-05-06")}
