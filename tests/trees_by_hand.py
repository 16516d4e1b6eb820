"""Trees made by hand, for tests of repairs: what must be mended is told, whatever parser ships."""

from __future__ import annotations

from tocsin.language.tokens import Sentence, Token

_POS = {"NNP": "PROPN", "NN": "NOUN", "NNS": "NOUN", "IN": "ADP", "DT": "DET", "JJ": "ADJ", "CC": "CCONJ", "PRP": "PRON",
        "TO": "PART", ",": "PUNCT", "WRB": "ADV"}
_LEMMAS = {"trying": "try"}


def made(rows: str) -> Sentence:
    """A tree of "word/TAG:relation>head" for each word, the head by its number from 0."""
    tokens, at = [], 0
    for i, row in enumerate(rows.split()):
        word, rest = row.rsplit("/", 1)
        tag, rest = rest.split(":", 1)
        dep, head = rest.rsplit(">", 1)
        pos = _POS.get(tag, "VERB")
        tokens.append(Token(i, word, at, at + len(word), _LEMMAS.get(word, word.lower()), pos, tag, int(head), dep))
        at += len(word) + 1
    sentence = Sentence(0, 0, at, "paragraph", 0, tokens)
    sentence.relink()
    return sentence


def at(sentence: Sentence, word: str) -> tuple[str, str]:
    """Relation and head of the first such word."""
    token = next(t for t in sentence if t.text == word)
    return token.dep, sentence.tokens[token.head].text
