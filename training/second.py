"""What a second model thinks of a teacher's trees, averaged with what the teacher thinks of them.

    python training/second.py --trees runs/silver.conllu --model runs/small --out runs/both.conllu

The trees stay the teacher's; how sure it is of each arc and label (``.npz`` beside them) becomes the geometric mean of both.
A model that is to take another's place learns so what that one knows, too.
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

import conllu
import numpy as np
import soft
from numpy.typing import NDArray

from tocsin.language.trees.model import Network

Array = NDArray[np.float32]
_NEVER = 1e-7  # no probability is lower, for its logarithm is taken


def main() -> None:
    """Run from the command line."""
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--trees", type=Path, required=True)
    p.add_argument("--model", type=Path, required=True, help="folder with parser.onnx, vocabulary.json, tokenizer.json")
    p.add_argument("--out", type=Path, required=True)
    o = p.parse_args()
    network, made = Network(o.model), []
    trees = conllu.read(o.trees)
    for tree, (arcs, named) in zip(trees, soft.read(o.trees.with_suffix(".npz"), network.labels), strict=True):
        scores = network.score([tree.words])[0]
        made.append((_mean(arcs, scores.arcs), _mean(named, scores.labels(0, np.array(tree.heads)))))
    shutil.copy(o.trees, o.out)
    soft.write(o.out.with_suffix(".npz"), network.labels, made)


def _mean(sure: Array, scores: Array) -> Array:
    """The geometric mean of probabilities and of what scores amount to."""
    other = scores - scores.max(-1, keepdims=True)
    other = other - np.log(np.exp(other).sum(-1, keepdims=True))
    both = np.exp((np.log(np.maximum(sure.astype(np.float32), _NEVER)) + np.maximum(other, np.log(_NEVER))) / 2)
    found: Array = both / both.sum(-1, keepdims=True)
    return found


if __name__ == "__main__":
    main()
