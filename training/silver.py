"""Trees of plain texts as several trained models together see them: more to learn from than one model's gold trees.

    python training/silver.py --runs runs/a runs/b runs/c --texts TEXT_OR_JSON_LINES ... --out runs/silver.conllu

Scores are averaged as log-probabilities. Sentences that models are measured on are named with --without. Needs the
package itself beside what training needs (words and sentences are cut as Tocsin cuts them).
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import conllu
import torch
from conllu import Tree
from encoding import Pieces, Window, batch, batches
from export import load

from tocsin.knowledge.loader import Tables
from tocsin.language.tokens import Sentence
from tocsin.language.trees import TreeParser
from tocsin.language.trees.model import Network, Scores

SHORTEST, LONGEST = 4, 70  # words of a sentence worth learning from


class Ensemble(Network):
    """Several trained models as one network."""

    def __init__(self, runs: Sequence[Path], tokenizer: Path) -> None:
        loaded = [load(run) for run in runs]
        if any(names != loaded[0][1] for _, names in loaded):
            raise SystemExit("the runs do not share their classes; train them on the same treebanks")
        self._models, names = [model for model, _ in loaded], loaded[0][1]
        self.labels, self.xpos, self.upos = names["labels"], names["xpos"], names["upos"]
        self._words = Pieces(tokenizer)

    @torch.no_grad()
    def score(self, windows: Sequence[Sequence[str]]) -> list[Scores]:
        """Averaged log-probabilities of the windows, in their order."""
        given = [Window(list(w), *([0] * len(w) for _ in range(5))) for w in windows]
        place = {id(window): i for i, window in enumerate(given)}
        found: dict[int, Scores] = {}
        for group in batches(given, self._words, 3000, None):
            b = batch(group, self._words)
            runs = [[torch.log_softmax(x, -1) for x in m(b.pieces, b.mask, b.shapes, b.first, b.last)] for m in self._models]
            arcs, labels, xpos, upos, starts = (torch.stack(part).mean(0).numpy() for part in zip(*runs, strict=True))
            for k, window in enumerate(group):
                n = len(window.words)
                found[place[id(window)]] = Scores(
                    arcs[k, :n, : n + 1], labels[k, :n, : n + 1], xpos[k, :n], upos[k, :n], starts[k, :n]
                )
        return [found[i] for i in range(len(windows))]


class _Parser(TreeParser):
    def __init__(self, network: Ensemble) -> None:
        super().__init__(Tables(), treebank=True)
        self._network = network


def main() -> None:
    """Run from the command line."""
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--runs", type=Path, nargs="+", required=True)
    p.add_argument("--encoder", type=Path, required=True, help="folder with tokenizer.json")
    p.add_argument("--texts", type=Path, nargs="+", required=True, help=".txt, or .jsonl with a key text")
    p.add_argument("--out", type=Path, required=True)
    p.add_argument("--without", type=Path, nargs="*", default=[], help="CoNLL-U files whose sentences are left out")
    p.add_argument("--threads", type=int, default=2)
    o = p.parse_args()
    torch.set_num_threads(o.threads)
    parser = _Parser(Ensemble(o.runs, o.encoder / "tokenizer.json"))
    seen = {_key("".join(tree.words)) for file in o.without for tree in conllu.read(file)}
    trees = [tree for file in o.texts for text in _texts(file) for tree in _trees(parser, text, seen)]
    conllu.write(o.out, trees)
    print(f"{o.out}: {len(trees)} sentences, {sum(map(len, trees))} words")


def _texts(file: Path) -> Iterator[str]:
    content = file.read_text(encoding="utf-8")
    if file.suffix == ".jsonl":
        yield from (json.loads(line)["text"] for line in content.splitlines() if line.strip())
    else:
        yield content


def _trees(parser: TreeParser, text: str, seen: set[str]) -> Iterator[Tree]:
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
        yield _tree(sentence, opens)
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
