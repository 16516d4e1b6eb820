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
from encoding import Pieces, Vocabulary, batch, windows
from lean import INPUTS, OUTPUTS
from scoring import Prediction, score

from tocsin.language.trees.model import Scores
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
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC  # as at run time
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
    """Trees as the exported model sees them, sentences as the gold has them, each by itself."""
    found: list[Prediction] = []
    for window in windows(trees, vocabulary, None):
        b = batch([window], pieces)
        scores = Scores(*session.run(OUTPUTS, {n: getattr(b, n)[0].numpy().astype(np.int64) for n in INPUTS}))
        heads = best_tree(scores.arcs)
        chosen = scores.labels(0, np.array(heads)).argmax(-1)
        found.append((
            heads, [vocabulary.labels[i] for i in chosen],
            [vocabulary.xpos[i] for i in scores.xpos.argmax(-1)], [vocabulary.upos[i] for i in scores.upos.argmax(-1)],
        ))
    return found


if __name__ == "__main__":
    main()
