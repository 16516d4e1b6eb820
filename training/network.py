"""The network: an encoder, a mix of its last layers, biaffine arcs and labels, tags and sentence starts.

Encoders after Wang et al. 2020 (MiniLM: the parser that ships) and Song et al. 2020 (MPNet: a larger one to learn from),
heads after Dozat and Manning 2017.
"""

from __future__ import annotations

import math
import time
from dataclasses import dataclass, replace
from pathlib import Path

import torch
import torch.nn.functional as F
from encoding import SHAPES
from safetensors.torch import load_file
from torch import Tensor, nn

MIXED = 4  # the last layers whose mix stands for a word
ARC, LABEL = 320, 128
BUCKETS, FARTHEST = 32, 128  # of MPNet's distances between pieces


@dataclass(frozen=True, slots=True)
class Kind:
    """What differs between encoders: sizes, and how the file names its weights."""

    width: int
    inner: int
    layers: int
    words: int
    first_place: int
    epsilon: float
    names: dict[str, str]
    heads: int = 12
    kinds: bool = True  # has embeddings of segments
    distances: bool = False  # adds a bias by distance to the attention


_REST = {"up": "intermediate.dense", "down": "output.dense", "norm2": "output.LayerNorm"}
_MINILM = Kind(384, 1536, 6, 30522, 0, 1e-12, {
    "query": "attention.self.query", "key": "attention.self.key", "value": "attention.self.value",
    "out": "attention.output.dense", "norm1": "attention.output.LayerNorm", **_REST,
})
KINDS = {
    "minilm": _MINILM,
    "minilm5": replace(_MINILM, inner=768, layers=5),  # made of a trained one (smaller.py)
    "mpnet": Kind(768, 3072, 9, 30527, 2, 1e-5, {
        "query": "attention.attn.q", "key": "attention.attn.k", "value": "attention.attn.v",
        "out": "attention.attn.o", "norm1": "attention.LayerNorm", **_REST,
    }, kinds=False, distances=True),
}


class Rounding(nn.Linear):
    """A product that can be trained as it will be computed: weights in seven bits with a scale a row, what goes in in
    eight with a scale a sequence (Jacob et al. 2018); gradients pass as if nothing were rounded."""

    on = False

    def forward(self, x: Tensor) -> Tensor:
        if not self.on:
            return super().forward(x)
        given = x + (_eight_bits(x) - x).detach()
        weight = self.weight + (_seven_bits(self.weight) - self.weight).detach()
        return F.linear(given, weight, self.bias)


def _seven_bits(weight: Tensor) -> Tensor:
    scale = weight.abs().amax(1, keepdim=True).clamp(min=1e-9) / 64
    return (weight / scale).round() * scale


def _eight_bits(x: Tensor) -> Tensor:
    low, high = x.amin((1, 2), keepdim=True).clamp(max=0), x.amax((1, 2), keepdim=True).clamp(min=0)
    scale = ((high - low) / 255).clamp(min=1e-9)
    zero = (-low / scale).round()
    return ((x / scale + zero).round().clamp(0, 255) - zero) * scale


