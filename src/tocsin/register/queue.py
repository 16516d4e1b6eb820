"""What waits for a reviewer, in which order, and what the judgements say of the coder.

In: an open connection within a transaction. Out: numbers of the records that nobody has judged yet (with another reviewer in
mind: that he has not judged), those first whose evidence changed; agreement by type; the share that was right of those that
were drawn at random.
"""

from __future__ import annotations

import hashlib
import math
from collections import defaultdict
from collections.abc import Collection, Hashable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from tocsin.errors import UsageError
from tocsin.knowledge.words import words
from tocsin.register.columns import CONFIDENCE, CONFIDENCE_UNIT, read_column
from tocsin.register.corrections import claims, corrections
from tocsin.register.disputes import disputed
from tocsin.register.filters import Filters
from tocsin.register.query import Numbers, matching, size_of
from tocsin.register.store import Connection
from tocsin.review import Claim, Verdict, alpha, effective, verdicts_by_reviewer
from tocsin.review.same import saying, says

Order = Literal["uncertain", "random", "newest"]
NARROWED = "random, narrowed"  # kept with judgements of what was drawn at random, but not from all: no measure
Which = Literal["open", "marked", "second", "disputed", "changed"]
_Z = 1.96  # standard deviations of a 95 % interval
SEED = "tocsin"


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


def waiting(db: Connection, filters: Filters, order: Order, by: str | None, seed: str = SEED, which: Which = "open",
            below: float = 1.0) -> Numbers:
    """Numbers of the records that wait, those back in the queue first. A random order is the same for the same seed.

    ``which``: ``open`` those that nobody judged (``by`` names a reviewer: what only others judged waits for him too),
    ``marked`` those of them whose confidence is ``below`` a bound, ``second`` those that others judged and ``by`` did not,
    ``disputed`` those of which reviewers say different things, ``changed`` those whose evidence changed. The second and the
    disputed ones may be hidden by a rejection.
    """
    changed = _changed(db)
    open_ = _chosen(db, filters, which, by, changed)
    confidence = read_column(db, CONFIDENCE, size_of(db))[open_].astype(np.int64)
    if which == "marked":
        marked = (confidence < round(below * CONFIDENCE_UNIT)) | _among(open_, changed)
        open_, confidence = open_[marked], confidence[marked]
    if order == "uncertain":
        keys = np.abs(confidence - CONFIDENCE_UNIT // 2)
    elif order == "random":
        keys = _drawn(seed, open_)
    elif order == "newest":
        keys = -open_
    else:
        raise UsageError(words()("review.no_order", order=order, known="uncertain, random, newest"))
    ranked = open_[np.argsort(keys, kind="stable")]  # of equal ones the one that came first
    first = _among(ranked, changed)
    return np.concatenate([ranked[first], ranked[~first]])


def _chosen(db: Connection, filters: Filters, which: Which, by: str | None, changed: set[int]) -> Numbers:
    """The records of one of the queues, rising; of ``marked`` those that are open."""
    if which in ("second", "disputed"):
        judged = _judged(db, None)
        wanted = judged - _judged(db, by) if which == "second" and by is not None else judged
        wanted = set(disputed(db).values()) if which == "disputed" else wanted
        numbers = matching(db, filters, also=sorted(wanted))
        return numbers[_among(numbers, wanted)]
    numbers = matching(db, filters)
    if which == "changed":
        return numbers[_among(numbers, changed)]
    return numbers[~_among(numbers, _judged(db, by if which == "open" else None)) | _among(numbers, changed)]


def _among(numbers: Numbers, some: Collection[int]) -> NDArray[np.bool_]:
    return np.isin(numbers, np.fromiter(some, dtype=np.int64, count=len(some)))


def _drawn(seed: str, numbers: Numbers) -> NDArray[np.uint64]:
    """A draw for each number, the same for the same seed (the mixing of splitmix64)."""
    mixed = numbers.astype(np.uint64) + np.uint64(int.from_bytes(hashlib.sha256(seed.encode()).digest()[:8]))
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB), (31, 1)):
        mixed = (mixed ^ (mixed >> np.uint64(shift))) * np.uint64(factor)
    return mixed


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
    return [Agreement(type_, len(found), alpha(found)) for type_, found in sorted(_units(db).items())]


def agreement(db: Connection) -> Agreement:
    """Agreement over all types together; its type is empty."""
    found = [unit for units in _units(db).values() for unit in units]
    return Agreement("", len(found), alpha(found))


def _units(db: Connection) -> dict[str, list[Sequence[Hashable]]]:
    """By type, what the reviewers of each claim made of it, where there were two or more."""
    numbers = [row[0] for row in db.execute(
        "SELECT claim FROM correction GROUP BY claim HAVING count(DISTINCT reviewer) > 1 ORDER BY claim")]
    units: defaultdict[str, list[Sequence[Hashable]]] = defaultdict(list)
    history = corrections(db, numbers) if numbers else {}
    for claim in claims(db, numbers) if numbers else ():
        said = [_said(claim, verdict) for verdict in verdicts_by_reviewer(claim, history[claim.id]).values()]
        if len(said) > 1:
            units[claim.seen.type].append(said)
    return units


def _said(claim: Claim, verdict: Verdict) -> str:
    """What a reviewer made of a claim: nothing, what was claimed, or something else; who accepts what another edited says
    the same as he."""
    if verdict.state == "rejected":
        return verdict.state
    return "" if says(claim.seen, verdict.record) else saying(verdict.record)


def rate(db: Connection) -> Rate:
    """How many of the records that came from the random queue were right as they were: the coder's measured precision."""
    return _rate([right for drawn in _drawn_right(db).values() for right in drawn])


def rates(db: Connection) -> dict[str, Rate]:
    """The same for each type that was drawn, types in order."""
    return {type_: _rate(drawn) for type_, drawn in sorted(_drawn_right(db).items())}


def _drawn_right(db: Connection) -> dict[str, list[bool]]:
    """By type, for each record that was drawn at random and judged, whether all found it right."""
    types = dict(db.execute("SELECT DISTINCT claim.id, type FROM correction JOIN claim ON claim.id = claim "
                            "WHERE queue = 'random' ORDER BY claim.id").fetchall())
    history = corrections(db, list(types)) if types else {}
    found: defaultdict[str, list[bool]] = defaultdict(list)
    for number, type_ in types.items():
        drawn = [c for c in effective(history[number]) if c.queue == "random" and c.action in ("accept", "reject", "edit")]
        if drawn:
            found[type_].append(all(c.action == "accept" for c in drawn))
    return found


def _rate(right: list[bool]) -> Rate:
    return Rate(len(right), sum(right), *_wilson(sum(right), len(right)))


def _wilson(right: int, judged: int) -> tuple[float | None, float | None]:
    """Wilson's score interval of a share."""
    if not judged:
        return None, None
    share, z2 = right / judged, _Z * _Z
    middle = (share + z2 / (2 * judged)) / (1 + z2 / judged)
    half = _Z / (1 + z2 / judged) * math.sqrt(share * (1 - share) / judged + z2 / (4 * judged * judged))
    return max(0.0, middle - half), min(1.0, middle + half)
