"""How often the coder is right, from the judgements of a register.

In: an open connection within a transaction. Out: the share of right records, of all and by type, with its interval.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from tocsin.register.corrections import claims, corrections
from tocsin.register.store import Connection
from tocsin.register.summary import shown_by_type
from tocsin.review import Correction, effective
from tocsin.review.model import DECIDING

_Z = 1.96  # standard deviations of a 95 % interval


@dataclass(frozen=True, slots=True)
class Rate:
    """Of ``judged`` records drawn at random so many were ``right`` as they were.

    ``share`` is the share of right records in the register, ``low`` and ``high`` bound it (95 %); None where none was drawn.
    What was judged in other queues is known and no longer drawn; it counts with the verdict that it got, what was drawn
    stands for the rest. Without that the doubtful ones, which are judged first, would be missing from the measure.
    """

    judged: int
    right: int
    share: float | None
    low: float | None
    high: float | None


class _Judged(NamedTuple):
    right: bool
    rejected: bool


def rate(db: Connection) -> Rate:
    """The coder's measured precision over all types."""
    drawn, known = _judged(db)
    shown = sum(shown_by_type(db).values())
    return _rate([x for found in drawn.values() for x in found], [x for found in known.values() for x in found], shown)


def rates(db: Connection) -> dict[str, Rate]:
    """The same for each type of which records were drawn, types in order."""
    drawn, known = _judged(db)
    shown = shown_by_type(db)
    return {type_: _rate(found, known[type_], shown.get(type_, 0)) for type_, found in sorted(drawn.items())}


def _judged(db: Connection) -> tuple[dict[str, list[_Judged]], defaultdict[str, list[_Judged]]]:
    """By type, what was made of the records that were drawn at random, and of those judged otherwise."""
    numbers = [row[0] for row in db.execute("SELECT DISTINCT claim FROM correction ORDER BY claim")]
    history = corrections(db, numbers) if numbers else {}
    drawn: defaultdict[str, list[_Judged]] = defaultdict(list)
    known: defaultdict[str, list[_Judged]] = defaultdict(list)
    for claim in claims(db, numbers) if numbers else ():
        if claim.added:
            continue  # the coder did not claim it
        made = [c for c in effective(history[claim.id]) if c.action in DECIDING]
        if by_chance := [c for c in made if c.queue == "random"]:
            drawn[claim.seen.type].append(_made(by_chance))
        elif made:
            known[claim.seen.type].append(_made(made))
    return drawn, known


def _made(corrections_: Sequence[Correction]) -> _Judged:
    actions = {c.action for c in corrections_}
    return _Judged(actions == {"accept"}, "reject" in actions)


def _rate(drawn: Sequence[_Judged], known: Sequence[_Judged], shown: int) -> Rate:
    """A stratified estimate: the known as they are, the rest as the drawn. Rejected records are no longer shown."""
    judged, right = len(drawn), sum(one.right for one in drawn)
    if not judged:
        return Rate(0, 0, None, None, None)
    rest = max(judged, shown + sum(one.rejected for one in drawn) - sum(not one.rejected for one in known))
    known_right, of = sum(one.right for one in known), len(known) + rest
    share, low, high = ((known_right + rest * part) / of for part in (right / judged, *_wilson(right, judged)))
    return Rate(judged, right, share, low, high)


def _wilson(right: int, judged: int) -> tuple[float, float]:
    """Wilson's score interval of a share."""
    share, z2 = right / judged, _Z * _Z
    middle = (share + z2 / (2 * judged)) / (1 + z2 / judged)
    half = _Z / (1 + z2 / judged) * math.sqrt(share * (1 - share) / judged + z2 / (4 * judged * judged))
    return max(0.0, middle - half), min(1.0, middle + half)
