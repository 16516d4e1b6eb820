"""One verb, several things, each with a time of its own: "tested an Agni-P in June and a Pralay in December" is two events.

In: a clause and the annotated article. Out: a clause for each thing, with the stretch of text in which its time is to be
looked for; the clause itself where its things are not told apart.
"""

from __future__ import annotations

import itertools
from dataclasses import replace

from tocsin.language.annotate import Annotated
from tocsin.language.entities import Entity
from tocsin.syntax import Argument, Clause


def each_with_its_time(clause: Clause, note: Annotated) -> list[Clause]:
    """The clause, or one for each of its objects where every one is followed by a dated expression."""
    for argument in clause.get("obj"):
        things = sorted((e for e in argument.entities if e.sentence == clause.sentence.index), key=lambda e: e.start)
        if len(things) > 1 and clause.kind == "verb":
            reaches = _reaches(things, clause.sentence.end)
            if all(_dated(reach, note) for reach in reaches):
                return [_only(clause, argument, thing, reach) for thing, reach in zip(things, reaches, strict=True)]
    return [clause]


def _reaches(things: list[Entity], end: int) -> list[tuple[int, int]]:
    """From the end of each thing to the start of the next."""
    return [(a.end, b.start) for a, b in itertools.pairwise(things)] + [(things[-1].end, end)]


def _dated(reach: tuple[int, int], note: Annotated) -> bool:
    return any(reach[0] <= time.start < reach[1] and time.earliest is not None for time in note.times)


def _only(clause: Clause, argument: Argument, thing: Entity, reach: tuple[int, int]) -> Clause:
    token = clause.sentence.tokens[thing.head]
    return replace(clause, args={**clause.args, "obj": [Argument(token, [thing])]}, reach=reach)
