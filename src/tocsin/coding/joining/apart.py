"""What tells two drafts of an article apart: other days, places, tolls, numbers, sides.

In: two drafts. Out: whether they cannot be one event in that respect.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from tocsin.coding.verify import POINTS
from tocsin.model import Count, EventTime, Party

if TYPE_CHECKING:
    from tocsin.coding.draft import Draft
    from tocsin.syntax import Clause

_IN_TIME = ("after", "before", "following", "since", "ahead of", "despite")
_DAYS = 7  # days that a report of single operations covers at most
_TAKEN = frozenset({"armed_group", "unidentified", "population", "person"})
_OF_A_STATE = frozenset({"state", "military", "government_body"})


def war_and_strike(a: Draft, b: Draft) -> bool:
    """A war told with its doer is one record; strikes told by what they are, are others."""
    wars = [bool(d.candidate.frame.raw.get("war")) for d in (a, b)]
    other = b if wars[0] else a
    apart = wars[0] != wars[1] and not set(a.sentences) & set(b.sentences)
    return apart and other.subtype not in ("attack", None)


def downed_and_struck(a: Draft, b: Draft) -> bool:
    """A jet that is shot down is no part of the strikes and bombings told elsewhere."""
    downed = [bool(d.candidate.frame.raw.get("use")) for d in (a, b)]
    return downed[0] != downed[1] and "headline" not in (a.kind, b.kind) and not set(a.sentences) & set(b.sentences)


def summed(a: Draft, b: Draft) -> bool:
    """What several operations came to, and what was done in one of them."""
    return a.sum != b.sum and "headline" not in (a.kind, b.kind)


def answered(a: Draft, b: Draft) -> bool:
    """A strike told as an answer, and what else its sentence tells."""
    return a.answer != b.answer and bool(set(a.sentences) & set(b.sentences))


def told_apart(a: Draft, b: Draft) -> bool:
    """Another event by the words: "meanwhile", "a later attack", "X then clashed with Y"."""
    if a.kind == "headline" or set(a.sentences) & set(b.sentences):
        return False
    fight, other = (a, b) if a.subtype == "clash" else (b, a)
    both = len({p.id or p.name for p in fight.roles["initiator"]}) > 1
    clash = fight.subtype == "clash" != other.subtype and both and fight.candidate.clause.kind == "verb"
    return b.fresh or (clash and bool(other.roles["initiator"] and other.roles["target"]))


def numbered_apart(a: Draft, b: Draft) -> bool:
    """ "A couple of bombings" and "at least three bombings" are not the same ones."""
    if a.number is None or b.number is None or "headline" in (a.kind, b.kind):
        return False
    return not overlap(a.number, b.number)


def others_met(a: Draft, b: Draft) -> bool:
    """ "A called B. They discussed the talks between B and C": two meetings told with both their sides, which differ."""
    one, two = a.countries("participant"), b.countries("participant")
    return a.type == "meeting" and len(one) > 1 and len(two) > 1 and not (two <= one or one <= two)


def several_places(a: Draft, b: Draft) -> bool:
    """ "The attacks in X, Y and Z" are more events than one told elsewhere, unless it was told of these places."""
    return "headline" not in (a.kind, b.kind) and (_listed(a, b) or _listed(b, a))


def _listed(draft: Draft, other: Draft) -> bool:
    """Whether a draft tells of events in a list of places of which the other names none."""
    clause = draft.candidate.clause
    listed = any(len(e.entities) > 1 for e in clause.get("in", "at", "on", "near"))
    shared = {p.name for p in draft.places} & {p.name for p in other.places}
    return clause.token.tag == "NNS" and listed and bool(draft.places) and not shared


def same_shot(a: Draft, b: Draft) -> bool:
    """Whether two launches of one drill are one: in one sentence, of one weapon by name, or one refers to the other."""
    if set(a.sentences) & set(b.sentences) or "headline" in (a.kind, b.kind):
        return True
    names = [{m.designation for m in d.materiel if m.designation} for d in (a, b)]
    if names[0] & names[1]:
        return True
    theme = b.candidate.parts.get("theme") or []
    return any(e.definite for e in theme) and not names[1]


def tolls_conflict(a: Draft, b: Draft) -> bool:
    """Two numbers of dead in the narrator's own voice are two events; sources may differ on one."""
    if "headline" in (a.kind, b.kind) or a.attribution or b.attribution:
        return False
    tolls = [(a.casualties.killed, b.casualties.killed), (a.casualties.captured, b.casualties.captured)]
    return any(one is not None and two is not None and not overlap(one, two) for one, two in tolls)


def crossed(a: Draft, b: Draft) -> bool:
    """Whether the state that acts in one draft is what the other says was hit: two events, not a state's blow at itself."""
    if a.subtype == b.subtype == "coup":
        return False  # who overthrows is of the state that is hit
    for one, other in ((a, b), (b, a)):
        doers = {p.country for p in one.roles.get("initiator", []) if p.country and p.kind != "armed_group"}
        hit = {p.country for p in other.roles.get("target", []) if p.country and p.kind in _OF_A_STATE}
        if other.candidate.frame.raw.get("target_is_place") and _at_rebels(one):
            continue  # "Iraqi forces killed an ISIS leader in an air strike near Mosul"
        theirs = other.roles.get("initiator", [])
        if doers & hit and (not theirs or all(p.kind == "armed_group" and not p.country for p in theirs)):
            return True
    return False


def _at_rebels(draft: Draft) -> bool:
    """Whether those hit are of armed groups."""
    hit = draft.roles.get("target", [])
    return bool(hit) and all(p.kind == "armed_group" or p.sector == "REB" for p in hit)


