"""On whose word: the chain of sources above a clause, nearest first.

In: a clause with its operators. Out: sources with the verb that reports them. The article's own voice is no source.
"""

from __future__ import annotations

from tocsin.coding.status import StatusRules
from tocsin.language.annotate import Annotated
from tocsin.language.entities import Entity
from tocsin.language.interpret import Interpreter
from tocsin.language.speakers import is_quoted
from tocsin.language.tokens import Sentence, Token
from tocsin.model import Party, Source
from tocsin.syntax import Clause

_SAYING = frozenset({"say", "deny", "announce_noun"})


def sources_of(clause: Clause, rules: StatusRules, note: Annotated) -> list[Source]:
    """Who says what the clause tells."""
    interpreter = note.interpreter
    found: list[Source] = []
    for operator in clause.operators:
        if operator.kind != "verb" or operator.relation not in ("ccomp", "parataxis", "xcomp", "obl", "advcl"):
            continue
        if rules.class_of(operator) in _SAYING or operator.lemma in rules.sources:
            found += [s for e in operator.subject for s in _sources(e, operator.token.text)]
    found += _according(clause, interpreter)
    if not found:
        found = _speaker_of(clause.sentence, note)
    distinct: dict[tuple[int, int, str], Source] = {}
    for source in found:
        distinct.setdefault((source.start, source.end, source.name), source)
    return list(distinct.values())


def _speaker_of(sentence: Sentence, note: Annotated) -> list[Source]:
    """The speaker of a transcript's paragraph, or of a quoted sentence: who says something beside it in the paragraph."""
    label = note.interpreter.labels.get(sentence.paragraph)
    if label is not None:
        return [_source(p, None, True) for p in label[:1]]
    if not is_quoted(sentence, note.quotes):
        return []
    near = sorted(
        (s for s in note.sentences if abs(s.paragraph - sentence.paragraph) <= 1 and s.index != sentence.index),
        key=lambda s: (s.paragraph != sentence.paragraph, abs(s.index - sentence.index), s.index > sentence.index),
    )
    for other in near:
        for token in other:
            if (
                token.pos == "VERB"
                and token.lemma in note.interpreter.lexicon.words("saying")
                and other.kids(token, "nsubj")
            ):
                entity = note.interpreter.entity(other, other.kids(token, "nsubj")[0])
                if entity.parties:
                    return [_source(entity.parties[0], token.text, True)]
    return []


def _source(party: Party, verb: str | None, quoted: bool) -> Source:
    return Source(
        text=party.text,
        start=party.start,
        end=party.end,
        name=party.name,
        country=party.country,
        kind=party.kind,
        verb=verb,
        quoted=quoted,
    )


def _sources(entity: Entity, verb: str) -> list[Source]:
    return [_source(p, verb, False) for p in entity.parties[:1]]


def _according(clause: Clause, interpreter: Interpreter) -> list[Source]:
    """ "According to X": on the clause or on any predicate above it."""
    sentence, found = clause.sentence, []
    current: Token | None = clause.token
    for _ in range(len(sentence.tokens)):
        if current is None:
            break
        for kid in sentence.kids(current, "obl", "nmod", "advcl"):
            if _case(sentence, kid).startswith(tuple(interpreter.lexicon.words("source_prepositions"))):
                for entity in interpreter.entities(sentence, kid):
                    found += _sources(entity, "according to")
        current = sentence.parent(current)
    return found


def _case(sentence: Sentence, token: Token) -> str:
    return " ".join(t.lower for t in sentence.kids(token, "case", "mark"))
