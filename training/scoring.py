"""How well predicted trees agree with gold trees: attachment, and the pairs of verb and argument that records rest on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from conllu import Tree

_CORE = {"nsubj": "subject", "csubj": "subject", "obj": "object", "iobj": "object", "nsubj:pass": "object"}
Prediction = tuple[Sequence[int], Sequence[str], Sequence[str], Sequence[str]]  # heads, labels, xpos, upos


@dataclass(slots=True)
class Figures:
    """Counts; properties give shares."""

    words: int = 0
    headed: int = 0
    labelled: int = 0
    tagged: int = 0
    coarse: int = 0
    pairs: dict[str, Counter[str]] = field(default_factory=dict)

    def f1(self, kind: str) -> float:
        """F1 of a kind of pair."""
        c = self.pairs.get(kind, Counter())
        return 2 * c["both"] / max(1, c["gold"] + c["found"])

    def as_dict(self) -> dict[str, float]:
        """Unlabelled and labelled attachment without punctuation, tags, and F1 of pairs."""
        n = max(1, self.words)
        shares = {"uas": self.headed / n, "las": self.labelled / n, "xpos": self.tagged / n, "upos": self.coarse / n}
        return {k: round(v, 4) for k, v in (shares | {k: self.f1(k) for k in ("core", "oblique")}).items()}


def score(trees: Sequence[Tree], predictions: Sequence[Prediction]) -> Figures:
    """Figures over all words that are no punctuation."""
    out = Figures()
    for tree, (heads, labels, xpos, upos) in zip(trees, predictions, strict=True):
        for i, label in enumerate(tree.labels):
            if tree.upos[i] == "PUNCT":
                continue
            out.words += 1
            right = heads[i] == tree.heads[i]
            out.headed += right
            out.labelled += right and labels[i].split(":")[0] == label.split(":")[0]
            out.tagged += xpos[i] == tree.xpos[i]
            out.coarse += upos[i] == tree.upos[i]
        names = _names(tree)
        _count(out, set(_pairs(tree.heads, tree.labels, tree.upos, names)), set(_pairs(heads, labels, upos, names)))
    return out


def _names(tree: Tree) -> list[int]:
    """For each word the first word of the name that the gold tree has it in, itself elsewhere: whichever word of "Joe
    Biden" is found to be the subject, Joe Biden is."""
    first = list(range(len(tree)))
    for i, label in enumerate(tree.labels):
        head = tree.heads[i] - 1
        if label.partition(":")[0] in ("flat", "compound") and tree.upos[i] == tree.upos[head] == "PROPN":
            old, new = max(first[i], first[head]), min(first[i], first[head])
            first = [new if f == old else f for f in first]
    return first


def _count(out: Figures, gold: set[tuple[str, int, int, str]], found: set[tuple[str, int, int, str]]) -> None:
    for kind in ("core", "oblique"):
        mine, theirs = ({p for p in side if p[0] == kind} for side in (gold, found))
        counts = out.pairs.setdefault(kind, Counter())
        counts.update(gold=len(mine), found=len(theirs), both=len(mine & theirs))


def _pairs(
    heads: Sequence[int], labels: Sequence[str], upos: Sequence[str], names: Sequence[int]
) -> Iterator[tuple[str, int, int, str]]:
    for i, (head, label) in enumerate(zip(heads, labels, strict=True)):
        if head == 0 or upos[head - 1] not in ("VERB", "AUX"):
            continue
        if label.startswith("nsubj:pass"):
            yield "core", head, names[i], "object"
        elif (kind := _CORE.get(label.split(":")[0])) is not None:
            yield "core", head, names[i], kind
        elif label.split(":")[0] == "obl" and "unmarked" not in label:
            yield "oblique", head, names[i], "oblique"
