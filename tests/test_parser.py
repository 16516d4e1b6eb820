"""The parser on input that no treebank has, and on files that are not whole."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from tocsin.errors import ModelError
from tocsin.knowledge.loader import Tables
from tocsin.language.tokens import Sentence
from tocsin.language.trees import TreeParser
from tocsin.language.trees.model import Scores
from tocsin.language.trees.parser import MODEL

STRANGE = [
    "😀 🚀🚀🚀 💥!!! Troops 👩‍👩‍👧‍👦 left.",
    "Россия передала Таджикистану 12 бронемашин. 中国军队在边境演习。 وصلت القوات",
    "​​­‮Troops‬ left\tthe\u2028base\u00a0.",
    "a" * 5000,
    "?" * 800,
    "((((((((((((((((((((((((((((((((((((((((",
    "x. " * 400,
    "1,344 1,344 1,344 " * 50,
    "é́́́́́́́́́́́́́́́́ é",
    "\x00\x01\x02 Troops left.",
]


@pytest.fixture(scope="module")
def parser() -> TreeParser:
    return TreeParser(Tables())


def parsed(parser: TreeParser, text: str) -> list[Sentence]:
    return parser.parse(text, [(0, len(text), "paragraph", 0)])


def assert_sound(text: str, sentences: list[Sentence]) -> None:
    """Words slice to the text and do not overlap; each sentence is one tree."""
    at = 0
    for sentence in sentences:
        roots = 0
        for n, word in enumerate(sentence):
            assert word.i == n
            assert word.start >= at
            assert text[word.start : word.end] == word.text != ""
            at = word.end
            roots += word.head == word.i
            seen = {word.i}
            while word.head != word.i:
                word = sentence.tokens[word.head]
                assert word.i not in seen
                seen.add(word.i)
        assert roots == 1


@pytest.mark.parametrize("text", STRANGE, ids=range(len(STRANGE)))
def test_strange_text_gives_sound_trees(parser: TreeParser, text: str) -> None:
    sentences = parsed(parser, text)
    assert_sound(text, sentences)
    covered = {i for s in sentences for w in s for i in range(w.start, w.end)}
    assert all(i in covered for i, c in enumerate(text) if c.isalnum())


def test_a_sentence_of_20000_words_is_cut_and_nothing_is_lost(parser: TreeParser) -> None:
    text = "The army of the republic said that " + "troops and tanks and guns " * 4000 + "left."
    sentences = parsed(parser, text)
    assert_sound(text, sentences)
    assert sum(len(s.tokens) for s in sentences) == len(text.replace(".", " .").split())


def test_the_same_text_gives_the_same_trees_whatever_stands_beside_it(parser: TreeParser) -> None:
    first, second = "Russia has sent 12 armoured vehicles to Tajikistan.", "Mali expelled the French envoy on Monday."
    text = f"{first}\n\n{second}"
    both = parser.parse(text, [(0, len(first), "paragraph", 0), (len(first) + 2, len(text), "paragraph", 1)])
    alone = parsed(parser, first) + parsed(parser, second)
    assert [[(w.text, w.head, w.dep, w.tag) for w in s] for s in both] == [
        [(w.text, w.head, w.dep, w.tag) for w in s] for s in alone
    ]


@pytest.mark.parametrize("name", ["parser.onnx", "tokenizer.json", "vocabulary.json"])
@pytest.mark.parametrize("damage", ["missing", "empty", "cut"])
def test_a_missing_or_damaged_file_is_named_with_what_to_do(tmp_path: Path, name: str, damage: str) -> None:
    folder = tmp_path / "model"
    shutil.copytree(MODEL, folder)
    file = folder / name
    if damage == "missing":
        file.unlink()
    else:
        file.write_bytes(b"" if damage == "empty" else file.read_bytes()[: file.stat().st_size // 2])
    with pytest.raises(ModelError, match="install tocsin again") as caught:
        TreeParser(Tables(), folder).load()
    assert str(folder) in str(caught.value)


def test_classes_that_do_not_fit_the_network_are_an_error(tmp_path: Path) -> None:
    folder = tmp_path / "model"
    shutil.copytree(MODEL, folder)
    names = json.loads((folder / "vocabulary.json").read_text(encoding="utf-8"))
    names["labels"] = names["labels"][:-3]
    (folder / "vocabulary.json").write_text(json.dumps(names), encoding="utf-8")
    with pytest.raises(ModelError, match="install tocsin again"):
        TreeParser(Tables(), folder).load()



def test_labels_of_chosen_arcs_are_the_products_of_both_factors() -> None:
    rng = np.random.default_rng(1)
    left, right = rng.normal(size=(3, 2 * 5)).astype(np.float32), rng.normal(size=(4, 4)).astype(np.float32)
    nothing = np.zeros((3, 1), np.float32)
    found = Scores(nothing, left, right, nothing, nothing, nothing).labels(1, np.array([0, 2]))
    for row, (word, head) in zip(found, ((1, 0), (2, 2)), strict=True):
        for kind in (0, 1):
            weights = left[word, 5 * kind : 5 * kind + 5]
            assert row[kind] == pytest.approx(weights[:4] @ right[head] + weights[4], rel=1e-5)


def test_no_sentence_begins_with_what_ends_one(parser: TreeParser, monkeypatch: pytest.MonkeyPatch) -> None:
    network, text = parser.load(), "A raid in Mobile, Ala., on Monday killed two; one fled."
    score = network.score

    def everywhere(windows: list[list[str]]) -> list[Scores]:
        found = score(windows)
        for scores in found:
            scores.starts[:, 1] = scores.starts[:, 0] + 9.0  # as if a sentence began with each word
        return found

    monkeypatch.setattr(network, "score", everywhere)
    firsts = {text[s.start] for s in parsed(parser, text)}
    assert {"A", "M", "k"} <= firsts
    assert firsts.isdisjoint(",;.")
