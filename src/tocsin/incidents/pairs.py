"""Whether two records tell one event: points for each agreement and difference, thresholds, reasons.

In: two faces. Out: a ``Decision``, the same whichever comes first. It depends on the two alone, never on what else a
register holds, so that the order of adding cannot matter.
"""

from __future__ import annotations

from collections.abc import Sequence

from tocsin.incidents.amounts import compare_counts, compare_equipment, compare_tolls, shared_models
from tocsin.incidents.model import AHEAD, Decision, Face, Judgement, Reason
from tocsin.incidents.parties import compare_parties, either_way
from tocsin.incidents.places import compare_places
from tocsin.incidents.rules import Rules, TypeRule
from tocsin.incidents.spells import begins
from tocsin.incidents.times import compare_times, undated

_OTHER = frozenset({("who", "different"), ("where", "apart"), ("where", "other_country")})
# up to these points it says little
_LITTLE = {"where": 0.0, "kind": 1.0, "count": 1.0, "toll": 1.0, "equipment": 1.0, "words": 1.0}
_TWICE = frozenset({("where", "same"), ("words", "nearly")})
_KIND = 1.0  # points from which a part speaks for one event


def decide(one: Face, other: Face, rules: Rules) -> Decision:
    """Compare two records."""
    if one.name > other.name:
        one, other = other, one
    rule = rules.types[one.type]
    if not _comparable(one, other, rules):
        return Decision("apart", 0.0, (), True)
    if one.denial_of(other) or other.denial_of(one):
        points = rules.points["denial", "of_it"]
        return Decision("same", points or 0.0, (Reason("denial", "of_it", points),), False)
    if one.type != other.type and (rule.family != rules.types[other.type].family or not shared_models(one, other)):
        return Decision("apart", 0.0, (Reason("kind", "differs", None, lambda: {"one": one.type, "other": other.type}),),
                        True)
    reasons = _reasons(one, other, rule, rules)
    score = round(sum(reason.points or 0.0 for reason in reasons), 3)
    never = any(reason.points is None for reason in reasons)
    judgement = "apart" if never else _judgement(one, other, score, reasons, rule, rules)
    others = any((reason.part, reason.level) in _OTHER for reason in reasons)
    if others and judgement == "same":  # another did it, or elsewhere: another event, unless a person says otherwise
        judgement = "unsure"
    return Decision(judgement, score, tuple(reasons), never or others or score < rules.against)


def _comparable(one: Face, other: Face, rules: Rules) -> bool:
    """A lasting state is told by its key alone; only how it began is compared, and only with what announced it."""
    if one.key is None and other.key is None:
        return True
    state, event = (one, other) if one.key is not None else (other, one)
    return event.key is None and event.status in AHEAD and begins(state, rules)


def score_of(one: Face, other: Face, rules: Rules) -> tuple[Judgement, float, bool]:
    """The same without its reasons: judgement, score, whether it contradicts."""
    found = decide(one, other, rules)
    return found.judgement, found.score, found.contradicts


def _reasons(one: Face, other: Face, rule: TypeRule, rules: Rules) -> list[Reason]:
    """Every part; what keeps them apart first, so that nothing more is looked at."""
    points = rules.points
    when = compare_times(one, other, rule, rules)
    if when.points is None:
        return [when]
    kind = _kind(one, other, rule)
    if points["kind", kind] is None:
        return [Reason("kind", kind, None, lambda: {"one": one.subtype or "", "other": other.subtype or ""})]
    found = [*compare_parties(one, other, rule, rules), when]
    if any(reason.points is None for reason in found):
        return found
    if one.total != other.total:
        return [*found, Reason("amount", "total", points["amount", "total"])]
    if one.ordinal and other.ordinal:
        level = "same" if one.ordinal == other.ordinal else "differs"
        found.append(Reason("ordinal", level, points["ordinal", level],
                            lambda: {"one": one.ordinal, "other": other.ordinal}))
    found += [compare_places(one, other, rules), compare_counts(one, other, rules),
              *compare_tolls(one, other, rules, sides=either_way(one, other, rule)), compare_equipment(one, other, rules),
              Reason("kind", kind, points["kind", kind], lambda: {"one": one.subtype or ""}),
              _words(one, other, rules)]
    if one.article == other.article and (one.status == "denied") == (other.status == "denied"):  # told once, and denied
        found.append(Reason("article", "same", points["article", "same"]))
    return [reason for reason in found if reason.points or reason.points is None]


def _judgement(one: Face, other: Face, score: float, reasons: Sequence[Reason], rule: TypeRule, rules: Rules) -> Judgement:
    more = rules.undated if undated(one) or undated(other) else 0.0
    speaking = {reason.part for reason in reasons if (reason.points or 0.0) >= _KIND}
    enough = score >= rule.same + more and len(speaking) >= rules.kinds and _firm(reasons, more > 0, rules)
    if enough and _specifics(reasons) >= rule.specifics and ("who" in speaking or _tied(reasons)):
        return "same"
    worth_asking = _specifics(reasons) >= max(1, rule.specifics) or any(
        r.part == "when" and (r.points or 0.0) >= rules.told for r in reasons)
    return "unsure" if worth_asking and score >= rule.unsure + more else "apart"


def _firm(reasons: Sequence[Reason], undated: bool, rules: Rules) -> bool:
    """Whether it is settled which of many like events it is: by the time, a number, or, of undated ones, the words."""
    for reason in reasons:
        points = reason.points or 0.0
        if (reason.part == "when" and points >= _KIND) or (reason.part in ("count", "toll") and points >= rules.firm):
            return True
        if undated and reason.part == "words" and points > _KIND:
            return True
    return False


def _specifics(reasons: Sequence[Reason]) -> int:
    """How many of place, number, model, rare kind and words agree: what tells an event from others of the same parties and
    day. The very town or site counts for two, and so does nearly the same sentence."""
    found = {"number" if reason.part in ("count", "toll") else reason.part for reason in reasons
             if (reason.points or 0.0) > _LITTLE.get(reason.part, 99.0)}
    return len(found) + sum((reason.part, reason.level) in _TWICE for reason in reasons)


def _tied(reasons: Sequence[Reason]) -> bool:
    """Place and toll together say as much as a party."""
    levels = {(reason.part, reason.level) for reason in reasons}
    return ("where", "same") in levels and bool({("toll", "same"), ("toll", "same_many")} & levels)


def _kind(one: Face, other: Face, rule: TypeRule) -> str:
    if one.type != other.type:
        return "other_type"
    if one.subtype == other.subtype:
        return "rare" if one.subtype in rule.rare else "same" if one.subtype else "general"
    if one.subtype and other.subtype and (one.subtype in rule.alone or other.subtype in rule.alone):
        return "differs"
    return "general"


def _words(one: Face, other: Face, rules: Rules) -> Reason:
    """The share of the shorter sentence's content words that the other has."""
    least = min(len(one.words), len(other.words))
    shared = one.words & other.words
    share = len(shared) / least if least else 0.0
    limits = rules.limits
    level = ("most" if share >= limits["most"] else "many" if share >= limits["many"] else "some"
             if share >= limits["some"] else "few" if share >= limits["none"] else "none")
    if share >= limits["nearly"] and len(shared) >= limits["long"]:  # one text, passed on with a word changed
        level = "nearly"
    if least < _SHORT and level in ("most", "many"):
        level = "some"
    return Reason("words", level, rules.points["words", level], lambda: {"share": f"{share:.0%}"})


_SHORT = 5  # content words below which a sentence says little about which event it tells
