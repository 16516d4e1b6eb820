"""One-to-one pairing of two small lists: the assignment of greatest total weight (Kuhn-Munkres, exact).

In: a matrix of whole numbers, 0 where two items may not be paired. Out: pairs of row and column.
"""

from __future__ import annotations

from collections.abc import Sequence

_INFINITE = 1 << 60


def assign(weights: Sequence[Sequence[int]]) -> list[tuple[int, int]]:
    """Pairs ``(row, column)`` of positive weight whose sum is greatest; ties go to earlier rows and columns."""
    if not weights or not weights[0]:
        return []
    if len(weights) > len(weights[0]):
        flipped = assign([list(column) for column in zip(*weights, strict=True)])
        return sorted((row, column) for column, row in flipped)
    owner = _hungarian([[-weight for weight in row] for row in weights])
    pairs = [(row, column) for column, row in enumerate(owner) if row >= 0 and weights[row][column] > 0]
    return sorted(pairs)


def _hungarian(cost: list[list[int]]) -> list[int]:
    """The row that each column gets (-1: none) in the cheapest assignment; no more rows than columns."""
    rows, columns = len(cost), len(cost[0])
    row_price, column_price = [0] * (rows + 1), [0] * (columns + 1)
    owner = [0] * (columns + 1)  # 1-based; column 0 holds the row being placed
    for row in range(1, rows + 1):
        owner[0] = row
        previous = _augmenting_path(cost, row_price, column_price, owner)
        column = previous[-1]
        while column:
            owner[column] = owner[previous[column]]
            column = previous[column]
    return [row - 1 for row in owner[1:]]


def _augmenting_path(
    cost: list[list[int]], row_price: list[int], column_price: list[int], owner: list[int],
) -> list[int]:
    """Cheapest way from column 0 to a free column: the column before each, and the free column appended at the end."""
    columns = len(column_price) - 1
    slack, previous, done = [_INFINITE] * (columns + 1), [0] * (columns + 1), [False] * (columns + 1)
    current = 0
    while owner[current]:
        done[current] = True
        row = owner[current]
        for column in range(1, columns + 1):
            reduced = cost[row - 1][column - 1] - row_price[row] - column_price[column]
            if not done[column] and reduced < slack[column]:
                slack[column], previous[column] = reduced, current
        nearest = min((column for column in range(1, columns + 1) if not done[column]), key=slack.__getitem__)
        step = slack[nearest]
        for column in range(columns + 1):
            if done[column]:
                row_price[owner[column]] += step
                column_price[column] -= step
            else:
                slack[column] -= step
        current = nearest
    return [*previous, current]
