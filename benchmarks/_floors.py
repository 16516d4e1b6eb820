"""The floors of ``quality.json``: figures of one benchmark in, what fell below its floor out.

A floor is a number that the figure must reach; ``{"max": n}`` is a ceiling. Floors rise by a hand-committed edit only:
nothing writes the file.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

FLOORS = Path(__file__).with_name("quality.json")


def check(name: str, figures: Mapping[str, Any], file: Path = FLOORS) -> list[str]:
    """One line for each figure of benchmark ``name`` that is missing, below its floor or above its ceiling."""
    floors = json.loads(file.read_text(encoding="utf-8")).get(name)
    if floors is None:
        return [f"{name}: no floors in {file.name}; add an entry {name!r}"]
    return [line for key, floor in floors.items() if (line := _fault(name, key, floor, figures.get(key)))]


def _fault(name: str, key: str, floor: Any, figure: Any) -> str | None:
    if figure is None:
        return f"{name}.{key}: not measured (floor {floor})"
    if isinstance(floor, dict):
        return f"{name}.{key}: {figure} is above {floor['max']}" if figure > floor["max"] else None
    return f"{name}.{key}: {figure} is below {floor}" if figure < floor else None
