"""Figures of an exported parser on gold trees, beside full precision.

    python training/evaluate.py --model parser.onnx --trees ../shared/corpora/ud_english
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Sequence
from pathlib import Path

import conllu
import numpy as np
import onnxruntime
from conllu import Tree
from encoding import Pieces, Vocabulary, batch, batches, windows
from scoring import Prediction, score

from tocsin.language.trees.mst import best_tree


def main() -> None:
    """Run from the command line."""
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--model", type=Path, required=True)
    p.add_argument("--encoder", type=Path, required=True, help="folder with tokenizer.json")
    p.add_argument("--trees", type=Path, required=True)
    o = p.parse_args()
    names = json.loads(o.model.with_name("vocabulary.json").read_text(encoding="utf-8"))
    vocabulary = Vocabulary(*(tuple(names[key]) for key in ("labels", "xpos", "upos")))
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(str(o.model), options, providers=["CPUExecutionProvider"])
    pieces = Pieces(o.encoder / "tokenizer.json")
    for name in ("gum_news_dev.conllu", "pud_dev.conllu"):
        trees = conllu.read(o.trees / name)
        began = time.process_time()
        predictions = predict(session, trees, vocabulary, pieces)
        seconds = 1000 * (time.process_time() - began) / sum(map(len, trees))
        print(json.dumps({"trees": name, **score(trees, predictions).as_dict(), "cpu_s_per_1000_words": round(seconds, 3)}))


def predict(
    session: onnxruntime.InferenceSession, trees: Sequence[Tree], vocabulary: Vocabulary, pieces: Pieces
) -> list[Prediction]:
    """Trees as the exported model sees them, sentences as the gold has them."""
    given = windows(trees, vocabulary, None)
    number = {id(window): i for i, window in enumerate(given)}
    found: dict[int, Prediction] = {}
    for group in batches(given, pieces, 1500, None):
        b = batch(group, pieces)
        inputs = {n: getattr(b, n).numpy().astype(np.int64) for n in ("pieces", "mask", "shapes", "first", "last")}
        arcs, labels, xpos, upos, _ = session.run(None, inputs)
        for k, window in enumerate(group):
            n = len(window.words)
            heads = best_tree(arcs[k, :n, : n + 1])
            chosen = labels[k, np.arange(n), heads].argmax(-1)
            found[number[id(window)]] = (
                heads, [vocabulary.labels[i] for i in chosen],
                [vocabulary.xpos[i] for i in xpos[k, :n].argmax(-1)], [vocabulary.upos[i] for i in upos[k, :n].argmax(-1)],
            )
    return [found[i] for i in range(len(trees))]


if __name__ == "__main__":
    main()
