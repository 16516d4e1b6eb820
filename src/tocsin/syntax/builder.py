"""Builds the clauses of a sentence in normal form.

In: a sentence and the interpreter that knows its entities. Out: clauses for verbs, for nouns that can be events, and for
predicates after "be". Each small pass adds arguments: direct ones and those of passives (``verb_clauses.py``), shared
subjects of coordinated and embedded verbs (``sharing.py``), the gaps of relative clauses and participles (``gaps.py``),
modifiers of nouns (``noun_clauses.py``), what light verbs carry (``support.py``), what is said (``complements.py``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from tocsin.language.phrases.entities import Entity
from tocsin.language.phrases.interpret import Interpreter
from tocsin.language.tokens import Sentence, Token
from tocsin.syntax.clause import Clause
from tocsin.syntax.complements import Complements
from tocsin.syntax.consent import lend_leave
from tocsin.syntax.ellipsis import Ellipsis
from tocsin.syntax.flow import lend_ends
from tocsin.syntax.noun_clauses import NounClauses
from tocsin.syntax.operators import operators
from tocsin.syntax.predicates import Predicates, may_be_predicate
from tocsin.syntax.sharing import Sharing
from tocsin.syntax.verb_clauses import VerbClauses
from tocsin.syntax.verbs import VerbForms


class ClauseBuilder:
    """Makes clauses; ``is_event`` says which nouns (by lemma phrase) are worth one."""

    def __init__(
        self,
        interpreter: Interpreter,
        is_event: Callable[[Sentence, Token], str | None],
        is_operator: Callable[[str], bool] = lambda lemma: False,
    ) -> None:
        self.interpreter = interpreter
        self.lexicon = interpreter.lexicon
        self.is_event = is_event
        self.is_operator = is_operator
        self._forms = VerbForms(interpreter.lexicon)
        self._verb_clauses = VerbClauses(interpreter, self._forms)
        self._sharing = Sharing(interpreter)
        self._noun_clauses = NounClauses(interpreter)
        self._predicates = Predicates(interpreter)
        self._complements = Complements(interpreter)
        self._ellipsis = Ellipsis(interpreter)

    def clauses(self, sentence: Sentence) -> list[Clause]:
        """All clauses of the sentence, in text order of their predicates."""
        verbs = self._verbs(sentence)
        self._sharing.share(verbs)
        lend_ends(verbs.values(), self.lexicon)
        lend_leave(verbs.values(), self.interpreter)
        gapped = self._ellipsis.clauses(sentence, verbs.values())
        nouns = self._nouns(sentence, verbs)
        predicates = [c for t in sentence if may_be_predicate(t) and (c := self._predicates.clause(sentence, t)) is not None]
        contents = verbs | {c.token.i: c for c in predicates}
        for clause in [*verbs.values(), *nouns, *predicates]:
            self._complements.complement(clause, contents)
        found = sorted([*verbs.values(), *gapped, *nouns, *predicates], key=lambda c: (c.token.i, c.kind))
        self._operators(sentence, found, verbs)
        return found

    def _verbs(self, sentence: Sentence) -> dict[int, Clause]:
        """The clauses of verbs by the index of the verb."""
        verbs: dict[int, Clause] = {}
        for token in sentence:
            if token.dep in ("case", "mark", "fixed") or not token.text[:1].isalpha():
                continue
            if token.pos == "VERB" or (token.pos == "AUX" and token.dep not in ("aux", "aux:pass", "cop")):
                verbs[token.i] = self._verb_clauses.clause(sentence, token)
        return verbs

    def _nouns(self, sentence: Sentence, verbs: dict[int, Clause]) -> list[Clause]:
        """The clauses of event nouns that are no word of a name."""
        return [
            self._noun_clauses.clause(sentence, token, name, verbs)
            for token in sentence
            if token.pos in ("NOUN", "PROPN", "VERB")
            and (name := self.is_event(sentence, token))
            and token.i not in verbs
            and not self._in_name(sentence, token)
        ]

    def _in_name(self, sentence: Sentence, token: Token) -> bool:
        """Whether a noun is a word of a longer name ("Popular Mobilization Forces" mobilises nobody)."""
        mention = self.interpreter.mention(sentence, token)
        if mention is not None and mention.last > mention.first and mention.party is not None:
            return True
        head = sentence.tokens[token.head]  # the first word of "test launch" is no event beside it
        longer = self.is_event(sentence, head) if token.dep == "compound" and head.i > token.i else None
        if longer is not None:
            return token.lower in longer.split()
        modifier = token.dep in ("compound", "amod") and head.i > token.i and head.pos in ("NOUN", "PROPN")
        return modifier and not self.is_operator(head.lemma)  # "patrol boats", "training ground"

    def _operators(self, sentence: Sentence, clauses: Iterable[Clause], verbs: dict[int, Clause]) -> None:
        """Give each clause the operators above it, and each operator whose it is."""
        for clause in clauses:
            clause.operators = operators(sentence, clause.token, self._forms, clause.support)
            for operator in clause.operators:
                if operator.token.i in verbs:
                    operator.subject = [e for a in verbs[operator.token.i].get("subj") for e in a.entities]
                else:
                    operator.subject = self._holders(sentence, operator.token)

    def _holders(self, sentence: Sentence, noun: Token) -> list[Entity]:
        """Whose plan, claim or threat an operator noun is."""
        kids = sentence.kids(noun, "nmod:poss", "amod", "compound", "nsubj")
        return [e for k in kids for e in self.interpreter.entities(sentence, k) if e.parties]
