"""From what a person types for a party or a place to the keys of the index, by the tables of the package.

``RUS``, ``Russia``, ``Kremlin`` are the state with all that belongs to it; ``NATO`` the alliance and its bodies;
``person:vladimir-putin`` an id; any other name is looked for as it is written in the register.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import Any

from tocsin.knowledge.folding import fold
from tocsin.knowledge.loader import Tables
from tocsin.register.terms import NO_COUNTRY

_TABLES = ("bodies", "organs", "armed_groups", "people")


class PartyNames:
    """Names of parties with the keys under which the index has them."""

    def __init__(self, tables: Tables) -> None:
        self._codes: dict[str, str] = {}
        self._states: dict[str, str] = {}
        self._ids: dict[str, str] = {}
        self._below: defaultdict[str, list[str]] = defaultdict(list)
        for row in tables.rows("parties/states.yaml"):
            self._state(row)
        for table in _TABLES:
            for row in tables.rows(f"parties/{table}.yaml"):
                self._party(row)

    def keys(self, asked: str) -> list[str]:
        """Keys of a party: of a state its code, of a body its id and those of its own bodies, else its name."""
        code = self._code(asked)
        if code is not None:
            return [code]
        known = asked if ":" in asked else self._ids.get(fold(asked))
        if known is None:
            return [f"name={fold(asked)}"]
        return [*self._with_all_below(known), f"name={fold(asked)}"]

    def country(self, asked: str) -> str | None:
        """The code of a country by its code or name (not by what stands for its government), None where it is none."""
        return self._codes.get(asked.casefold())

    def _code(self, asked: str) -> str | None:
        return self._codes.get(asked.casefold()) or self._states.get(fold(asked))

    def _with_all_below(self, known: str) -> list[str]:
        found = [known]
        for one in found:
            found += [below for below in self._below[one] if below not in found]
        return found

    def _state(self, row: dict[str, Any]) -> None:
        code = row.get("country")
        if not code or row["id"] != f"state:{code}":
            self._party(row)
            return
        for name in (code, row["id"], row["name"], *(row.get("aliases") or [])):
            self._codes.setdefault(name.casefold(), code)
        for key in ("metonyms", "adjectives", "demonyms"):
            for name in row.get(key) or []:
                self._states.setdefault(fold(name), code)

    def _party(self, row: dict[str, Any]) -> None:
        for name in (row["name"], *(row.get("aliases") or []), *(row.get("bare") or [])):
            self._ids.setdefault(fold(name), row["id"])
        if row.get("parent"):
            self._below[row["parent"]].append(row["id"])


@cache
def party_names() -> PartyNames:
    """The names as shipped, read once."""
    return PartyNames(Tables())


def party_terms(asked: str, roles: tuple[str, ...]) -> list[str]:
    """Terms of the index for one value of the party filter: ``RUS``, ``RUS,BLR``, ``supplier=RUS``."""
    role, _, names = asked.rpartition("=")
    played = (role,) if role else roles
    keys = [key for name in names.split(",") if name.strip() for key in party_names().keys(name.strip())]
    return [f"party:{key}:{role}" for key in keys for role in (played or ("*",))]


def source_terms(asked: str) -> list[str]:
    """Terms of the index for who says it: a state with all that belongs to it, else a name."""
    keys = party_names().keys(asked)
    return [f"source:{key}" for key in keys] + [f"source:name={fold(asked)}"]


def place_terms(asked: str) -> list[str]:
    """Terms of the index for a place: a country by code or name, else a town, province, region or site by name."""
    country = party_names().country(asked)
    if country is not None and country not in NO_COUNTRY:
        return [f"place:{country}", f"place:name={fold(asked)}"]
    if asked.startswith("geonames:"):
        return [f"place:geonames={asked.removeprefix('geonames:')}"]
    return [f"place:name={fold(asked)}"]
