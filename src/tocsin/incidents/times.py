"""How the times of two records stand to each other. In: two faces. Out: one reason."""

from __future__ import annotations

import datetime as dt

from tocsin.incidents.model import AHEAD, Face, Reason, When
from tocsin.incidents.rules import Rules, TypeRule

_PLAN = frozenset({"plan", "open"})
_NEAR_PLANS, _FAR_PLANS = 3, 30  # days between two announcements


def compare_times(one: Face, other: Face, rule: TypeRule, rules: Rules) -> Reason:
    """Whether the records can be of one time; a plan and its deed by the plan's time."""
    ahead, behind = one.status in AHEAD, other.status in AHEAD
    if "none" in (one.when.kind, other.when.kind):
        level = "unknown"
    elif ahead and behind:
        level = _plans(one, other)
    elif ahead or behind:
        level = _kept(*((one, other) if ahead else (other, one)), rules)
    else:
        level = _events(one.when, other.when, rules)
        if level == "near" and one.when.kind == other.when.kind == "recent" and "denied" not in (one.status, other.status):
            level = "days_apart"
    return Reason("when", level, rules.points["when", level], lambda: {"one": told(one), "other": told(other)})


def undated(face: Face) -> bool:
    """Neither the event nor the article has a day."""
    return face.when.kind == "none" and face.report is None


def told(face: Face) -> str:
    """The time of a face in days."""
    when = face.when
    if when.kind == "none":
        return "–"
    first, last = (dt.date.fromordinal(day).isoformat() for day in (when.first, when.last))
    return {"day": first, "open": f"{first}/..", "recent": f"../{last}"}.get(when.kind, f"{first}/{last}")


def _events(one: When, other: When, rules: Rules) -> str:
    """Two things that have happened, or not."""
    kinds = {one.kind, other.kind}
    gap = max(one.first - other.last, other.first - one.last)  # days between them; below 1 where they meet
    near = rules.limits["next_day"]
    if kinds == {"day"}:
        return "same_day" if gap == 0 else "next_day" if gap <= near else "apart"
    if "long" in kinds or kinds & _PLAN:
        return "unknown" if gap <= 0 else "apart"
    if kinds == {"recent"}:
        return "reported" if abs(one.last - other.last) <= near else "near" if gap <= 0 else "apart"
    if "day" in kinds and "span" in kinds:
        return "within" if gap <= 0 else "near" if gap <= near else "apart"
    if "day" in kinds:  # and a recent past: the nearer to the report the likelier
        day, past = (one, other) if one.kind == "day" else (other, one)
        return "apart" if gap > 0 else "within" if past.last - day.first <= 2 * near else "near"
    if (one.first, one.last) == (other.first, other.last) and kinds == {"span"}:
        return "within"
    return "near" if gap <= 0 else "apart"


def _plans(one: Face, other: Face) -> str:
    a, b = one.when, other.when
    gap = max(a.first - b.last, b.first - a.last)
    if a.kind == b.kind == "plan":
        return "same_day" if (a.first, a.last) == (b.first, b.last) else "near" if gap <= 0 else "apart"
    if gap > 0:
        return "apart"
    said = abs((one.report or a.first) - (other.report or b.first))
    return "plans_near" if said <= _NEAR_PLANS else "plans_far" if said > _FAR_PLANS else "unknown"


def _kept(plan: Face, deed: Face, rules: Rules) -> str:
    """What was announced and what happened, or was said not to happen."""
    announced = plan.report if plan.report is not None else plan.when.first
    if deed.when.kind == "long":
        return "unknown" if deed.when.last >= announced else "apart"
    if deed.when.last < announced - rules.limits["next_day"]:
        return "apart"
    if plan.when.kind == "open":
        return "plan_open" if deed.when.first <= plan.when.last else "apart"
    if deed.when.first <= plan.when.last + rules.limits["next_day"] and deed.when.last >= plan.when.first - 1:
        return "plan_kept"
    return "plan_late" if plan.when.last < deed.when.first <= plan.when.last + rules.limits["late"] else "apart"
