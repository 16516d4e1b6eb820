"""A trained run to the beginning of a smaller one: its first layers alone, and of their inner numbers those that matter.

    python training/smaller.py --run runs/large --encoder MODEL_FOLDER --texts runs/silver.conllu --kind minilm5 --out RUN

What the last layers add is small once the parser is trained: without the last two of six, and before any training, the
attachment of pud_dev falls from .936 to .928. Of an inner number counts what its variance over plain texts adds to what
comes out (Molchanov et al. 2017); the mean of those that go is added to the bias. ``train.py --begin`` then mends what was
lost.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Sequence
from pathlib import Path

import conllu
import torch
import torch.nn.functional as F
from encoding import Pieces, Vocabulary, Window, batch, batches, windows
from export import load
from network import KINDS, Layer, Parser
from torch import Tensor

SAMPLE = 800  # windows of plain text from which the variance is taken
_LEAST = 0.02  # share of a layer in the mix, so that each can learn
Spread = tuple[Tensor, Tensor]
"""Mean and variance of each inner number of a layer."""


def main() -> None:
    """Run from the command line."""
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--run", type=Path, required=True)
    p.add_argument("--encoder", type=Path, required=True, help="folder with tokenizer.json")
    p.add_argument("--texts", type=Path, required=True, help="CoNLL-U file with plain texts")
    p.add_argument("--kind", choices=KINDS, required=True, help="of the smaller one")
    p.add_argument("--out", type=Path, required=True)
    p.add_argument("--seed", type=int, default=3)
    o = p.parse_args()
    large, names = load(o.run)
    vocabulary = Vocabulary(*(tuple(names[key]) for key in ("labels", "xpos", "upos")))
    rng = random.Random(o.seed)
    texts = windows(conllu.read(o.texts), vocabulary, rng)
    spreads = _spreads(large, rng.sample(texts, min(SAMPLE, len(texts))), Pieces(o.encoder / "tokenizer.json"))
    small = Parser(len(names["labels"]), len(names["xpos"]), len(names["upos"]), o.kind)
    shrink(large, small, spreads)
    o.out.mkdir(parents=True, exist_ok=True)
    torch.save({"model": small.state_dict()}, o.out / "checkpoint.pt")
    (o.out / "vocabulary.json").write_text(json.dumps({**names, "encoder": o.kind}, indent=1), encoding="utf-8")


@torch.no_grad()
def shrink(large: Parser, small: Parser, spreads: Sequence[Spread]) -> None:
    """Fill the smaller model from the first layers of the larger one."""
    kept = {name: part for name, part in large.state_dict().items() if ".layers." not in name and name != "encoder.mix"}
    small.load_state_dict(kept, strict=False)
    small.encoder.mix.copy_(_mix(large, len(small.encoder.layers), len(small.encoder.mix)))
    for target, source, spread in zip(small.encoder.layers, large.encoder.layers, spreads, strict=False):
        _fill(target, source, spread)


def _mix(large: Parser, layers: int, mixed: int) -> Tensor:
    """The weights of the last layers that are left: the last of them stands for those that go, too."""
    shares = torch.zeros(layers)
    first = len(large.encoder.layers) - len(large.encoder.mix)
    for number, share in enumerate(large.encoder.mix.softmax(0)):
        shares[min(first + number, layers - 1)] += share
    return shares[-mixed:].clamp(min=_LEAST).log()


def _fill(target: Layer, source: Layer, spread: Spread) -> None:
    mean, variance = spread
    weight = source.down.weight
    order = (variance * (weight**2).sum(0)).argsort(descending=True)
    most = target.up.out_features
    taken, left = order[:most].sort().values, order[most:]
    same = {name: part for name, part in source.state_dict().items() if not name.startswith(("up.", "down."))}
    target.load_state_dict(same, strict=False)
    target.up.weight.copy_(source.up.weight[taken])
    target.up.bias.copy_(source.up.bias[taken])
    target.down.weight.copy_(weight[:, taken])
    target.down.bias.copy_(source.down.bias + weight[:, left] @ mean[left])


@torch.no_grad()
def _spreads(model: Parser, texts: list[Window], pieces: Pieces) -> list[Spread]:
    """What each layer's inner numbers are on texts."""
    sums = [torch.zeros(3, layer.up.out_features) for layer in model.encoder.layers]

    def watch(number: int, given: Tensor) -> None:
        inner = F.gelu(given).flatten(0, 1)
        sums[number] += torch.stack([torch.ones(inner.shape[1]) * len(inner), inner.sum(0), (inner**2).sum(0)])

    for number, layer in enumerate(model.encoder.layers):
        layer.up.register_forward_hook(lambda _, __, given, number=number: watch(number, given))
    for group in batches(texts, pieces, 3000, None):
        b = batch(group, pieces)
        model(b.pieces, b.mask, b.shapes, b.first, b.last)
    return [(total / count, squares / count - (total / count) ** 2) for count, total, squares in sums]


if __name__ == "__main__":
    main()
