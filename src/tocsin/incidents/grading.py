"""Grading in the field's own terms (Admiralty code), by the stated rules of ``grading.yaml``.

In: reports, origins, slots. Out: a letter for the sources and a figure for what they say, each with the rule that gave it. A
letter comes only from outlets and sources that the user has graded; else F, cannot be judged.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tocsin.incidents.origins import Origin, origins
from tocsin.incidents.reports import DENIED, Report
from tocsin.incidents.rules import Rules
from tocsin.incidents.values import Slot
from tocsin.knowledge.folding import fold

UNKNOWN, UNJUDGED = "F", 6


@dataclass(frozen=True, slots=True)
class Grade:
    """``letter`` with whose grade it is (None: nobody's), ``figure`` with the name of its rule; ``origins`` say that it
    happened, ``sides`` of them are parties to it, ``denied`` and ``disputed`` as the rule asks."""

    letter: str
    by: str | None
    figure: int
    rule: str
    origins: int
    sides: int
    denied: bool
    disputed: bool


def grade(reports: Sequence[Report], slots: Sequence[Slot], rules: Rules) -> Grade:
    """The grade of an incident."""
    affirming = [report for report in reports if report.affirms]
    found = origins(affirming)
    facts: dict[str, Any] = {
        "origins": len(found), "sides": _sides(affirming, found),
        "denied": any(report.record.status == DENIED for report in reports),
        "disputed": any(slot.standing == "disputed" and slot.slot != "status" for slot in slots)}
    row: Mapping[str, Any] = next((row for row in rules.credibility if _holds(row, facts)),
                                  {"figure": UNJUDGED, "rule": "one_origin"})
    letter, by = _letter(reports, found, rules)
    return Grade(letter, by, int(row["figure"]), str(row["rule"]), **facts)


def _holds(row: Mapping[str, Any], facts: Mapping[str, Any]) -> bool:
    least = all(facts[key] >= row.get(key, 0) for key in ("origins", "sides"))
    return least and all(facts[key] == row[key] for key in ("denied", "disputed") if key in row)


def _sides(reports: Sequence[Report], found: Sequence[Origin]) -> int:
    """How many of the roles have a party that itself says so."""
    said = {origin.country for origin in found if origin.country}
    roles = {at: {side.country for side in sides} for report in reports for at, sides in enumerate(report.face.roles)}
    return sum(bool(countries & said) for countries in roles.values())


def _letter(reports: Sequence[Report], found: Sequence[Origin], rules: Rules) -> tuple[str, str | None]:
    """The best grade that the user gave to any of the outlets and sources."""
    graded = {fold(name): (letter, name) for name, letter in rules.reliability.items()}
    names = [*(name for origin in found for name in (*origin.names, *origin.outlets)), *(r.outlet for r in reports)]
    given = sorted(graded[fold(name)] for name in names if fold(name) in graded)
    return given[0] if given else (UNKNOWN, None)
