"""Which language a text is in: ISO 639-1 code, or None where it is too short to tell."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from tocsin.knowledge.loader import Tables
from tocsin.model import Article

ENGLISH = "en"
_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE = 20_000  # characters: more changes nothing and costs time


def is_foreign(article: Article) -> bool:
    """Whether an article is surely not in English: it is stored and counted, and not coded."""
    return article.language not in (ENGLISH, None) and len(article.text) >= _table()["min_foreign_letters"]


def language_of(text: str) -> str | None:
    """The language of a text, by its function words first, then by letters (py3langid, where installed)."""
    sample = text[:_SAMPLE].casefold()
    words = _WORD.findall(sample)
    table = _table()
    shares = {code: _share(words, listed) for code, listed in table["words"].items()}
    if shares[ENGLISH] >= table["english_share"] and shares[ENGLISH] == max(shares.values()):
        return ENGLISH
    if sum(map(len, words)) < table["min_letters"] and sample.isascii():
        return None
    classify = _classifier()
    if classify is not None and words:
        return str(classify(sample)[0])
    best = max(shares, key=lambda code: shares[code])
    return best if shares[best] >= table["other_share"] else None


def _share(words: list[str], listed: frozenset[str]) -> float:
    return sum(word in listed for word in words) / len(words) if words else 0.0


@lru_cache(maxsize=1)
def _table() -> dict[str, Any]:
    table = Tables().mapping("reading/languages.yaml")
    return table | {"words": {code: frozenset(words) for code, words in table["words"].items()}}


@lru_cache(maxsize=1)
def _classifier() -> Callable[[str], tuple[str, float]] | None:
    try:
        from py3langid import classify
    except ImportError:
        return None
    found: Callable[[str], tuple[str, float]] = classify
    return found
