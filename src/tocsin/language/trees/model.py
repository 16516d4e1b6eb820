"""The network at run time: word strings in, scores out, on one thread unless told otherwise."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tocsin.errors import ModelError

_CLS, _SEP, _UNKNOWN = 101, 102, 100
_PIECES_A_WORD = 12
_MOST_PIECES = 510
_KEPT = 16_000  # words; a long stream has ever new ones, and its memory is to stay flat
_OUTPUTS = ("arcs", "left", "right", "xpos", "upos", "starts")


@dataclass(frozen=True, slots=True)
class Scores:
    """What the network says of one window of n words: arcs n x (root + n), tags, starts, and two factors of the labels
    (``left`` of each word: classes x (m + 1); ``right`` of root and words: m), for only a tree's arcs need theirs."""

    arcs: NDArray[np.float32]
    left: NDArray[np.float32]
    right: NDArray[np.float32]
    xpos: NDArray[np.float32]
    upos: NDArray[np.float32]
    starts: NDArray[np.float32]

    def labels(self, first: int, heads: NDArray[np.int64]) -> NDArray[np.float32]:
        """Scores of each class for the arcs from the first word and those after it to their heads (0 the root)."""
        width = self.right.shape[1]
        left = self.left[first : first + len(heads)].reshape(len(heads), -1, width + 1)
        found: NDArray[np.float32] = (left[:, :, :width] @ self.right[heads][:, :, None])[:, :, 0] + left[:, :, width]
        return found


class Network:
    """The ONNX file with its classes and word pieces; build one and keep it."""

    def __init__(self, folder: Path, threads: int = 1) -> None:
        """Raises ModelError where a file is missing or damaged."""
        try:
            import onnxruntime
            from tokenizers import Tokenizer

            options = onnxruntime.SessionOptions()
            options.intra_op_num_threads = threads
            options.inter_op_num_threads = 1
            options.log_severity_level = 3
            # the graph ships fused; what onnxruntime would fuse beyond it is slower (training/lean.py)
            options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
            self._session: Any = onnxruntime.InferenceSession(
                str(folder / "parser.onnx"), options, providers=["CPUExecutionProvider"]
            )
            self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
            names = json.loads((folder / "vocabulary.json").read_text(encoding="utf-8"))
            self._tokenizer.no_padding()
            self._tokenizer.no_truncation()
            self.labels: list[str] = names["labels"]
            self.xpos: list[str] = names["xpos"]
            self.upos: list[str] = names["upos"]
            self._pieces = _Pieces(self._tokenizer)
            self._check()
        except Exception as error:  # onnxruntime and tokenizers raise errors of their own kinds
            raise ModelError(f"the parser's model in {folder} cannot be loaded ({error}); install tocsin again") from error

    def _check(self) -> None:
        """Run one word through, so that files which do not belong together are told at once."""
        scores = self.score([["Troops"]])[0]
        for name, part in (("labels", scores.labels(0, np.array([0]))), ("xpos", scores.xpos), ("upos", scores.upos)):
            if part.shape[-1] != len(getattr(self, name)):
                raise ValueError(f"vocabulary.json has {len(getattr(self, name))} {name}, parser.onnx {part.shape[-1]}")

    def score(self, windows: Sequence[Sequence[str]]) -> list[Scores]:
        """Scores of the windows, in their order. Each goes through the network alone: in seven-bit arithmetic the range of
        a whole batch scales every row, so what stands beside a sentence would change its tree."""
        return [self._run(self._row(words)) for words in windows]

    def _row(self, words: Sequence[str]) -> tuple[list[int], list[int], list[int], list[int]]:
        """Pieces, shapes, first and last piece of each word. Beyond the network's reach a word counts as its first piece."""
        pieces = self._pieces
        parts = [pieces[word] for word in words]
        if sum(len(part) for part, _ in parts) > _MOST_PIECES:
            parts = [(part[:1], shape[:1]) for part, shape in parts]
        ids, shapes, first, last = [_CLS], [0], [], []
        for part, shape in parts:
            first.append(len(ids))
            ids += part
            last.append(len(ids) - 1)
            shapes += shape
        return [*ids, _SEP], [*shapes, 0], first, last

    def _run(self, row: tuple[list[int], list[int], list[int], list[int]]) -> Scores:
        given = zip(("pieces", "shapes", "first", "last"), row, strict=True)
        return Scores(*self._session.run(_OUTPUTS, {name: np.array(values, dtype=np.int64) for name, values in given}))


class _Pieces(dict[str, tuple[list[int], list[int]]]):
    """The pieces of words, and for each of them the word's shape, which stands for no word at 0; most are kept."""

    def __init__(self, tokenizer: Any) -> None:
        super().__init__()
        self._tokenizer = tokenizer

    def __missing__(self, word: str) -> tuple[list[int], list[int]]:
        whole = self._tokenizer.token_to_id(word.lower()) if word.isascii() and word.isalpha() else None
        if whole is not None:  # what the cutting would find, too: it takes the longest piece first
            pieces = [whole]
        else:
            pieces = self._tokenizer.encode(word, add_special_tokens=False).ids[:_PIECES_A_WORD] or [_UNKNOWN]
        found = pieces, [_shape(word) + 1] * len(pieces)
        if len(self) < _KEPT:
            self[word] = found
        return found


def _shape(word: str) -> int:
    """How a word is written: lower, Title, UPPER, miXed, digits, other. The network was trained on this order."""
    if word[:1].isdigit() and not any(c.isalpha() for c in word):
        return 4
    letters = [c for c in word if c.isalpha()]
    if not letters:
        return 5
    if all(c.islower() for c in letters):
        return 0
    if letters[0].isupper() and len(letters) > 1 and all(c.islower() for c in letters[1:]):
        return 1
    return 2 if all(c.isupper() for c in letters) else 3
