"""Names by title and surname alone: "President Clinton", where the surname by itself means nobody.

In: a row of ``parties/people.yaml`` and ``parties/name_order.yaml``. Out: such names, each with the office that it means.
"""

from __future__ import annotations

from collections.abc import Container
from typing import Any

TITLED = "titled"  # the key of a person's row under which they stand
_SHORTEST = 3  # letters of a surname


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
