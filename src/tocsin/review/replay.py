"""From corrections to a verdict.

In: a claim and its corrections, oldest first. Out: what they come to. An undo takes one correction out as if it had not
been made; an undo can itself be undone. Of what counts the last decision wins; edits of slots add up until a whole record
is accepted or added.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tocsin.review.model import DECIDING, Claim, Correction, State, Verdict
from tocsin.review.slots import with_slot


def effective(corrections: Sequence[Correction]) -> list[Correction]:
    """The corrections that count, oldest first: those that no counting undo takes out. Undos themselves are left out."""
    undone: set[int] = set()
    for correction in reversed(corrections):
        if correction.action == "undo" and correction.id not in undone and correction.undoes is not None:
            undone.add(correction.undoes)
    return [c for c in corrections if c.action != "undo" and c.id not in undone]


def verdict(claim: Claim, corrections: Sequence[Correction]) -> Verdict | None:
    """What all corrections of a claim come to; None where nothing that counts decides, or its addition was undone."""
    counting = effective(corrections)
    deciding = [c for c in counting if c.action in DECIDING]
    added = bool(corrections) and corrections[0].action == "add"
    if not deciding or (added and corrections[0] not in counting):
        return None
    record, article, edited = claim.seen, claim.article, dict[str, None]()
    for correction in deciding:
        if correction.record is not None:
            record, article = correction.record, correction.article or claim.article
            edited = {} if correction.action in ("accept", "add") else edited
        if correction.action == "edit" and correction.slot is not None:
            record = with_slot(record, correction.slot, correction.value)
            edited[correction.slot] = None
    last = deciding[-1]
    state: State = "rejected" if last.action == "reject" else "added" if added else "edited" if edited else "accepted"
    return Verdict(state, record, article, last.reviewer, last.made, tuple(edited))


def verdicts_by_reviewer(claim: Claim, corrections: Sequence[Correction]) -> dict[str, Verdict]:
    """What each reviewer alone says of a claim."""
    found = {}
    for reviewer in dict.fromkeys(c.reviewer for c in corrections):
        own = verdict(claim, _own(corrections, reviewer))
        if own is not None:
            found[reviewer] = own
    return found


def _own(corrections: Iterable[Correction], reviewer: str) -> list[Correction]:
    return [c for c in corrections if c.reviewer == reviewer]
