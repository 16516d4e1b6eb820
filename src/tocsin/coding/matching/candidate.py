"""A candidate: one frame that fired on one clause, before it becomes a record."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from tocsin.coding.matching.frames import Frame
from tocsin.language.phrases.entities import Entity
from tocsin.model import Party, Source
from tocsin.syntax import Clause

Reason = str | Callable[[], str]  # why a frame does not fit; put into words only where somebody asks
Parts = dict[str, list[Entity]]  # part of the frame (agent, theme …) -> who or what plays it
Roles = dict[str, list[Party]]  # role of the record type -> who fills it


@dataclass(slots=True)
class Candidate:
    """What a frame found: who plays which role, what it is about, and how sure the reading is."""

    frame: Frame
    clause: Clause
    roles: Roles
    parts: Parts
    status: str
    attribution: list[Source] = field(default_factory=list)
    score: float = 0.0
    lender: object | None = None  # the draft that "as part of the exercise" refers to

    @property
    def type(self) -> str:
        """The record type."""
        return self.frame.type

    @property
    def resolved(self) -> bool:
        """Whether a part was found through a pronoun or description."""
        return any(e.resolved for entities in self.parts.values() for e in entities)

    def countries(self, role: str) -> frozenset[str]:
        """The countries (or, for parties without, names) that fill a role."""
        return frozenset(p.country or p.id or p.name for p in self.roles.get(role, []))


def in_words(reason: Reason) -> str:
    """A reason as a text."""
    return reason if isinstance(reason, str) else reason()


@dataclass(frozen=True, slots=True)
class Attempt:
    """For ``explain``: a frame tried on a clause, and why it did not fit (None: it did); ``chosen`` where, of those that
    fit, it made the record."""

    clause: str
    frame: str
    reason: str | None
    chosen: bool = False
