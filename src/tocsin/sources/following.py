"""How feeds are followed: the limits and manners of ``knowledge/sources/follow.yaml``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from tocsin.knowledge.loader import Tables


@dataclass(frozen=True, slots=True)
class Following:
    """How often, how much, how politely; see the comments in the table."""

    agent: str
    robot: str
    every: float
    delay: float
    most_delay: float
    back_off: float
    most_back_off: float
    robots_hours: float
    tries: int
    bytes: int
    seconds: float
    loose_bytes: int
    depth: int
    elements: int
    most_items: int
    most_parts: int
    days: float
    title: int
    kinds: dict[str, str]
    accept: str
    roots: dict[str, str]
    gone: tuple[int, ...]
    lasting: tuple[int, ...]


@cache
def following() -> Following:
    """The rules as shipped."""
    table = Tables().mapping("sources/follow.yaml")
    return Following(**{**table, "gone": tuple(table["gone"]), "lasting": tuple(table["lasting"])})
