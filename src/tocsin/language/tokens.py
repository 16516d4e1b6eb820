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
    children: list[Token] = field(default_factory=list, repr=False, compare=False)
    lower: str = field(init=False)  # the word in lower case; asked so often that it is kept

    def __post_init__(self) -> None:
        self.lower = self.text.lower()

    def written(self, text: str, start: int) -> None:
        """Give the token the words that it begins with after all ("test-" of "test-fired")."""
        self.text, self.lower, self.start = text, text.lower(), start


class _Fits(dict[str, bool]):
    """Whether a relation is one of those asked for, or a kind of one ("obl:agent" of "obl"); answers are kept."""

    def __init__(self, deps: tuple[str, ...]) -> None:
        super().__init__()
        self._deps = frozenset(deps)

    def __missing__(self, dep: str) -> bool:
        self[dep] = fits = dep in self._deps or dep.partition(":")[0] in self._deps
        return fits


class _Asked(dict[tuple[str, ...], _Fits]):
    """The answers for each list of relations that is asked for."""

    def __missing__(self, deps: tuple[str, ...]) -> _Fits:
        self[deps] = fits = _Fits(deps)
        return fits


_ASKED = _Asked()


@dataclass(slots=True)
class Sentence:
    """A sentence with its tree. ``index`` counts sentences of the article; ``kind`` is the block it stands in."""

    index: int
    start: int
    end: int
    kind: str
    paragraph: int
    tokens: list[Token]
    classes: frozenset[str] | None = field(default=None, init=False, repr=False, compare=False)  # see ``Lexicon.classes``

    def __iter__(self) -> Iterator[Token]:
        return iter(self.tokens)

    def kids(self, token: Token, *deps: str) -> list[Token]:
        """Children of a token, in order, of the given relations (of any, when none is given)."""
        if not token.children:
            return []
        if not deps:
            return token.children.copy()
        found, fits = [], _ASKED[deps]
        for kid in token.children:  # no comprehension: its own frame costs more than the two children that a word has
            if fits[kid.dep]:
                found.append(kid)
        return found

    def parent(self, token: Token) -> Token | None:
        """The head of a token; None for the root."""
        return None if token.head == token.i else self.tokens[token.head]

    def first_of_row(self, token: Token) -> Token:
        """The first of the words that are coordinated with one; a word that stands alone itself."""
        while token.dep == "conj" and token.head != token.i:
            token = self.tokens[token.head]
        return token

    def subtree(self, token: Token, skip: frozenset[str] = frozenset()) -> list[Token]:
        """The token and all below it in text order, not entering relations in ``skip``."""
        found: dict[int, Token] = {}  # each word once, so that a tree that is none, half way through a repair, has an end
        stack = [token]
        while stack:
            current = stack.pop()
            if current.i not in found:
                found[current.i] = current
                stack += [kid for kid in current.children if kid.dep not in skip] if skip else current.children
        return [found[i] for i in sorted(found)]

    def relink(self) -> None:
        """Rebuild the child lists after heads were set."""
        self.classes = None
        for token in self.tokens:
            token.children = []
        for token in self.tokens:
            if token.head != token.i:
                self.tokens[token.head].children.append(token)
