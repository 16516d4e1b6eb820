"""Names by title and surname alone: "President Clinton", where the surname by itself means nobody.

In: ``parties/people.yaml`` and ``parties/name_order.yaml``. Out: such names, each with those who bear it and the office that
it means.
"""

from __future__ import annotations

from collections.abc import Container
from typing import Any

from tocsin.knowledge.cache import cached
from tocsin.knowledge.loader import Tables
from tocsin.knowledge.names import Name

_SHORTEST = 3  # letters of a surname
_KEPT = ("id", "name", "country", "sector", "offices")  # what a mention needs of a row
Titled = dict[str, list[tuple[str, Name]]]  # name by title -> (office, person)


def titled_people(tables: Tables) -> Titled:
    """Everybody whom a title and a surname can mean."""
    data: dict[str, list[tuple[str, dict[str, Any]]]] = cached("titles", tables.digest, lambda: _by_title(tables))
    return {name: [(office, _person(row)) for office, row in bearers] for name, bearers in data.items()}


def _by_title(tables: Tables) -> dict[str, list[tuple[str, dict[str, Any]]]]:
    """The same as plain data."""
    order, rows = tables.mapping("parties/name_order.yaml"), list(tables.rows("parties/people.yaml"))
    alone = {alias for row in rows for key in ("aliases", "bare") for alias in row.get(key) or ()}
    found: dict[str, list[tuple[str, dict[str, Any]]]] = {}
    for row in rows:
        for name, office in titled_names(row, order, alone).items():
            found.setdefault(name, []).append((office, {key: row.get(key) for key in _KEPT}))
    return found


def _person(row: dict[str, Any]) -> Name:
    return Name("person", row["id"], row["name"], row["country"], row["sector"], False, row)


def titled_names(row: dict[str, Any], order: dict[str, Any], alone: Container[str]) -> dict[str, str]:
    """The names by title of a person, with the office for each; none where the surname is one of those that name somebody
    ``alone``."""
    words = row["name"].split()
    surname = words[0] if row.get("country") in order["family_first"] else words[-1]
    if len(words) < 2 or surname in alone or len(surname) < _SHORTEST:
        return {}
    offices = dict.fromkeys(str(office["office"]) for office in row.get("offices") or [])
    named = {f"{title} {surname}": office for office in offices for title in order["titles"].get(office, ())}
    return {name: office for name, office in named.items() if name not in alone}
