"""What formats of others need to know of countries and weapons: their codes, names and categories, from the tables."""

from __future__ import annotations

from functools import cache

from tocsin.knowledge.loader import Tables


@cache
def country_names() -> dict[str, str]:
    """Names of states and territories by ISO 3166-1 alpha-3 code."""
    return {row["country"]: row["name"] for row in Tables().rows("parties/states.yaml")
            if row["id"] == f"state:{row['country']}"}


@cache
def country_codes() -> dict[str, dict[str, str]]:
    """The other codes of a country by the same: iso2, number, fips; empty where there is none."""
    return {row["iso3"]: row for row in Tables().rows("export/country_codes.tsv")}


def code_of(country: str | None, kind: str) -> str | None:
    """One code of a country; None where it has none."""
    return (country_codes().get(country or "") or {}).get(kind) or None


@cache
def weapon_categories() -> dict[str, tuple[str, str]]:
    """SIPRI and UNROCA category by designation; a designation of several systems has what they agree in."""
    found: dict[str, tuple[str, str]] = {}
    for row in Tables().rows("equipment/designations.tsv"):
        name, here = row["designation"], (row["sipri"] or "", row["unroca"] or "")
        before = found.get(name, here)
        found[name] = (here[0] if here[0] == before[0] else "", here[1] if here[1] == before[1] else "")
    return found
