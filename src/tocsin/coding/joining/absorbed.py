"""Drops what only says again, in other words of its clause, what another draft of the sentence tells.

In: the drafts of a sentence. Out: fewer drafts. The barrage that a test fires is the test, the way to a strike the strike.
"""

from __future__ import annotations

from tocsin.coding.draft import Draft


def absorb(drafts: list[Draft]) -> list[Draft]:
    """Drop what only says again, in other words of its clause, what another draft of the sentence tells: the barrage of
    missiles that a test fires, the servicemen whom a drill mobilises (they are its personnel)."""
    dropped: list[Draft] = []
    for draft in drafts:
        clause = draft.candidate.clause
        for other in drafts:
            above = other.candidate.clause
            if draft.type == "armed_incident" and other.type == "weapons_test" and clause.kind == "noun":
                if any(a.token.i == clause.token.i for a in above.get("obj")):
                    dropped.append(draft)
            elif draft.subtype == "border_violation" and other is not draft and _on_its_way(draft, other):
                dropped.append(draft)
            elif draft.type == "deployment" and other.type == "military_exercise" and clause.token.tag == "VBG":
                heads = {above.token.i} | ({above.support.i} if above.support else set())
                if clause.token.dep in ("advcl", "acl", "conj") and clause.token.head in heads:
                    other.personnel = other.personnel or draft.personnel
                    dropped.append(draft)
    return [d for d in drafts if all(d is not gone for gone in dropped)]


def _on_its_way(crossing: Draft, strike: Draft) -> bool:
    """ "Jets crossed into X and bombed a depot": the way to a strike is no event beside it."""
    if strike.type != "armed_incident":
        return False
    same = crossing.countries("initiator") == strike.countries("initiator")
    same = same and {p.country for p in strike.roles["target"] if p.country} <= crossing.countries("target")
    way = crossing.candidate.frame.class_ == "into"
    return way and strike.subtype != "border_violation" and same
