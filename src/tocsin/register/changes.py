"""What changed between two readings: of two versions of an article, or of one text by two coders.

Two records are the same claim where type and quote are the same, else where type and parties are. Of those the slots that
differ are named, offsets left aside; the others were added or removed.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Literal

from tocsin.model import Record
from tocsin.review.same import placeless

_SLOTS = ("subtype", "status", "historical", "roles", "materiel", "personnel", "casualties", "time", "places",
          "attribution", "recurrence", "quantity", "instrument", "evidence")


@dataclass(frozen=True, slots=True)
class Change:
    """One difference; ``slots`` names what differs in a changed record."""

    kind: Literal["added", "removed", "changed"]
    before: Record | None
    after: Record | None
    slots: tuple[str, ...] = ()


def differences(before: Sequence[Record], after: Sequence[Record]) -> list[Change]:
    """Every record that was added, removed or changed, in the order of the later reading, the removed ones last."""
    old, pairs = list(before), dict[int, Record]()
    for key in (_by_quote, _by_parties):
        for number, record in enumerate(after):
            match = next((one for one in old if key(one) == key(record)), None) if number not in pairs else None
            if match is not None:
                old.remove(match)
                pairs[number] = match
    found = []
    for number, record in enumerate(after):
        earlier = pairs.get(number)
        if earlier is None:
            found.append(Change("added", None, record))
        elif slots := _differing(earlier, record):
            found.append(Change("changed", earlier, record, slots))
    return found + [Change("removed", record, None) for record in old]


def _by_quote(record: Record) -> Hashable:
    return record.type, record.evidence[0].exact if record.evidence else None, record.subtype


def _by_parties(record: Record) -> Hashable:
    return record.type, tuple((role, p.country or p.id or p.name) for role, ps in record.roles.items() for p in ps)


def _differing(before: Record, after: Record) -> tuple[str, ...]:
    old, new = before.model_dump(), after.model_dump()
    return tuple(slot for slot in _SLOTS if placeless(old[slot]) != placeless(new[slot]))
