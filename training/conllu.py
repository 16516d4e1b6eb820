"""CoNLL-U files to sentences with Universal Dependencies trees.

In: a file in CoNLL-U. Out: ``Tree`` objects in file order; multiword-token and empty-node lines are left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Tree:
    """One sentence. ``heads`` count words from 1; 0 is the root. ``opens`` marks the first sentence of a document."""

    words: tuple[str, ...]
    lemmas: tuple[str, ...]
    upos: tuple[str, ...]
    xpos: tuple[str, ...]
    feats: tuple[str, ...]
    heads: tuple[int, ...]
    labels: tuple[str, ...]
    opens: bool = False

    def __len__(self) -> int:
        return len(self.words)


def read(file: Path) -> list[Tree]:
    """All trees of a file. Raises ValueError, with file and line, where a line is no CoNLL-U."""
    return list(_trees(file))


def _trees(file: Path) -> Iterator[Tree]:
    rows: list[list[str]] = []
    opens = False
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("#"):
            opens = opens or line.startswith("# newdoc")
        elif line.strip():
            cells = line.split("\t")
            if len(cells) != 10:
                raise ValueError(f"{file}:{number}: a CoNLL-U line has ten columns, this one {len(cells)}")
            if cells[0].isdigit():
                rows.append(cells)
        elif rows:
            yield _tree(rows, opens)
            rows, opens = [], False
    if rows:
        yield _tree(rows, opens)


def _tree(rows: list[list[str]], opens: bool) -> Tree:
    columns = list(zip(*rows, strict=True))
    heads = tuple(int(cell) for cell in columns[6])
    return Tree(columns[1], columns[2], columns[3], columns[4], columns[5], heads, columns[7], opens)


def write(file: Path, trees: Iterable[Tree]) -> None:
    """Write trees; each one that opens a document gets a line that says so."""
    with file.open("w", encoding="utf-8") as out:
        for tree in trees:
            if tree.opens:
                out.write("# newdoc\n")
            columns = (tree.words, tree.lemmas, tree.upos, tree.xpos, tree.feats, tree.heads, tree.labels)
            for number, (word, lemma, upos, xpos, feats, head, label) in enumerate(zip(*columns, strict=True), 1):
                out.write("\t".join((str(number), word, lemma, upos, xpos, feats or "_", str(head), label, "_", "_")) + "\n")
            out.write("\n")
