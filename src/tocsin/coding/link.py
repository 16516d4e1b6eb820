"""Joins drafts that tell one event in one sentence, and lends what a definite description refers to.

In: the drafts of a sentence, those before it. Out: fewer drafts. "X was killed in an air strike by Y": the killing and the
strike are one incident; each gives the roles that the other lacks.
"""

from __future__ import annotations

from tocsin.coding.merge import Draft, unite
from tocsin.syntax import Clause

_REACH = 3  # sentences that "the attack" may look back


def link_sentence(drafts: list[Draft], told_by: frozenset[str]) -> list[Draft]:
    """Unite drafts of one sentence where the predicate of one is an argument of the other; ``told_by`` are the
    conjunctions of a clause of time that tells the same event."""
    kept: list[Draft] = []
    for draft in drafts:
        partner = next(
            (k for k in kept if k.type == draft.type and (_same_event(k, draft, told_by) or _toll_of(k, draft))), None
        )
        if partner is None:
            kept.append(draft)
        else:
            first, second = (partner, draft) if partner.candidate.clause.kind == "verb" else (draft, partner)
            _join(first, second)
            kept[kept.index(partner)] = first
    return kept


def _same_event(a: Draft, b: Draft, told_by: frozenset[str]) -> bool:
    one, two = a.candidate.clause, b.candidate.clause
    if _is_theme(one, two) or _is_theme(two, one):
        return True
    if a.status != b.status:
        return False
    if a.subtype and b.subtype and a.subtype != b.subtype and a.type != "armed_incident":
        return False
    if _told_by(a, b, told_by) or _told_by(b, a, told_by):
        return True
    return _carries(one, two) or _carries(two, one) or _participle(one, two) or _participle(two, one)


def _told_by(toll: Draft, attack: Draft, words: frozenset[str]) -> bool:
    """ "Ten people are killed when rebels attack a village": the clause of time tells the event of the toll."""
    inner, outer = attack.candidate.clause, toll.candidate.clause
    if not toll.candidate.frame.raw.get("toll") or inner.token.dep != "advcl" or inner.token.head != outer.token.i:
        return False
    marks = {k.lower for k in inner.sentence.kids(inner.token, "mark", "advmod")}
    return bool(marks & words)


def _is_theme(verb: Clause, noun: Clause) -> bool:
    """Whether the event noun is the object of the other draft's verb ("opened a naval base")."""
    return verb.kind == "verb" and noun.kind == "noun" and any(a.token.i == noun.token.i for a in verb.get("obj"))


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
    while outer.sentence.tokens[head].dep == "conj" and head != outer.token.i:
        head = outer.sentence.tokens[head].head
    return head in (outer.token.i, outer.support.i if outer.support else -1) or _noun_of(outer, head)


def _noun_of(outer: Clause, head: int) -> bool:
    return outer.kind == "noun" and outer.sentence.tokens[outer.token.i].head == head


def _join(first: Draft, second: Draft) -> None:
    """Unite, but let people hit by the verb stand before the place that the noun names."""
    for role, parties in list(second.roles.items()):
        if first.roles.get(role) and role != "participant":
            second.roles[role] = []
        elif role in ("initiator", "target"):
            taken = {p.country or p.name for r in first.roles for p in first.roles[r] if r != role}
            second.roles[role] = [p for p in parties if (p.country or p.name) not in taken or p.kind not in ("state",)]
    if first.subtype in ("attack", None) and second.subtype not in ("attack", None):
        first.subtype = second.subtype
    unite(first, second)


def _toll_of(incident: Draft, toll: Draft) -> bool:
    """ "The post was attacked, and ten soldiers were killed": a toll without a doer belongs to the incident before it."""
    if not toll.candidate.frame.raw.get("toll") or toll.roles.get("initiator") or incident.status != toll.status:
        return False
    return not incident.candidate.frame.raw.get("toll") or not incident.roles.get("target")


def refer_back(draft: Draft, before: list[Draft]) -> Draft | None:
    """The earlier draft that a definite event noun ("the attack", "the exercise") stands for, where it adds no rival."""
    clause = draft.candidate.clause
    index = clause.sentence.index
    last = next((d for d in reversed(before) if d.type == draft.type), None)
    if last is not None and index - max(last.sentences) <= 1 and _toll_of(last, draft):
        if last.roles.get("target"):
            draft.roles["target"] = []
        return last
    if any("responsibility" in e.types for e in draft.candidate.parts.get("theme") or []):
        return next(
            (
                d
                for d in reversed(before)
                if d.type == draft.type and not d.roles.get("initiator") and d.status == draft.status
            ),
            None,
        )
    if not _definite_event(draft):
        return None
    for earlier in reversed(before):
        if earlier.type == draft.type and index - max(earlier.sentences) <= _REACH and earlier.status == draft.status:
            return earlier if _compatible(earlier, draft) else None
    return None


def _definite_event(draft: Draft) -> bool:
    """ "the attack" without a doer of its own, or a verb whose object it is ("claimed the attack")."""
    clause = draft.candidate.clause
    if clause.kind == "noun":
        return clause.definite and not clause.get("poss", "nat")
    theme = draft.candidate.parts.get("theme") or []
    return any(e.definite and "attack" in e.types and not e.parties for e in theme)


def _compatible(earlier: Draft, draft: Draft) -> bool:
    for role in draft.roles:
        a, b = earlier.countries(role), draft.countries(role)
        if a and b and not (a <= b or b <= a):
            return False
    return True
