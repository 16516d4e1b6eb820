"""Which language a text is in: ISO 639-1 code, or None where it is too short to tell."""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from tocsin.knowledge.cache import cached
from tocsin.knowledge.loader import Tables
from tocsin.model import Article

ENGLISH = "en"
_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE = 4_000  # characters: more changes nothing and costs time


def is_foreign(article: Article) -> bool:
    """Whether an article is surely not in English: it is stored and counted, and not coded."""
    return surely_foreign(article.language, article.text)


def surely_foreign(language: str | None, text: str) -> bool:
    """The same of a text in the language that ``language_of`` gives; that of a short one is often mistaken, save where it is
    not in Latin letters."""
    if language in (ENGLISH, None):
        return False
    table, letters = _table(), [sign for sign in text[:_SAMPLE] if sign.isalpha()]
    latin = sum(map(str.isascii, letters))
    return bool(len(text) >= table["min_foreign_letters"] or latin < table["latin_share"] * len(letters))


def language_of(text: str) -> str | None:
    """The language of a text, by its function words first, then by letters (py3langid, where installed)."""
    return _language_of(text[:_SAMPLE].casefold())


@lru_cache(maxsize=1)
def _language_of(sample: str) -> str | None:
    """The same of a sample; a page that is laid aside is asked for twice."""
    words = _WORD.findall(sample)
    table, shares = _table(), _shares(Counter(words))
    if shares[ENGLISH] >= table["english_share"] and shares[ENGLISH] == max(shares.values()):
        return ENGLISH
    if sum(map(len, words)) < table["min_letters"] and sample.isascii():
        return None
    classify = _classifier()
    if classify is not None and words:
        return str(classify(sample)[0])
    best = max(shares, key=lambda code: shares[code])
    return best if shares[best] >= table["other_share"] else None


def _shares(words: Counter[str]) -> dict[str, float]:
    """The share of each language's function words among the words of a text."""
    table, found, total = _table(), Counter[str](), words.total()
    for word in words.keys() & table["languages"].keys():
        for code in table["languages"][word]:
            found[code] += words[word]
    return {code: found[code] / total if total else 0.0 for code in table["words"]}


@lru_cache(maxsize=1)
def _table() -> dict[str, Any]:
    table = Tables().mapping("reading/languages.yaml")
    languages: dict[str, list[str]] = {}
    for code, words in table["words"].items():
        for word in dict.fromkeys(words):
            languages.setdefault(word, []).append(code)
    return table | {"languages": languages}


@lru_cache(maxsize=1)
def _classifier() -> Callable[[str], tuple[str, float]] | None:
    """py3langid with its own model, kept unpacked: unpacking it takes most of a second of each process."""
    try:
        from py3langid import __version__, modelio
        from py3langid.langid import MODEL_DIR, MODEL_FILE, LanguageIdentifier
    except ImportError:
        return None
    import numpy as np

    kept = cached("languages", __version__.replace(".", "_"), lambda: _plain(modelio.load_model(MODEL_DIR / MODEL_FILE)))
    nextmove, row, output = (array(code, data) for code, data in kept["lists"])
    weights = np.frombuffer(kept["weights"], dtype=kept["type"]).reshape(-1, len(kept["classes"]))
    priors = np.frombuffer(kept["priors"], dtype=kept["priors_type"])
    identifier = LanguageIdentifier(weights, priors, kept["classes"], nextmove, output, tk_row=row)
    found: Callable[[str], tuple[str, float]] = identifier.classify
    return found


def _plain(model: tuple[Any, ...]) -> dict[str, Any]:
    """The model of py3langid as plain data: weights and priors by class, the transitions of its automaton."""
    weights, priors, classes, nextmove, row, output = model
    lists = [(one.typecode, one.tobytes()) for one in (nextmove, row, array("i", output))]
    return {"weights": weights.tobytes(), "type": weights.dtype.str, "priors": priors.tobytes(),
            "priors_type": priors.dtype.str, "classes": list(classes), "lists": lists}
