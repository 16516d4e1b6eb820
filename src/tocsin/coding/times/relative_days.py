"""Whose time a clause has that hangs from a noun, and a noun that a clause tells of: "the meeting last month, where they
condemned X", "the attempt in 2016, which killed ten", "the attack on X, which took place in 1941".

In: a clause of an annotated article. Out: the words whose time is its time.
"""

from __future__ import annotations

from tocsin.language.annotate import Annotated
from tocsin.language.lexicon import Lexicon
from tocsin.language.tokens import Sentence, Token
from tocsin.syntax import Clause
from tocsin.syntax.verbs import lemma_of

_PHRASES = ("nmod", "conj", "obl", "obj", "appos", "flat", "nsubj")
_CLIMB = 6  # words between a clause and the meeting at which it was


def by_relative(clause: Clause, note: Annotated) -> set[int]:
    """The words of the sentence that are dated with the clause."""
    sentence, token, lexicon = clause.sentence, clause.token, note.interpreter.lexicon
    if clause.kind == "noun":
        return _took_place(sentence, token, lexicon)
    while token.dep == "conj" and (first := sentence.parent(token)) is not None and first.pos == "VERB":
        token = first  # "where they condemned X and resolved to answer"
    if token.dep != "acl:relcl":
        return set()
    if any(k.lower == "where" for k in sentence.kids(token, "advmod")):
        return _met(sentence, token, lexicon)
    return {token.head} if _by_pronoun(sentence, token, lexicon) and sentence.tokens[token.head].pos == "NOUN" else set()


def _by_pronoun(sentence: Sentence, verb: Token, lexicon: Lexicon) -> bool:
    """Whether the noun before a clause is its subject: "which took place"."""
    return any(k.lower in lexicon.words("relative_pronouns") for k in sentence.kids(verb, "nsubj"))


def _took_place(sentence: Sentence, noun: Token, lexicon: Lexicon) -> set[int]:
    """ "the attack on the city, which took place in 1941"."""
    within = [noun, *sentence.kids(noun, "nmod")]
    told = (v for t in within for v in sentence.kids(t, "acl:relcl"))
    held = [v for v in told if lemma_of(sentence, v, lexicon) in lexicon.words("took_place_verbs")]
    return {v.i for v in held if _by_pronoun(sentence, v, lexicon)}


def _met(sentence: Sentence, token: Token, lexicon: Lexicon) -> set[int]:
    """ "met on Tuesday with N, where he denounced X": when they met."""
    current: Token | None = sentence.parent(token)
    for _ in range(_CLIMB):
        if current is None:
            break
        if "meeting" in lexicon.noun_types(sentence, current) or current.lemma in lexicon.words("gathering_verbs"):
            return {current.i, current.head} if current.dep == "obj" else {current.i}  # "held a meeting last month"
        if current.dep not in _PHRASES:
            break
        current = sentence.parent(current)
    return set()
