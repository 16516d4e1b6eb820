"""Where reviewers say different things of the same record.

In: an open connection within a transaction. Out: the claims of which two reviewers or more say different things, each with
the number of its record: the one that stands, else the coder's, which may be hidden.
"""

from __future__ import annotations

from tocsin.register.corrections import claims, corrections
from tocsin.register.store import Connection
from tocsin.review import Verdict, verdicts_by_reviewer
from tocsin.review.same import says


def disputed(db: Connection) -> dict[int, int]:
    """Number of a record by the number of its claim."""
    shared = [row[0] for row in db.execute(
        "SELECT claim FROM correction WHERE action NOT IN ('comment', 'undo') GROUP BY claim "
        "HAVING count(DISTINCT reviewer) > 1 ORDER BY claim")]
    history = corrections(db, shared) if shared else {}
    differ = [claim.id for claim in (claims(db, shared) if shared else ())
              if differs(list(verdicts_by_reviewer(claim, history[claim.id]).values()))]
    rows = db.execute("SELECT claim, coalesce(stands, record) FROM reviewed WHERE coalesce(stands, record) IS NOT NULL")
    numbers = dict(rows.fetchall()) if differ else {}
    return {claim: numbers[claim] for claim in differ if claim in numbers}


def differs(verdicts: list[Verdict]) -> bool:
    """Whether one rejects what another keeps, or they keep different things."""
    kept = [verdict for verdict in verdicts if verdict.state != "rejected"]
    return 0 < len(kept) < len(verdicts) or any(not says(kept[0].record, other.record) for other in kept[1:])
