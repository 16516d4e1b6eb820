"""A graph that ships back to a run: what ``lean.py`` wrote, as weights that training can begin from.

    python training/recover.py MODEL_FOLDER OUT

MODEL_FOLDER holds ``parser.onnx`` and ``vocabulary.json``. Weights in seven bits come back as what they stand for, labels
from fewer numbers as one table of the full size; the run answers as the file does.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import onnx
import torch
from network import MIXED, Parser
from numpy.typing import NDArray
from onnx import numpy_helper

Array = NDArray[np.float32]


def main() -> None:
    """Run from the command line."""
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("model", type=Path)
    p.add_argument("out", type=Path)
    o = p.parse_args()
    names = json.loads((o.model / "vocabulary.json").read_text(encoding="utf-8"))
    parser = Parser(len(names["labels"]), len(names["xpos"]), len(names["upos"]), names["encoder"])
    recover(onnx.load(o.model / "parser.onnx"), parser)
    o.out.mkdir(parents=True, exist_ok=True)
    torch.save({"model": parser.state_dict()}, o.out / "checkpoint.pt")
    (o.out / "vocabulary.json").write_text(json.dumps(names, indent=1), encoding="utf-8")


@torch.no_grad()
def recover(model: onnx.ModelProto, parser: Parser) -> None:
    """Fill the parser with the weights of the graph, which stand in the order in which ``lean.py`` writes its steps."""
    graph = _Graph(model.graph)
    encoder = parser.encoder
    table, scales, places, shapes = graph.tables()
    encoder.words.weight.copy_(_tensor(table * scales))
    encoder.places.weight.copy_(_tensor(places))
    encoder.shapes.weight.copy_(_tensor(shapes))
    encoder.kinds.weight.zero_()  # its one row in use was added to the shapes
    norms, products = graph.norms(), graph.products()
    _norm(encoder.norm, next(norms))
    for layer in encoder.layers:
        every = next(products)
        for part, weight, bias in zip(
            (layer.query, layer.key, layer.value), np.split(every[0], 3, -1), np.split(every[1], 3), strict=True
        ):
            _linear(part, (weight, bias))
        for part in (layer.out, layer.up, layer.down):
            _linear(part, next(products))
        for norm in (layer.norm1, layer.norm2):
            _norm(norm, next(norms))
    encoder.mix.copy_(_tensor(graph.shares()).clamp(min=1e-6).log())
    parser.root.copy_(_tensor(graph.root()))
    for part in (parser.xpos, parser.upos, parser.start, parser.arc_child, parser.arc_head):
        _linear(part, next(products))
    parser.arc.copy_(_tensor(np.vstack(next(products))))
    for part in (parser.label_head, parser.label_child):
        _linear(part, next(products))
    parser.label.copy_(_tensor(_widened(np.vstack(next(products)), *graph.directions())))


class _Graph:
    """The constants of a graph, by the steps that take them."""

    def __init__(self, graph: onnx.GraphProto) -> None:
        self._held = {t.name: numpy_helper.to_array(t) for t in graph.initializer}
        self._nodes = list(graph.node)

    def _of(self, kind: str, size: int) -> Iterator[Array]:
        """Constants of so many dimensions that steps of this kind take."""
        for node in self._nodes:
            if node.op_type == kind:
                yield from (self._held[n] for n in node.input if n in self._held and self._held[n].ndim == size)

    def tables(self) -> tuple[Array, Array, Array, Array]:
        """Word embeddings in eight bits, the scales of their rows, places, shapes."""
        words, scales, shapes = [part for part in self._of("Gather", 2) if part.shape[0] > 1]
        return words.astype(np.float32), scales, next(self._of("Slice", 2)), shapes

    def norms(self) -> Iterator[tuple[Array, Array]]:
        """Weights and biases of the normalisations."""
        every = self._of("LayerNormalization", 1)
        return iter(list(zip(every, every, strict=True)))

    def products(self) -> Iterator[tuple[Array, Array]]:
        """Weights (in x out) and biases of the products, in their order."""
        for at, node in enumerate(self._nodes):
            if node.op_type == "DynamicQuantizeMatMul":
                weight, scale, bias = (self._held[node.input[i]] for i in (1, 2, 4))
                yield weight.astype(np.float32) * scale, bias
            elif node.op_type == "MatMul" and self._biased(at):
                yield self._held[node.input[1]], self._held[self._nodes[at + 1].input[1]]

    def directions(self) -> list[Array]:
        """Those of labels that were kept, of the head, then of the child; none where all were."""
        nodes = enumerate(self._nodes)
        return [self._held[n.input[1]] for at, n in nodes
                if n.op_type == "MatMul" and n.input[1] in self._held and not self._biased(at)]

    def _biased(self, at: int) -> bool:
        """Whether the product at this step has constant weights, and a bias is added to it next."""
        following = self._nodes[at + 1]
        return self._nodes[at].input[1] in self._held and following.op_type == "Add" and following.input[1] in self._held

    def shares(self) -> Array:
        """What each of the last layers has in the mix."""
        found = [part for part in self._of("Mul", 1) if part.shape == (1,)]
        return np.concatenate(found[:MIXED])  # a half comes after them, for the mean of a word's two ends

    def root(self) -> Array:
        """The vector that stands for the root."""
        return next(self._of("Concat", 2))[0]


def _widened(label: Array, *directions: Array) -> Array:
    """The table of labels for all numbers of a word, of one for its main directions (``lean.py``)."""
    if not directions:
        return label
    of_head, of_child = directions
    small = label.reshape(len(label), -1, of_head.shape[1] + 1)
    small = np.concatenate([small[:, :, :-1] @ of_head.T, small[:, :, -1:]], -1)
    table = np.concatenate([np.einsum("ck,klh->clh", of_child, small[:-1]), small[-1:]])
    return table.reshape(len(table), -1)


def _tensor(values: Array) -> torch.Tensor:
    return torch.from_numpy(np.array(values, dtype=np.float32))


def _linear(module: torch.nn.Linear, given: tuple[Array, Array]) -> None:
    module.weight.copy_(_tensor(given[0].T))
    module.bias.copy_(_tensor(given[1]))


def _norm(module: torch.nn.LayerNorm, given: tuple[Array, Array]) -> None:
    module.weight.copy_(_tensor(given[0]))
    module.bias.copy_(_tensor(given[1]))


if __name__ == "__main__":
    main()
