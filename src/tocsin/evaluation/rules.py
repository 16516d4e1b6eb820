"""The rules of scoring (``knowledge/evaluation/scoring.yaml``): which types count together, which roles decide."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from tocsin.knowledge.loader import Tables

JOIN = "+"


@dataclass(frozen=True, slots=True)
class TypeRoles:
    """Role slots of one type; a slot such as ``addressee+about`` is several roles compared as one set."""

    all: tuple[str, ...] = ()
    principal: tuple[str, ...] = ()
    required: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rules:
    """Everything that scoring reads from the table."""

    events: tuple[str, ...]
    apart: tuple[str, ...]
    roles: dict[str, TypeRoles]
    undirected: dict[tuple[str, str], str]
    time_overlap: float
    open_end_days: int
    abbreviations: frozenset[str]

    def roles_of(self, record: dict[str, Any]) -> TypeRoles:
        """Role slots of a gold record; those that its subtype makes undirected are joined into one."""
        of_type = self.roles.get(record["type"], TypeRoles())
        joined = self.undirected.get((record["type"], record.get("subtype") or ""))
        if joined is None:
            return of_type
        return TypeRoles(_join(of_type.all, joined), _join(of_type.principal, joined), _join(of_type.required, joined))


def _join(slots: tuple[str, ...], joined: str) -> tuple[str, ...]:
    parts = joined.split(JOIN)
    rest = tuple(slot for slot in slots if slot not in parts)
    return (joined, *rest) if len(rest) < len(slots) else slots


@lru_cache(maxsize=1)
def scoring_rules() -> Rules:
    """The rules as shipped; no user table changes them, for figures compare only when all score alike."""
    table = Tables().mapping("evaluation/scoring.yaml")
    return Rules(
        events=tuple(table["events"]),
        apart=tuple(table["apart"]),
        roles={name: TypeRoles(**{key: tuple(value) for key, value in row.items()})
               for name, row in table["roles"].items()},
        undirected={(row["type"], row["subtype"]): row["roles"] for row in table["undirected"]},
        time_overlap=float(table["time_overlap"]),
        open_end_days=int(table["open_end_days"]),
        abbreviations=frozenset(word.casefold() for word in table["abbreviations"]),
    )
