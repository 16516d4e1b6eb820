"""One verb, several things, each with a time of its own: "tested an Agni-P in June and a Pralay in December" is two events.

In: a clause and the annotated article. Out: a clause for each thing, with the stretch of text in which its time is to be
looked for; the clause itself where its things are not told apart.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace

from tocsin.language.annotate import Annotated
from tocsin.language.phrases.entities import Entity
from tocsin.syntax import Argument, Clause


def each_with_its_time(clause: Clause, note: Annotated) -> list[Clause]:
    """The clause, or one for each group of its objects that is followed by a dated expression, the last one too: "to
    include Greece and Turkey in 1952, Spain in 1982"."""
    for slot in ("obj", "purpose"):
        for argument in clause.get(slot):
            things = sorted((e for e in argument.entities if e.sentence == clause.sentence.index), key=lambda e: e.start)
            if len(things) > 1 and clause.kind == "verb":
                reaches = _reaches(things, clause.sentence.end)
                dated = [_dated(reach, note) for reach in reaches]
                if dated[-1] and sum(dated) > 1:
                    return [_only(clause, slot, group, reach) for group, reach in _groups(things, reaches, dated)]
    return [clause]


def _groups(
    things: list[Entity], reaches: list[tuple[int, int]], dated: list[bool]
) -> Iterator[tuple[list[Entity], tuple[int, int]]]:
    """The things up to each date, with the stretch that holds it."""
    group: list[Entity] = []
    for thing, reach, ends in zip(things, reaches, dated, strict=True):
        group.append(thing)
        if ends:
            yield group, reach
            group = []


def _reaches(things: list[Entity], end: int) -> list[tuple[int, int]]:
    """From the end of each thing to the start of the next."""
    return [(a.end, b.start) for a, b in itertools.pairwise(things)] + [(things[-1].end, end)]


def _dated(reach: tuple[int, int], note: Annotated) -> bool:
    """Whether a day, though nobody knows of which year, or a known time stands in a stretch."""
    here = (time for time in note.times if reach[0] <= time.start < reach[1])
    return any(time.earliest is not None or time.granularity == "day" for time in here)


def _only(clause: Clause, slot: str, group: list[Entity], reach: tuple[int, int]) -> Clause:
    token = clause.sentence.tokens[group[0].head]
    return replace(clause, args={**clause.args, slot: [Argument(token, group)]}, reach=reach)
