"""One event, one record: drafts of an article that tell the same event become one.

In: drafts in text order. Out: fewer drafts, with united slots and all their evidence. Two drafts join only when nothing
in them conflicts and one refers back to the other: the same parties, the headline and its lead, a definite description.
"""

from __future__ import annotations

from tocsin.coding.draft import Draft
from tocsin.coding.joining.apart import (
    answered,
    crossed,
    downed_and_struck,
    numbered_apart,
    other_doers,
    overlap,
    places_conflict,
    same_shot,
    several_places,
    share_out,
    summed,
    times_conflict,
    told_apart,
    tolls_conflict,
    war_and_strike,
)
from tocsin.coding.joining.told_again import killed_again, without_lands
from tocsin.coding.joining.unite import called, is_topic, some_of_them, unite

_BY_NAME = frozenset({"weapons_test", "arms_transfer"})  # events that differ where the weapons named differ
_ANY_GOODS = frozenset({"unspecified", "military_aid_money", "other"})  # "weapons" may be tanks
_LEAD = 2  # sentences after a headline that may tell its event
BREAKS = frozenset({"withdrawal", "violation"})  # who leaves or breaks a pact does not make it
JUDGING = frozenset({"condemnation", "accusation"})
_OF_EACH = JUDGING | {"support", "promise"}
_HELD = frozenset({"meeting", "military_exercise"})
_IN_PERSON = frozenset({"summit", "visit"})
_FORCE = frozenset({"attack", "shelling", "air_strike", "missile_strike", "bombing", "clash"})

_INCIDENTS_APART = (
    war_and_strike, numbered_apart, told_apart, downed_and_struck, answered, summed, several_places, other_doers,
)


def merge(drafts: list[Draft]) -> list[Draft]:
    """Join drafts that tell the same event."""
    kept: list[Draft] = []
    for draft in without_lands(drafts):
        for earlier in reversed(kept):
            if same_event(earlier, draft):
                earlier.status = draft.status if announces(earlier, draft) else earlier.status
                unite(earlier, draft)
                break
        else:
            kept.append(draft)
    wholes = [d for d in kept if share_out(d, kept)]
    return _exchanges([d for d in kept if all(d is not whole for whole in wholes)])


def _exchanges(drafts: list[Draft]) -> list[Draft]:
    """ "They exchanged fire" is evidence of what each side is told to have done to the other, and no third event."""
    kept = []
    for draft in drafts:
        sides = draft.countries("initiator")
        mutual = draft.subtype == "clash" and len(sides) == 2 and not draft.roles.get("target")
        acts = [
            d
            for d in drafts
            if mutual
            and d.type == draft.type
            and d.subtype in _FORCE - {"clash"}
            and d.status == draft.status
            and len(d.countries("initiator")) == len(d.countries("target")) == 1
            and d.countries("initiator") | d.countries("target") == sides
            and not (times_conflict(d.time, draft.time) or places_conflict(d, draft))
        ]
        for act in acts:
            act.sentences += [s for s in draft.sentences if s not in act.sentences]
            if act.time.basis != "stated" and draft.time.basis == "stated":
                act.time = draft.time
        if not acts:
            kept.append(draft)
    return kept


def same_event(a: Draft, b: Draft) -> bool:
    """Whether two drafts of an article tell one event."""
    if killed_again(a, b):
        return True
    if a.type != b.type or crossed(a, b) or not _subtypes_agree(a, b) or not _statuses_agree(a, b):
        return False
    if _same_speech(a, b) or _same_members(a, b):
        return True
    if a.type == "meeting" and _other_people(a, b):
        return False
    if a.type == "armed_incident" and any(apart(a, b) for apart in _INCIDENTS_APART):
        return False
    if a.in_drill and b.in_drill and not same_shot(a, b):
        return False
    if a.type == "statement" and "headline" not in (a.kind, b.kind) and not (_meant(a) and _meant(b)):
        return False
    shared = a.kind == "headline" and b.type == "armed_incident" and b.sentences[0] - a.sentences[-1] <= _LEAD
    for role in a.roles:
        first, second = _told(a, role), _told(b, role)
        if first and second:
            if not (first <= second or second <= first) or (role == "speaker" and other_speakers(a, b)):
                return False
            shared = True
    if not shared:
        return False
    return not (_counts_conflict(a, b) or tolls_conflict(a, b) or times_conflict(a.time, b.time) or places_conflict(a, b))


def _same_members(a: Draft, b: Draft) -> bool:
    """ "X belongs to the bloc, which also includes Y": one membership, told in one sentence."""
    told = a.type == "agreement" and a.subtype == b.subtype == "membership" and set(a.sentences) & set(b.sentences)
    bodies = _told(a, "body") if told else frozenset()
    return bool(bodies) and bodies == _told(b, "body")


