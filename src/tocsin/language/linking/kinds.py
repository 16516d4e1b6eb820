"""What a phrase is that fills no slot of a record by itself: "families", "the appeals court", a name in no table.

In: a sentence, the token that heads a phrase. Out: the kind of party it names; None where it names none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from tocsin.knowledge.names import fold
from tocsin.language.annotate import Annotated
from tocsin.language.entries import Phrases, longest_phrase
from tocsin.language.tokens import Sentence, Token

_PLURAL_CAPITALS = re.compile(r"[A-Z]{2,}s$")  # "ISPs", "NGOs": a common noun


class Kinds:
    """The nouns and last words of ``linking.yaml``, ready to look up."""

    def __init__(self, table: dict[str, Any]) -> None:
        self._nouns: Phrases[str] = Phrases({noun: kind for kind, nouns in table["nouns"].items() for noun in nouns})
        self._web = tuple(table["web_endings"])
        self._honorifics = frozenset(table["honorifics"])
        self._names = {word: kind for kind, words in table["names"].items() for word in words}

    def of(self, note: Annotated, sentence: Sentence, token: Token) -> str | None:
        """The kind of party that a phrase is, by a name's form or by its noun."""
        if token.lower.endswith(self._web):
            return "media"
        if token.text[:1].isupper() and self._is_name(note, token):
            return "person"
        if {k.lower.rstrip(".") for k in sentence.kids(token, "compound", "flat")} & self._honorifics:
            return "person"
        if _PLURAL_CAPITALS.match(token.text) and (short := token.text[:-1].lower()) in self._nouns:
            return self._nouns[short]
        run = next((r for r in note.runs if r.sentence == sentence.index and r.first <= token.i <= r.last), None)
        if run is not None and run.kind == "person":
            return "person"
        tokens = sentence.tokens[run.first : run.last + 1] if run is not None else [token]
        if run is not None and run.kind == "organisation":
            return self.named(t.lower for t in tokens) or "ngo"
        if token.text[:1].isupper() and token.i > 0 and (named := self.named([token.lower])):
            return named
        if token.pos not in ("NOUN", "PROPN", "DET", "PRON"):
            return None
        noun = longest_phrase(self._nouns, sentence, token)
        return self._nouns[noun] if noun is not None else None

    @staticmethod
    def _is_name(note: Annotated, token: Token) -> bool:
        """A given name by itself ("her sister, Paula"), or a surname that the article gives in full ("Page")."""
        given = token.pos == "PROPN" and fold(token.lower) in note.interpreter.lexicon.given_names
        return given or (token.pos in ("NOUN", "PROPN") and note.interpreter.discourse.surname(token.text) is not None)

    def person_noun(self, sentence: Sentence, token: Token) -> bool:
        """Whether the noun of a phrase means people one by one: "researchers"."""
        noun = longest_phrase(self._nouns, sentence, token)
        return noun is not None and self._nouns[noun] == "person"

    def named(self, words: Iterable[str]) -> str | None:
        """The kind that the last telling word of a name shows."""
        return next((self._names[w] for w in reversed(list(words)) if w in self._names), None)
