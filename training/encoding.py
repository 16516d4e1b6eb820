"""Sentences to the numbers that the network reads: word pieces, shapes, targets; windows of neighbouring sentences.

The encoder knows no capitals, so each word's shape goes beside it: "Turkey" is not "turkey".
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import torch
import torch.nn.functional as F
from conllu import Tree
from soft import Sure
from tokenizers import Tokenizer

SHAPES = ("lower", "title", "upper", "mixed", "digit", "other")
RARE = 12  # a label seen less often counts as its universal part
PIECES_A_WORD = 12
_MARKS = (("[CLS]", "<s>"), ("[SEP]", "</s>"), ("[MASK]", "<mask>"), ("[UNK]",))  # in whichever way the encoder has them


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The classes of each head, most frequent first."""

    labels: tuple[str, ...]
    xpos: tuple[str, ...]
    upos: tuple[str, ...]

    @classmethod
    def of(cls, trees: Sequence[Tree]) -> Vocabulary:
        counts = Counter(label for tree in trees for label in tree.labels)
        kept = {label for label, n in counts.items() if n >= RARE or ":" not in label}
        labels = Counter(label if label in kept else label.partition(":")[0] for tree in trees for label in tree.labels)
        xpos = Counter(tag for tree in trees for tag in tree.xpos)
        upos = Counter(tag for tree in trees for tag in tree.upos)
        return cls(*(tuple(sorted(c, key=lambda k: (-c[k], k))) for c in (labels, xpos, upos)))

    def label(self, name: str) -> int:
        """Index of a label, or of its universal part where it is rare."""
        return self.labels.index(name if name in self.labels else name.partition(":")[0])


def shape(word: str) -> int:
    """How a word is written, as an index into SHAPES."""
    if word.isdigit() or (word[:1].isdigit() and not any(c.isalpha() for c in word)):
        return 4
    letters = [c for c in word if c.isalpha()]
    if not letters:
        return 5
    if all(c.islower() for c in letters):
        return 0
    if letters[0].isupper() and all(c.islower() for c in letters[1:]) and len(letters) > 1:
        return 1
    return 2 if all(c.isupper() for c in letters) else 3


class Pieces:
    """Word pieces of words, remembered."""

    def __init__(self, file: Path) -> None:
        self._tokenizer = Tokenizer.from_file(str(file))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self.begin, self.end, self.hidden, self._unknown = (self._mark(names) for names in _MARKS)
        self._known: dict[str, list[int]] = {}

    def _mark(self, names: Sequence[str]) -> int:
        found = [i for i in map(self._tokenizer.token_to_id, names) if i is not None]
        if not found:
            raise SystemExit(f"the tokenizer has none of {', '.join(names)}; is it a BERT's or an MPNet's?")
        return int(found[0])

    def of(self, word: str) -> list[int]:
        """Ids of the pieces of one word; never empty."""
        if word not in self._known:
            ids = self._tokenizer.encode(word, add_special_tokens=False).ids[:PIECES_A_WORD]
            self._known[word] = ids or [self._unknown]
        return self._known[word]


@dataclass(slots=True)
class Window:
    """One to three neighbouring sentences as one sequence of words."""

    words: list[str]
    heads: list[int]  # within the window, from 1; 0 the root of its sentence
    labels: list[int]
    xpos: list[int]
    upos: list[int]
    starts: list[int]
    sure: list[tuple[int, Sure]] = field(default_factory=list)  # where a sentence begins, how sure its teacher is


def windows(
    trees: Sequence[Tree], vocabulary: Vocabulary, rng: random.Random | None, sureness: Mapping[int, Sure] | None = None
) -> list[Window]:
    """Single sentences without ``rng``; with it, neighbours of a document are sometimes joined.

    ``sureness``: by identity of the tree, how sure its teacher is of it.
    """
    out: list[Window] = []
    at = 0
    while at < len(trees):
        span = 1
        if rng is not None:
            span = rng.choices((1, 2, 3), (0.55, 0.3, 0.15))[0]
        group = [trees[at]]
        while len(group) < span and at + len(group) < len(trees):
            following = trees[at + len(group)]
            if following.opens or sum(map(len, group)) + len(following) > 90:
                break
            group.append(following)
        out.append(_window(group, vocabulary, sureness or {}))
        at += len(group)
    return out


