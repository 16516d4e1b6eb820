"""Lasting states: bases, memberships, ties. In: faces that share a key. Out: spells, each a sorted list of names.

Every report of one state belongs to one spell, however many years lie between two of them, until an end is reported: what is
reported after it is another spell.
"""

from __future__ import annotations

from collections.abc import Iterable

from tocsin.incidents.model import Face
from tocsin.incidents.rules import Rules

_LAST = 10_000_000  # after every day


def spells(faces: Iterable[Face], rules: Rules) -> list[list[str]]:
    """The spells of one state, in the order of time."""
    found: list[list[str]] = [[]]
    ended: int | None = None
    for face in sorted(faces, key=lambda face: (day_of(face), ends(face, rules), face.name)):
        if ended is not None and not ends(face, rules) and day_of(face) > ended:
            found.append([])
            ended = None
        found[-1].append(face.name)
        if ends(face, rules):
            ended = day_of(face) if ended is None else ended
    return [sorted(spell) for spell in found if spell]


def ends(face: Face, rules: Rules) -> bool:
    """Whether a record tells the end of a state."""
    return face.subtype in rules.types[face.type].ends and face.status == "occurred"


def begins(face: Face, rules: Rules) -> bool:
    """Whether a record tells how a state began."""
    return face.key is not None and face.subtype in rules.types[face.type].begins and face.status == "occurred"


def day_of(face: Face) -> int:
    """The day on which a state is known to hold: that of the report, of what bounds it the event's own."""
    if face.status == "occurred" and face.when.kind in ("day", "span"):
        return face.when.last
    return face.report if face.report is not None else face.when.last or _LAST
