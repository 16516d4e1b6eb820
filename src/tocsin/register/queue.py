"""What waits for a reviewer, in which order, and what the judgements say of the coder.

In: an open connection within a transaction. Out: numbers of the records that nobody has judged yet (with another reviewer in
mind: that he has not judged), those first whose evidence changed; agreement by type; the share that was right of those that
were drawn at random.
"""

from __future__ import annotations

import hashlib
import math
from collections import defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from tocsin.errors import UsageError
from tocsin.knowledge.words import words
from tocsin.register.columns import CONFIDENCE, CONFIDENCE_UNIT, read_column
from tocsin.register.corrections import claims, corrections
from tocsin.register.filters import Filters
from tocsin.register.query import Numbers, matching, size_of
from tocsin.register.store import Connection
from tocsin.review import alpha, effective, verdicts_by_reviewer

Order = Literal["uncertain", "random", "newest"]
_Z = 1.96  # standard deviations of a 95 % interval
_SEED = "tocsin"


@dataclass(frozen=True, slots=True)
class Rate:
    """Of ``judged`` records drawn at random so many were ``right`` as they were; ``low`` and ``high`` bound the share
    (Wilson's interval, 95 %), None where none was judged."""

    judged: int
    right: int
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Agreement:
    """Krippendorff's alpha over the claims of a type that two reviewers or more judged; None where it is not defined."""

    type: str
    claims: int
    alpha: float | None


def waiting(db: Connection, filters: Filters, order: Order, by: str | None, seed: str = _SEED) -> Numbers:
    """Numbers of the shown records that wait, those back in the queue first. ``by`` names a reviewer: what others judged
    waits for him too. A random order is the same for the same seed."""
    numbers = matching(db, filters)
    judged, changed = _judged(db, by), _changed(db)
    open_ = np.array([int(n) for n in numbers if n not in judged or n in changed], dtype=np.int64)
    if order == "uncertain":
        confidence = read_column(db, CONFIDENCE, size_of(db))[open_].astype(np.int64)
        keys = np.abs(confidence - CONFIDENCE_UNIT // 2)
    elif order == "random":
        keys = np.array([_drawn(seed, int(n)) for n in open_], dtype=np.int64)
    elif order == "newest":
        keys = -open_
    else:
        raise UsageError(words()("review.no_order", order=order, known="uncertain, random, newest"))
    first = np.array([n not in changed for n in open_.tolist()], dtype=np.bool_)
    return open_[np.lexsort((open_, keys, first))]


def _drawn(seed: str, number: int) -> int:
    return int.from_bytes(hashlib.sha256(f"{seed}|{number}".encode()).digest()[:7])


def _judged(db: Connection, by: str | None) -> set[int]:
    """Numbers of shown records that were judged, by anybody or by one reviewer."""
    rows = db.execute("SELECT claim, coalesce(stands, record) FROM reviewed "
                      "WHERE coalesce(stands, record) IS NOT NULL AND state != 'open'")
    found: dict[int, int] = dict(rows.fetchall())
    if by is None or not found:
        return set(found.values())
    own = {row[0] for row in db.execute("SELECT DISTINCT claim FROM correction WHERE reviewer = ?", (by,))} & set(found)
    history = corrections(db, sorted(own))
    judging = {claim.id for claim in claims(db, sorted(own)) if by in verdicts_by_reviewer(claim, history[claim.id])}
    return {found[claim] for claim in judging}


def _changed(db: Connection) -> set[int]:
    return {row[0] for row in db.execute("SELECT record FROM reviewed WHERE changed AND record IS NOT NULL")}


def agreements(db: Connection) -> list[Agreement]:
    """Agreement by type, over the claims with two reviewers or more, types in order."""
    numbers = [row[0] for row in db.execute(
        "SELECT claim FROM correction GROUP BY claim HAVING count(DISTINCT reviewer) > 1 ORDER BY claim")]
    units: defaultdict[str, list[Sequence[Hashable]]] = defaultdict(list)
    history = corrections(db, numbers) if numbers else {}
    for claim in claims(db, numbers) if numbers else ():
        said = [verdict.state for verdict in verdicts_by_reviewer(claim, history[claim.id]).values()]
        if len(said) > 1:
            units[claim.seen.type].append(said)
    return [Agreement(type_, len(found), alpha(found)) for type_, found in sorted(units.items())]


def rate(db: Connection) -> Rate:
    """How many of the records that came from the random queue were right as they were: the coder's measured precision."""
    numbers = [row[0] for row in db.execute("SELECT DISTINCT claim FROM correction WHERE queue = 'random'")]
    history = corrections(db, numbers) if numbers else {}
    last = []
    for number in numbers:
        drawn = [c for c in effective(history[number]) if c.queue == "random" and c.action in ("accept", "reject", "edit")]
        if drawn:
            last.append(drawn)
    right = sum(all(c.action == "accept" for c in drawn) for drawn in last)
    low, high = _wilson(right, len(last))
    return Rate(len(last), right, low, high)


def _wilson(right: int, judged: int) -> tuple[float | None, float | None]:
    """Wilson's score interval of a share."""
    if not judged:
        return None, None
    share, z2 = right / judged, _Z * _Z
    middle = (share + z2 / (2 * judged)) / (1 + z2 / judged)
    half = _Z / (1 + z2 / judged) * math.sqrt(share * (1 - share) / judged + z2 / (4 * judged * judged))
    return max(0.0, middle - half), min(1.0, middle + half)
