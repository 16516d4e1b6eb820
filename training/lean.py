"""An exported network to the graph that ships: the same weights, fewer and larger steps, one window at a time.

    python training/lean.py parser.onnx out.onnx

What PyTorch writes works out shapes, masks and transpositions at each run, a fifth of the time for windows of forty
words. Here batches and masks are gone, query, key and value are one product, attention is one step, and labels are left
as two factors: the scores of the arcs that a tree takes are worked out from them (``Scores.labels``), not those of all
pairs. Of the numbers that speak for a word there, the directions that matter are kept (``_thinned``). Steps of
onnxruntime's own (``com.microsoft``) are chosen one by one, for what it fuses by itself is not always faster: its sum
with normalisation takes six times as long as the two apart.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

Array = NDArray[np.float32]
INPUTS = ("pieces", "shapes", "first", "last")
OUTPUTS = ("arcs", "left", "right", "xpos", "upos", "starts")
SEVEN_BITS = 64
LABEL_NUMBERS = 64  # that speak for a word where labels are scored, of the network's 128
_MS = "com.microsoft"
_HEADS = 12
_EPSILON = 1e-12  # of the normalisations (BERT's)


class _Source:
    """The weights of an exported graph, by the names that the network's modules have."""

    def __init__(self, graph: onnx.GraphProto) -> None:
        self.held = {t.name: numpy_helper.to_array(t) for t in graph.initializer}
        self._products = {n.name.removesuffix("_quant"): n.input[1] for n in graph.node if n.op_type.startswith("MatMul")}
        self.mix = next(self.held[n.input[0]] for n in graph.node if n.op_type == "Split")
        rows = (n.input[0] for n in graph.node if n.op_type == "Gather")
        self.table = next(name for name in rows if self.held.get(name, np.empty(0)).ndim == 2)
        kinds = [a for name, a in self.held.items() if name.startswith("onnx::Add_")]
        if len(kinds) != 1:
            raise SystemExit("not the graph of a MiniLM parser as export.py writes it")
        self.kind: Array = kinds[0]

    def product(self, module: str) -> tuple[NDArray[np.generic], Array | None, Array]:
        """Weights of a linear module, the scales of its columns where it is in seven bits, its bias."""
        name = self._products[f"/model/{module}/MatMul"]
        bias = self.held["model." + module.replace("/", ".") + ".bias"]
        stem = name.removesuffix("_quantized")
        return self.held[name], self.held[f"{stem}_scale"] if name != stem else None, bias

    def head(self, weight: Array, bias: Array) -> tuple[NDArray[np.generic], Array | None, Array]:
        """The same of a product behind the encoder, which comes in full precision: in seven bits where the encoder is."""
        if self.product("encoder/layers.0/up")[1] is None:
            return weight, None, bias
        scale = np.maximum(np.abs(weight).max(0) / SEVEN_BITS, 1e-9).astype(np.float32)
        return np.clip(np.round(weight / scale), -SEVEN_BITS, SEVEN_BITS).astype(np.int8), scale, bias


class _Graph:
    """The graph being made."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.tensors: list[onnx.TensorProto] = []
        self._count = 0

    def held(self, values: NDArray[np.generic]) -> str:
        """A constant."""
        self._count += 1
        self.tensors.append(numpy_helper.from_array(np.ascontiguousarray(values), f"w{self._count}"))
        return f"w{self._count}"

    def add(self, kind: str, *given: str, to: str = "", domain: str = "", **how: object) -> str:
        """A step with one result, whose name is returned."""
        return self.several(kind, *given, to=(to,), domain=domain, **how)[0]

    def several(self, kind: str, *given: str, to: tuple[str, ...], domain: str = "", **how: object) -> tuple[str, ...]:
        """A step with some results."""
        self._count += 1
        names = tuple(name or f"t{self._count}.{i}" for i, name in enumerate(to))
        self.nodes.append(helper.make_node(kind, given, names, domain=domain, **how))
        return names

    def linear(self, x: str, weight: NDArray[np.generic], scale: Array | None, bias: Array, to: str = "") -> str:
        """A product with its bias, in seven bits where the weights have scales."""
        if scale is not None:
            names = self.held(weight), self.held(scale), "", self.held(bias)
            return self.add("DynamicQuantizeMatMul", x, *names, to=to, domain=_MS)
        return self.add("Add", self.add("MatMul", x, self.held(weight)), self.held(bias), to=to)

    def norm(self, x: str, source: _Source, name: str) -> str:
        """A layer's normalisation."""
        names = self.held(source.held[f"model.{name}.weight"]), self.held(source.held[f"model.{name}.bias"])
        return self.add("LayerNormalization", x, *names, axis=-1, epsilon=_EPSILON)


def lean(model: onnx.ModelProto) -> onnx.ModelProto:
    """The graph that ships, of one that ``export.py`` made, in full precision or in seven bits."""
    source, graph = _Source(model.graph), _Graph()
    _heads(graph, source, _encoder(graph, source))
    given = [helper.make_tensor_value_info(n, TensorProto.INT64, [n[0]]) for n in INPUTS]
    made = [helper.make_tensor_value_info(n, TensorProto.FLOAT, [None, None]) for n in OUTPUTS]
    whole = helper.make_graph(graph.nodes, "parser", given, made, graph.tensors)
    opsets = [helper.make_opsetid("", 17), helper.make_opsetid(_MS, 1)]
    out: onnx.ModelProto = helper.make_model(whole, opset_imports=opsets, ir_version=8)
    return out


