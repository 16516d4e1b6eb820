"""On whose word: the chain of sources above a clause, nearest first.

In: a clause with its operators. Out: sources with the verb that reports them. The article's own voice is no source.
"""

from __future__ import annotations

from tocsin.coding.status import StatusRules
from tocsin.language.entities import Entity
from tocsin.language.interpret import Interpreter
from tocsin.language.tokens import Sentence, Token
from tocsin.model import Source
from tocsin.syntax import Clause

_SAYING = frozenset({"say", "deny", "announce_noun"})


def sources_of(clause: Clause, rules: StatusRules, interpreter: Interpreter) -> list[Source]:
    """Who says what the clause tells."""
    found: list[Source] = []
    for operator in clause.operators:
        if operator.kind != "verb" or operator.relation not in ("ccomp", "parataxis", "xcomp", "obl", "advcl"):
            continue
        if rules.class_of(operator) in _SAYING or operator.lemma in ("accuse", "blame", "warn"):
            found += [s for e in operator.subject for s in _sources(e, operator.token.text)]
    found += _according(clause, interpreter)
    distinct: dict[tuple[int, int, str], Source] = {}
    for source in found:
        distinct.setdefault((source.start, source.end, source.name), source)
    return list(distinct.values())


def _sources(entity: Entity, verb: str) -> list[Source]:
    return [Source(text=p.text, start=p.start, end=p.end, name=p.name, country=p.country, kind=p.kind, verb=verb,
                   quoted=False) for p in entity.parties[:1]]


def _according(clause: Clause, interpreter: Interpreter) -> list[Source]:
    """"According to X": on the clause or on any predicate above it."""
    sentence, found = clause.sentence, []
    current: Token | None = clause.token
    for _ in range(len(sentence.tokens)):
        if current is None:
            break
        for kid in sentence.kids(current, "obl", "nmod", "advcl"):
            if _case(sentence, kid).startswith(("according", "citing")):
                for entity in interpreter.entities(sentence, kid):
                    found += _sources(entity, "according to")
        current = sentence.parent(current)
    return found


def _case(sentence: Sentence, token: Token) -> str:
    return " ".join(t.lower for t in sentence.kids(token, "case", "mark"))
