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


def test_what_is_announced_at_a_meeting_is_planned_from_its_day(reader: Reader) -> None:
    text = (
        "Readout of National Security Advisor Sullivan's Trip to Ghana\n\nNational Security Advisor Jake Sullivan met with "
        "Ghanaian President Kofi Mensa in Accra today. To that end, Mr. Sullivan announced an additional $40 million "
        "security assistance package for Ghana."
    )
    records = reader.read_text(text, published="2024-05-06").records
    assert [(r.time.earliest, r.time.latest) for r in records if r.type == "arms_transfer"] == [("2024-05-06", None)]


def test_a_trip_in_the_headline_is_where_they_met(reader: Reader) -> None:
    text = (
        "Readout of Deputy Advisor Finer's Trip to Ghana\n\nDeputy National Security Advisor Jon Finer met today with "
        "President of Ghana Kofi Mensa."
    )
    records = reader.read_text(text, published="2024-05-06").records
    assert [[p.country for p in r.places] for r in records if r.type == "meeting"] == [["GHA"]]


def test_what_is_recent_does_not_undate_what_was_said(reader: Reader) -> None:
    text = (
        f"{HEADLINE}\n\nPresident Biden met today with President William Ruto of Kenya in Nairobi. In the meeting, "
        "President Biden reinforced the United States' commitment to the defense of Kenya following recent attacks by "
        "Shabaab."
    )
    records = reader.read_text(text, published="2024-05-06").records
    assert {(r.time.earliest, r.time.latest) for r in records if r.type == "statement"} == {("2024-05-06", "2024-05-06")}
