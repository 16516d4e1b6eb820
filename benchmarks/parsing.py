#!/usr/bin/env python3
"""Score our parser, and spaCy's small model where it is installed, on sentences with gold trees.

    python benchmarks/parsing.py [--confusions 15]

Labelled attachment without punctuation, and F1 of the pairs that records rest on: a verb with its subject or object, and
with the complement of a preposition; a name counts as one word. Trees: the dev files of ../shared/corpora/ud_english, and
security sentences whose trees were corrected by hand (trees/, found again in ../shared, the half that no training saw).
Both parsers are given the gold words and sentences. Exit status 1 where a figure falls below its floor.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from _floors import check

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "training"))

import conllu  # noqa: E402
from conllu import Tree  # noqa: E402
from scoring import Prediction, score  # noqa: E402
from security import SHARED, held_out  # noqa: E402

from tocsin.language.tokens import Sentence, Token  # noqa: E402
from tocsin.language.trees.model import Network  # noqa: E402
from tocsin.language.trees.mst import best_tree  # noqa: E402
from tocsin.language.trees.parser import MODEL  # noqa: E402

Predictor = Callable[[Sequence[Tree]], list[Prediction]]


def main() -> int:
    """Run from the command line; returns the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--confusions", type=int, default=0, metavar="N", help="list the N commonest of ours")
    options = parser.parse_args()
    sets = {name: conllu.read(SHARED / f"corpora/ud_english/{name}_dev.conllu") for name in ("gum_news", "pud")}
    sets["security"] = held_out()
    figures: dict[str, float] = {}
    for who, predict in (("ours", _ours()), ("spacy", _spacy())):
        if predict is None:
            print(f"{who}: not installed (pip install 'tocsin[compare]'), left out")
            continue
        for name, trees in sets.items():
            began = time.process_time()
            found = predict(trees)
            seconds = 1000 * (time.process_time() - began) / sum(map(len, trees))
            told = score(trees, found).as_dict()
            shown = "  ".join(f"{k} {v:.3f}" for k, v in told.items())
            print(f"{who:>6} {name:<9} {shown}  {seconds:.2f} s/1000 words")
            figures |= {f"{who}_{name}_{k}": v for k, v in told.items()}
            if who == "ours" and options.confusions:
                _confusions(trees, found, options.confusions)
    faults = check("parsing", figures)
    print(*faults, sep="\n", end="\n" if faults else "")
    return 1 if faults else 0


def _ours() -> Predictor:
    network = Network(MODEL)

    def predict(trees: Sequence[Tree]) -> list[Prediction]:
        found: list[Prediction] = []
        for s in network.score([t.words for t in trees]):
            heads = best_tree(s.arcs)
            labels = [network.labels[i] for i in s.labels(0, np.array(heads)).argmax(-1)]
            xpos = [network.xpos[i] for i in s.xpos.argmax(-1)]
            found.append((heads, labels, xpos, [network.upos[i] for i in s.upos.argmax(-1)]))
        return found

    return predict


def _spacy() -> Predictor | None:
    try:
        import spacy
    except ImportError:
        return None
    from spacy_labels import to_universal
    from spacy_parser import SpacyParser

    nlp = SpacyParser().load()

    def predict(trees: Sequence[Tree]) -> list[Prediction]:
        found: list[Prediction] = []
        docs = (spacy.tokens.Doc(nlp.vocab, words=list(tree.words)) for tree in trees)
        for doc in nlp.pipe(docs):
            tokens = [
                Token(t.i, t.text, t.idx, t.idx + len(t.text), t.lemma_.lower(), t.pos_, t.tag_, t.head.i, t.dep_)
                for t in doc
            ]
            sentence = Sentence(0, 0, tokens[-1].end, "paragraph", 0, tokens)
            to_universal(sentence)
            heads = [0 if t.head == t.i else t.head + 1 for t in tokens]
            found.append((heads, [t.dep for t in tokens], [t.tag for t in tokens], [t.pos for t in tokens]))
        return found

    return predict


def _confusions(trees: Sequence[Tree], found: Sequence[Prediction], most: int) -> None:
    """The commonest (gold label, found label, right or wrong head)."""
    seen: Counter[str] = Counter()
    for tree, (heads, labels, _, upos) in zip(trees, found, strict=True):
        for i, label in enumerate(tree.labels):
            if tree.upos[i] != "PUNCT" and (heads[i] != tree.heads[i] or labels[i] != label):
                where = "" if heads[i] == tree.heads[i] else ", another head"
                tagged = "" if upos[i] == tree.upos[i] else f" ({tree.upos[i]} as {upos[i]})"
                seen[f"{label} as {labels[i]}{where}{tagged}"] += 1
    for what, n in seen.most_common(most):
        print(f"{n:>6} {what}")


if __name__ == "__main__":
    raise SystemExit(main())
