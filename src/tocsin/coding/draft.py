"""A record in the making, before its parts are written out."""

from __future__ import annotations

from dataclasses import dataclass, field

from tocsin.coding.matching.candidate import Candidate
from tocsin.model import (
    Count,
    EventPlace,
    EventTime,
    Instrument,
    Materiel,
    Party,
    Quantity,
    Recurrence,
    Source,
)
from tocsin.model.record import Casualties

BARE = "bare number"  # stand-in sector for "killed five": a number describes nobody; cleared when the record is finished


@dataclass(slots=True)
class Draft:
    """A record in the making."""

    type: str
    subtype: str | None
    status: str
    rule: str
    roles: dict[str, list[Party]]
    materiel: list[Materiel]
    personnel: Count | None
    casualties: Casualties
    time: EventTime
    places: list[EventPlace]
    attribution: list[Source]
    sentences: list[int]
    kind: str  # block kind of the first sentence
    candidate: Candidate
    historical: bool = False
    anchors: list[tuple[int, int]] = field(default_factory=list)
    score: float = 0.0
    recurrence: Recurrence | None = None
    quantity: Quantity | None = None
    instrument: Instrument | None = None
    relations: list[tuple[str, Draft]] = field(default_factory=list)
    sum: bool = False  # "in four operations": the sum of what may be told one by one
    fresh: bool = False  # told as another event than those before ("meanwhile", "a later attack")
    number: Count | None = None  # "three bombings": how many events of the kind the words count
    answer: bool = False  # "responded with strikes": what it answers, in its sentence, is another event
    taken_apart: bool = False  # "captured a leader and detained two of his men": no sum is told
    called_in: bool = False  # killed by air strikes that the sentence before called for
    suspected: bool = False  # its doer is told by a charge or a suspicion alone
    uncrewed: frozenset[str] = frozenset()  # classes of weapons that nobody sits in
    in_drill: bool = False  # a launch told after a drill of the same side

    @property
    def brought_down(self) -> bool:
        """Whether missiles or drones alone were stopped, which hurts nobody: "three died as X shot the missiles down" tells
        of those that were not stopped."""
        stopped = self.materiel if self.subtype == "interception" else []
        return bool(stopped) and all(line.class_ in self.uncrewed for line in stopped)

    def countries(self, role: str) -> frozenset[str]:
        """Countries (or names) that fill a role."""
        return frozenset(p.country or p.id or p.name.lower() for p in self.roles.get(role, []))
