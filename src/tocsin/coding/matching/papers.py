"""Whose a paper is that speaks, where its own phrase does not tell: "the resolution calls on N".

In: the sentence and the word of the paper. Out: who adopted it, or whose it was called, in the sentences just before.
"""

from __future__ import annotations

from collections.abc import Iterator

from tocsin.language.phrases.entities import Entity
from tocsin.language.phrases.interpret import Interpreter
from tocsin.language.tokens import Sentence, Token

_BACK = 3  # sentences between a paper and who adopted it
_BODIES = frozenset({"igo", "government_body", "state"})


def adopters(interpreter: Interpreter, sentence: Sentence, paper: Token) -> list[Entity]:
    """Who adopted the resolution that "the resolution" stands for, or whose it was named; nobody where it is another's
    ("a resolution") or none was told near."""
    words = interpreter.lexicon.words
    dets = {k.lower for k in sentence.kids(paper, "det")}
    if paper.lemma not in words("adopted_papers") or not dets & words("definite"):
        return []
    for before in reversed(interpreter.sentences[max(sentence.index - _BACK, 0) : sentence.index + 1]):
        same = [t for t in before if t.lemma.lower() == paper.lemma and (before is not sentence or t.i < paper.i)]
        for token in same:
            tokens = (*_named(before, token), *_voters(before, token, words("adopting_verbs")))
            found = [interpreter.entity(before, k) for k in tokens]
            bodies = [e for e in found if any(p.country and p.kind in _BODIES for p in e.parties)]
            if bodies:
                return bodies[:1]
    return []


def _named(sentence: Sentence, paper: Token) -> Iterator[Token]:
    """ "Security Council Resolution 1", "a resolution by the parliament"."""
    yield from sentence.kids(paper, "nmod:poss", "amod", "compound")
    yield from (k for k in sentence.kids(paper, "nmod") if {c.lower for c in sentence.kids(k, "case")} & {"of", "by"})


def _voters(sentence: Sentence, paper: Token, adopting: frozenset[str]) -> Iterator[Token]:
    """ "The council adopted a resolution", "the resolution was passed by the parliament"."""
    verb = sentence.parent(paper)
    if verb is None or verb.lemma not in adopting:
        return
    if paper.dep == "obj":
        yield from sentence.kids(sentence.first_of_row(verb), "nsubj")
    elif paper.dep == "nsubj:pass":
        yield from sentence.kids(verb, "obl:agent")
