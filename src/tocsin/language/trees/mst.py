"""The best tree of arc scores: Chu-Liu-Edmonds, with exactly one word at the root."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray


def best_tree(scores: NDArray[np.float32]) -> list[int]:
    """Heads (0 the root, words from 1) of the highest-scoring tree. ``scores``: words x (root + words)."""
    words = scores.shape[0]
    full = np.full((words + 1, words + 1), -1e9)
    full[1:, :] = scores
    np.fill_diagonal(full, -1e9)
    heads: list[int] = full.argmax(1).tolist()
    heads[0] = 0
    if heads.count(0) == 2 and _cycle(heads) is None:  # the root's own and one word's
        return heads[1:]
    best, found, rows = -np.inf, None, np.arange(1, words + 1)
    for root in np.argsort(-full[1:, 0])[:4] + 1:  # a root word beyond the best four is no better
        bound = full.copy()
        bound[1:, 0] = -1e9
        bound[root, :] = -1e9
        bound[root, 0] = full[root, 0]
        if sum(bound[1:].max(1).tolist()) <= best:
            continue  # the best head of each word, tree or no tree, is no better
        tree = _edmonds(bound)[1:]
        total = sum(full[rows, tree].tolist())
        if total > best:
            best, found = total, tree
    assert found is not None
    return [int(h) for h in found]


def _cycle(heads: Sequence[int]) -> list[int] | None:
    state = [0] * len(heads)
    state[0] = 2
    for start in range(1, len(heads)):
        path = []
        at = start
        while state[at] == 0:
            state[at] = 1
            path.append(at)
            at = heads[at]
        if state[at] == 1:
            return path[path.index(at):]
        for node in path:
            state[node] = 2
    return None


def _edmonds(scores: NDArray[np.float64]) -> NDArray[np.int64]:
    heads: NDArray[np.int64] = scores.argmax(1)
    heads[0] = 0
    cycle = _cycle(heads.tolist())
    if cycle is None:
        return heads
    inside = np.array(cycle)
    held = set(cycle)
    outside = np.array([i for i in range(len(heads)) if i not in held])
    gain = scores[inside, heads[inside]]
    enter = scores[np.ix_(inside, outside)] - gain[:, None]
    leave = scores[np.ix_(outside, inside)]
    size = len(outside)
    smaller = np.full((size + 1, size + 1), -1e9)
    smaller[:size, :size] = scores[np.ix_(outside, outside)]
    smaller[size, :size] = enter.max(0)
    smaller[:size, size] = leave.max(1)
    below = _edmonds(smaller)
    out = np.zeros(len(heads), dtype=np.int64)
    out[inside] = heads[inside]
    for i in range(1, size):
        out[outside[i]] = inside[leave[i].argmax()] if below[i] == size else outside[below[i]]
    head = int(below[size])
    out[inside[enter[:, head].argmax()]] = outside[head]
    return out
