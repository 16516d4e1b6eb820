"""Trees of plain texts as several trained models together see them: more to learn from than one model's gold trees.

    python training/silver.py --run runs/teacher MPNET_FOLDER --texts TEXT_OR_JSON_LINES ... --out runs/silver.conllu
    python training/silver.py --model MODEL_FOLDER --texts ... --out ...      one that ships, as it answers there

Scores are averaged as log-probabilities; beside the trees, ``runs/silver.npz`` keeps how sure the models are. Sentences
that models are measured on are named with --without. Needs the package itself beside what training needs (words and
sentences are cut as Tocsin cuts them).
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import conllu
import numpy as np
import soft
import torch
from conllu import Tree
from encoding import Pieces, Window, batch, batches
from export import load
from network import Parser, half_pays
from numpy.typing import NDArray

from tocsin.knowledge.loader import Tables
from tocsin.language.tokens import Sentence
from tocsin.language.trees import TreeParser
from tocsin.language.trees.model import Network, Scores

Array = NDArray[np.float32]
SHORTEST, LONGEST = 4, 70  # words of a sentence worth learning from


class _Whole(Scores):
    """Scores whose ``left`` has the labels of all arcs: words x (root + words) x classes."""

    def labels(self, first: int, heads: NDArray[np.int64]) -> Array:
        """Scores of each class for the arcs from the first word and those after it to their heads."""
        return self.left[np.arange(first, first + len(heads)), heads]


class Ensemble(Network):
    """Several trained models as one network; each reads word pieces its own way."""

    def __init__(self, runs: Sequence[tuple[Path, Path]]) -> None:
        loaded = [load(run) for run, _ in runs]
        names = loaded[0][1]
        classes = ("labels", "xpos", "upos")
        if any(other[key] != names[key] for _, other in loaded for key in classes):
            raise SystemExit("the runs do not share their classes; train them on the same treebanks")
        self.labels, self.xpos, self.upos = (names[key] for key in classes)
        readers = [Pieces(encoder / "tokenizer.json") for _, encoder in runs]
        self._pairs = [(model, pieces) for (model, _), pieces in zip(loaded, readers, strict=True)]

    @property
    def models(self) -> list[Parser]:
        """The models, to be set up."""
        return [model for model, _ in self._pairs]

    @torch.no_grad()
    def score(self, windows: Sequence[Sequence[str]]) -> list[Scores]:
        """Averaged log-probabilities of the windows, in their order."""
        every = [self._of_one(model, pieces, windows) for model, pieces in self._pairs]
        means = [[np.mean(parts, 0) for parts in zip(*of_window, strict=True)] for of_window in zip(*every, strict=True)]
        return [_Whole(arcs, labels, labels[:, 0], *rest) for arcs, labels, *rest in means]

    @staticmethod
    def _of_one(model: Parser, pieces: Pieces, windows: Sequence[Sequence[str]]) -> list[list[Array]]:
        given = [Window(list(w), *([0] * len(w) for _ in range(5))) for w in windows]
        place = {id(window): i for i, window in enumerate(given)}
        found: dict[int, list[Array]] = {}
        for group in batches(given, pieces, 3000, None):
            b = batch(group, pieces)
            arcs, labels, *rest = model(b.pieces, b.mask, b.shapes, b.first, b.last)
            for k, window in enumerate(group):
                n = len(window.words)
                scores = (arcs[k, :n, : n + 1], labels[k, :n, : n + 1], *(part[k, :n] for part in rest))
                found[place[id(window)]] = [torch.log_softmax(part, -1).numpy() for part in scores]
        return [found[i] for i in range(len(windows))]


class _Parser(TreeParser):
    """The package's parser with other models in it, which keeps how sure they are of each sentence's arcs and labels."""

    def __init__(self, network: Network) -> None:
        super().__init__(Tables(), treebank=True)
        self._network = network
        self.sureness: dict[int, tuple[Array, Array]] = {}  # by number of the sentence

    def _sentence(
        self, network: Network, spans: list[tuple[int, int]], words: list[str], scores: Scores,
        tags: list[tuple[str, str]], span: tuple[int, int], index: int, kind: str, paragraph: int,
    ) -> Sentence:
        sentence = super()._sentence(network, spans, words, scores, tags, span, index, kind, paragraph)
        a, b = span
        arcs = scores.arcs[a:b, [0, *range(a + 1, b + 1)]]
        heads = [0 if w.head == w.i else w.head + 1 + a for w in sentence.tokens]
        self.sureness[index] = _normal(arcs), _normal(scores.labels(a, np.array(heads)))
        return sentence


def _normal(scores: Array) -> Array:
    odds = np.exp(scores - scores.max(-1, keepdims=True))
    return odds / odds.sum(-1, keepdims=True)


def main() -> None:
    """Run from the command line."""
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    whose = p.add_mutually_exclusive_group(required=True)
    whose.add_argument("--run", type=Path, nargs=2, action="append", metavar=("RUN", "ENCODER"),
                       help="a trained model and the folder with its tokenizer.json")
    whose.add_argument("--model", type=Path, help="folder with parser.onnx, vocabulary.json and tokenizer.json")
    p.add_argument("--texts", type=Path, nargs="+", required=True, help=".txt, or .jsonl with a key text")
    p.add_argument("--out", type=Path, required=True)
    p.add_argument("--without", type=Path, nargs="*", default=[], help="CoNLL-U files whose sentences are left out")
    p.add_argument("--threads", type=int, default=2)
    p.add_argument("--half", action="store_true", help="the encoders' products in bfloat16 where that is faster on this CPU")
    o = p.parse_args()
    torch.set_num_threads(o.threads)
    network = Network(o.model, o.threads) if o.model else _ensemble(o.run, o.half and half_pays())
    parser = _Parser(network)
    seen = {_key("".join(tree.words)) for file in o.without for tree in conllu.read(file)}
    made = [pair for file in o.texts for text in _texts(file) for pair in _trees(parser, text, seen)]
    trees = [tree for tree, _ in made]
    conllu.write(o.out, trees)
    soft.write(o.out.with_suffix(".npz"), network.labels, [sure for _, sure in made])
    print(f"{o.out}: {len(trees)} sentences, {sum(map(len, trees))} words")


def _ensemble(runs: Sequence[tuple[Path, Path]], half: bool) -> Ensemble:
    ensemble = Ensemble(runs)
    for model in ensemble.models:
        model.half_precision = half
    return ensemble


def _texts(file: Path) -> Iterator[str]:
    content = file.read_text(encoding="utf-8")
    if file.suffix == ".jsonl":
        yield from (json.loads(line)["text"] for line in content.splitlines() if line.strip())
    else:
        yield content


def _trees(parser: _Parser, text: str, seen: set[str]) -> Iterator[tuple[Tree, tuple[Array, Array]]]:
    at, stretches = 0, []
    for number, line in enumerate(text.split("\n")):
        if line.strip():
            stretches.append((at, at + len(line), "paragraph", number))
        at += len(line) + 1
    opens = True
    for sentence in parser.parse(text, stretches):
        key = _key(text[sentence.start:sentence.end])
        if key in seen or not SHORTEST <= len(sentence.tokens) <= LONGEST:
            opens = True  # its neighbours are none any more
            continue
        seen.add(key)
        yield _tree(sentence, opens), parser.sureness[sentence.index]
        opens = False


def _key(sentence: str) -> str:
    """The same for a sentence however it is cut into words."""
    return hashlib.sha256("".join(filter(str.isalnum, sentence)).encode()).hexdigest()


def _tree(sentence: Sentence, opens: bool) -> Tree:
    words = sentence.tokens
    heads = tuple(0 if w.head == w.i else w.head + 1 for w in words)
    return Tree(
        tuple(w.text for w in words), tuple(w.lemma for w in words), tuple(w.pos for w in words),
        tuple(w.tag for w in words), ("_",) * len(words), heads, tuple(w.dep for w in words), opens,
    )


if __name__ == "__main__":
    main()
