"""What is compared of a record, and what comes of comparing two.

A ``Face`` is all that says which event a record tells: small, without the record's words, made once and kept. Days are
proleptic ordinals (``datetime.date.toordinal``). A ``Decision`` is about a pair: same event, perhaps, or not, with reasons.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from tocsin.knowledge.folding import fold

Judgement = Literal["same", "unsure", "apart"]
TimeKind = Literal["day", "span", "recent", "long", "plan", "open", "none"]
Range = tuple[int | None, int | None]

AHEAD = frozenset({"planned", "possible"})  # what has not happened when it is told
_OWN = frozenset({"armed_group", "company", "ngo", "media"})  # kinds that act for themselves
STATE_KINDS = frozenset({"state", "government_body", "military", "person"})  # kinds that act for their country


class Side(NamedTuple):
    """A party: its id in the tables, the topmost body above it, its name without "the", country and kind."""

    id: str | None
    top: str | None
    name: str
    country: str | None
    kind: str

    @property
    def folded(self) -> str:
        """The name as it is compared."""
        return fold(self.name)

    @property
    def known(self) -> bool:
        """Whether it is a state's, or a body or group of the tables."""
        return bool(self.top or (self.country and self.kind not in _OWN))

    @property
    def token(self) -> str:
        """What its events are looked up by: the state it acts for, else the body above it, else what it is ("23 armed
        pirates": pirates)."""
        if self.country and self.kind not in _OWN:
            return self.country
        return self.top or self.folded.rpartition(" ")[2]


class Spot(NamedTuple):
    """A place: GeoNames id, name, province, country, precision, degrees."""

    geonameid: int | None
    name: str
    admin1: str | None
    country: str | None
    precision: str
    lat: float | None
    lon: float | None

    @property
    def folded(self) -> str:
        """The name as it is compared."""
        return fold(self.name)


class Line(NamedTuple):
    """A line of equipment: class, model, bounds of the count."""

    class_: str
    model: str | None
    low: int | None
    high: int | None


class When(NamedTuple):
    """When: a stated day, a span of at most a month, ``recent`` (told as past: the days before the article), a longer span,
    a plan with stated days, an ``open`` one, or none."""

    kind: TimeKind
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Face:
    """What says which event a record tells. ``name`` is the incident's that it makes alone; ``article`` tells records of one
    article; ``report`` is the day of publication; ``key`` identifies a lasting state, None for an event; ``record`` is its
    id and ``denies`` those of the records of its article that it denies."""

    name: str
    article: int
    type: str
    subtype: str | None
    status: str
    roles: tuple[tuple[Side, ...], ...]
    when: When
    report: int | None
    places: tuple[Spot, ...] = ()
    lines: tuple[Line, ...] = ()
    people: Range | None = None
    tolls: dict[str, Range] = field(default_factory=dict)
    ordinal: int | None = None
    total: bool = False
    words: frozenset[str] = frozenset()
    key: str | None = None
    record: str = ""
    denies: tuple[str, ...] = ()

    def denial_of(self, other: Face) -> bool:
        """Whether it is the statement by which somebody denies what the other tells."""
        return self.article == other.article and other.record in self.denies

    @property
    def sides(self) -> tuple[Side, ...]:
        """All parties of the roles that say which event it is."""
        return tuple(side for sides in self.roles for side in sides)


@dataclass(frozen=True, slots=True)
class Reason:
    """One agreement or difference: which part, how, its points (None: never one event). ``tell`` gives what it was about,
    which is asked of few of the many pairs that are compared."""

    part: str
    level: str
    points: float | None
    tell: Callable[[], dict[str, Any]] = field(default=dict, compare=False, repr=False)

    @property
    def about(self) -> dict[str, Any]:
        """What was compared, by name."""
        return self.tell()


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether two records tell one event. ``contradicts`` where they cannot stand in one incident."""

    judgement: Judgement
    score: float
    reasons: tuple[Reason, ...]
    contradicts: bool
