"""What the tables know of a party: its name for a code or id, other names, offices, memberships, who belongs to it.

In: the tables of the package. Out: names for links and lists, and ``About`` for the page of a party.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import Any

from tocsin.knowledge.loader import Tables
from tocsin.register.names import party_names

_TABLES = ("states", "bodies", "organs", "armed_groups", "people")
Spell = tuple[str, str]  # first and last day, empty where open or not known


@dataclass(frozen=True, slots=True)
class Tie:
    """A dated link from one party to another: an office, a membership. ``id`` is empty where it leads nowhere."""

    name: str
    id: str
    since: str
    until: str


@dataclass(frozen=True, slots=True)
class About:
    """What is known of a party besides the register. ``key`` is what the filters of a register take for it."""

    key: str
    name: str
    kind: str
    country: str | None = None
    aliases: tuple[str, ...] = ()
    offices: tuple[Tie, ...] = ()
    member_of: tuple[Tie, ...] = ()
    members: tuple[Tie, ...] = ()
    parent: Tie | None = None
    parts: tuple[Tie, ...] = ()
    people: tuple[Tie, ...] = ()
    since: str = ""
    until: str = ""
    qid: str = ""
    known: bool = False


class Names:
    """The party tables by id."""

    def __init__(self, tables: Tables) -> None:
        self._rows: dict[str, dict[str, Any]] = {}
        self._tables: dict[str, str] = {}
        self._below: defaultdict[str, list[str]] = defaultdict(list)
        self._of_country: defaultdict[str, list[str]] = defaultdict(list)
        for table in _TABLES:
            for row in tables.rows(f"parties/{table}.yaml"):
                name = row["id"]
                self._rows[name], self._tables[name] = row, table
                if row.get("parent"):
                    self._below[row["parent"]].append(name)
                if row.get("country") and table != "states":
                    self._of_country[row["country"]].append(name)

    def name(self, key: str) -> str:
        """What a country code or an id is called; any other key is a name already."""
        row = self._rows.get(f"state:{key}") or self._rows.get(key)
        return str(row["name"]) if row else key

    def about(self, key: str) -> About:
        """What is known of a party by code, id or name."""
        found = self._id(key)
        row = self._rows.get(found)
        if row is None:
            return About(key, key, "")
        country, table = row.get("country"), self._tables[found]
        state = table == "states" and found == f"state:{country}"
        return About(
            key=str(country) if state else found, name=str(row["name"]), kind=_kind(row, table), country=country,
            aliases=tuple(str(alias) for alias in (*(row.get("aliases") or ()), *(row.get("bare") or ()))),
            offices=tuple(_office(office) for office in row.get("offices") or ()),
            member_of=tuple(self._memberships(str(country))) if state else (),
            members=tuple(Tie(self.name(code), code, *spell)
                          for code, given in (row.get("members") or {}).items() for spell in _spells(given)),
            parent=self._tie(row["parent"]) if row.get("parent") else None,
            parts=tuple(self._tie(one) for one in (self._parts(str(country)) if state else self._below[found])),
            people=tuple(self._office_holders(str(country))) if state else (),
            since=str(row.get("since") or ""), until=str(row.get("until") or ""), qid=str(row.get("qid") or ""), known=True)

    def _id(self, key: str) -> str:
        if key in self._rows:
            return key
        found = (one for known in party_names().keys(key) for one in (f"state:{known}", known))
        return next((one for one in found if one in self._rows), key)

    def _memberships(self, country: str) -> list[Tie]:
        return [Tie(str(row["name"]), name, *spell) for name, row in self._rows.items()
                for spell in _spells((row.get("members") or {}).get(country) or [])]

    def _parts(self, country: str) -> list[str]:
        return [name for name in self._of_country[country] if self._tables[name] in ("organs", "armed_groups")]

    def _office_holders(self, country: str) -> list[Tie]:
        """People with the last office of each."""
        people = [self._rows[name] for name in self._of_country[country] if self._tables[name] == "people"]
        held = [(row, _office(row["offices"][-1])) for row in people if row.get("offices")]
        return [Tie(f"{row['name']}, {last.name}", row["id"], last.since, last.until) for row, last in held]

    def _tie(self, name: str) -> Tie:
        row = self._rows.get(name) or {}
        return Tie(self.name(name), name, str(row.get("since") or ""), str(row.get("until") or ""))


def _kind(row: dict[str, Any], table: str) -> str:
    return str(row.get("kind") or {"states": "state", "people": "person"}.get(table, "unidentified"))


def _office(office: dict[str, Any]) -> Tie:
    return Tie(str(office["office"]), "", str(office.get("from") or ""), str(office.get("to") or ""))


def _spells(given: Any) -> list[Spell]:
    """One spell, or several, as first and last day."""
    parts = [str(text).partition("..") for text in (given if isinstance(given, list) else [given])]
    return [(first, last) for first, _, last in parts]


@cache
def names() -> Names:
    """The tables as shipped, read once."""
    return Names(Tables())