def _encoder(graph: _Graph, source: _Source) -> str:
    """Pieces to the mix of the last layers, 1 x pieces x width."""
    x = graph.norm(_embedded(graph, source), source, "encoder.norm")
    layers = 1 + max(int(name.split(".")[3]) for name in source.held if name.startswith("model.encoder.layers."))
    mixed = ""
    for number in range(layers):
        x = _layer(graph, source, x, f"encoder/layers.{number}")
        at = number - (layers - len(source.mix))
        if at >= 0:
            share = graph.add("Mul", x, graph.held(source.mix[at].reshape(1)))
            mixed = graph.add("Add", mixed, share) if mixed else share
    return mixed


def _embedded(graph: _Graph, source: _Source) -> str:
    word = graph.add("Gather", graph.held(source.held[source.table]), "pieces")
    if source.table == "rows":  # in eight bits, each row with its scale
        scales = graph.add("Gather", graph.held(source.held["rows_scale"]), "pieces")
        word = graph.add("Mul", _real(graph, word), scales)
    zero = graph.held(np.array([0]))
    places, length = graph.held(source.held["model.encoder.places.weight"]), graph.add("Shape", "pieces")
    place = graph.add("Slice", places, zero, length, zero)
    shape = graph.add("Gather", graph.held(source.held["model.encoder.shapes.weight"] + source.kind), "shapes")
    return graph.add("Unsqueeze", graph.add("Add", graph.add("Add", word, place), shape), zero)


def _real(graph: _Graph, name: str) -> str:
    graph.nodes.append(helper.make_node("Cast", [name], [f"{name}.real"], to=TensorProto.FLOAT))
    return f"{name}.real"


def _layer(graph: _Graph, source: _Source, x: str, name: str) -> str:
    parts = [source.product(f"{name}/{part}") for part in ("query", "key", "value")]
    weight = np.concatenate([part[0] for part in parts], -1)
    scales = [part[1] for part in parts if part[1] is not None]
    every = graph.linear(x, weight, np.concatenate(scales) if scales else None, np.concatenate([part[2] for part in parts]))
    each = graph.several("Split", every, graph.held(np.array([weight.shape[1] // 3] * 3)), to=("", "", ""), axis=-1)
    seen = graph.add("MultiHeadAttention", *each, domain=_MS, num_heads=_HEADS)
    dotted = name.replace("/", ".")
    x = graph.norm(graph.add("Add", x, graph.linear(seen, *source.product(f"{name}/out"))), source, f"{dotted}.norm1")
    up = graph.add("Gelu", graph.linear(x, *source.product(f"{name}/up")), domain=_MS)
    return graph.norm(graph.add("Add", x, graph.linear(up, *source.product(f"{name}/down"))), source, f"{dotted}.norm2")


def _heads(graph: _Graph, source: _Source, mixed: str) -> None:
    """One vector a word, the mean of its first and last piece, to arcs, tags, starts and the factors of labels."""
    pieces = graph.add("Squeeze", mixed, graph.held(np.array([0])))
    ends = graph.add("Add", graph.add("Gather", pieces, "first"), graph.add("Gather", pieces, "last"))
    words = graph.add("Mul", ends, graph.held(np.array(0.5, np.float32)))
    rooted = graph.add("Concat", graph.held(source.held["model.root"].reshape(1, -1)), words, axis=0)
    for name, to in (("xpos", "xpos"), ("upos", "upos"), ("start", "starts")):
        graph.linear(words, *source.product(name), to=to)
    child, head = (_active(graph, source, x, f"arc_{part}") for x, part in ((words, "child"), (rooted, "head")))
    arc = source.held["model.arc"]  # its last row goes with a one that is added to each word
    turned = graph.add("Transpose", head, perm=[1, 0])
    graph.add("MatMul", graph.linear(child, arc[:-1], None, arc[-1]), turned, to="arcs")
    of_child, of_head, label = _thinned(source.held["model.label"])
    graph.add("MatMul", _active(graph, source, rooted, "label_head"), graph.held(of_head), to="right")
    fewer = graph.add("MatMul", _active(graph, source, words, "label_child"), graph.held(of_child))
    graph.linear(fewer, *source.head(label[:-1], label[-1]), to="left")


def _thinned(label: Array) -> tuple[Array, Array, Array]:
    """The table of labels, (child + 1) x classes x (head + 1), in its main directions of either side (Tucker 1966): these
    directions, and the table for them. What goes with the ones added to each word is kept as it is."""
    width = label.shape[0] - 1
    table = label.reshape(width + 1, -1, width + 1)
    of_child = _directions(table[:-1].reshape(width, -1))
    of_head = _directions(table[:, :, :-1].reshape(-1, width).T)
    small = np.concatenate([table[:, :, :-1] @ of_head, table[:, :, -1:]], -1)
    small = np.concatenate([np.einsum("ck,clh->klh", of_child, small[:-1]), small[-1:]])
    return of_child, of_head, small.reshape(len(small), -1).astype(np.float32)


def _directions(table: Array) -> Array:
    """The first left singular vectors, rows x LABEL_NUMBERS."""
    found: Array = np.linalg.svd(table, full_matrices=False)[0][:, :LABEL_NUMBERS]
    return found


def _active(graph: _Graph, source: _Source, x: str, name: str) -> str:
    weight, _, bias = source.product(name)
    return graph.add("Gelu", graph.linear(x, *source.head(weight, bias)), domain=_MS)


def main() -> None:
    """Run from the command line."""
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("exported", type=Path)
    p.add_argument("out", type=Path)
    o = p.parse_args()
    onnx.save(lean(onnx.load(o.exported)), o.out)
    print(f"{o.out}: {o.out.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
