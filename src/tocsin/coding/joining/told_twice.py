"""What an article tells twice in two kinds: a town entered and taken in one breath, a visit planned and then made.

In: the finished drafts of an article. Out: those that stand, without the lesser telling of each pair.
"""

from __future__ import annotations

from tocsin.coding.draft import Draft

_MET = frozenset({"visit", "talks", "summit"})


def once(drafts: list[Draft]) -> list[Draft]:
    """The drafts without entries that are captures and plans that are carried out further on."""
    return [d for d in drafts if not any(_entered_and_took(d, o) or _was_made(d, o) for o in drafts if o is not d)]


def _entered_and_took(entry: Draft, taking: Draft) -> bool:
    """ "The Taliban entered the town, capturing large parts of it": one advance."""
    if entry.type != "deployment" or entry.subtype != "deploy" or taking.subtype != "capture":
        return False
    took = taking.candidate.clause
    joined = took.token.dep in ("advcl", "conj", "acl") and took.token.head == entry.candidate.clause.token.i
    same = entry.countries("force") and entry.countries("force") <= taking.countries("initiator")
    return bool(joined and same and entry.candidate.clause.sentence is took.sentence)


def _was_made(plan: Draft, made: Draft) -> bool:
    """ "directed her adviser to travel to Ramallah. … He travelled on Sunday": the plan is the visit."""
    if plan.type != "meeting" or made.type != "meeting" or plan.status != "planned" or made.status != "occurred":
        return False
    if plan.subtype != "visit" or made.subtype not in _MET or plan.time.earliest is not None:
        return False
    later = max(made.sentences) > min(plan.sentences) <= min(made.sentences)
    return later and plan.countries("participant") == made.countries("participant")
