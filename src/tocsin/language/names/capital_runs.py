"""Runs of capital words in a sentence, as names are written: with particles, hyphens, and "of" within a body's name.

In: a sentence, the names known in it, the word lists of ``name_evidence.yaml``. Out: where each maximal run begins and ends.
What it names is not asked here (``name_runs.py``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tocsin.knowledge.names import fold
from tocsin.language.names.mentions import NameMention
from tocsin.language.tokens import Sentence
from tocsin.language.trees.lemmas import is_word

_MOST_PARTS = 12
_HYPHENS = frozenset("-‑–")
_OPENING = frozenset("\"“'‘:(")
_NO_NAMES = frozenset({"PRON", "DET", "ADP", "CCONJ", "SCONJ", "AUX", "ADV", "INTJ", "PUNCT", "VERB", "PART", "NUM"})
Known = dict[tuple[int, int], NameMention]


class CapitalRuns:
    """The runs of one sentence; ``listed`` gives a list of the table by its name."""

    def __init__(self, sentence: Sentence, known: Known, listed: Callable[[str], frozenset[str]]) -> None:
        self.sentence, self.tokens, self.listed = sentence, sentence.tokens, listed
        self._known = known

    def __iter__(self) -> Iterator[tuple[int, int]]:
        """First and last token of each maximal run."""
        at = 0
        while at < len(self.tokens):
            end = self._end(at)
            if end is not None:
                yield at, end
            at = at + 1 if end is None else end + 1

    def mention(self, i: int) -> NameMention | None:
        """The known name that covers a word."""
        return self._known.get((self.sentence.index, i))

    def is_body_word(self, i: int) -> bool:
        """Whether a word, with a capital, is one that names of bodies hold ("Ministry")."""
        return self.tokens[i].text[:1].isupper() and self.tokens[i].lower in self.listed("body_words")

    def _capital(self, i: int) -> bool:
        """Whether a word is a part of a name by its first letter; the first of a sentence only where it is no plain word."""
        token = self.tokens[i]
        if not token.text[:1].isupper() or token.lower in self.listed("calendar"):
            return False
        if token.pos in _NO_NAMES:
            return token.pos in ("VERB", "ADV", "NUM") and i > 0 and not is_word(token.lower)
        opens = i == 0 or (i == 1 and self.tokens[0].text in _OPENING)
        return not opens or token.pos == "PROPN" or self.mention(i) is not None or token.tag.startswith("NNP")

    def _end(self, start: int) -> int | None:
        """The last word of the run that begins at a word."""
        if not self._capital(start) and not self._particle(start):
            return None
        end = start
        for _ in range(_MOST_PARTS):
            after = self._after(end, start)
            if after is None:
                break
            end = after
        return end if any(self._capital(i) for i in range(start, end + 1)) else None

    def _particle(self, i: int) -> bool:
        joined = i + 2 < len(self.tokens) and self._joined(i, i + 1)
        return joined and fold(self.tokens[i].lower) in self.listed("particles")

    def _joined(self, i: int, hyphen: int) -> bool:
        """Whether a hyphen stands right behind a word."""
        after = self.tokens[hyphen] if hyphen < len(self.tokens) else None
        return after is not None and after.text in _HYPHENS and after.start == self.tokens[i].end

    def _after(self, end: int, start: int) -> int | None:
        """The word up to which a run that has come to ``end`` goes on."""
        size = len(self.tokens)
        if self._joined(end, end + 1) and end + 2 < size and self.tokens[end + 2].start == self.tokens[end + 1].end:
            name = self.tokens[end + 2].text[:1].isupper() or fold(self.tokens[end].lower) in self.listed("particles")
            small = len(self.tokens[end + 2].text) < 5 and self.tokens[end + 2].pos == "PROPN"  # "Hyon-chol"
            return end + 2 if name or small else None
        after = end + 1
        if after >= size:
            return None
        if self._capital(after):
            return after
        token = self.tokens[after]
        if token.lower in self.listed("particles") and after + 1 < size and (
            self._joined(after, after + 1) or self._capital(after + 1)
        ):
            return after
        body = self.is_body_word(end) or any(self.is_body_word(i) for i in range(start, end))
        if body and token.lower in self.listed("joints") and after + 1 < size:
            article = self.tokens[after + 1].lower == "the" and after + 2 < size
            target = after + 2 if article else after + 1
            inside = token.lower in ("of", "for") or self.is_body_word(end)
            return target if inside and self._capital(target) and not self._person_starts(target) else None
        return None

    def _person_starts(self, i: int) -> bool:
        mention = self.mention(i)
        return mention is not None and mention.party is not None and mention.party.sort == "person"
