"""What a review is made of: claims, corrections to them, and the verdict that these come to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from tocsin.model import Record

Action = Literal["accept", "reject", "edit", "add", "comment", "undo"]
State = Literal["accepted", "edited", "added", "rejected"]
DECIDING: frozenset[Action] = frozenset({"accept", "reject", "edit", "add"})


@dataclass(frozen=True, slots=True)
class Claim:
    """What corrections are about: one record as it was when it was first judged, or as a reviewer added it.

    ``article`` is the id of the article whose text was read. With type and quote it is what the claim is found by again
    when another coder reads, or the text changes. One that was ``added`` is found only in a record that names the same
    parties: the sentence may tell two events, of which the coder has one.
    """

    id: int
    article: str
    seen: Record
    added: bool = False

    @property
    def quote(self) -> str:
        """The first sentence of its evidence."""
        return self.seen.evidence[0].exact


@dataclass(frozen=True, slots=True)
class Correction:
    """One thing that a reviewer did; never changed, never deleted.

    ``slot`` and ``value`` (as in the contract's JSON) belong to an edit; ``record`` to an addition and to whatever was said
    of another reading than the one first seen, which it then starts from, in the text of ``article``. ``undoes`` (the id of
    a correction) belongs to an undo. ``queue`` says from which queue the record came: only a random one gives an honest
    error rate.
    """

    id: int
    claim: int
    action: Action
    reviewer: str
    made: str
    slot: str | None = None
    value: Any = None
    record: Record | None = None
    article: str | None = None
    note: str | None = None
    undoes: int | None = None
    queue: str | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the corrections of a claim come to. ``record`` is the record as reviewed: as seen where it was accepted, with
    its edits where it was edited; of a rejected claim what was rejected. Its offsets are those of ``article``. ``by`` and
    ``at`` are of the last correction that counts."""

    state: State
    record: Record
    article: str
    by: str
    at: str
    edited: tuple[str, ...] = ()
