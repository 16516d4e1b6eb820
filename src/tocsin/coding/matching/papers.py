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
    if paper.lemma.lower() in words("adopted_papers"):  # "voted to adopt a resolution, which condemned …"
        voters = [interpreter.entity(sentence, k) for k in _voters(sentence, paper, words("adopting_verbs"))]
        if own := _bodies(voters):
            return own
    dets = {k.lower for k in sentence.kids(paper, "det")}
    if paper.lemma not in words("adopted_papers") or not dets & words("definite"):
        return []
    for before in reversed(interpreter.sentences[max(sentence.index - _BACK, 0) : sentence.index + 1]):
        same = [t for t in before if t.lemma.lower() == paper.lemma and (before is not sentence or t.i < paper.i)]
        for token in same:
            tokens = (*_named(before, token), *_voters(before, token, words("adopting_verbs")))
            found = [interpreter.entity(before, k) for k in tokens]
            if bodies := _bodies(found):
                return bodies
    return []


def turned_down(sentence: Sentence, paper: Token, refusing: frozenset[str]) -> bool:
    """Whether a paper is one that somebody rejects ("vetoed a resolution that calls for"): it speaks for nobody."""
    verb = sentence.parent(paper)
    return verb is not None and paper.dep in ("obj", "nsubj:pass") and verb.lemma in refusing


def _bodies(found: list[Entity]) -> list[Entity]:
    return [e for e in found if any(p.country and p.kind in _BODIES for p in e.parties)][:1]


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
        first = sentence.first_of_row(verb)
        above = sentence.parent(first) if first.dep == "xcomp" else None  # "voted to adopt"
        yield from sentence.kids(above if above is not None else first, "nsubj")
    elif paper.dep == "nsubj:pass":
        yield from sentence.kids(verb, "obl:agent")
