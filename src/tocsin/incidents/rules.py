"""The tables under ``knowledge/incidents``: types, weights, wording, grading. In: tables. Out: checked, typed rules."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from tocsin.errors import KnowledgeError
from tocsin.knowledge.loader import Tables

NEVER = "never"
_FORM = 3  # one more when code, no table, changes what incidents or their briefs come to: they are then made anew
BLOCKS = frozenset({"pair", "party_place", "party_count", "party_designation", "place_count", "party_subtype", "party"})
_BODIES = ("bodies", "organs", "armed_groups")


@dataclass(frozen=True, slots=True)
class TypeRule:
    """How records of one type are told apart (see the head of ``types.yaml``)."""

    roles: tuple[str, ...]
    blocks: tuple[str, ...]
    horizon: int
    recent: int
    mutual: bool = False
    mutual_subtypes: frozenset[str] = frozenset()
    also: Mapping[str, str] | None = None
    standing: frozenset[str] = frozenset()
    begins: frozenset[str] = frozenset()
    ends: frozenset[str] = frozenset()
    alone: frozenset[str] = frozenset()
    rare: frozenset[str] = frozenset()
    denial_frees: bool = False
    loose: frozenset[str] = frozenset()
    specifics: int = 0
    family: str = ""
    same: float = 0.0
    unsure: float = 0.0


@dataclass(frozen=True, slots=True)
class Rules:
    """All rules. ``points`` of (part, level); None where two records are kept apart."""

    types: Mapping[str, TypeRule]
    points: Mapping[tuple[str, str], float | None]
    limits: Mapping[str, float]
    undated: float
    kinds: int
    firm: float
    told: float
    mean: float
    against: float
    largest: int
    step: float
    stop: frozenset[str]
    stem: int
    most: int
    totals: tuple[str, ...]
    parents: Mapping[str, str]
    reliability: Mapping[str, str]
    credibility: tuple[Mapping[str, Any], ...]
    digest: str

    def top(self, known: str | None) -> str | None:
        """The topmost body above a party's id: itself where none is."""
        while known is not None and known in self.parents:
            known = self.parents[known]
        return known


def load(tables: Tables) -> Rules:
    """The rules; KnowledgeError where a table cannot be used."""
    types, weights, wording, grading = (tables.mapping(f"incidents/{name}.yaml")
                                        for name in ("types", "weights", "wording", "grading"))
    try:
        same, unsure = float(weights["same"]), float(weights["unsure"])
        rules = Rules(
            types={name: _type(name, row, same, unsure) for name, row in types.items()},
            points={(part, level): None if value == NEVER else float(value)
                    for part, levels in weights["parts"].items() for level, value in levels.items()},
            limits={name: float(value) for name, value in weights["limits"].items()},
            undated=float(weights["undated"]), kinds=int(weights["kinds"]), firm=float(weights["firm"]),
            told=float(weights["told"]), mean=float(weights["mean"]),
            against=float(weights["against"]), largest=int(weights["largest"]), step=float(weights["step"]),
            stop=frozenset(map(str, wording["stop"])), stem=int(wording["stem"]), most=int(wording["most"]),
            totals=tuple(map(str, wording["totals"])), parents=_parents(tables),
            reliability=dict(grading["reliability"]), credibility=tuple(grading["credibility"]),
            digest=_digest(types, weights, wording, grading))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise KnowledgeError(f"knowledge/incidents: a table lacks or misstates an entry ({error!r})") from error
    _check(rules, grading)
    return rules


@cache
def rules() -> Rules:
    """The rules as shipped, read once."""
    return load(Tables())


def _type(name: str, row: Mapping[str, Any], same: float, unsure: float) -> TypeRule:
    unknown = set(row["blocks"]) - BLOCKS
    if unknown:
        raise KnowledgeError(f"incidents/types.yaml, {name}: no such block {sorted(unknown)}; known are {sorted(BLOCKS)}")
    return TypeRule(
        roles=tuple(row["roles"]), blocks=tuple(row["blocks"]), horizon=int(row["horizon"]), recent=int(row["recent"]),
        mutual=bool(row.get("mutual")), mutual_subtypes=frozenset(row.get("mutual_subtypes") or ()), also=row.get("also"),
        standing=frozenset(row.get("standing") or ()), begins=frozenset(row.get("begins") or ()),
        ends=frozenset(row.get("ends") or ()), alone=frozenset(row.get("alone") or ()),
        rare=frozenset(row.get("rare") or ()),
        denial_frees=bool(row.get("denial_frees")), loose=frozenset(row.get("loose") or ()),
        specifics=int(row.get("specifics") or 0), family=str(row.get("family") or name), same=float(row.get("same", same)),
        unsure=float(row.get("unsure", unsure)))


def _digest(*tables: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps([_FORM, *tables], sort_keys=True).encode()).hexdigest()


def _parents(tables: Tables) -> dict[str, str]:
    rows = (row for table in _BODIES for row in tables.rows(f"parties/{table}.yaml"))
    return {row["id"]: row["parent"] for row in rows if row.get("parent")}


def _check(found: Rules, grading: Mapping[str, Any]) -> None:
    """KnowledgeError where rules contradict one another."""
    faults = [f"types.yaml, {name}: unsure is not below same" for name, rule in found.types.items()
              if not rule.unsure < rule.same]
    faults += [f"types.yaml, {name}: one or two roles, not {len(rule.roles)}" for name, rule in found.types.items()
               if not 1 <= len(rule.roles) <= 2]
    faults += [f"grading.yaml: {grade!r} is no letter" for grade in found.reliability.values()
               if grade not in grading["letters"]]
    faults += [f"grading.yaml: {row['figure']!r} is no figure" for row in found.credibility
               if row["figure"] not in grading["figures"]]
    if faults:
        raise KnowledgeError("knowledge/incidents/" + "; ".join(faults))
