"""Joins drafts that tell one event in one sentence.

In: the drafts of a sentence. Out: fewer drafts. "X was killed in an air strike by Y": each gives the roles the other lacks.
"""

from __future__ import annotations

from tocsin.coding.draft import BARE, Draft
from tocsin.coding.joining.apart import (
    answered,
    crossed,
    exchanged,
    others_met,
    places_conflict,
    stands_before,
    times_conflict,
)
from tocsin.coding.joining.merge import BREAKS
from tocsin.coding.joining.unite import BYSTANDERS, both_taken, unite
from tocsin.language.tokens import Sentence, Token
from tocsin.model import Party
from tocsin.syntax import Clause

_EARLIER = frozenset({"after", "since", "because"})
_BESIDE = frozenset({"conj", "advcl", "parataxis"})


def link_sentence(drafts: list[Draft], told_by: frozenset[str], whose: frozenset[str]) -> list[Draft]:
    """Unite drafts of one sentence where the predicate of one is an argument of the other; ``told_by`` are the
    conjunctions of a clause of time that tells the same event, ``whose`` the pronouns of who was told before."""
    kept: list[Draft] = []
    for draft in drafts:
        partner = next(
            (k for k in kept if k.type == draft.type and not others_met(k, draft)
             and (_same_event(k, draft, told_by) or _one_toll(k, draft))), None
        )
        if partner is None:
            kept.append(draft)
        else:
            death = partner.candidate.clause.kind == draft.candidate.clause.kind == "noun" and hurts(partner)
            told_first = death or partner.candidate.clause.kind == "verb"
            first, second = (partner, draft) if told_first else (draft, partner)
            for toll, incident in ((first, second), (second, first)):
                if hurts(toll) and not hurts(incident) and toll.roles.get("target") and _their_own(incident, whose):
                    incident.roles["target"] = []  # "two were killed as their convoy was hit": the people first
            if _one_blow(first, second):
                known = first.countries("target")
                first.roles["target"] += [p for p in second.roles["target"] if p.country and p.country not in known]
            elif _on_the_place(first, second):
                second.roles["target"] = []
            elif hurts(first) and not hurts(second):
                spare(first, second)
            elif hurts(second):
                spare(second, first)
            if _killed_in_fight(first, second):
                first.subtype, first.rule, first.roles = second.subtype, second.rule, dict(second.roles)
            _join(first, second)
            kept[kept.index(partner)] = first
    return kept


def _their_own(incident: Draft, whose: frozenset[str]) -> bool:
    """Whether what is hit belongs to those who were told before ("their convoy")."""
    hit = incident.roles.get("target") or []
    return bool(hit) and all(p.text.lower().split(" ")[0] in whose and " " in p.text for p in hit)


def hurts(draft: Draft) -> bool:
    """Whether the wording tells who was hurt rather than what was done."""
    raw = draft.candidate.frame.raw
    return bool(raw.get("toll") or raw.get("hurts"))


def spare(toll: Draft, incident: Draft) -> None:
    """Bystanders counted in a toll are no second target beside what was attacked; fallen attackers are none at all."""
    beside = toll.candidate.clause.sentence.kids(toll.candidate.clause.token, "advmod")
    if incident.roles.get("target") and any(k.lower == "also" for k in beside):
        toll.roles["target"] = []  # "X, who was also killed": not whom it was aimed at
    if incident.roles.get("target"):
        toll.roles["target"] = [
            p for p in toll.roles["target"] if p.kind not in BYSTANDERS and (p.country or p.kind != "armed_group")
        ]


def _one_toll(a: Draft, b: Draft) -> bool:
    """Whether a toll and an attack of one sentence, or two tolls of coordinated verbs, tell one incident: "ten people
    were killed and the post was burnt", "killed five and wounded 110". Other doers, victims, places, days: they do not."""
    if a.status != b.status or not (hurts(a) or hurts(b)) or a.brought_down or b.brought_down:
        return False
    one, two = a.candidate.clause, b.candidate.clause
    if _came_before(a, b) or _came_before(b, a) or _others_deed(a, b):
        return False
    if (hurts(a) and is_before(one, two)) or (hurts(b) and is_before(two, one)):
        return False
    if hurts(a) and hurts(b) and not _coordinated(a.candidate.clause, b.candidate.clause):
        return False
    return agree(a, b)


def is_before(toll: Clause, attack: Clause) -> bool:
    """ "X struck Y after two soldiers were killed": what stands below "after" is not what the attack did."""
    marks = {k.lower for k in toll.sentence.kids(toll.token, "mark", "case")}
    if toll.sentence.index != attack.sentence.index or toll.token.dep != "advcl":
        return False
    return bool(marks & _EARLIER) and attack.token.i in _above(toll.sentence, toll.token)


