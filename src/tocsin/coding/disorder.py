"""Riots at home: what crowds do, and what ministers say of them, is no matter of international security (codebook, A2).

In: the sentences of an article, a clause with its roles. Out: None, or the reason why the record would be one of a riot.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from tocsin.coding.candidate import Roles
from tocsin.coding.record_types import TypeSpec
from tocsin.language.interpret import Interpreter
from tocsin.language.tokens import Sentence
from tocsin.syntax import Clause

_RIOTS, _WAR = "disorder", "warfare"
_FEWEST = 2  # sentences of the body that tell of riots, where the headline does not
_FORCES = frozenset({"military", "armed_group"})


class Disorder:
    """Whether an article is about riots, and what of it counts all the same."""

    def __init__(self, interpreter: Interpreter) -> None:
        self._interpreter = interpreter

    @cached_property
    def _told(self) -> bool:
        """Whether the article tells of riots, in its headline or several sentences, and no more of war than of them."""
        kinds = [(s, self._kinds(s)) for s in self._interpreter.sentences]
        riots = [s for s, of in kinds if _RIOTS in of]
        if len(riots) < sum(_WAR in of for _, of in kinds):
            return False
        return len(riots) >= _FEWEST or any(s.kind == "headline" for s in riots)

    def refuse(self, spec: TypeSpec, clause: Clause, roles: Roles) -> str | None:
        """The reason why a record of the type would be one of a riot: its sentence names none of the types of
        ``amid_riots``, and no force or named group does it."""
        if not spec.amid_riots or not self._told:
            return None
        doers = next(iter(roles.values()), [])
        if any(p.kind in _FORCES and (p.id or p.country) for p in doers):
            return None
        armed = self._kinds(clause.sentence) & spec.amid_riots
        return None if armed else "the article tells of riots, and its sentence of no arms"

    def _kinds(self, sentence: Sentence) -> frozenset[str]:
        lexicon = self._interpreter.lexicon
        kinds: Iterable[frozenset[str]] = (lexicon.noun_types(sentence, t) for t in sentence if t.pos in ("NOUN", "PROPN"))
        return frozenset().union(*kinds)
