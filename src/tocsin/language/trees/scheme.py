"""From the conventions of the treebanks to those of this package.

Treebanks hang a name from its first word ("Joe" <- "Biden") and a title from the name; here the last word of a name
is its head and what stands before are compounds, so that an entity ends at its head. Treebanks hang a verb of saying that
follows or interrupts what is said from it; here the verb of saying is always the head. Some relations get the names that
the rest of the package uses.
"""

from __future__ import annotations

from tocsin.language.tokens import Sentence, Token

_RENAMED = {
    "nmod:desc": "compound",
    "nmod:unmarked": "nmod:npmod",
    "obl:unmarked": "obl:npmod",
    "advcl:relcl": "advcl",
    "nsubj:outer": "nsubj",
    "csubj:outer": "csubj",
}


def to_own_scheme(sentence: Sentence, saying: frozenset[str]) -> None:
    """Rewrite the tree in place. ``saying`` are the lemmas of verbs of saying."""
    sentence.relink()
    for token in sentence:
        if token.dep == "parataxis" and token.lemma in saying and _says_the_rest(sentence, token):
            _raise(sentence, token)
    for token in sentence:
        parts = [t for t in sentence.kids(token, "flat") if t.i > token.i]
        if parts:
            _end_at_head(sentence, token, parts)
    for token in sentence:
        token.dep = _RENAMED.get(token.dep, token.dep)
    sentence.relink()


def _says_the_rest(sentence: Sentence, verb: Token) -> bool:
    """A speaker and a verb of saying without an object or clause of its own: "…, the ministry said"."""
    kinds = {t.dep for t in sentence.kids(verb)}
    return "nsubj" in kinds and not kinds & {"obj", "ccomp", "xcomp"}


def _raise(sentence: Sentence, verb: Token) -> None:
    """Hang what is said from the verb of saying."""
    said = sentence.tokens[verb.head]
    verb.head, verb.dep = (verb.i if said.head == said.i else said.head), said.dep
    said.head, said.dep = verb.i, "ccomp"
    sentence.relink()


def _end_at_head(sentence: Sentence, first: Token, parts: list[Token]) -> None:
    """Make the last word of a name its head. A number stays below its noun ("Article 6")."""
    last = parts[-1]
    if last.pos in ("NUM", "PUNCT", "SYM") or first.pos == "NUM":
        for part in parts:
            part.dep = "nummod" if part.pos == "NUM" else part.dep
        return
    last.head, last.dep = (last.i if first.head == first.i else first.head), first.dep
    for token in sentence:
        if token is not last and token.head == first.i and token is not first:
            token.head = last.i
            if token in parts:
                token.dep = "compound"
    first.head, first.dep = last.i, "compound"
    sentence.relink()