def _window(group: Sequence[Tree], vocabulary: Vocabulary, sureness: Mapping[int, Sure]) -> Window:
    window = Window([], [], [], [], [], [])
    for tree in group:
        offset = len(window.words)
        window.words += tree.words
        window.heads += [head + offset if head else 0 for head in tree.heads]
        window.labels += [vocabulary.label(label) for label in tree.labels]
        window.xpos += [vocabulary.xpos.index(t) if t in vocabulary.xpos else 0 for t in tree.xpos]
        window.upos += [vocabulary.upos.index(t) if t in vocabulary.upos else 0 for t in tree.upos]
        window.starts += [1] + [0] * (len(tree) - 1)
        if id(tree) in sureness:
            window.sure.append((offset, sureness[id(tree)]))
    return window


@dataclass(slots=True)
class Batch:
    """Padded tensors. Words are addressed by the position of their first and last piece."""

    pieces: torch.Tensor  # batch x pieces
    mask: torch.Tensor  # batch x pieces
    shapes: torch.Tensor  # batch x pieces: shape of the piece's word + 1, 0 at marks and padding
    first: torch.Tensor  # batch x words
    last: torch.Tensor
    present: torch.Tensor  # batch x words
    heads: torch.Tensor
    labels: torch.Tensor
    xpos: torch.Tensor
    upos: torch.Tensor
    starts: torch.Tensor
    windows: Sequence[Window]

    def targets(self, labels: int, smoothing: float) -> tuple[torch.Tensor, torch.Tensor]:
        """What arcs and labels are to be learned, as probabilities: a teacher's where there is one, else the tree's."""
        arcs = F.one_hot(self.heads, self.heads.shape[1] + 1).float()
        named = F.one_hot(self.labels, labels).float() * (1 - smoothing) + smoothing / labels
        for k, window in enumerate(self.windows):
            for at, (sure, kinds) in window.sure:
                n = len(sure)
                arcs[k, at:at + n] = 0
                arcs[k, at:at + n, 0] = torch.from_numpy(sure[:, 0]).float()
                arcs[k, at:at + n, at + 1:at + n + 1] = torch.from_numpy(sure[:, 1:]).float()
                named[k, at:at + n] = torch.from_numpy(kinds).float()
        return arcs, named


def batch(group: Sequence[Window], pieces: Pieces, rng: random.Random | None = None) -> Batch:
    """Tensors of some windows; with ``rng``, some pieces are masked and some windows written in capitals."""
    rows, firsts, lasts, shapes = [], [], [], []
    for window in group:
        capitals = rng is not None and rng.random() < 0.03
        ids, first, last, marks = [pieces.begin], [], [], [0]
        for word in window.words:
            parts = pieces.of(word)
            first.append(len(ids))
            ids += parts
            last.append(len(ids) - 1)
            marks += [(2 if capitals and word.isalpha() else shape(word)) + 1] * len(parts)
        ids.append(pieces.end)
        marks.append(0)
        if rng is not None:
            ids = [pieces.hidden if 0 < i < len(ids) - 1 and rng.random() < 0.03 else p for i, p in enumerate(ids)]
        rows.append(ids)
        firsts.append(first)
        lasts.append(last)
        shapes.append(marks)
    return Batch(
        _padded(rows), _padded([[1] * len(r) for r in rows]).bool(), _padded(shapes), _padded(firsts), _padded(lasts),
        _padded([[1] * len(w.words) for w in group]).bool(), *(
            _padded([getattr(w, name) for w in group]) for name in ("heads", "labels", "xpos", "upos", "starts")
        ), group,
    )


def _padded(rows: Sequence[Sequence[int]]) -> torch.Tensor:
    width = max(len(row) for row in rows)
    return torch.tensor([[*row, *([0] * (width - len(row)))] for row in rows])


def batches(given: Sequence[Window], pieces: Pieces, size: int, rng: random.Random | None) -> list[list[Window]]:
    """Windows of like length together, at most ``size`` pieces (padding counted) a batch; shuffled with ``rng``."""
    def length(window: Window) -> int:
        return sum(len(pieces.of(word)) for word in window.words)

    order = sorted(given, key=lambda w: length(w) + (rng.random() * 4 if rng else 0))
    groups: list[list[Window]] = [[]]
    for window in order:
        if groups[-1] and (len(groups[-1]) + 1) * (length(window) + 2) > size:
            groups.append([])
        groups[-1].append(window)
    if rng:
        rng.shuffle(groups)
    return groups
