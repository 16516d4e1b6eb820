"""Train the parser: trees and encoder weights in, a checkpoint with its figures out. Resumable and seeded.

    python training/train.py --trees ../shared/corpora/ud_english --encoder MODEL_FOLDER --out runs/first [--epochs 6]
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import random
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import conllu
import soft
import torch
import torch.nn.functional as F
from conllu import Tree
from encoding import Batch, Pieces, Vocabulary, Window, batch, batches, windows
from network import KINDS, Parser, half_pays
from run import Run
from scoring import Prediction, score
from soft import Sure

from tocsin.language.trees.mst import best_tree

SEED = 20
TRAIN = ("gum_train.conllu", "ewt_train.conllu")
DEV = ("gum_news_dev.conllu", "pud_dev.conllu")


def main() -> None:
    """Run from the command line."""
    o = _options()
    torch.manual_seed(o.seed)
    torch.set_num_threads(o.threads)
    trees = [tree for name in TRAIN for tree in conllu.read(o.trees / name)]
    vocabulary = Vocabulary.of(trees)  # of the treebanks alone, so that runs with other trees beside them can be joined
    sureness: dict[int, Sure] = {}
    for file in o.extra:
        more = conllu.read(file)
        if file.with_suffix(".npz").exists():  # a teacher's
            given = soft.read(file.with_suffix(".npz"), vocabulary.labels)
            sureness |= {id(tree): sure for tree, sure in zip(more, given, strict=True)}
        trees += more
    dev = {name: conllu.read(o.trees / name) for name in DEV}
    pieces = Pieces(o.encoder / "tokenizer.json")
    model = Parser(len(vocabulary.labels), len(vocabulary.xpos), len(vocabulary.upos), o.kind, *o.dropout)
    model.half_precision = o.half and half_pays()
    if o.begin is None:
        model.encoder.load(o.encoder / "model.safetensors")
    else:
        model.load_state_dict(torch.load(o.begin / "checkpoint.pt", weights_only=True)["model"])
    o.out.mkdir(parents=True, exist_ok=True)
    names = {"encoder": o.kind, **dataclasses.asdict(vocabulary)}
    (o.out / "vocabulary.json").write_text(json.dumps(names, indent=1), encoding="utf-8")
    rounds = [_epoch(trees, vocabulary, pieces, o.size, 1000 * o.seed + epoch, sureness) for epoch in range(o.epochs)]
    total = sum(len(groups) for groups in rounds)
    optimiser = _optimiser(model, o.rate, o.head_rate)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: _rate(step, total))
    run = Run(o.out / "checkpoint.pt", model, optimiser, schedule)
    run.resume()
    for epoch in range(run.epoch, min(o.epochs, o.until or o.epochs)):
        began = time.time()
        model.rounded(epoch >= o.epochs - o.rounded)
        loss = _train(run, rounds[epoch], pieces, 1000 * o.seed + epoch)
        figures = {name: evaluate(model, trees_, vocabulary, pieces) for name, trees_ in dev.items()}
        line = {"epoch": epoch + 1, "loss": round(loss, 4), "seconds": round(time.time() - began), **figures}
        print(json.dumps(line), flush=True)
        with (o.out / "log.jsonl").open("a", encoding="utf-8") as log:
            log.write(json.dumps(line) + "\n")
        run.next_epoch()


def _options() -> argparse.Namespace:
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--trees", type=Path, required=True)
    p.add_argument("--encoder", type=Path, required=True)
    p.add_argument("--kind", choices=KINDS, default="minilm", help="of the encoder")
    p.add_argument("--out", type=Path, required=True)
    p.add_argument("--extra", type=Path, action="append", default=[], help="more CoNLL-U files to train on")
    p.add_argument("--begin", type=Path, help="a finished run to begin from, instead of the encoder")
    p.add_argument("--epochs", type=int, default=6)
    p.add_argument("--size", type=int, default=900, help="pieces a batch")
    p.add_argument("--rate", type=float, default=1.2e-4, help="learning rate of the encoder")
    p.add_argument("--head-rate", type=float, default=1.2e-3, help="learning rate of the heads")
    p.add_argument("--dropout", type=float, nargs=2, default=(0.33, 0.1), metavar=("HEADS", "ENCODER"))
    p.add_argument("--until", type=int, help="stop after so many of the epochs planned")
    p.add_argument("--rounded", type=int, default=0, help="last epochs in which products are rounded as the shipped ones")
    p.add_argument("--half", action="store_true", help="the encoder's products in bfloat16 where that is faster on this CPU")
    p.add_argument("--threads", type=int, default=2)
    p.add_argument("--seed", type=int, default=SEED)
    return p.parse_args()


def _epoch(
    trees: Sequence[Tree], vocabulary: Vocabulary, pieces: Pieces, size: int, seed: int, sureness: Mapping[int, Sure]
) -> list[list[Window]]:
    rng = random.Random(seed)
    return batches(windows(trees, vocabulary, rng, sureness), pieces, size, rng)


def _optimiser(model: Parser, rate: float, head_rate: float) -> torch.optim.AdamW:
    inner = list(model.encoder.parameters())
    known = {id(p) for p in inner}
    outer = [p for p in model.parameters() if id(p) not in known]
    return torch.optim.AdamW(
        [{"params": inner, "lr": rate}, {"params": outer, "lr": head_rate}], betas=(0.9, 0.98), weight_decay=0.01, fused=True
    )


def _rate(step: int, total: int) -> float:
    warm = max(1, total // 15)
    return step / warm if step < warm else max(0.0, (total - step) / (total - warm))


def _train(run: Run, groups: list[list[Window]], pieces: Pieces, seed: int) -> float:
    """One epoch, or what is left of it; the mean loss.

    What chance decides in a step follows from the seed and the step's number alone, so that a run that was stopped and one
    that was not end in the same weights (on the same kind of CPU, with as many threads).
    """
    run.model.train()
    for n in range(run.step, len(groups)):
        torch.manual_seed(seed * 100_000 + n)
        loss = _loss(run.model, batch(groups[n], pieces, random.Random(seed * 100_000 + n)))
        run.optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(run.model.parameters(), 2.0)
        run.optimiser.step()
        run.schedule.step()
        run.stepped(float(loss.detach()))
    return run.loss / len(groups)


def _loss(model: Parser, b: Batch) -> torch.Tensor:
    arcs, labels, xpos, upos, starts = model(b.pieces, b.mask, b.shapes, b.first, b.last)
    seen = torch.cat([torch.ones_like(b.present[:, :1]), b.present], 1)
    arcs = arcs.masked_fill(~seen[:, None, :], -1e4)
    here = b.present
    gold = labels.gather(2, b.heads[:, :, None, None].expand(-1, -1, 1, labels.shape[-1])).squeeze(2)
    to_arcs, to_labels = b.targets(labels.shape[-1], 0.03)
    return (
        F.cross_entropy(arcs[here], to_arcs[here])
        + F.cross_entropy(gold[here], to_labels[here])
        + 0.3 * F.cross_entropy(xpos[here], b.xpos[here])
        + 0.2 * F.cross_entropy(upos[here], b.upos[here])
        + 0.2 * F.cross_entropy(starts[here], b.starts[here])
    )


@torch.no_grad()
def evaluate(model: Parser, trees: Sequence[Tree], vocabulary: Vocabulary, pieces: Pieces) -> dict[str, float]:
    """Figures of the model on gold sentences."""
    model.eval()
    found: dict[int, Prediction] = {}
    given = windows(trees, vocabulary, None)
    number = {id(window): i for i, window in enumerate(given)}
    for group in batches(given, pieces, 4000, None):
        b = batch(group, pieces)
        arcs, labels, xpos, upos, _ = model(b.pieces, b.mask, b.shapes, b.first, b.last)
        for k, window in enumerate(group):
            n = len(window.words)
            heads = best_tree(arcs[k, :n, : n + 1].numpy())
            chosen = labels[k, torch.arange(n), torch.tensor(heads)].argmax(-1)
            found[number[id(window)]] = (
                heads, [vocabulary.labels[i] for i in chosen],
                [vocabulary.xpos[i] for i in xpos[k, :n].argmax(-1)], [vocabulary.upos[i] for i in upos[k, :n].argmax(-1)],
            )
    return score(trees, [found[i] for i in range(len(trees))]).as_dict()


if __name__ == "__main__":
    main()
