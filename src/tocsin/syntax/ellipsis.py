"""Verbs that are left out: "Sweden has four submarines and Norway six", "X sent 14 tanks to Y and Z twelve".

In: the verb clauses of a sentence. Out: one clause more for each party that is followed by nothing but a number: the same
verb, that party as its subject, and that many of the same thing. The party fills no slot of the first clause any more.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from tocsin.language.numbers.amounts import Number
from tocsin.language.phrases.entities import Entity
from tocsin.language.tokens import Sentence, Token
from tocsin.syntax.clause import Argument, Clause
from tocsin.syntax.passes import Pass

_SIDES = frozenset({"state", "military", "government_body", "armed_group"})


class Ellipsis(Pass):
    """Adds the clauses of verbs left out."""

    def clauses(self, sentence: Sentence, verbs: Iterable[Clause]) -> list[Clause]:
        """The clauses to add; the given ones lose the parties that are subjects of these."""
        whole = [c for c in verbs if not c.passive and c.get("subj") and self._counted(c)]
        added = []
        for token in sentence.tokens[1:-1]:
            number = self._bare_number(sentence, token) if whole else None
            party = self._side(sentence, token) if number is not None else None
            if number is None or party is None:
                continue
            clause = max((c for c in whole if c.token.i < token.i), key=lambda c: c.token.i, default=None)
            if clause is None or party.countries & self._doers(clause):
                continue
            added.append(self._like(clause, token, party, number))
            for slot, arguments in clause.args.items():
                if slot != "subj":
                    clause.args[slot] = _without(arguments, token)
        return added

    def _bare_number(self, sentence: Sentence, token: Token) -> Number | None:
        """The number right behind a word, with nothing behind it that it could count."""
        number = sentence.tokens[token.i + 1]
        after = sentence.tokens[number.i + 1] if number.i + 1 < len(sentence.tokens) else None
        if number.pos != "NUM" or (after is not None and after.pos not in ("PUNCT", "CCONJ")):
            return None
        return self.interpreter.number_at(number.start, number.end)

    def _side(self, sentence: Sentence, token: Token) -> Entity | None:
        """A state or force that is joined to what stands before."""
        if token.dep != "conj" or token.pos not in ("PROPN", "NOUN") or not sentence.kids(token, "cc"):
            return None
        entity = self.interpreter.entity(sentence, token)
        return entity if any(p.kind in _SIDES and p.country for p in entity.parties) else None

    @staticmethod
    def _counted(clause: Clause) -> bool:
        return any(e.count is not None for a in clause.get("obj") for e in a.entities[:1])

    @staticmethod
    def _doers(clause: Clause) -> frozenset[str]:
        return frozenset(c for a in clause.get("subj") for e in a.entities for c in e.countries)

    @staticmethod
    def _like(clause: Clause, token: Token, party: Entity, number: Number) -> Clause:
        thing = next(a for a in clause.get("obj") if a.entities and a.entities[0].count is not None)
        rest = {slot: _without(arguments, token) for slot, arguments in clause.args.items() if slot not in ("subj", "obj")}
        so_many = replace(thing.entities[0], count=number)
        told = {"subj": [Argument(token, [party])], "obj": [Argument(thing.token, [so_many])]}
        return replace(clause, args=told | rest, operators=[], complement=None)


def _without(arguments: list[Argument], token: Token) -> list[Argument]:
    """The arguments without what the token heads."""
    kept = [replace(a, entities=[e for e in a.entities if e.head != token.i]) for a in arguments if a.token.i != token.i]
    return [a for a in kept if a.entities]
