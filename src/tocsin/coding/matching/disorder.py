"""Riots, knife crime, ransom: what crowds, stabbers and kidnappers do, and what ministers say of it, is no security matter
(codebook, A2).

In: the sentences of an article, a clause with its roles. Out: None, or the reason why the record would be one of them.
"""

from __future__ import annotations

from functools import cached_property

from tocsin.coding.matching.candidate import Roles
from tocsin.coding.matching.record_types import TypeSpec
from tocsin.language.phrases.interpret import Interpreter
from tocsin.syntax import Clause

_RIOTS, _WAR, _TERROR = "disorder", "warfare", "terror_word"
_RANSOM = "ransom_word"
_CRIMES = {"blade": "a stabbing", _RANSOM: "a kidnapping"}
_FEWEST, _SHARE = 2, 3  # sentences of the body that tell of riots where the headline does not: two, or each third
_TELLING = frozenset({"NOUN", "PROPN", "VERB"})
_FORCES = frozenset({"military", "armed_group"})


class Disorder:
    """Whether an article is about riots, and what of it counts all the same."""

    def __init__(self, interpreter: Interpreter) -> None:
        self._interpreter = interpreter

    @cached_property
    def _told(self) -> bool:
        """Whether the article tells of riots, in its headline or several sentences, and no more of war than of them."""
        riots = [s for s in self._interpreter.sentences if _RIOTS in self.kinds[s.index]]
        if len(riots) < sum(_WAR in of for of in self.kinds.values()):
            return False
        many = len(riots) >= _FEWEST or (riots and len(riots) * _SHARE >= len(self.kinds))
        return bool(many) or any(s.kind == "headline" for s in riots)

    @cached_property
    def kinds(self) -> dict[int, frozenset[str]]:
        """The types of the words of each sentence, by its number."""
        types = self._interpreter.noun_types
        return {
            s.index: frozenset(kind for t in s if t.pos in _TELLING for kind in types(s, t))
            for s in self._interpreter.sentences
        }

    @cached_property
    def _plain(self) -> bool:
        """Whether the article names neither arms of war nor terror, so that a stabbing in it is a crime."""
        return not any(of & {_WAR, _TERROR} for of in self.kinds.values())

    def refuse(self, spec: TypeSpec, clause: Clause, roles: Roles) -> str | None:
        """The reason why a record of the type would be one of a riot: its sentence names none of the types of
        ``amid_riots``, and no force or named group does it."""
        if not spec.amid_riots or any(p.kind in _FORCES and (p.id or p.country) for p in next(iter(roles.values()), [])):
            return None
        kinds = self.kinds[clause.sentence.index]
        if self._told and not kinds & spec.amid_riots:
            return "the article tells of riots, and its sentence of no arms"
        known = any(p.country for parties in roles.values() for p in parties)  # "two Danes were kidnapped in Yemen"
        told = next((words for kind, words in _CRIMES.items() if kind in kinds and not (known and kind == _RANSOM)), None)
        return f"{told} in an article that names neither war nor terror" if told is not None and self._plain else None
