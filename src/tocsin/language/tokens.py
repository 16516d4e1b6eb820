"""Tokens and sentences: what every later layer reads. Trees are Universal Dependencies, whatever parser made them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(slots=True)
class Token:
    """One word. ``i`` and ``head`` count within the sentence; ``start``/``end`` are offsets of the article text."""

    i: int
    text: str
    start: int
    end: int
    lemma: str
    pos: str
    tag: str
    head: int
    dep: str
    entity: str = ""
    children: list[int] = field(default_factory=list)

    @property
    def lower(self) -> str:
        """The word in lower case."""
        return self.text.lower()


@dataclass(slots=True)
class Sentence:
    """A sentence with its tree. ``index`` counts sentences of the article; ``kind`` is the block it stands in."""

    index: int
    start: int
    end: int
    kind: str
    paragraph: int
    tokens: list[Token]

    def __iter__(self) -> Iterator[Token]:
        return iter(self.tokens)

    def kids(self, token: Token, *deps: str) -> list[Token]:
        """Children of a token, in order, of the given relations (of any, when none is given)."""
        tokens = self.tokens
        if not deps:
            return [tokens[c] for c in token.children]
        if not token.children:
            return []
        return [t for c in token.children
                if (t := tokens[c]).dep in deps or (":" in t.dep and t.dep.partition(":")[0] in deps)]

    def parent(self, token: Token) -> Token | None:
        """The head of a token; None for the root."""
        return None if token.head == token.i else self.tokens[token.head]

    def subtree(self, token: Token, skip: frozenset[str] = frozenset()) -> list[Token]:
        """The token and all below it in text order, not entering relations in ``skip``."""
        found: dict[int, Token] = {}  # each word once, so that a tree that is none, half way through a repair, has an end
        stack = [token]
        while stack:
            current = stack.pop()
            if current.i not in found:
                found[current.i] = current
                stack.extend(self.tokens[c] for c in current.children if self.tokens[c].dep not in skip)
        return [found[i] for i in sorted(found)]

    def relink(self) -> None:
        """Rebuild the child lists after heads were set."""
        for token in self.tokens:
            token.children = []
        for token in self.tokens:
            if token.head != token.i:
                self.tokens[token.head].children.append(token.i)
