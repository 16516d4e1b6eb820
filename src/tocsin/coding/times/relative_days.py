"""Whose time a clause has that hangs from a noun, and a noun that a clause tells of: "the meeting last month, where they
condemned X", "the attempt in 2016, which killed ten", "the attack on X, which took place in 1941", "slain in the raid that
took place on 4 June", "lives lost two years ago in a raid", "fired an hour before the ferry sank on Tuesday".

In: a clause of an annotated article. Out: the words whose time is its time.
"""

from __future__ import annotations

from tocsin.language.annotate import Annotated
from tocsin.language.lexicon import Lexicon
from tocsin.language.phrases.noun_phrases import case_of
from tocsin.language.tokens import Sentence, Token
from tocsin.syntax import Clause
from tocsin.syntax.verbs import lemma_of

_PHRASES = ("nmod", "conj", "obl", "obj", "appos", "flat", "nsubj")
_CLIMB = 6  # words between a clause and the meeting at which it was


def by_relative(clause: Clause, note: Annotated) -> set[int]:
    """The words of the sentence that are dated with the clause."""
    sentence, token, lexicon = clause.sentence, clause.token, note.interpreter.lexicon
    if clause.kind == "noun":
        return _took_place(sentence, token, lexicon) or _harmed_in(sentence, token, lexicon)
    ways = (_hours_from, _within, _of_its_attack)
    beside = {v for way in ways for v in way(sentence, token, lexicon)}
    if beside:
        return beside
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


def _within(sentence: Sentence, verb: Token, lexicon: Lexicon) -> set[int]:
    """ "slain in the attacks that took place on 4 June": what dates the attacks."""
    nouns = (k for k in sentence.kids(verb, "obl") if case_of(sentence, k) in lexicon.words("during_prepositions"))
    return {v for k in nouns if k.pos == "NOUN" for v in _took_place(sentence, k, lexicon)}


def _harmed_in(sentence: Sentence, noun: Token, lexicon: Lexicon) -> set[int]:
    """ "the lives lost two years ago in an attack": when they were lost."""
    above = sentence.parent(noun)
    if above is None or noun.dep != "obl" or case_of(sentence, noun) not in lexicon.words("during_prepositions"):
        return set()
    words = lexicon.words("hurt_verbs") | lexicon.words("dying_verbs") | lexicon.words("losing_verbs")
    verbs = [above, *(v for k in sentence.kids(above, "obj") for v in sentence.kids(k, "acl") if v.i < noun.i)]
    return {v.i for v in verbs if v.lemma in words and v.tag in ("VBN", "VBD")}


def _of_its_attack(sentence: Sentence, verb: Token, lexicon: Lexicon) -> set[int]:
    """ "lost two years ago in an attack by missiles targeting X": through the attack that a participle tells more of."""
    current: Token | None = verb
    for _ in range(_CLIMB if verb.tag in ("VBG", "VBN") else 0):
        if current is None or current.dep not in ("acl", "advcl", "nmod", "obl"):
            break
        if current.pos == "NOUN" and "attack" in lexicon.noun_types(sentence, current):
            return _harmed_in(sentence, current, lexicon)
        current = sentence.parent(current)
    return set()


def _hours_from(sentence: Sentence, verb: Token, lexicon: Lexicon) -> set[int]:
    """ "an hour before the ferry sank on Tuesday": the same day."""
    found = set()
    for kid in sentence.kids(verb, "advcl"):
        marked = [m for m in sentence.kids(kid, "mark") if m.lower in lexicon.words("ordering_marks")]
        measures = sentence.kids(kid, "obl:npmod", "nmod:npmod", "obl", "advmod")
        measured = any(m.lemma in lexicon.words("short_measures") for m in measures)
        if marked and measured and kid.pos == "VERB":
            found.add(kid.i)
    return found


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
