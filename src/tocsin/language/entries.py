"""Tables of words and phrases, and their longest entry that ends at a word of a sentence.

In: a table, a sentence and the head of a phrase. Out: the entry, and where it starts.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any, TypeVar

from tocsin.language.tokens import Sentence, Token

_MOST_WORDS = 8
V = TypeVar("V")


class Phrases(dict[str, V]):
    """A table by phrase that knows how its keys end, so that most tokens need no look-up and few a long one."""

    @cached_property
    def reach(self) -> dict[str, int]:
        """How many words before its last a key may have, by that last word (a hyphen makes two of one)."""
        found: dict[str, int] = {}
        for key in self:
            words = key.replace("-", " - ").split()
            for last in {words[-1], key.rsplit(" ", 1)[-1]} if words else ():
                found[last] = max(found.get(last, 0), len(words) - 1)
        return found

    @cached_property
    def before(self) -> dict[str, set[str]]:
        """What may stand right before the last word of a longer key, by that last word."""
        found: dict[str, set[str]] = {}
        for key in self:
            rest, _, last = key.rpartition(" ")
            if rest:  # of "co-operation deal" the text may have "co-operation" as one word or as three
                parts = rest.rpartition(" ")[2].split("-")
                found.setdefault(last, set()).update("-".join(parts[at:]) for at in range(len(parts)))
            if "-" in last:
                found.setdefault(last.rpartition("-")[2], set()).add("-")
        return found

    def goes_on(self, sentence: Sentence, head: Token) -> bool:
        """Whether a key of several words may end at a token: few do."""
        if head.i == 0:
            return False
        near = sentence.tokens[head.i - 1].lower
        return near in self.before.get(head.lower, ()) or near in self.before.get(head.lemma, ())


def longest(table: Phrases[V], sentence: Sentence, head: Token) -> tuple[V, int] | None:
    """The entry with most words that ends at ``head``, and the token where it starts."""
    if not table.goes_on(sentence, head):
        key = head.lemma if head.lemma in table else head.lower
        return (table[key], head.i) if key in table else None
    best: tuple[V, int] | None = None
    for key, at in _phrases(table, sentence, head):
        if key in table:
            best = (table[key], at)
    return best


def longest_phrase(table: Phrases[Any], sentence: Sentence, head: Token) -> str | None:
    """The longest key of the table that ends at ``head``."""
    if not table.goes_on(sentence, head):
        return next((key for key in (head.lemma, head.lower) if key in table), None)
    best = None
    for key, _ in _phrases(table, sentence, head):
        if key in table:
            best = key
    return best


def _phrases(table: Phrases[Any], sentence: Sentence, head: Token) -> Iterator[tuple[str, int]]:
    """Phrases that end at ``head``, growing to the left as far as a key of the table reaches: the last word as lemma and as
    written, the others as written. A hyphen joins its neighbours ("live-fire drill")."""
    far = max(table.reach.get(head.lower, 0), table.reach.get(head.lemma, 0))
    forms = (head.lower,) if head.lower == head.lemma else (head.lower, head.lemma)
    for form in forms:
        yield form, head.i
    words, tokens = "", sentence.tokens
    for at in range(head.i - 1, max(head.i - min(far, _MOST_WORDS - 1), 0) - 1, -1):
        words = f"{tokens[at].lower} {words}" if words else tokens[at].lower
        prefix = words.replace(" - ", "-")
        joint = prefix[:-2] + "-" if prefix.endswith(" -") else prefix + " "
        for form in forms:
            yield (joint + form).strip(), at