def exchanged(a: Draft, b: Draft) -> bool:
    """ "X struck Y two days after Y's attack on X": what each did to the other are two events."""
    if a.type != "armed_incident" or "clash" in (a.subtype, b.subtype):
        return False
    one, two = a.countries("initiator"), b.countries("initiator")
    return bool(one and two) and not one & two and bool(one & b.countries("target") or two & a.countries("target"))


def other_doers(a: Draft, b: Draft) -> bool:
    """What forces did, and what a rebel of their country did, are two events."""
    sides = [{p.kind in ("state", "military") for p in d.roles["initiator"] if _told_kind(p)} for d in (a, b)]
    return "headline" not in (a.kind, b.kind) and sides in ([{True}, {False}], [{False}, {True}])


def _told_kind(party: Party) -> bool:
    """Whether somebody is told as a force of a state, or as a rebel."""
    return party.kind in ("state", "military", "armed_group") or (party.kind == "person" and party.sector == "REB")


def stands_before(later: Clause, earlier: Clause) -> bool:
    """ "X and Y began drills after Z's drills": what stands behind "after" is another event than what it came before."""
    return any(a.token.i == earlier.token.i for a in later.get(*_IN_TIME))


def overlap(a: Count, b: Count) -> bool:
    """Whether two counts can be the same number: "36" and "dozens" can."""
    low = max(a.min or 0, b.min or 0)
    high = (
        min(v for v in (a.max, b.max, low) if v is not None)
        if a.max is None and b.max is None
        else min(v for v in (a.max, b.max) if v is not None)
    )
    return low <= high


def times_conflict(a: EventTime, b: EventTime) -> bool:
    """Whether two stated times share no day."""
    if a.basis != "stated" or b.basis != "stated":
        return False
    low = max(filter(None, (a.earliest, b.earliest)), default=None)
    high = min(filter(None, (a.latest, b.latest)), default=None)
    return bool(low and high and low > high)


def _inside(a: Draft, b: Draft) -> bool:
    """Whether a place of one lies in a province that the other names ("in Maidan Wardak", "in Maidan Shahr")."""
    wide = [p for p in b.places if p.precision in ("province", "district")]
    fine = [p for p in a.places if p.precision in ("town", "site", "district") and p.admin1]
    return any(p.country == q.country and _alike(p.admin1 or "", q.admin1 or q.name) for p in fine for q in wide)


def _alike(one: str, two: str) -> bool:
    """Whether two names of a province are one but for words ("Wardak", "Maidan Wardak Province")."""
    return one in two or two in one


def places_conflict(a: Draft, b: Draft) -> bool:
    """Whether two drafts name different points, or places of different countries."""
    first = {p.name for p in a.places if p.precision in POINTS}
    second = {p.name for p in b.places if p.precision in POINTS}
    if first and second and not first & second and not _inside(a, b) and not _inside(b, a):
        return True
    countries = [{p.country for p in d.places if p.country} for d in (a, b)]
    return bool(countries[0] and countries[1] and not countries[0] & countries[1])


def share_out(whole: Draft, drafts: list[Draft]) -> bool:
    """A sum over several operations is no event beside those of which it is the sum (codebook A8): its day is theirs."""
    if not whole.sum:
        return False
    others = [d for d in drafts if not d.sum and d.type == whole.type and d.status == whole.status]
    parts = [d for d in others if _on_same(d, whole) and _same_side(d, whole)]
    later = [d for d in parts if min(d.sentences) > max(whole.sentences)]
    for part in later:
        if part.time.basis != "stated" and whole.time.basis == "stated":
            part.time = whole.time
    _lend_only(whole, later)
    return bool(later) or (bool(parts) and _long(whole.time))


def _lend_only(whole: Draft, parts: list[Draft]) -> None:
    """ "killed several in two operations in X … engaged them with air strikes": the only part told is where the sum was, and
    what it came to."""
    fine = [p for p in whole.places if p.precision in POINTS]
    if len(parts) != 1 or len(fine) != 1:
        return
    part = parts[0]
    if not any(p.precision in POINTS for p in part.places):
        part.places = [*whole.places, *part.places]
    if part.casualties.killed is None and part.subtype != "capture":
        part.casualties = part.casualties.model_copy(update={"killed": whole.casualties.killed})


def _long(time: EventTime) -> bool:
    """Whether a time is longer than a report of single operations covers ("this month")."""
    if not time.earliest or not time.latest:
        return False
    return (dt.date.fromisoformat(time.latest) - dt.date.fromisoformat(time.earliest)).days > _DAYS


def _on_same(a: Draft, b: Draft) -> bool:
    """Whether those hit are of the same kinds; whoever forces take or kill may be told as fighters or as men."""
    first, second = ({p.kind for p in d.roles.get("target", [])} for d in (a, b))
    return first == second or (first | second <= _TAKEN and bool(second))


def _same_side(a: Draft, b: Draft) -> bool:
    """Whether both can have the same doers: of one state, or forces of no state that is told."""
    first, second = a.countries("initiator"), b.countries("initiator")
    forces = all(p.kind in ("military", "igo") for d in (a, b) for p in d.roles["initiator"])
    told = all(any(p.country for p in d.roles["initiator"]) for d in (a, b))
    return bool(first & second) or (forces and not told)


def sharper(first: Count | None, second: Count | None) -> Count | None:
    """The first told of two tolls, but for a vague word that a number makes clear ("several … the eight")."""
    if first is None or second is None:
        return first or second
    vague = first.kind == "vague" and second.kind in ("exact", "about") and overlap(first, second)
    return second if vague else first
