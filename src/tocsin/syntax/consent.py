"""Whose leave an act had: "sent with Berlin's permission", "after obtaining consent from Berlin", "once Berlin agreed".

In: the verb clauses of a sentence. Out: the same clauses, with whoever gave leave in the slot ``leave``. Leave that was
missing or is awaited ("without", "until", "unless") fills nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tocsin.language.phrases.interpret import Interpreter
from tocsin.language.tokens import Sentence, Token
from tocsin.syntax.clause import Argument, Clause

_GIVER_CASES = frozenset({"of", "from", "by"})


def lend_leave(clauses: Iterable[Clause], interpreter: Interpreter) -> None:
    """Fill the slot ``leave`` of each clause that says whose consent it had."""
    words = interpreter.lexicon.words
    listed = list(clauses)
    if not listed or interpreter.lexicon.classes(listed[0].sentence).isdisjoint(("consent_nouns", "consent_verbs")):
        return
    for clause in listed:
        for slot in words("consent_prepositions"):
            for argument in clause.get(slot):
                if argument.token.lemma in words("consent_nouns"):
                    _add(clause, _givers(argument.token, clause.sentence, interpreter), interpreter)
        for other in listed:
            if other.token.head == clause.token.i and other is not clause and _after(other, words("consent_conjunctions")):
                _add(clause, list(_of_clause(other, interpreter)), interpreter)


def _after(clause: Clause, conjunctions: frozenset[str]) -> bool:
    marks = {k.lower for k in clause.sentence.kids(clause.token, "mark", "case", "advmod")}
    return clause.token.dep == "advcl" and bool(marks & conjunctions) and not clause.negated


def _add(clause: Clause, givers: Iterable[Token], interpreter: Interpreter) -> None:
    doers = {p.country for a in clause.get("subj") for e in a.entities for p in e.parties}
    for token in givers:
        entities = [e for e in interpreter.entities(clause.sentence, token) if e.parties]
        if entities and not doers & {p.country for e in entities for p in e.parties}:
            clause.add("leave", Argument(token, entities))


def _of_clause(clause: Clause, interpreter: Interpreter) -> Iterator[Token]:
    """Who gives leave in a clause like "Berlin approved", "getting Berlin's permission", "Berlin gave its consent"."""
    words = interpreter.lexicon.words
    asked = [a.token for a in clause.get("obj") if a.token.lemma in words("consent_nouns")]
    if clause.lemma in words("consent_verbs") or (asked and clause.lemma in words("giving_verbs")):
        yield from (a.token for a in clause.get("subj"))
    elif asked and clause.lemma in words("obtaining_verbs"):
        yield from (a.token for a in clause.get("from"))
        for noun in asked:
            yield from _givers(noun, clause.sentence, interpreter)


def _givers(noun: Token, sentence: Sentence, interpreter: Interpreter) -> list[Token]:
    """Whose consent a noun is: its possessor, its adjective, who stands behind "of" and "from", also in "needed from"."""
    found = sentence.kids(noun, "nmod:poss", "amod", "compound")
    clauses = sentence.kids(noun, "acl:relcl", "acl")
    behind = [*sentence.kids(noun, "nmod"), *(p for clause in clauses for p in sentence.kids(clause, "obl"))]
    found += [k for k in behind if _GIVER_CASES & {c.lower for c in sentence.kids(k, "case")}]
    return [k for k in found if interpreter.entity(sentence, k).parties]
