"""How the numbers and the equipment of two records stand to each other. In: two faces. Out: reasons."""

from __future__ import annotations

from functools import partial

from tocsin.incidents.model import AHEAD, Face, Line, Range, Reason
from tocsin.incidents.rules import Rules
from tocsin.knowledge.folding import fold


def compare_counts(one: Face, other: Face, rules: Rules) -> Reason:
    """Counts of equipment and of troops: the best agreement of lines of one kind, else the difference. Of a plan and its
    deed, and of what came in parts, the numbers need not be the same."""
    pairs = [((a.low, a.high), (b.low, b.high)) for a in one.lines for b in other.lines if _of_one_kind(a, b)]
    if one.people and other.people:
        pairs.append((one.people, other.people))
    levels = [(level, a, b) for a, b in pairs if (level := _level(a, b, rules)) != "unknown"]
    if not levels:
        return Reason("count", "unknown", rules.points["count", "unknown"])
    order = ("same", "same_few", "close", "differs")
    level, a, b = min(levels, key=lambda found: order.index(found[0]))
    if level == "differs" and (one.status in AHEAD) != (other.status in AHEAD):
        level = "close"
    return Reason("count", level, rules.points["count", level], lambda: {"one": shown(a), "other": shown(b)})


def compare_tolls(one: Face, other: Face, rules: Rules, *, sides: bool) -> list[Reason]:
    """People killed, wounded, captured. Where two ``sides`` suffer, each report may count its own: no difference then."""
    found = []
    for kind in sorted(one.tolls.keys() & other.tolls.keys()):
        a, b = one.tolls[kind], other.tolls[kind]
        level = _toll(a, b, rules)
        level = "unknown" if sides and level in ("close", "differs", "far") else level
        found.append(Reason("toll", level, rules.points["toll", level], partial(_told, kind, a, b)))
    return found


def compare_equipment(one: Face, other: Face, rules: Rules) -> Reason:
    """Models and classes of equipment."""
    models = shared_models(one, other)
    classes = {line.class_ for line in one.lines} & {line.class_ for line in other.lines}
    told = all(line.class_ not in ("unspecified", "other") for line in (*one.lines, *other.lines))
    both = bool(one.lines and other.lines)
    named = [{fold(line.model) for line in face.lines if line.model} for face in (one, other)]
    others = all(named) and not any(a.startswith(b) or b.startswith(a) for a in named[0] for b in named[1])
    level = ("model" if models else "class" if classes and not others else "differs" if both and told else "unknown")
    return Reason("equipment", level, rules.points["equipment", level], lambda: {
        "one": _listed(one), "other": _listed(other), "shared": ", ".join(sorted(models or classes))})


def shared_models(one: Face, other: Face) -> set[str]:
    """The models that both records name."""
    return {line.model for line in one.lines if line.model} & {line.model for line in other.lines if line.model}


def shown(bounds: Range) -> str:
    """A range in figures."""
    low, high = bounds
    return str(low) if low == high else f"{'' if low is None else low}–{'' if high is None else high}"


def ratio(one: Range, other: Range) -> float | None:
    """The smaller count by the larger, 1 where the ranges meet; None where neither says enough."""
    lows, highs = (one[0], other[0]), (one[1], other[1])
    if (lows[0] is None and highs[0] is None) or (lows[1] is None and highs[1] is None):
        return None
    if _below(one, other) or _below(other, one):
        below, above = (one, other) if _below(one, other) else (other, one)
        return (below[1] or 0) / above[0] if above[0] else 1.0
    return 1.0


def _below(one: Range, other: Range) -> bool:
    return one[1] is not None and other[0] is not None and one[1] < other[0]


def _level(one: Range, other: Range, rules: Rules) -> str:
    share = ratio(one, other)
    if share is None:
        return "unknown"
    if one == other and one[0] == one[1]:
        return "same" if (one[0] or 0) > rules.limits["few"] else "same_few"
    return "close" if share >= rules.limits["close"] else "differs"


def _toll(one: Range, other: Range, rules: Rules) -> str:
    share = ratio(one, other)
    if share is None:
        return "unknown"
    if one == other and one[0] == one[1]:
        if not one[0]:
            return "none"
        return ("same_many" if one[0] >= rules.limits["rare"] else "same" if one[0] > rules.limits["few"] else "same_few")
    if share == 1.0:
        return "unknown"
    return "close" if share >= rules.limits["close"] else "far" if share < rules.limits["far"] else "differs"


def _of_one_kind(one: Line, other: Line) -> bool:
    return one.model == other.model if one.model and other.model else one.class_ == other.class_


def _told(kind: str, one: Range, other: Range) -> dict[str, str]:
    return {"kind": kind, "one": shown(one), "other": shown(other)}


def _listed(face: Face) -> str:
    return ", ".join(line.model or line.class_ for line in face.lines)
