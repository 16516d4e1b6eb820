"""What a name may stand for on the map: states, provinces and sites of our tables, towns and divisions of the gazetteer.

In: the words of a name. Out: referents, the most usual first. A province that our tables and the gazetteer both know is one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Literal

from tocsin.knowledge.gazetteer import Entry, Gazetteer, key_of
from tocsin.knowledge.loader import Tables
from tocsin.knowledge.names import Name, NameIndex

Sort = Literal["country", "division", "county", "town", "other"]


MOST_WORDS = 6  # of a name
_SEAT = 50_000  # people of a town from which on a government may sit there


@dataclass(frozen=True, slots=True)
class Referent:
    """A place on the map; ``division`` is the GeoNames code of its first-level division ("US.OH")."""

    sort: Sort
    name: str
    country: str | None
    precision: str
    division: str = ""
    lat: float | None = None
    lon: float | None = None
    population: int = 0
    id: int | None = None
    section: bool = False  # of a town
    capital: bool = False

    @property
    def key(self) -> tuple[str, str, str | None, str, int | None]:
        """What makes two referents one."""
        return (self.sort, self.name, self.country, self.division, self.id)


@dataclass(frozen=True, slots=True)
class Weights:
    """What decides between places of one name; ``places/toponyms.yaml`` says what each is."""

    rounds: int
    most: int
    prior: Mapping[str, float]
    outshone: float
    capital: float
    section: float
    same_division: float
    same_country: float
    closeness: float
    close: list[list[float]]
    possible: float
    named_like_its_seat: float
    well_known: int
    no_surname: int
    large: int
    road_town: int
    outgrown: int
    known: int


class Lookup:
    """Names to referents; built once."""

    def __init__(self, tables: Tables, parties: NameIndex, places: NameIndex) -> None:
        self._parties, self._places = parties, places
        table = tables.mapping("places/toponyms.yaml")
        self.words = {key: frozenset(map(str, value)) for key, value in table.items() if isinstance(value, list)}
        self.weights = Weights(**table["weights"])
        self._short_forms: dict[str, list[str]] = table["short"]
        self._short_towns: dict[str, str] = table["short_towns"]
        self.named = lru_cache(maxsize=8_000)(self._named)
        self.begins = lru_cache(maxsize=8_000)(self._begins)
        self.reach = lru_cache(maxsize=8_000)(self._reach)

    @cached_property
    def gazetteer(self) -> Gazetteer:
        """The large gazetteer, opened when first asked."""
        return Gazetteer()

    @cached_property
    def short(self) -> dict[str, tuple[Referent, ...]]:
        """Short forms of divisions and towns ("Ky.", "L.A.")."""
        found: dict[str, tuple[Referent, ...]] = {}
        for code, forms in self._short_forms.items():
            name = self.gazetteer.division(code)
            known = [r for r in self.named(name) if r.sort == "division" and r.division == code] if name else []
            found.update({form: tuple(known) for form in forms if known})
        found.update({form: self.named(town)[:1] for form, town in self._short_towns.items()})
        return found

    def _begins(self, words: str) -> bool:
        """Whether a longer name may begin with two words: most pairs that are asked for begin none."""
        index = self._parties, self._places
        return any(names.reach(words) > 1 for names in index) or key_of(words).partition(" ")[0] in self._behind_article or (
            self.gazetteer.begins(words))

    def _reach(self, words: str) -> int:
        """How many words a name may have that begins with three."""
        if self.gazetteer.begins(words) or key_of(words).partition(" ")[0] in self._behind_article:
            return MOST_WORDS
        return min(MOST_WORDS, max(2, self._parties.reach(words), self._places.reach(words)))

    @cached_property
    def _behind_article(self) -> frozenset[str]:
        return self._places.second_words("the")

    def _named(self, text: str) -> tuple[Referent, ...]:
        """All that a name may stand for: a country first, then what is curated, then by population."""
        parties = self._parties.exactly(text)
        if text.startswith("City of ") or any(n.sort == "nationality" for n in parties):
            return ()
        entries = [] if _all_lower(text) else list(self.gazetteer.named(text))
        seas = [n for n in self._places.exactly(f"the {text}") if n.sector == "sea"]
        places = [*self._places.exactly(text), *seas]
        if not (parties or entries or places):
            return ()  # most words that are asked for
        states = (n for n in parties if n.sort == "state" and not _seat(n, text))
        countries = [self._country(n) for n in states if not (n.bare and _is_town(entries, n))]
        ours = [n for n in places if not _in_gazetteer(n)]
        known = [self._curated(n, entries) for n in ours]
        merged, whole = {r.division for r in known if r.sort == "division"}, {r.country for r in countries}
        rest = [self._entry(e) for e in entries]
        rest = [r for r in rest if r.sort != "division" or r.division not in merged]
        key = key_of(text)  # a province that is called like its country
        rest = [r for r in rest if r.sort == "town" or r.country not in whole or key_of(r.name) != key]
        return tuple({r.key: r for r in [*countries, *known, *rest]}.values())

    def _country(self, name: Name) -> Referent:
        return Referent("country", name.name, name.country, "country")

    def _curated(self, name: Name, entries: list[Entry]) -> Referent:
        row, precision = name.row, name.sector or "site"
        lat, lon = (float(row[key]) if row.get(key) not in (None, "") else None for key in ("lat", "lon"))
        place = Referent("other", name.name, name.country, precision, "", lat, lon)
        if precision == "town":
            return replace(place, sort="town")
        if precision != "province":
            return place
        same = [e for e in entries if e.feature == "ADM1" and e.country == name.country]
        if not same:
            same = [e for e in self.gazetteer.named(name.name) if e.feature == "ADM1" and e.country == name.country]
        if not same:
            return replace(place, sort="division", population=1_000_000)
        e = same[0]
        return replace(place, sort="division", division=e.division, population=e.population, id=e.id, lat=e.lat, lon=e.lon)

    def _entry(self, entry: Entry) -> Referent:
        sort: Sort = {"ADM1": "division", "ADM2": "county"}.get(entry.feature, "town")  # type: ignore[assignment]
        precision = {"division": "province", "county": "district"}.get(sort, "town")
        return Referent(sort, entry.name, entry.country, precision, entry.division, entry.lat, entry.lon,
                        entry.population, entry.id, entry.feature == "PPLX", entry.feature == "PPLC")


def _seat(name: Name, text: str) -> bool:
    """Whether the words name the seat of a state's government rather than the state."""
    return text.casefold() == str(name.row.get("capital")).casefold() or text.startswith(("the ", "The "))


def _is_town(entries: list[Entry], state: Name) -> bool:
    """ "Benghazi", a second seat of Libya: a short name of a state that is a large town's there."""
    return any(e.country == state.country and e.population >= _SEAT and e.feature.startswith("PPL") for e in entries)


def _in_gazetteer(name: Name) -> bool:
    """Whether the gazetteer has it under the same number: the towns of our table come from there."""
    return name.sector == "town" and name.id.removeprefix("geonames:").isdigit()


def _all_lower(text: str) -> bool:
    return not any(c.isupper() for c in text)
