"""One verb, things of two kinds: "will pull its envoy and its troops out of X" is a recall and a withdrawal.

In: a clause. Out: a clause for each kind where its object lists envoys beside forces, else the clause itself.
"""

from __future__ import annotations

from dataclasses import replace

from tocsin.language.phrases.entities import Entity
from tocsin.syntax import Argument, Clause

_ENVOYS = frozenset({"envoy", "mission"})
_FORCES = frozenset({"force", "troop_presence", "base"})


def each_of_a_kind(clause: Clause) -> list[Clause]:
    """The clause, or one for its envoys and one for its forces."""
    if clause.kind != "verb":
        return [clause]
    for argument in clause.get("obj"):
        envoys = [e for e in argument.entities if e.types & _ENVOYS and not e.types & _FORCES]
        forces = [e for e in argument.entities if e.types & _FORCES and not e.types & _ENVOYS]
        if envoys and forces and len(envoys) + len(forces) == len(argument.entities):
            return [_only(clause, envoys), _only(clause, forces)]
    return [clause]


def _only(clause: Clause, things: list[Entity]) -> Clause:
    tokens = clause.sentence.tokens
    return replace(clause, args={**clause.args, "obj": [Argument(tokens[e.head], [e]) for e in things]})
