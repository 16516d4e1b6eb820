"""Names of parties in a row. In: names, of which several may be one phrase for several countries ("British and Danish ships
(Denmark)"). Out: a line in which each phrase stands once."""

from __future__ import annotations

import re
from collections.abc import Iterable

_OF = re.compile(r"(.+) \(([^()]+)\)")  # a phrase and whose it is


def in_a_row(names: Iterable[str]) -> str:
    """The names, each phrase once with all whose it is: "British and Danish ships (United Kingdom, Denmark)"."""
    owners: dict[str, dict[str, None]] = {}
    for name in names:
        found = _OF.fullmatch(name)
        phrase, owner = found.groups() if found else (name, None)
        owners.setdefault(phrase, {}).update({owner: None} if owner else {})
    return ", ".join(f"{phrase} ({', '.join(whose)})" if whose else phrase for phrase, whose in owners.items())