def agree(a: Draft, b: Draft) -> bool:
    """Whether nothing in two drafts of incidents speaks against one event: doers, victims' states, places, days."""
    first, second = a.countries("initiator"), b.countries("initiator")
    if (first and second and not (first <= second or second <= first)) or _turned(a, b) or _turned(b, a):
        return False
    # where a frame's target is the place, whoever died there may be of another state
    placed = [bool(d.candidate.frame.raw.get("target_is_place")) for d in (a, b)]
    states = [
        set() if here else {p.country for p in d.roles.get("target", []) if p.country and p.sector != BARE}
        for d, here in zip((a, b), placed, strict=True)
    ]
    if states[0] and states[1] and not states[0] & states[1] and not _one_blow(a, b):
        return False
    return not (crossed(a, b) or answered(a, b) or times_conflict(a.time, b.time) or places_conflict(a, b))


def _one_blow(a: Draft, b: Draft) -> bool:
    """ "the attack, which wounded two of N and killed one of M": what an attack did to several is one attack."""
    subjects = [{e.head for x in d.candidate.clause.get("subj") for e in x.entities if "attack" in e.types} for d in (a, b)]
    return hurts(a) and hurts(b) and bool(subjects[0] & subjects[1])


def _coordinated(a: Clause, b: Clause) -> bool:
    """Whether one verb is coordinated with, a participle of, or in a relative clause below the other."""
    for inner, outer in ((a.token, b.token), (b.token, a.token)):
        if inner.dep in _BESIDE and inner.head == outer.i:
            return True
        if inner.dep == "acl:relcl" and outer.i in _above(a.sentence, inner):
            return True
    return False


def _above(sentence: Sentence, token: Token) -> set[int]:
    """Indices of all tokens above one."""
    found: set[int] = set()
    parent = sentence.parent(token)
    while parent is not None and parent.i not in found:
        found.add(parent.i)
        parent = sentence.parent(parent)
    return found


def _same_event(a: Draft, b: Draft, told_by: frozenset[str]) -> bool:
    one, two = a.candidate.clause, b.candidate.clause
    if a.type == "agreement" and {a.subtype, b.subtype} == {None, "accession"}:
        return False  # who ratifies an accession does not accede
    if "speaker" in a.roles and a.countries("speaker") and not a.countries("speaker") & b.countries("speaker"):
        return not b.countries("speaker") and (_is_theme(one, two) or _is_theme(two, one))  # "denied N's claim": N claims
    if _is_theme(one, two) or _is_theme(two, one):
        return True
    if a.status != b.status or exchanged(a, b) or _others_deed(a, b):
        return False
    if any(apart(*pair) for apart in (_came_before, _own_side, _turned) for pair in ((a, b), (b, a))):
        return False
    if a.subtype and b.subtype and a.subtype != b.subtype and a.type != "armed_incident":
        return False
    if a.subtype != b.subtype and BREAKS & {a.subtype, b.subtype}:
        return False
    if _told_by(a, b, told_by) or _told_by(b, a, told_by):
        return True
    if a.type != "armed_incident" and (stands_before(one, two) or stands_before(two, one)):
        return False
    return _carries(one, two) or _carries(two, one) or _participle(one, two) or _participle(two, one)


def _others_deed(a: Draft, b: Draft) -> bool:
    """ "X carried out air strikes, together with an attack by Y": two known doers, two deeds."""
    first, second = ({p.country or p.id for p in d.roles.get("initiator", []) if p.country or p.id} for d in (a, b))
    return a.subtype != "clash" and b.subtype != "clash" and bool(first and second) and not first & second


def _came_before(deed: Draft, earlier: Draft) -> bool:
    """ "Following the strike on X, the army carried out an assault at Y": what stands behind "following" is another deed,
    unless all that is told of it is who was hurt."""
    clause, noun = deed.candidate.clause, earlier.candidate.clause
    marks = {k.lower for k in noun.sentence.kids(noun.token, "case")}
    behind = noun.kind == "noun" and bool(marks & (_EARLIER | {"following"}))
    participle = clause.token.tag == "VBG" and clause.token.dep == "advcl"  # "carried out an assault, killing five"
    return deed.type == "armed_incident" and behind and (participle or (clause.kind == "noun" and not hurts(deed)))


def _turned(a: Draft, b: Draft) -> bool:
    """ "killed two insurgents who were planting a bomb": who is hit in one does the other."""
    hit = {(p.start, p.end) for p in a.roles.get("target", [])} if "clash" not in (a.subtype, b.subtype) else set()
    return any((p.start, p.end) in hit for p in b.roles.get("initiator", []))


def _own_side(act: Draft, blow: Draft) -> bool:
    """ "X's soldiers repelled an attack on their base, killing ten": what hit X's side is not what X did."""
    doers, theirs = act.countries("initiator"), act.countries("target")
    hit = {p.country for p in blow.roles.get("target", []) if p.country and p.kind != "armed_group"}
    foes = act.roles.get("target") or []
    return bool(doers & hit) and bool(foes) and not theirs & hit and not blow.countries("initiator") & doers