class Layer(nn.Module):
    """One transformer layer of BERT (norm after the sum)."""

    def __init__(self, kind: Kind, dropout: float) -> None:
        super().__init__()
        width = kind.width
        self.query, self.key, self.value = (Rounding(width, width) for _ in range(3))
        self.out = Rounding(width, width)
        self.norm1 = nn.LayerNorm(width, eps=kind.epsilon)
        self.up, self.down = Rounding(width, kind.inner), Rounding(kind.inner, width)
        self.norm2 = nn.LayerNorm(width, eps=kind.epsilon)
        self.drop = nn.Dropout(dropout)
        self.heads = kind.heads

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        size, length, width = x.shape
        q, k, v = (
            part(x).view(size, length, self.heads, width // self.heads).transpose(1, 2)
            for part in (self.query, self.key, self.value)
        )
        scores = q @ k.transpose(2, 3) / math.sqrt(width // self.heads) + bias
        seen = self.drop(scores.softmax(-1)) @ v
        x = self.norm1(x + self.drop(self.out(seen.transpose(1, 2).reshape(size, length, width))))
        return self.norm2(x + self.drop(self.down(F.gelu(self.up(x)))))


class Encoder(nn.Module):
    """The encoder with the shape of words added to the embeddings."""

    def __init__(self, kind: Kind, dropout: float) -> None:
        super().__init__()
        self.kind = kind
        self.words = nn.Embedding(kind.words, kind.width, padding_idx=0)
        self.places = nn.Embedding(512 + kind.first_place, kind.width)
        if kind.kinds:
            self.kinds = nn.Embedding(2, kind.width)
        if kind.distances:
            self.distances = nn.Embedding(BUCKETS, kind.heads)
        self.shapes = nn.Embedding(len(SHAPES) + 1, kind.width)
        nn.init.normal_(self.shapes.weight, std=0.005)
        self.norm = nn.LayerNorm(kind.width, eps=kind.epsilon)
        self.layers = nn.ModuleList(Layer(kind, dropout) for _ in range(kind.layers))
        self.mix = nn.Parameter(torch.zeros(MIXED))
        self.drop = nn.Dropout(dropout)

    def forward(self, pieces: Tensor, mask: Tensor, shapes: Tensor) -> Tensor:
        place = torch.arange(pieces.shape[1])
        x = self.words(pieces) + self.places(place + self.kind.first_place) + self.shapes(shapes)
        if self.kind.kinds:
            x = x + self.kinds.weight[0]
        x = self.drop(self.norm(x))
        bias = (~mask)[:, None, None, :].float() * -1e4
        if self.kind.distances:
            bias = bias + self.distances(_bucket(place[None, :] - place[:, None])).permute(2, 0, 1)[None]
        kept = []
        for layer in self.layers:
            x = layer(x, bias)
            kept.append(x)
        weights = self.mix.softmax(0)
        return torch.stack([w * h for w, h in zip(weights, kept[-MIXED:], strict=True)]).sum(0)

    def load(self, file: Path) -> None:
        """Take the weights of an encoder of this kind in safetensors."""
        given = load_file(str(file))
        given = {name.removeprefix("bert.").removeprefix("mpnet."): tensor for name, tensor in given.items()}
        tables = {"words": "embeddings.word_embeddings", "places": "embeddings.position_embeddings",
                  "kinds": "embeddings.token_type_embeddings", "distances": "encoder.relative_attention_bias"}
        with torch.no_grad():
            for mine, theirs in tables.items():
                if hasattr(self, mine):
                    getattr(self, mine).weight.copy_(given[f"{theirs}.weight"])
            _fill(self.norm, given, "embeddings.LayerNorm")
            for number, layer in enumerate(self.layers):
                for mine, theirs in self.kind.names.items():
                    _fill(getattr(layer, mine), given, f"encoder.layer.{number}.{theirs}")


def _bucket(distance: Tensor) -> Tensor:
    """Classes of distances as MPNet (after T5) has them: near ones apart, far ones together by their logarithm."""
    half = BUCKETS // 2
    exact = half // 2
    after = (distance > 0).long() * half
    size = distance.abs()
    far = exact + (torch.log(size.clamp(min=1).float() / exact) / math.log(FARTHEST / exact) * (half - exact)).long()
    return after + torch.where(size < exact, size, far.clamp(max=half - 1))


def _fill(module: nn.Module, given: dict[str, Tensor], name: str) -> None:
    module.weight.copy_(given[name + ".weight"])  # type: ignore[operator, union-attr]
    module.bias.copy_(given[name + ".bias"])  # type: ignore[operator, union-attr]


class Parser(nn.Module):
    """Arc scores, label scores, tags and sentence starts of a batch."""

    def __init__(
        self, labels: int, xpos: int, upos: int, kind: str = "minilm", dropout: float = 0.33, inner_dropout: float = 0.1
    ) -> None:
        super().__init__()
        self.encoder = Encoder(KINDS[kind], inner_dropout)
        width = KINDS[kind].width
        self.drop = nn.Dropout(dropout)
        self.arc_child, self.arc_head = nn.Linear(width, ARC), nn.Linear(width, ARC)
        self.label_child, self.label_head = nn.Linear(width, LABEL), nn.Linear(width, LABEL)
        self.root = nn.Parameter(torch.randn(width) * 0.02)
        self.arc = nn.Parameter(torch.randn(ARC + 1, ARC) * 0.02)
        self.label = nn.Parameter(torch.randn(LABEL + 1, labels * (LABEL + 1)) * 0.02)
        self.xpos, self.upos = nn.Linear(width, xpos), nn.Linear(width, upos)
        self.start = nn.Linear(width, 2)
        self.labels = labels
        self.half_precision = False  # of the encoder's products; the heads stay in full

    def rounded(self, on: bool) -> None:
        """Whether the encoder's products are rounded as the shipped model rounds them."""
        for module in self.encoder.modules():
            if isinstance(module, Rounding):
                module.on = on

    def words(self, pieces: Tensor, mask: Tensor, shapes: Tensor, first: Tensor, last: Tensor) -> Tensor:
        """One vector a word: the mean of its first and last piece."""
        with torch.autocast("cpu", torch.bfloat16, enabled=self.half_precision):
            x = self.encoder(pieces, mask, shapes)
        x = x.float()
        index = torch.stack([first, last])[..., None].expand(-1, -1, -1, x.shape[-1])
        return (x.gather(1, index[0]) + x.gather(1, index[1])) / 2

    def forward(self, pieces: Tensor, mask: Tensor, shapes: Tensor, first: Tensor, last: Tensor) -> tuple[Tensor, ...]:
        """arcs: batch x words x (root + words); labels: the same x classes; then tags and starts."""
        words = self.drop(self.words(pieces, mask, shapes, first, last))
        size = words.shape[0]
        with_root = torch.cat([self.root.expand(size, 1, -1), words], 1)
        child, head = self.drop(F.gelu(self.arc_child(words))), self.drop(F.gelu(self.arc_head(with_root)))
        arcs = _one(child) @ self.arc @ head.transpose(1, 2)
        child, head = self.drop(F.gelu(self.label_child(words))), self.drop(F.gelu(self.label_head(with_root)))
        left = (_one(child) @ self.label).view(size, child.shape[1] * self.labels, LABEL + 1)
        scores = left @ _one(head).transpose(1, 2)
        labels = scores.view(size, child.shape[1], self.labels, -1).transpose(2, 3)
        return arcs, labels, self.xpos(words), self.upos(words), self.start(words)


def _one(x: Tensor) -> Tensor:
    return torch.cat([x, torch.ones_like(x[..., :1])], -1)


def half_pays() -> bool:
    """Whether products in bfloat16 are faster here: CPUs without instructions for them are fifty times slower instead."""
    times = []
    for kind in (torch.float32, torch.bfloat16):
        left, right = torch.ones(256, 512, dtype=kind), torch.ones(512, 512, dtype=kind)
        left @ right
        began = time.perf_counter()
        left @ right
        times.append(time.perf_counter() - began)
    return times[1] < times[0]
