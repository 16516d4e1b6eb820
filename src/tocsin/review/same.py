"""When two records say the same.

In: two records, or parts of them as plain values. Out: whether they agree in all but who coded them, and, for ``says``, in
all but where in the text their words stand.
"""

from __future__ import annotations

import json
from typing import Any

from tocsin.model import Record

_ABOUT = frozenset({"id", "coder", "confidence", "codes", "relations"})  # of the coding, not of the claim
_POSITIONS = frozenset({"start", "end"})


def same(one: Record, other: Record) -> bool:
    """Whether two records say the same at the same place."""
    return one.model_dump(exclude=set(_ABOUT)) == other.model_dump(exclude=set(_ABOUT))


def says(one: Record, other: Record) -> bool:
    """Whether two records say the same, wherever in the text."""
    first, second = (placeless(record.model_dump(exclude=set(_ABOUT))) for record in (one, other))
    return bool(first == second)


def saying(record: Record) -> str:
    """What a record says, as text: the same for two that say the same."""
    return json.dumps(placeless(record.model_dump(exclude=set(_ABOUT))), sort_keys=True)


def placeless(value: Any) -> Any:
    """A value without the offsets in it: a claim that moved down the page has not changed."""
    if isinstance(value, dict):
        return {key: placeless(part) for key, part in value.items() if key not in _POSITIONS}
    if isinstance(value, list | tuple):
        return [placeless(part) for part in value]
    return value
