"""Uniting two drafts of one event: the more specific value wins, the body wins over the headline."""

from __future__ import annotations

from tocsin.coding.draft import BARE, Draft
from tocsin.coding.joining.apart import sharper
from tocsin.coding.joining.told_again import only_lands
from tocsin.coding.times.event_time import better_time
from tocsin.model import EventPlace, Party
from tocsin.model.record import Casualties

BYSTANDERS = frozenset({"population", "unidentified"})
_SORTS_OF_TALKS = frozenset({"call", "summit"})


def unite(into: Draft, other: Draft) -> None:
    """Add what the other draft knows; the more specific value wins, the body over the headline."""
    if only_lands(into, other) and other.roles["target"]:
        into.roles["target"] = []  # "condemned the bombings in N … a bomb hit the embassy": the embassy, not N
    for role, parties in other.roles.items():
        if any(p.sector != BARE for p in parties):
            into.roles[role] = [p for p in into.roles[role] if p.sector != BARE]
        have = into.countries(role) | {called(p) for p in into.roles[role] if not (p.country or p.id)}
        if role == "target" and any(p.country for p in into.roles[role]):
            parties = [p for p in parties if p.country or p.id or p.kind not in BYSTANDERS]
        new = [p for p in parties if (p.country or p.id or p.name.lower()) not in have]
        others = role == "target" and both_taken(into, other)
        into.taken_apart |= others
        into.roles[role] += parties if others else [p for p in new if called(p) not in have]
    classes = {m.class_ for m in into.materiel}
    part = some_of_them(into, other)  # "a few" of them are not how many there were
    for line in other.materiel if not part else [m for m in other.materiel if m.count.kind != "vague"]:
        if line.class_ not in classes:
            into.materiel.append(line)
        elif line.count.min is not None:
            same = next(m for m in into.materiel if m.class_ == line.class_)
            if same.count.min is None:
                into.materiel[into.materiel.index(same)] = line
    into.personnel = into.personnel or other.personnel
    into.casualties = Casualties(
        killed=sharper(into.casualties.killed, other.casualties.killed),
        wounded=sharper(into.casualties.wounded, other.casualties.wounded),
        captured=None if into.taken_apart else sharper(into.casualties.captured, other.casualties.captured),
    )
    finer = better_time(into.time, other.time)
    into.historical = other.historical if finer is other.time and finer is not into.time else into.historical
    into.time = finer
    into.places = _merged_places(into.places, other.places)
    if into.kind == "headline" or not into.attribution:
        into.attribution = (other.attribution if into.kind == "headline" else []) or into.attribution
    if into.subtype is None or (into.kind == "headline" != other.kind and other.subtype):
        into.subtype = other.subtype or into.subtype
    if into.subtype == "attack" and other.called_in:
        into.subtype = other.subtype  # "called for air strikes. As a result, five were killed"
    if into.subtype == "talks" and other.subtype in _SORTS_OF_TALKS and set(into.sentences) & set(other.sentences):
        into.subtype = other.subtype  # "discussed the war in a phone call"
    into.recurrence = into.recurrence or other.recurrence
    into.quantity = into.quantity or other.quantity
    into.instrument = into.instrument or other.instrument
    into.relations += other.relations
    into.sentences += [s for s in other.sentences if s not in into.sentences]
    into.anchors += other.anchors
    if into.kind == "headline" and is_topic(into) and into.type != "weapons_test":  # "on the launch": it was launched
        into.status = other.status
    if into.kind == "headline":
        into.kind, into.rule, into.score = other.kind, other.rule, max(into.score, other.score)
        if told_by_noun(into) and not told_by_noun(other):  # "the first day of N's attacks … N attacked the coast"
            into.candidate = other.candidate


def told_by_noun(draft: Draft) -> bool:
    """Whether a noun without a verb of its own tells the event."""
    return draft.candidate.clause.kind == "noun" and draft.candidate.clause.support is None


def both_taken(first: Draft, second: Draft) -> bool:
    """ "captured a leader and detained two of his men": two verbs, other people."""
    inner, outer = second.candidate.clause, first.candidate.clause
    if not first.subtype == second.subtype == "capture" or first.candidate.frame.subtype != "capture":
        return False
    joined = inner.kind == outer.kind == "verb" and inner.token.dep == "conj" and inner.token.head == outer.token.i
    names = [{p.text.lower() for p in d.roles["target"]} for d in (first, second)]
    return joined and not names[0] & names[1]


def _merged_places(first: list[EventPlace], second: list[EventPlace]) -> list[EventPlace]:
    joined = {(p.name, p.country): p for p in [*first, *second]}
    order = {"site": 0, "town": 1, "district": 2, "province": 3}
    return sorted(joined.values(), key=lambda p: (p.role == "origin", order.get(p.precision, 5)))


def called(party: Party) -> str:
    """What people of no known side are called: "several insurgents" and "the eight insurgents" may be the same."""
    name = party.name.lower()
    return name.rsplit(" ", 1)[-1] if party.kind == "armed_group" else name


def is_topic(draft: Draft) -> bool:
    """A headline that only names the event ("Fact sheet on aid to X"): what it is worth, the body says."""
    bare = draft.kind == "headline" and told_by_noun(draft)
    return bare and draft.type != "armed_incident" and draft.status in ("occurred", "possible")


def some_of_them(a: Draft, b: Draft) -> bool:
    """ "fired drones and missiles … A few missiles hit a base": weapons of the salvo before, for nobody fires them anew."""
    classes = {m.class_ for m in b.materiel}
    fired = bool(a.roles.get("initiator")) and not b.roles.get("initiator")
    return fired and bool(classes) and classes <= {m.class_ for m in a.materiel}