def _told_by(toll: Draft, attack: Draft, words: frozenset[str]) -> bool:
    """ "Ten people are killed when rebels attack a village": the clause of time tells the event of the toll."""
    inner, outer = attack.candidate.clause, toll.candidate.clause
    heads = {i for s, i in toll.anchors if s == outer.sentence.index}  # "three were killed and two wounded when …"
    told = toll.candidate.frame.raw.get("toll") and not attack.brought_down
    if not told or inner.token.dep != "advcl" or inner.token.head not in heads:
        return False
    marks = {k.lower for k in inner.sentence.kids(inner.token, "mark", "advmod")}
    return bool(marks & words)


def _is_theme(verb: Clause, noun: Clause) -> bool:
    """Whether the event noun is the object of the other draft's verb ("opened a naval base")."""
    return verb.kind == "verb" and noun.kind == "noun" and any(a.token.i == noun.token.i for a in verb.get("obj"))


def _on_the_place(kill: Draft, raid: Draft) -> bool:
    """ "X killed two rebels during a raid in Y": whom X killed was hit, not the state where it was."""
    death = kill.candidate.clause.kind == "noun"  # "the death of a leader in an air strike in Y"
    slots = ("in", "by") if death else ("subj",)
    strike = any(a.token.i == raid.candidate.clause.token.i for a in kill.candidate.clause.get(*slots))
    done = kill.roles.get("initiator") or strike  # "an insurgent team was killed by an air strike in Y"
    both = (strike if death else done) and kill.roles.get("target")
    placed = bool(raid.candidate.frame.raw.get("target_is_place")) and not raid.roles.get("initiator")
    return bool(both) and hurts(kill) and placed and (death or any(not p.country for p in kill.roles["target"]))


def _killed_in_fight(fight: Draft, kill: Draft) -> bool:
    """ "engaged and killed the insurgents": who kills is not just one side of a fight."""
    sides = bool(kill.roles.get("initiator") and kill.roles.get("target"))
    inner, outer = kill.candidate.clause, fight.candidate.clause
    joined = inner.token.dep == "conj" or (inner.token.tag == "VBG" and outer.lemma == "engage")  # "engaged, killing two"
    joined = joined and inner.token.head == outer.token.i and inner.kind == "verb"
    return fight.subtype == "clash" and joined and sides and bool(kill.candidate.frame.raw.get("hurts"))


def _carries(outer: Clause, inner: Clause) -> bool:
    """Whether the inner predicate is an argument of the outer, or its light verb."""
    if inner.support is not None and inner.support.i == outer.token.i:
        return True
    tokens = {a.token.i for slot, args in outer.args.items() for a in args if slot not in ("purpose", "poss", "nat")}
    tokens |= {
        e.head
        for slot, args in outer.args.items()
        for a in args
        for e in a.entities
        if slot not in ("purpose", "poss", "nat")
    }
    return inner.token.i in tokens and inner.kind == "noun"


def _participle(outer: Clause, inner: Clause) -> bool:
    """ "attacked the base, killing ten": a participle without a subject of its own tells the same event."""
    token = inner.token
    if token.tag != "VBG" or token.dep not in ("advcl", "acl", "conj"):
        return False
    head = token.head
    doer = outer.sentence.tokens[head]
    if doer.dep == "obl:agent" and doer.head == outer.token.i:
        return True  # "kidnapped by bandits raiding a school"
    while outer.sentence.tokens[head].dep == "conj" and head != outer.token.i:
        head = outer.sentence.tokens[head].head
    return head in (outer.token.i, outer.support.i if outer.support else -1) or _noun_of(outer, head)


def _noun_of(outer: Clause, head: int) -> bool:
    return outer.kind == "noun" and outer.sentence.tokens[outer.token.i].head == head


def _rebel(party: Party) -> bool:
    """Somebody of an armed group, whom the state that he comes from may well have hit."""
    return party.kind == "armed_group" or party.sector in ("REB", "CRM")


def _join(first: Draft, second: Draft) -> None:
    """Unite, but let people hit by the verb stand before the place that the noun names."""
    for role, parties in list(second.roles.items()):
        if role == "target" and both_taken(first, second):
            first.roles[role] += parties
            first.taken_apart = True
        if first.roles.get(role) and role != "participant":
            second.roles[role] = []
        elif role in ("initiator", "target") and second.subtype != "clash":
            taken = {p.country or p.name for r in first.roles for p in first.roles[r] if r != role and not _rebel(p)}
            second.roles[role] = [p for p in parties if (p.country or p.name) not in taken or p.kind not in ("state",)]
    if first.subtype in ("attack", None) and second.subtype not in ("attack", None):
        first.subtype = second.subtype
    unite(first, second)
