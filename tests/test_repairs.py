"""Repairs leave a tree: one that would make a ring of words is undone."""

from __future__ import annotations

import pytest

from tocsin import Reader
from tocsin.language.lexicon import Lexicon
from tocsin.language.repairs import apply
from tocsin.language.tokens import Sentence
from tocsin.reading import article_from_text

TEXT = "Kenya sent ten tanks to Somalia on Monday."


def _ring(sentence: Sentence, lexicon: Lexicon) -> bool:
    """A repair gone wrong: two words that hang from each other."""
    first, second = sentence.tokens[0], sentence.tokens[3]
    first.head, second.head = second.i, first.i
    sentence.relink()
    return True


def test_a_ring_is_undone(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    article, _ = article_from_text(TEXT, plain=True)
    sound = [(t.head, t.dep) for s in reader.annotate(article).sentences for t in s]
    monkeypatch.setattr(apply, "mend_joints", _ring)
    sentences = reader.annotate(article).sentences
    assert [(t.head, t.dep) for s in sentences for t in s] == sound
    assert reader.read_text(TEXT, plain=True).records


def test_a_phrase_in_a_ring_has_an_end(reader: Reader) -> None:
    article, _ = article_from_text(TEXT, plain=True)
    sentence = reader.annotate(article).sentences[0]
    _ring(sentence, reader.annotator.lexicon)
    assert len(sentence.subtree(sentence.tokens[0])) <= len(sentence.tokens)
