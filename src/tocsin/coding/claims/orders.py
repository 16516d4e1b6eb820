"""Operators that make what stands below them come about, or bind somebody to it: orders, decrees, what a pact provides for,
and being the first to do something.

In: the table ``knowledge/status.yaml``, an operator and the status below it. Out: the status above it, or None where the
operator is none of these.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from tocsin.language.phrases.noun_phrases import case_of
from tocsin.syntax import Clause, Operator


class Orders:
    """The part of the status table that tells what orders, decrees and pacts do."""

    def __init__(self, table: dict[str, Any], decrees: Iterable[str]) -> None:
        self._decrees = frozenset(map(str, decrees))
        words = ("enacting", "ranked", "ranks", "commanding", "stipulating", "voting")
        self._words = {key: frozenset(map(str, table[key])) for key in words}

    def result(self, operator: Operator, state: str, ordered: bool) -> str | None:
        """Status above an operator of these kinds; ``ordered`` is said of frames whose event comes about by an order."""
        if ordered and operator.kind == "noun" and operator.lemma in self._decrees:
            return state  # "signed a decree on the recognition of"
        if ordered and operator.lemma in self._words["enacting"] and not operator.negated:
            return {"future": "planned", "infinitive": "infinitive"}.get(operator.tense, "occurred")
        if self.stipulates(operator):
            return "planned" if state in ("infinitive", "noun", "occurred", "planned") else state
        if ordered and self._commands(operator) and state in ("infinitive", "noun"):
            return "occurred"
        return None

    def voted(self, operator: Operator, clause: Clause) -> bool:
        """Whether a body has voted to say something; what is voted against is not said."""
        under = [o.token for o in clause.operators if o.token.head == operator.token.i]
        against = any(case_of(clause.sentence, token) == "against" for token in under)
        told = operator.tense in ("past", "present") and not operator.negated and not against
        told = told and operator.relation in ("xcomp", "obl", "obj")
        return operator.lemma in self._words["voting"] and told

    def stipulates(self, operator: Operator) -> bool:
        """Whether a pact tells what is to be done: "the ceasefire provides for the withdrawal"."""
        pact = any(e.types & {"treaty", "ceasefire"} for e in operator.subject)
        said = operator.lemma in self._words["stipulating"] and not operator.negated and operator.modality == "none"
        return pact and said

    def _commands(self, operator: Operator) -> bool:
        """Whether an operator tells an order that was given."""
        told = operator.tense in ("past", "present") and operator.modality == "none" and not operator.negated
        return operator.lemma in self._words["commanding"] and told

    def first_to(self, operator: Operator, clause: Clause) -> bool:
        """ "the first country to recognise", "the last to send": who is counted among the doers has done it."""
        ranked = clause.sentence.kids(operator.token, "amod", "nummod")
        who = operator.relation == "acl" and operator.lemma in self._words["ranked"]
        return who and any(k.lower in self._words["ranks"] for k in ranked)

    @staticmethod
    def ranked(clause: Clause, noun: Operator, class_of: Callable[[Operator], str | None]) -> str:
        """Status of what somebody is the first to do: that of being so."""
        above = [o for o in clause.operators if o.token.i != noun.token.i and (o.lemma != "be" or o.tense == "future")]
        if any(o.modality == "possible" or class_of(o) == "possible" for o in above):
            return "possible"
        if any(o.negated for o in above):
            return "not_occurred"
        if any(o.tense == "future" or o.modality == "would" or class_of(o) == "plan" for o in above):
            return "planned"
        return "occurred"
