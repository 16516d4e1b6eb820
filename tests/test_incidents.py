"""Incidents of one article: what headline and body tell together."""

from __future__ import annotations

from tocsin.model import Record
from tocsin.reader import Reader


def _records(reader: Reader, text: str, kind: str) -> list[Record]:
    return [r for r in reader.read_text(text).records if r.type == kind]


def _countries(record: Record, role: str) -> set[str | None]:
    return {p.country for p in record.roles.get(role, [])}


def test_a_headline_about_ones_own_strikes_is_not_the_attack_that_the_lead_tells(reader: Reader) -> None:
    text = "U.S. strikes in Syria\n\nAmerican troops were hit by a drone near Tanf on Monday."
    first, second = _records(reader, text, "armed_incident")
    assert _countries(first, "initiator") == {"USA"}
    assert _countries(second, "target") == {"USA"}
    assert not _countries(second, "initiator")


def test_a_launch_named_in_the_headline_has_occurred(reader: Reader) -> None:
    text = "Statement on Iran's missile launch\n\nWe condemn Iran's decision to launch a ballistic missile over Iraq."
    (launch,) = _records(reader, text, "weapons_test")
    assert launch.status == "occurred"
    assert _countries(launch, "toward") == {"IRQ"}
