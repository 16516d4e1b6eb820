"""The network: a MiniLM encoder, a mix of its layers, biaffine arcs and labels, tags and sentence starts.

Encoder after Wang et al. 2020 (MiniLM), heads after Dozat and Manning 2017.
"""

from __future__ import annotations

import math
from pathlib import Path

import torch
import torch.nn.functional as F
from encoding import SHAPES
from safetensors.torch import load_file
from torch import Tensor, nn

WIDTH, HEADS, INNER, LAYERS = 384, 12, 1536, 6
MIXED = 4  # the last layers whose mix stands for a word
ARC, LABEL = 320, 128


class Layer(nn.Module):
    """One transformer layer of BERT (norm after the sum)."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.query, self.key, self.value = (nn.Linear(WIDTH, WIDTH) for _ in range(3))
        self.out = nn.Linear(WIDTH, WIDTH)
        self.norm1 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.up, self.down = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)
        self.norm2 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.drop = nn.Dropout(dropout)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        size, length, _ = x.shape
        q, k, v = (
            part(x).view(size, length, HEADS, WIDTH // HEADS).transpose(1, 2) for part in (self.query, self.key, self.value)
        )
        scores = q @ k.transpose(2, 3) / math.sqrt(WIDTH // HEADS) + bias
        seen = self.drop(scores.softmax(-1)) @ v
        x = self.norm1(x + self.drop(self.out(seen.transpose(1, 2).reshape(size, length, WIDTH))))
        return self.norm2(x + self.drop(self.down(F.gelu(self.up(x)))))


class Encoder(nn.Module):
    """BERT of six layers with the shape of words added to the embeddings."""

    def __init__(self, dropout: float = 0.1) -> None:
        super().__init__()
        self.words = nn.Embedding(30522, WIDTH, padding_idx=0)
        self.places = nn.Embedding(512, WIDTH)
        self.kinds = nn.Embedding(2, WIDTH)
        self.shapes = nn.Embedding(len(SHAPES) + 1, WIDTH)
        nn.init.normal_(self.shapes.weight, std=0.005)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))
        self.mix = nn.Parameter(torch.zeros(MIXED))
        self.drop = nn.Dropout(dropout)

    def forward(self, pieces: Tensor, mask: Tensor, shapes: Tensor) -> Tensor:
        place = torch.arange(pieces.shape[1])
        x = self.words(pieces) + self.places(place) + self.kinds.weight[0] + self.shapes(shapes)
        x = self.drop(self.norm(x))
        bias = (~mask)[:, None, None, :].float() * -1e4
        kept = []
        for layer in self.layers:
            x = layer(x, bias)
            kept.append(x)
        weights = self.mix.softmax(0)
        return torch.stack([w * h for w, h in zip(weights, kept[-MIXED:], strict=True)]).sum(0)

    def load(self, file: Path) -> None:
        """Take the weights of a BERT in safetensors."""
        given = load_file(str(file))
        given = {name.removeprefix("bert."): tensor for name, tensor in given.items()}
        names = {"words": "word_embeddings", "places": "position_embeddings", "kinds": "token_type_embeddings"}
        with torch.no_grad():
            for mine, theirs in names.items():
                getattr(self, mine).weight.copy_(given[f"embeddings.{theirs}.weight"])
            _fill(self.norm, given, "embeddings.LayerNorm")
            for number, layer in enumerate(self.layers):
                base = f"encoder.layer.{number}."
                for mine, theirs in _PARTS.items():
                    _fill(getattr(layer, mine), given, base + theirs)


_PARTS = {
    "query": "attention.self.query", "key": "attention.self.key", "value": "attention.self.value",
    "out": "attention.output.dense", "norm1": "attention.output.LayerNorm",
    "up": "intermediate.dense", "down": "output.dense", "norm2": "output.LayerNorm",
}


def _fill(module: nn.Module, given: dict[str, Tensor], name: str) -> None:
    module.weight.copy_(given[name + ".weight"])  # type: ignore[operator, union-attr]
    module.bias.copy_(given[name + ".bias"])  # type: ignore[operator, union-attr]


class Parser(nn.Module):
    """Arc scores, label scores, tags and sentence starts of a batch."""

    def __init__(self, labels: int, xpos: int, upos: int, dropout: float = 0.33) -> None:
        super().__init__()
        self.encoder = Encoder()
        self.drop = nn.Dropout(dropout)
        self.arc_child, self.arc_head = nn.Linear(WIDTH, ARC), nn.Linear(WIDTH, ARC)
        self.label_child, self.label_head = nn.Linear(WIDTH, LABEL), nn.Linear(WIDTH, LABEL)
        self.root = nn.Parameter(torch.randn(WIDTH) * 0.02)
        self.arc = nn.Parameter(torch.randn(ARC + 1, ARC) * 0.02)
        self.label = nn.Parameter(torch.randn(LABEL + 1, labels * (LABEL + 1)) * 0.02)
        self.xpos, self.upos = nn.Linear(WIDTH, xpos), nn.Linear(WIDTH, upos)
        self.start = nn.Linear(WIDTH, 2)
        self.labels = labels

    def words(self, pieces: Tensor, mask: Tensor, shapes: Tensor, first: Tensor, last: Tensor) -> Tensor:
        """One vector a word: the mean of its first and last piece."""
        x = self.encoder(pieces, mask, shapes)
        index = torch.stack([first, last])[..., None].expand(-1, -1, -1, WIDTH)
        return (x.gather(1, index[0]) + x.gather(1, index[1])) / 2

    def forward(self, pieces: Tensor, mask: Tensor, shapes: Tensor, first: Tensor, last: Tensor) -> tuple[Tensor, ...]:
        """arcs: batch x words x (root + words); labels: the same x classes; then tags and starts."""
        words = self.drop(self.words(pieces, mask, shapes, first, last))
        size = words.shape[0]
        with_root = torch.cat([self.root.expand(size, 1, WIDTH), words], 1)
        child, head = self.drop(F.gelu(self.arc_child(words))), self.drop(F.gelu(self.arc_head(with_root)))
        arcs = _one(child) @ self.arc @ head.transpose(1, 2)
        child, head = self.drop(F.gelu(self.label_child(words))), self.drop(F.gelu(self.label_head(with_root)))
        left = (_one(child) @ self.label).view(size, child.shape[1] * self.labels, LABEL + 1)
        scores = left @ _one(head).transpose(1, 2)
        labels = scores.view(size, child.shape[1], self.labels, -1).transpose(2, 3)
        return arcs, labels, self.xpos(words), self.upos(words), self.start(words)


def _one(x: Tensor) -> Tensor:
    return torch.cat([x, torch.ones_like(x[..., :1])], -1)
