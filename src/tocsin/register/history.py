"""What can be told of reviews: a record's place, a claim with all that was done about it, counts."""

from __future__ import annotations

from dataclasses import dataclass

from tocsin.model import Record
from tocsin.review import Claim, Correction, Verdict


@dataclass(frozen=True, slots=True)
class Shown:
    """Where a record is: its number, the article that it is shown of, and the claim about it, if there is one."""

    number: int
    article: int
    claim: int | None


@dataclass(frozen=True, slots=True)
class History:
    """A claim with all that was done about it, oldest first, and what it comes to."""

    claim: Claim
    corrections: tuple[Correction, ...]
    verdict: Verdict | None
    by_reviewer: dict[str, Verdict]
    changed: bool


@dataclass(frozen=True, slots=True)
class Counts:
    """How many corrections and claims there are, how many claims of each state stand in what is shown, and how many are back
    in the queue because their evidence changed."""

    corrections: int
    claims: int
    states: dict[str, int]
    changed: int


@dataclass(frozen=True, slots=True)
class Told:
    """A correction, the id under which its record is shown, and the record as it was first seen."""

    correction: Correction
    record: str
    seen: Record
