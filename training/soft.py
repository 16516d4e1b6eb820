"""How sure a teacher is of each arc and label of its trees, kept beside them, and given to who learns from them.

In the file: every sentence's arc probabilities (words x (root + words)) and label probabilities (words x labels, for
the head the tree has), one after another, as float16.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]
Sure = tuple[Array, Array]


def write(file: Path, labels: Sequence[str], given: Sequence[Sure]) -> None:
    """Keep the probabilities of sentences, in their order."""
    arcs = np.concatenate([arcs.ravel() for arcs, _ in given]).astype(np.float16)
    named = np.concatenate([named for _, named in given]).astype(np.float16)
    lengths = np.array([len(arcs) for arcs, _ in given], dtype=np.int32)
    np.savez(file, classes=np.array(labels), lengths=lengths, arcs=arcs, labels=named)


def read(file: Path, labels: Sequence[str]) -> list[Sure]:
    """The probabilities of sentences, in their order. Raises ValueError where they are of other labels."""
    with np.load(file) as kept:
        if list(kept["classes"]) != list(labels):
            raise ValueError(f"{file}: made by a teacher with other labels; train it on the same treebanks")
        lengths, arcs, named = kept["lengths"], kept["arcs"], kept["labels"]
    out, at, word = [], 0, 0
    for n in map(int, lengths):
        out.append((arcs[at:at + n * (n + 1)].reshape(n, n + 1), named[word:word + n]))
        at, word = at + n * (n + 1), word + n
    return out
