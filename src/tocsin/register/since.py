"""When records came: one that a reviewer corrected came when the coder's did, though it has a number of its own.

In: the register. Out: for each record that stands corrected its number, and the number under which its claim came first.
"""

from __future__ import annotations

import sqlite3

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]


def first_numbers(db: sqlite3.Connection) -> tuple[Numbers, Numbers]:
    """The numbers of the records that stand in a reviewed claim's place, rising, and beside each the lowest number of a
    record with the same id. Call within one transaction."""
    rows = db.execute("""SELECT standing.id, (SELECT min(id) FROM record WHERE record.record = standing.record)
                         FROM reviewed JOIN record AS standing ON standing.id = stands
                         WHERE stands IS NOT NULL ORDER BY stands""").fetchall()
    found = np.array(rows, dtype=np.int64).reshape(-1, 2)
    return found[:, 0], found[:, 1]


def came(db: sqlite3.Connection, numbers: Numbers) -> Numbers:
    """For each of some rising numbers the one under which its claim came."""
    standing, first = first_numbers(db)
    came_as = numbers.copy()
    if len(numbers):
        at = np.searchsorted(numbers, standing).clip(max=len(numbers) - 1)
        here = numbers[at] == standing
        came_as[at[here]] = first[here]
    return came_as
