"""How the places of two records stand to each other. In: two faces. Out: one reason, that of the pair that agrees best."""

from __future__ import annotations

import math

from tocsin.incidents.model import Face, Reason, Spot
from tocsin.incidents.rules import Rules
from tocsin.knowledge.folding import fold

_FINE = frozenset({"site", "town", "district"})
_WIDE = frozenset({"region", "sea", "border"})
_ORDER = ("other_country", "apart", "named", "unknown", "country", "within", "area", "near", "same")
_RANK = {level: rank for rank, level in enumerate(_ORDER)}
_EARTH_KM = 6371.0


def compare_places(one: Face, other: Face, rules: Rules) -> Reason:
    """Whether the records can be of one place; a place may lie in the other."""
    if not one.places or not other.places:
        return Reason("where", "unknown", rules.points["where", "unknown"],
                      lambda: {"one": _names(one), "other": _names(other)})
    ranked = [(relation(a, b, rules), a, b) for a in one.places for b in other.places]
    level, a, b = max(ranked, key=lambda found: _RANK[found[0]])
    return Reason("where", level, rules.points["where", level], lambda: {"one": a.name, "other": b.name})


def relation(one: Spot, other: Spot, rules: Rules) -> str:
    """How one place stands to another."""
    if (one.geonameid is not None and one.geonameid == other.geonameid) or (
            one.folded == other.folded and _meet(one.country, other.country)):
        fine = one.precision in _FINE or other.precision in _FINE
        return "same" if fine else "country" if one.precision == "country" else "area"
    if not _meet(one.country, other.country):
        return "unknown" if one.precision in _WIDE or other.precision in _WIDE else "other_country"
    if "country" in (one.precision, other.precision):
        return "country"
    if one.precision in _FINE and other.precision in _FINE:
        return _points(one, other, rules)
    if "province" in (one.precision, other.precision):
        return _provinces(one, other)
    return "unknown"


def kilometres(one: Spot, other: Spot) -> float | None:
    """The way between two places along a great circle; None where one has no point."""
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return None
    a, b = math.radians(one.lat), math.radians(other.lat)
    half = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(math.radians(other.lon - one.lon) / 2) ** 2
    return 2 * _EARTH_KM * math.asin(min(1.0, math.sqrt(half)))


def _points(one: Spot, other: Spot, rules: Rules) -> str:
    way = kilometres(one, other)
    if way is None:
        return "named"
    return "near" if way <= rules.limits["near_km"] else "apart" if way > rules.limits["apart_km"] else "unknown"


def _provinces(one: Spot, other: Spot) -> str:
    """A province and what may lie in it, or two provinces."""
    province, place = (one, other) if one.precision == "province" else (other, one)
    names = {fold(name) for name in (province.name, province.admin1) if name}
    if place.precision == "province":
        return "apart"  # two names of one country
    if place.admin1 is None:
        return "unknown"
    return "within" if fold(place.admin1) in names else "apart"


def _meet(one: str | None, other: str | None) -> bool:
    return one is None or other is None or one == other


def _names(face: Face) -> str:
    return ", ".join(spot.name for spot in face.places) or "–"
