"""Stretches of text to sentences with trees, by the network."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import numpy as np

from tocsin.knowledge.loader import Tables
from tocsin.language.tokens import Sentence, Token
from tocsin.language.trees.lemmas import Lemmas, is_word
from tocsin.language.trees.model import Network, Scores
from tocsin.language.trees.mst import best_tree
from tocsin.language.trees.scheme import to_own_scheme
from tocsin.language.trees.windows import stops, windows
from tocsin.language.words import WordCutter

# How sure the network must be that a sentence begins: after a stop and what closes with it, and elsewhere (logits).
_AFTER_STOP, _ELSEWHERE = -6.0, 3.0
_NEVER_FIRST = frozenset(",;:)]}%?!.")
_PARTICLE = 4  # words of names that are written small ("von", "bin") are no longer than this
MODEL = Path(__file__).parent / "model"


class TreeParser:
    """The ``Parser`` of this package's own model."""

    def __init__(self, tables: Tables, folder: Path = MODEL, threads: int = 1, *, treebank: bool = False) -> None:
        """``treebank`` leaves the trees as Universal Dependencies has them, for training and evaluation."""
        self._cutter, self._lemmas = WordCutter(tables), Lemmas(tables)
        self._saying = frozenset(tables.mapping("grammar.yaml")["saying"])
        self._folder, self._threads, self._treebank = folder, threads, treebank
        self._network: Network | None = None

    def load(self) -> Network:
        """The network, loaded once; raises ModelError where it cannot be."""
        if self._network is None:
            self._network = Network(self._folder, self._threads)
        return self._network

    def parse(self, text: str, stretches: Iterable[tuple[int, int, str, int]]) -> list[Sentence]:
        """Sentences of the stretches (start, end, block kind, paragraph number) of the text, in order."""
        network = self.load()
        pieces = []
        for start, end, kind, paragraph in stretches:
            spans = self._cutter.cut(text, start, end)
            words = [text[a:b] for a, b in spans]
            glued = [i > 0 and spans[i - 1][1] == spans[i][0] for i in range(len(spans))]
            ends = stops(words, glued)
            likely = frozenset(ends)
            for a, b in windows(words, ends):
                pieces.append((spans[a:b], words[a:b], kind, paragraph, [i in likely for i in range(a, b)]))
        scored = network.score([piece[1] for piece in pieces])
        out: list[Sentence] = []
        for (spans, words, kind, paragraph, likely_here), scores in zip(pieces, scored, strict=True):
            lead = (scores.starts[:, 1] - scores.starts[:, 0]).tolist()
            starts = [i for i, word in enumerate(words) if i == 0 or (
                lead[i] > (_AFTER_STOP if likely_here[i] else _ELSEWHERE) and word not in _NEVER_FIRST)]
            best = zip(scores.upos.argmax(-1).tolist(), scores.xpos.argmax(-1).tolist(), strict=True)
            tags = [(network.upos[u], network.xpos[x]) for u, x in best]
            for a, b in zip(starts, [*starts[1:], len(words)], strict=True):
                out.append(self._sentence(network, spans, words, scores, tags, (a, b), len(out), kind, paragraph))
        return out

    def _sentence(
        self, network: Network, spans: list[tuple[int, int]], words: list[str], scores: Scores,
        tags: list[tuple[str, str]], span: tuple[int, int], index: int, kind: str, paragraph: int,
    ) -> Sentence:
        a, b = span
        arcs = scores.arcs[a:b, [0, *range(a + 1, b + 1)]]
        heads = best_tree(arcs)
        places = np.array([h + a if h else 0 for h in heads])
        chosen = scores.labels(a, places).argmax(-1).tolist()
        tokens = []
        for n in range(b - a):
            upos, xpos = tags[a + n]
            word = words[a + n]
            if upos == "PROPN" and word.islower() and word.isalpha() and len(word) > _PARTICLE:
                many = word.endswith("s") and not word.endswith("ss")
                upos, xpos = "NOUN", "NNS" if many else "NN"  # "British marines" are no name
            head = heads[n] - 1 if heads[n] else n
            dep = "root" if not heads[n] else network.labels[chosen[n]]
            named = upos == "ADJ" and xpos == "NNP" and dep in ("amod", "compound")
            if named and tags[a + head][1] in ("NN", "NNS") and not is_word(word.lower()):
                upos, dep = "PROPN", "compound"  # "the Sunan area"; the adjectives of names ("Islamic State") stay
            elif upos == "PROPN" and xpos == "NNP" and dep == "amod":
                dep = "compound"  # a noun is no adjective
            start, end = spans[a + n]
            tokens.append(Token(n, word, start, end, self._lemmas.of(word, upos, xpos), upos, xpos, head, dep))
        sentence = Sentence(index, tokens[0].start, tokens[-1].end, kind, paragraph, tokens)
        if not self._treebank:
            to_own_scheme(sentence, self._saying)
        return sentence
