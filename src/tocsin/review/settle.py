"""What reviewed claims make of what a coder reads in an article, now or at the next reading.

In: claims with their verdicts, the records of a reading, the article's text (None where it is not kept). Out: for each claim
what stands. The rules:

- A claim is found again in the record of its type and quote; among several in the one that differs least. One that a
  reviewer added is found only in a record of the same parties.
- Where the evidence stands in the text, the reviewed record stands, whatever the coder now says; a rejected one stays away.
- Where the evidence is gone, or a rejected record now says something else, the claim goes back to the queue with both
  versions, and what the coder says is shown meanwhile.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tocsin.model import Party, Record
from tocsin.review.anchor import reanchored
from tocsin.review.model import Claim, Verdict
from tocsin.review.same import same, says


@dataclass(frozen=True, slots=True)
class Outcome:
    """What becomes of a claim in a reading.

    ``found`` is the index of the record that answers to it, None where the coder has none. ``stands`` is the record shown
    in its place, None where nothing replaces it. ``hidden`` says that the found record is not shown. ``changed`` sends the
    claim back to review. A claim without a verdict (all was undone) is only found.
    """

    claim: Claim
    verdict: Verdict | None
    found: int | None
    stands: Record | None
    hidden: bool
    changed: bool


def settle(
    claims: Sequence[tuple[Claim, Verdict | None]], records: Sequence[Record], text: str | None, article: str
) -> list[Outcome]:
    """The outcome of every claim, in their order; each record answers to one claim at most."""
    found = _found(claims, records)
    return [_outcome(claim, verdict, found.get(number), records, text, article)
            for number, (claim, verdict) in enumerate(claims)]


def _found(claims: Sequence[tuple[Claim, Verdict | None]], records: Sequence[Record]) -> dict[int, int]:
    """Which record answers to which claim: nearest pairs first; of equally near ones in the order of the claims."""
    pairs = []
    for number, (claim, verdict) in enumerate(claims):
        for index, record in enumerate(records):
            if record.type == claim.seen.type and any(quote.exact == claim.quote for quote in record.evidence):
                reviewed = verdict.record if verdict is not None else claim.seen
                if claim.added and not _same_parties(reviewed, record):
                    continue
                near = max(_alike(claim.seen, record), _alike(reviewed, record))
                pairs.append((record.id != claim.seen.id, verdict is None, -near, number, index))
    found: dict[int, int] = {}
    for _, _, _, number, index in sorted(pairs):
        if number not in found and index not in found.values():
            found[number] = index
    return found


def _same_parties(one: Record, other: Record) -> bool:
    """Whether two records of a type name the same parties in every role."""
    return {role: _who(parties) for role, parties in one.roles.items()} == {
        role: _who(parties) for role, parties in other.roles.items()}


def _who(parties: Sequence[Party]) -> set[str]:
    return {party.country or party.name for party in parties}


def _alike(one: Record, other: Record) -> int:
    """In how many slots two records say the same."""
    roles = sum(_who(one.roles.get(role, ())) == _who(parties) for role, parties in other.roles.items())
    slots = ("subtype", "status", "materiel", "personnel", "casualties")
    others = [getattr(one, slot) == getattr(other, slot) for slot in slots]
    return 2 * roles + others.count(True)


def _outcome(
    claim: Claim, verdict: Verdict | None, found: int | None, records: Sequence[Record], text: str | None, article: str
) -> Outcome:
    if verdict is None:
        return Outcome(claim, None, found, None, hidden=False, changed=False)
    record = records[found] if found is not None else None
    if verdict.state == "rejected":
        other = record is not None and not (says(record, claim.seen) or says(record, verdict.record))
        return Outcome(claim, verdict, found, None, hidden=record is not None and not other, changed=other)
    stands = _standing(verdict, record, text, article)
    if stands is None:
        return Outcome(claim, verdict, found, None, hidden=False, changed=True)
    if record is not None and same(record, stands):
        return Outcome(claim, verdict, found, None, hidden=False, changed=False)
    return Outcome(claim, verdict, found, stands, hidden=record is not None, changed=False)


def _standing(verdict: Verdict, record: Record | None, text: str | None, article: str) -> Record | None:
    """The reviewed record where its evidence stands, with the offsets of this text."""
    if verdict.article == article:
        return verdict.record
    if text is not None:
        return reanchored(verdict.record, text)
    return record if record is not None and says(record, verdict.record) else None
