"""Where in an article the words stand that a reviewer typed or selected."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tocsin.errors import UsageError
from tocsin.knowledge.words import words
from tocsin.model import Record


@dataclass(frozen=True, slots=True)
class Words:
    """Words of the text with their place."""

    start: int
    end: int
    text: str

    @classmethod
    def of(cls, said: str, record: Record, text: str, near: Sequence[int] = ()) -> Words:
        """Words where they were selected, else in the evidence, else anywhere; runs of spaces match any. UsageError where
        they stand nowhere."""
        form = re.compile(r"\s+".join(re.escape(part) for part in said.split()))
        for start in near:
            if found := form.match(text, max(start, 0)):
                return cls(found.start(), found.end(), found[0])
        for quote in record.evidence:
            if found := _whole(form, text, quote.start, quote.end):
                return cls(found.start(), found.end(), found[0])
        found = _whole(form, text, 0, len(text))
        if found is None:
            raise UsageError(words()("review.no_such_words", said=said))
        return cls(found.start(), found.end(), found[0])


def _whole(form: re.Pattern[str], text: str, start: int, end: int) -> re.Match[str] | None:
    """The first place between two offsets, one where no word is cut before any other."""
    places = list(form.finditer(text, start, end))
    whole = (one for one in places if not ((text[one.start() - 1:one.start()].isalnum() and one.start())
                                           or text[one.end():one.end() + 1].isalnum()))
    return next(whole, places[0] if places else None)