def other_speakers(a: Draft, b: Draft) -> bool:
    """Whether one speaks alone in one statement of the body and with others in the other: each is its own occasion."""
    first, second = a.countries("speaker"), b.countries("speaker")
    few, many = sorted((len(first), len(second)))
    return "headline" not in (a.kind, b.kind) and few == 1 and many > (2 if a.subtype in JUDGING else 1)


def _other_people(a: Draft, b: Draft) -> bool:
    """Whether a state is represented by one person in one meeting and by another in the other: a president's and his
    adviser's are two."""
    first, second = ({(p.country, p.id) for p in d.roles["participant"] if p.kind == "person" and p.id} for d in (a, b))
    shared = {country for country, _ in first} & {country for country, _ in second}
    return any(not {i for c, i in first if c == s} & {i for c, i in second if c == s} for s in shared)


def _told(draft: Draft, role: str) -> frozenset[str]:
    """Who fills a role, but for victims of no known side: "dozens" can be anybody's."""
    anyone = role == "supplier"  # "30 countries gave" is not what one of them gave
    nobody = ("population", "unidentified")
    parties = [p for p in draft.roles.get(role, []) if p.country or p.id or anyone or p.kind not in nobody]
    return frozenset(p.country or p.id or called(p) for p in parties)


def _same_speech(a: Draft, b: Draft) -> bool:
    """One speaker's acts of one kind in sentences that follow each other are one, whomever each names."""
    if a.type != "statement" or a.subtype != b.subtype or a.countries("speaker") != b.countries("speaker"):
        return False
    sides = [[*d.roles["addressee"], *d.roles["about"]] for d in (a, b)]
    known = all(side and all(p.country or p.id for p in side) for side in sides)
    if known and a.subtype in _OF_EACH and not _meant(a) & _meant(b) and not set(a.sentences) & set(b.sentences):
        return False  # two who are blamed, praised, helped, each in a sentence of its own
    return bool(a.countries("speaker")) and min(abs(i - j) for i in a.sentences for j in b.sentences) <= 1


def _meant(draft: Draft) -> frozenset[str]:
    """Whom a statement is aimed at or about."""
    return draft.countries("addressee") | draft.countries("about")


def _subtypes_agree(a: Draft, b: Draft) -> bool:
    if a.subtype == b.subtype:
        return True
    if BREAKS & {a.subtype, b.subtype}:
        return False
    if a.type == "agreement" and {a.subtype, b.subtype} == {None, "accession"}:
        return False  # who ratifies an accession does not accede
    if None in (a.subtype, b.subtype):
        return True
    if a.type == "armed_incident":
        return {a.subtype, b.subtype} <= _FORCE and ("attack" in (a.subtype, b.subtype) or some_of_them(a, b))
    if a.type == "meeting" and "call" in (a.subtype, b.subtype) and {a.subtype, b.subtype} & _IN_PERSON:
        return False  # "in a call they discussed the outcomes of their summit"
    return a.type in ("arms_transfer", "military_exercise", "meeting")


def _statuses_agree(a: Draft, b: Draft) -> bool:
    return a.status == b.status or is_topic(a) or _ordered(a, b) or announces(a, b)


def _ordered(a: Draft, b: Draft) -> bool:
    """A headline that tells of strikes, and the body that they were ordered: they have been carried out."""
    named = a.kind == "headline" and a.type == "armed_incident" and a.status == "occurred"
    return named and b.status == "planned" and b.candidate.clause.kind == "noun"


def announces(a: Draft, b: Draft) -> bool:
    """ "N and M hold a drill" over "N and M will hold a drill on Wednesday": a headline tells what is to come so."""
    clause = a.candidate.clause
    verb = clause.support or clause.token
    present = a.kind == "headline" and a.status == "occurred" and verb.tag in ("VBP", "VBZ")
    return present and a.type in _HELD and b.status == "planned" and b.time.basis == "stated" and a.time.basis != "stated"


def _counts_conflict(a: Draft, b: Draft) -> bool:
    named = [{m.designation for m in d.materiel if m.designation} for d in (a, b)]
    if named[0] and named[1] and not named[0] & named[1] and a.type in _BY_NAME:
        return True
    if a.type == "arms_transfer" and "headline" not in (a.kind, b.kind) and other_goods(a, b):
        return True
    if a.personnel and b.personnel and not overlap(a.personnel, b.personnel):
        return True
    return any(
        x.class_ == y.class_ and x.count.min is not None and y.count.min is not None and not overlap(x.count, y.count)
        for x in a.materiel
        for y in b.materiel
    )


def other_goods(a: Draft, b: Draft) -> bool:
    """Whether two transfers each name their goods, and none of one is of a kind of the other."""
    first, second = ({m.class_ for m in d.materiel} - _ANY_GOODS for d in (a, b))
    return bool(first and second and not first & second)
