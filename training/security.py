"""Security sentences whose trees were corrected by hand: half to learn from, half that no training sees.

    python training/security.py pack FIXED.conllu ...      take corrected trees into training/security/
    python training/security.py write runs/security.conllu [runs/held_out.conllu]     the half to learn from, as CoNLL-U,
                                                                and the other, to be kept out of silver trees

The repository keeps heads, labels and tags with the offsets of the words and a hash of each sentence, not the sentences:
they are found again in ../shared (the development gold and the open releases).
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import conllu
from conllu import Tree

HERE = Path(__file__).resolve().parent
SHARED = HERE.parents[1] / "shared"
LABELS = HERE / "security"
_COLUMNS = ("heads", "labels", "xpos", "upos")


def to_learn() -> list[Tree]:
    """The trees that training may use."""
    return list(_trees(LABELS / "train.jsonl"))


def held_out() -> list[Tree]:
    """The trees that only measure."""
    return list(_trees(LABELS / "held_out.jsonl"))


def _trees(file: Path) -> Iterator[Tree]:
    for line in file.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        start, end = row["at"]
        sentence = _text(row["source"])[start:end]
        if hashlib.sha256(sentence.encode()).hexdigest() != row["sha256"]:
            raise ValueError(f"{file}: {row['source']} {start} {end} is another sentence in {SHARED} than the one labelled")
        words = tuple(sentence[a:b] for a, b in row["words"])
        heads, labels, xpos, upos = (row[name].split(" ") for name in _COLUMNS)
        lemmas = tuple(word.lower() for word in words)
        yield Tree(words, lemmas, tuple(upos), tuple(xpos), ("_",) * len(words), tuple(map(int, heads)), tuple(labels), True)


@cache
def _text(source: str) -> str:
    """The text of "gold/ID", or of "open_releases/NAME/ID"."""
    corpus, _, rest = source.partition("/")
    if corpus == "gold":
        return (SHARED / "gold" / f"{rest}.txt").read_text(encoding="utf-8")
    name, _, wanted = rest.partition("/")
    return _releases(name)[wanted]


@cache
def _releases(name: str) -> dict[str, str]:
    file = SHARED / "corpora" / "open_releases" / f"{name}.jsonl"
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
    return {str(row["id"]): row["text"] for row in rows}


def _pack(file: Path) -> Iterator[dict[str, Any]]:
    """Rows of a corrected file. Each tree's comment "# source = SOURCE START END" says where its sentence stands."""
    sources = [line.split()[3:] for line in file.read_text(encoding="utf-8").splitlines() if line.startswith("# source = ")]
    for (source, start, end), tree in zip(sources, conllu.read(file), strict=True):
        name = source if source.count("/") else f"gold/{source}"
        name = name if name.startswith("gold/") else f"open_releases/{name}"
        sentence = _text(name)[int(start):int(end)]
        words, at = [], 0
        for word in tree.words:
            at = sentence.index(word, at)
            words.append([at, at + len(word)])
            at += len(word)
        yield {
            "source": name, "at": [int(start), int(end)], "sha256": hashlib.sha256(sentence.encode()).hexdigest(),
            "words": words, **{column: " ".join(map(str, getattr(tree, column))) for column in _COLUMNS},
        }


def main() -> None:
    """Run from the command line."""
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("command", choices=("pack", "write"))
    p.add_argument("files", type=Path, nargs="+")
    o = p.parse_args()
    if o.command == "write":
        for file, trees in zip(o.files, (to_learn(), held_out()), strict=False):
            conllu.write(file, trees)
            print(f"{file}: {len(trees)} trees")
        return
    rows = {row["sha256"]: row for file in o.files for row in _pack(file)}
    LABELS.mkdir(exist_ok=True)
    for name, parity in (("train", 0), ("held_out", 1)):  # which half is decided by the sentence's own hash
        chosen = [row for key, row in sorted(rows.items()) if int(key[:8], 16) % 2 == parity]
        content = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in chosen)
        (LABELS / f"{name}.jsonl").write_text(content, encoding="utf-8")
        print(f"{name}: {len(chosen)} trees, {sum(len(row['words']) for row in chosen)} words")


if __name__ == "__main__":
    main()
