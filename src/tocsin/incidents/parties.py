"""How the parties of two records stand to each other, role by role.

In: two faces. Out: a reason for each role that either fills, and whether the roles are turned round.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tocsin.incidents.model import STATE_KINDS, Face, Reason, Side
from tocsin.incidents.naming import in_a_row
from tocsin.incidents.rules import Rules, TypeRule

_RANK = {"same": 4, "part": 3, "related": 2, "unknown": 1, "different": 0, "loosely": 0}
_AGREES = 2
_VAGUE = frozenset({"unidentified", "population", "ngo", "company", "media", "person"})


def compare_parties(one: Face, other: Face, rule: TypeRule, rules: Rules) -> list[Reason]:
    """A reason for each role; one for all together where the roles may stand either way."""
    if (rule.mutual and len(rule.roles) == 1) or either_way(one, other, rule):
        return [_reason("sides", one.sides, other.sides, rules)]
    found = [_reason(role, one.roles[at], other.roles[at], rules, loose=role in rule.loose)
             for at, role in enumerate(rule.roles)]
    if rule.mutual:  # the first role is a set of equals, the second says where or in which body
        return found if _RANK.get(found[0].level, _AGREES) else [*found, _never(rules, "nobody", one, other)]
    if rule.denial_frees and "denied" in (one.status, other.status) and found[0].level == "different":
        found[0] = Reason("who", "unknown", rules.points["who", "unknown"], found[0].tell)
    if len(found) > 1 and _turned(one, other, found):
        found.append(_never(rules, "swapped", one, other))
    elif all(reason.level in ("different", "loosely") for reason in found):
        found.append(_never(rules, "nobody", one, other))
    return found


def relation(one: Side, other: Side) -> str:
    """How one party stands to another: same, part (of one state or body), related, unknown or different."""
    if (one.id and one.id == other.id) or (one.folded == other.folded and one.country == other.country):
        return "same"
    if one.top and one.top == other.top:
        return "part"
    if "armed_group" in (one.kind, other.kind):
        return _groups(one, other)
    if one.country and one.country == other.country:
        return "part" if one.kind in STATE_KINDS and other.kind in STATE_KINDS and not _two_names(one, other) else "related"
    if one.country and other.country:
        return "different"
    if one.folded.split()[-1:] == other.folded.split()[-1:]:
        return "related"
    if "unidentified" in (one.kind, other.kind) or (one.kind in _VAGUE and other.kind in _VAGUE):
        return "unknown"
    return "different" if _known(one) and _known(other) else "unknown"


def _groups(one: Side, other: Side) -> str:
    """Armed groups: one is another only by name, or where one side is not named."""
    if one.folded.split()[-1:] == other.folded.split()[-1:]:
        return "related"
    named = [side for side in (one, other) if side.id or side.kind in STATE_KINDS]
    if len(named) == 2:
        return "different"
    if one.kind == other.kind == "armed_group" and not (one.country and other.country and one.country != other.country):
        return "unknown"
    return "different" if _known(one) and _known(other) else "unknown"


def _two_names(one: Side, other: Side) -> bool:
    """Two people, both known."""
    return one.kind == other.kind == "person" and bool(one.id and other.id)


def _known(side: Side) -> bool:
    return bool(side.id or side.country or side.kind in ("igo", "state"))


def either_way(one: Face, other: Face, rule: TypeRule) -> bool:
    """Whether the roles of two records may stand the other way round: in a clash each side acts."""
    return bool(rule.mutual_subtypes) and (one.subtype in rule.mutual_subtypes or other.subtype in rule.mutual_subtypes)


def _reason(role: str, ones: Sequence[Side], others: Sequence[Side], rules: Rules, *, loose: bool = False) -> Reason:
    found = level(ones, others)
    found = "loosely" if loose and found == "different" else found
    return Reason("who", found, rules.points["who", found], lambda: _about(role, ones, others))


def level(ones: Sequence[Side], others: Sequence[Side]) -> str:
    """The standing of two sets: of the smaller, each with its best in the larger."""
    if not ones or not others:
        return "unknown"
    small, large = (ones, others) if len(ones) <= len(others) else (others, ones)
    best = [max((relation(side, fellow) for fellow in large), key=_RANK.__getitem__) for side in small]
    lowest, highest = min(best, key=_RANK.__getitem__), max(best, key=_RANK.__getitem__)
    return "overlap" if lowest == "different" and _RANK[highest] >= _AGREES else lowest


def _turned(one: Face, other: Face, found: Sequence[Reason]) -> bool:
    """Whether the first role of each is the second of the other, where they do not agree as they stand."""
    if any(_RANK.get(reason.level, _AGREES) >= _AGREES for reason in found):
        return False
    crossed = (level(one.roles[0], other.roles[1]), level(one.roles[1], other.roles[0]))
    return any(found in ("same", "part") for found in crossed)


def _never(rules: Rules, level: str, one: Face, other: Face) -> Reason:
    return Reason("who", level, rules.points["who", level], lambda: _about("sides", one.sides, other.sides))


def _about(role: str, ones: Sequence[Side], others: Sequence[Side]) -> dict[str, Any]:
    return {"role": role, "one": in_a_row(side.name for side in ones), "other": in_a_row(side.name for side in others)}
