"""Headlines made of gold trees, for the treebanks have few: articles and forms of "be" dropped, the past told as present.

    python training/headlines.py --trees ../shared/corpora/ud_english --out runs/headlines.conllu

"A bomb was found in the park." gives "Bomb found in park"; "The army shelled the town and will retreat." gives
"Army shells town and to retreat". Seeded; some are written with capitals, as American papers do.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import conllu
from conllu import Tree
from lemminflect import getInflection

SEED = 20
MOST_WORDS = 28
MANY = ("NNS", "NNPS")
SMALL_WORDS = 3  # letters of a word that is not capitalised


@dataclass(slots=True)
class Word:
    """One word of a tree that is being changed; ``head`` is the index of another, -1 the root."""

    form: str
    lemma: str
    upos: str
    xpos: str
    feats: str
    head: int
    label: str


def main() -> None:
    """Run from the command line."""
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--trees", type=Path, required=True)
    p.add_argument("--out", type=Path, required=True)
    p.add_argument("--most", type=int, default=2000, help="headlines to make")
    o = p.parse_args()
    rng = random.Random(SEED)
    trees = [tree for name in ("gum_train.conllu", "ewt_train.conllu") for tree in conllu.read(o.trees / name)]
    found = [h for tree in trees if (h := headline(tree, rng))]
    rng.shuffle(found)
    conllu.write(o.out, found[: o.most])
    print(f"{o.out}: {min(len(found), o.most)} of {len(found)} headlines")


def headline(tree: Tree, rng: random.Random) -> Tree | None:
    """The tree as a headline, or None where the sentence makes none: too long, no past tense at its root."""
    words = [
        Word(*row[:5], head - 1, label)
        for *row, head, label in zip(
            tree.words, tree.lemmas, tree.upos, tree.xpos, tree.feats, tree.heads, tree.labels, strict=True
        )
    ]
    root = next(i for i, w in enumerate(words) if w.head < 0)
    subject = next((i for i, w in enumerate(words) if w.head == root and w.label in ("nsubj", "nsubj:pass")), None)
    if not 4 <= len(words) <= MOST_WORDS or subject is None or words[subject].upos == "PRON" or subject > root:
        return None
    passive = any(w.head == root and w.label == "aux:pass" and w.xpos == "VBD" for w in words)
    if (words[root].xpos != "VBD" and not passive) or words[root].lemma == "use":
        return None
    many = words[subject].xpos in MANY or any(w.head == subject and w.label == "conj" for w in words)
    for i, word in enumerate(words):
        if word.xpos == "VBD" and (i == root or (word.head == root and word.label == "conj")):
            _to_present(word, many)
        elif word.xpos == "MD" and word.lemma in ("will", "would") and word.head == root:
            words[i] = replace(word, form="to", lemma="to", upos="PART", xpos="TO", label="mark")
    kept = [i for i, w in enumerate(words) if not _dropped(words, i, w)]
    if rng.random() < 0.2:
        for i in kept:
            if len(words[i].form) > SMALL_WORDS or words[i].upos in ("VERB", "NOUN"):
                words[i].form = words[i].form[:1].upper() + words[i].form[1:]
    first = words[kept[0]]
    first.form = first.form[:1].upper() + first.form[1:]
    return _tree(words, kept)


def _to_present(word: Word, many: bool) -> None:
    tag = "VBP" if many else "VBZ"
    forms = getInflection(word.lemma, tag)
    if forms:
        word.form, word.xpos = (("are" if many else "is") if word.lemma == "be" else forms[0]), tag


def _dropped(words: Sequence[Word], i: int, word: Word) -> bool:
    if any(other.head == i for other in words):
        return False
    if word.label == "det" and word.lemma in ("the", "a", "an"):
        return True
    return (word.label == "aux:pass" and word.xpos == "VBD") or (word.upos == "PUNCT" and i == len(words) - 1)


def _tree(words: Sequence[Word], kept: Sequence[int]) -> Tree:
    place = {old: new for new, old in enumerate(kept, 1)} | {-1: 0}
    chosen = [words[i] for i in kept]
    return Tree(
        *(tuple(getattr(w, name) for w in chosen) for name in ("form", "lemma", "upos", "xpos", "feats")),
        tuple(place[w.head] for w in chosen), tuple(w.label for w in chosen), opens=True,
    )


if __name__ == "__main__":
    main()
