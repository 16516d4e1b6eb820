"""A checkpoint to one ONNX file: matrices in int8 with a scale a column, embeddings in int8 with a scale a row.

    python training/export.py --run runs/first --out parser.onnx

``lean.py`` then makes the graph smaller. Beside the file,
``vocabulary.json`` names the classes. ``evaluate.py`` compares it with full precision.
"""

from __future__ import annotations

import argparse
import json
import shutil
from pathlib import Path

import numpy as np
import onnx
import torch
from lean import SEVEN_BITS, lean
from network import Parser
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

INPUTS = ("pieces", "mask", "shapes", "first", "last")
OUTPUTS = ("arcs", "labels", "xpos", "upos", "starts")  # of the graph as PyTorch writes it; lean.py makes the one that ships


class _Plain(nn.Module):
    """The network with integer inputs only."""

    def __init__(self, model: Parser) -> None:
        super().__init__()
        self.model = model

    def forward(self, pieces: Tensor, mask: Tensor, shapes: Tensor, first: Tensor, last: Tensor) -> tuple[Tensor, ...]:
        """As ``Parser.forward``, the mask as 0 and 1."""
        return tuple(self.model(pieces, mask > 0, shapes, first, last))


def load(run: Path) -> tuple[Parser, dict[str, list[str]]]:
    """The model of a run, in evaluation mode, and its classes."""
    names = json.loads((run / "vocabulary.json").read_text(encoding="utf-8"))
    model = Parser(len(names["labels"]), len(names["xpos"]), len(names["upos"]), names.get("encoder", "minilm"))
    model.load_state_dict(torch.load(run / "checkpoint.pt", weights_only=True)["model"])
    return model.eval(), names


def main() -> None:
    """Run from the command line."""
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--run", type=Path, required=True)
    p.add_argument("--out", type=Path, required=True)
    o = p.parse_args()
    model, _ = load(o.run)
    full = o.out.with_suffix(".full.onnx")
    export(model, full)
    quantise(full, o.out)
    for file in (full, o.out):
        onnx.save(lean(onnx.load(file)), file)
    if o.out.parent != o.run:
        shutil.copy(o.run / "vocabulary.json", o.out.with_name("vocabulary.json"))
    print(f"{full}: {full.stat().st_size / 1e6:.1f} MB; {o.out}: {o.out.stat().st_size / 1e6:.1f} MB")


def export(model: Parser, file: Path) -> None:
    """Full precision, any batch, any length."""
    ids = torch.randint(1000, 2000, (2, 12))
    words = torch.randint(1, 11, (2, 7))
    given = (ids, torch.ones_like(ids), torch.ones_like(ids), words, words)
    pieces, spoken = {0: "batch", 1: "pieces"}, {0: "batch", 1: "words"}
    axes = {name: (pieces if name in INPUTS[:3] else spoken) for name in (*INPUTS, *OUTPUTS)}
    torch.onnx.export(
        _Plain(model), given, str(file), input_names=list(INPUTS), output_names=list(OUTPUTS), dynamic_axes=axes,
        opset_version=17, dynamo=False,
    )


def quantise(full: Path, out: Path) -> None:
    """Matrix products in seven bits, each column with its own scale, for with eight a CPU without the newer instructions
    clips sums and answers otherwise; the word embeddings in int8, each row with its own."""
    halfway = out.with_suffix(".half.onnx")
    graph = onnx.load(full)
    names = [n.name for n in graph.graph.node if n.op_type == "MatMul" and "/encoder/layers" in n.name]
    quantize_dynamic(
        full, halfway, weight_type=QuantType.QInt8, per_channel=True, reduce_range=True, op_types_to_quantize=["MatMul"],
        nodes_to_quantize=names, extra_options={"MatMulConstBOnly": True},
    )
    model = onnx.load(halfway)
    _small_embeddings(model.graph)
    held = {tensor.name: tensor for tensor in model.graph.initializer}
    products = [node for node in model.graph.node if node.op_type == "MatMulInteger"]
    if any(np.abs(numpy_helper.to_array(held[node.input[1]]).astype(int)).max() > SEVEN_BITS for node in products):
        raise SystemExit("a matrix has more than seven bits; this onnxruntime quantises in another way")
    onnx.save(model, out)
    halfway.unlink()


def _small_embeddings(graph: onnx.GraphProto) -> None:
    """Replace the look-up in the largest table by look-ups of int8 rows and of their scales."""
    table = max(graph.initializer, key=lambda t: int(np.prod(t.dims)) if t.data_type == TensorProto.FLOAT else 0)
    values = numpy_helper.to_array(table)
    scales = np.maximum(np.abs(values).max(1, keepdims=True) / 127, 1e-9).astype(np.float32)
    rows = np.clip(np.round(values / scales), -127, 127).astype(np.int8)
    node = next(n for n in graph.node if n.op_type == "Gather" and n.input[0] == table.name)
    at = list(graph.node).index(node)
    result, index = node.output[0], node.input[1]
    graph.initializer.remove(table)
    graph.initializer.extend([numpy_helper.from_array(rows, "rows"), numpy_helper.from_array(scales, "rows_scale")])
    graph.node.remove(node)
    for offset, made in enumerate((
        helper.make_node("Gather", ["rows", index], ["rows_found"]),
        helper.make_node("Cast", ["rows_found"], ["rows_real"], to=TensorProto.FLOAT),
        helper.make_node("Gather", ["rows_scale", index], ["scale_found"]),
        helper.make_node("Mul", ["rows_real", "scale_found"], [result]),
    )):
        graph.node.insert(at + offset, made)


if __name__ == "__main__":
    main()
