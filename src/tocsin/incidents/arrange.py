"""All incidents of a closed set of records: events by agreement, lasting states as spells, both as people have tied them.

In: the faces of records of which none agrees with, or is tied to, a record outside; the agreeing pairs; the ties. Out:
groups of names. What announced a state stands in its spell, as a plan stands with its deed. Each record stands in one group;
the groups follow from the set alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from tocsin.incidents.cluster import Pair, Score, cluster, components
from tocsin.incidents.decisions import Ties, ordered
from tocsin.incidents.model import AHEAD, Face
from tocsin.incidents.rules import Rules
from tocsin.incidents.spells import day_of, spells

_LAST = 10_000_000  # after every day


def arrange(faces: Mapping[str, Face], agreeing: Mapping[Pair, float], ties: Ties, score: Score, rules: Rules
            ) -> list[list[str]]:
    """The incidents."""
    here = Ties(_within(ties.must, faces), _within(ties.cannot, faces))
    denials = _denials(faces, agreeing)
    events = {name: face for name, face in faces.items() if face.key is None and name not in denials}
    agreeing = {pair: value for pair, value in agreeing.items() if pair[0] not in denials and pair[1] not in denials}
    kept = {pair for pair in agreeing if pair[0] not in events or pair[1] not in events}
    agreeing = {pair: value for pair, value in agreeing.items() if pair not in kept}
    groups: list[list[str]] = []
    for part in components(events, [*agreeing, *(pair for pair in here.must if pair[0] in events and pair[1] in events)]):
        own = {name: events[name] for name in part}
        groups += cluster(own, {pair: value for pair, value in agreeing.items() if pair[0] in own}, here, score, rules)
    states: defaultdict[str, list[Face]] = defaultdict(list)
    for face in faces.values():
        if face.key is not None:
            states[face.key].append(face)
    for _, same in sorted(states.items()):
        groups += [part for spell in spells(same, rules) for part in _parted(spell, faces, here)]
    return _tied(_beside(_announced(groups, kept, faces, here), denials, here), here)


def _announced(groups: list[list[str]], kept: Iterable[Pair], faces: Mapping[str, Face], ties: Ties) -> list[list[str]]:
    """Each group of plans with the spell whose beginning it announced. An invitation of two states, each of which joins in a
    spell of its own, stands alone: which of them it is told with, a person decides."""
    spell_of = {name: number for number, group in enumerate(groups) for name in group if faces[name].key is not None}
    spell_numbers, members = set(spell_of.values()), dict(enumerate(groups))
    for number, group in enumerate(groups):
        if number in spell_numbers or any(faces[name].status not in AHEAD for name in group):
            continue
        found = {spell_of[deed] for pair in kept for plan, deed in (pair, pair[::-1]) if plan in group and deed in spell_of}
        spells_ = [at for at in sorted(found)
                   if not any(ordered(one, other) in ties.cannot for one in group for other in members[at])]
        if len(spells_) == 1:
            members[spells_[0]] = sorted([*members[spells_[0]], *members.pop(number)])
    return list(members.values())


def _denials(faces: Mapping[str, Face], agreeing: Iterable[Pair]) -> dict[str, str]:
    """The statements by which somebody denies an event, each with a record that tells it. They say nothing of which event it
    is, so that they are put beside it when all else is arranged."""
    found: dict[str, str] = {}
    for pair in sorted(agreeing):
        for name, other in (pair, pair[::-1]):
            if faces[name].denial_of(faces[other]) and not faces[other].denies:
                found.setdefault(name, other)
    return found


def _beside(groups: list[list[str]], denials: Mapping[str, str], ties: Ties) -> list[list[str]]:
    """Each denial in the group of what it denies, unless a person has parted them."""
    of = {name: group for group in groups for name in group}
    for name, other in sorted(denials.items()):
        group = of[other]
        if any(ordered(name, member) in ties.cannot for member in group):
            groups.append([name])
        else:
            group.append(name)
    return groups


def name_of(faces: Mapping[str, Face], group: list[str]) -> str:
    """The name of an incident: that of its first report, not of a statement that denies it where there is another."""
    def first(name: str) -> tuple[bool, int, str]:
        report = faces[name].report
        return (bool(faces[name].denies), _LAST if report is None else report, name)
    return min(group, key=first)


def _within(pairs: frozenset[Pair], faces: Mapping[str, Face]) -> frozenset[Pair]:
    return frozenset(pair for pair in pairs if pair[0] in faces and pair[1] in faces)


def _parted(spell: list[str], faces: Mapping[str, Face], ties: Ties) -> list[list[str]]:
    """A spell as people have parted it: each report, in the order of time, to the first part that it may stand in."""
    if not ties.cannot:
        return [spell]
    parts: list[list[str]] = []
    for name in sorted(spell, key=lambda name: (day_of(faces[name]), name)):
        fits = next((part for part in parts if not any(ordered(name, other) in ties.cannot for other in part)), None)
        if fits is None:
            parts.append([name])
        else:
            fits.append(name)
    return [sorted(part) for part in parts]


def _tied(groups: list[list[str]], ties: Ties) -> list[list[str]]:
    """Groups united as people have tied them, where nobody has parted them."""
    of = {name: number for number, group in enumerate(groups) for name in group}
    members = {number: list(group) for number, group in enumerate(groups)}
    for one, other in sorted(ties.must):
        a, b = of[one], of[other]
        if a == b or any(ordered(x, y) in ties.cannot for x in members[a] for y in members[b]):
            continue
        for name in members[b]:
            of[name] = a
        members[a] += members.pop(b)
    return sorted(sorted(group) for group in members.values())
