"""Dictionary forms of words, by part of speech: verbs and nouns by LemmInflect's lexicon, auxiliaries by a short table."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from tocsin.knowledge.loader import Tables


@lru_cache(maxsize=16_000)
def is_word(lower: str) -> bool:
    """Whether a word in lower case is one of the language rather than a name."""
    import lemminflect  # its tables are read on first use

    return bool(lemminflect.getAllLemmas(lower))


class Lemmas:
    """Look-up with memory; the lexicon is loaded on first use."""

    def __init__(self, tables: Tables) -> None:
        data = tables.mapping("tokens.yaml")
        self._fixed: dict[str, dict[str, str]] = data["lemmas"]
        self._lexicon: Any = None
        self.of = lru_cache(maxsize=16_000)(self._of)

    def _of(self, word: str, upos: str, xpos: str) -> str:
        """The lemma in lower case; proper nouns and all that does not inflect as written."""
        lower = word.lower().replace("’", "'")
        fixed = self._fixed.get(upos, {}).get(lower)
        if fixed is not None:
            return fixed
        if upos not in ("VERB", "NOUN") or (xpos in ("NN", "VB", "VBP", "FW", "CD") and upos == "NOUN"):
            return lower
        if self._lexicon is None:
            import lemminflect

            self._lexicon = lemminflect
        found = self._lexicon.getLemma(lower, upos=upos)
        return str(found[0]) if found else lower
