"""Clauses of what stands after "be" or "remain": "X is a member of Y", "the base is in Z", "X remains committed to Y".

In: a sentence and a predicate noun or adjective. Out: a clause with its subject, phrases and measure; None where the
token is no predicate.
"""

from __future__ import annotations

from typing import Literal

from tocsin.language.tokens import Sentence, Token
from tocsin.syntax.clause import Clause
from tocsin.syntax.passes import Pass
from tocsin.syntax.verbs import form_of

_SHARING = frozenset({"amod", "conj", "xcomp"})


def may_be_predicate(token: Token) -> bool:
    """Whether a token can have a clause here: there is a "be" below it, or it shares that of another word."""
    return bool(token.children) or token.dep in _SHARING


class Predicates(Pass):
    """Makes the clauses of predicates."""

    def clause(self, sentence: Sentence, token: Token) -> Clause | None:
        """ "X is a member of Y", "X is in Y": the predicate after "be" with its subject."""
        if token.dep == "amod" and token.lower == "strong" and token.head > token.i:
            return self._strong(sentence, token)
        if token.pos == "VERB":
            return None
        first = sentence.tokens[token.head]
        shared = token.dep == "conj" and token.pos == "ADJ" and bool(sentence.kids(first, "cop"))
        staying = token.dep == "xcomp" and token.pos == "ADJ" and first.lemma in self.lexicon.words("staying_verbs")
        shared = shared or staying
        if not (shared or sentence.kids(token, "cop")):
            return None
        form = form_of(sentence, first if shared else token, self.lexicon)
        kind: Literal["adjective", "noun"] = "adjective" if token.pos == "ADJ" else "noun"
        clause = Clause(
            sentence,
            token,
            f"be {token.lemma}",
            kind,
            tense=form.tense,
            negated=form.negated,
            perfect=form.perfect,
            modality=form.modality,
        )
        for kid in sentence.kids(token, "nsubj") or (sentence.kids(first, "nsubj") if shared else []):
            self._add(clause, "subj", self._relative(sentence, kid))
        for kid in sentence.kids(token, "nmod", "obl"):
            if case := self.case(sentence, kid):
                self._add(clause, case, kid)
        for kid in sentence.kids(token, "obl:npmod", "nmod:npmod", "nummod"):
            self._add(clause, "measure", kid)
        for kid in sentence.kids(token, "compound", "amod", "nmod:poss"):
            if kid.i < token.i:
                self._modifier(clause, kid)
        return clause

    def _strong(self, sentence: Sentence, token: Token) -> Clause | None:
        """ "the 41,000-strong army": as "the army is 41,000 strong"."""
        number = next((t for t in reversed(sentence.tokens[: token.i]) if t.tag != "HYPH"), None)
        if number is None or number.pos != "NUM":
            return None
        clause = Clause(sentence, token, "be strong", "adjective", tense="present")
        self._add(clause, "subj", sentence.tokens[token.head])
        self._add(clause, "measure", number)
        return clause
