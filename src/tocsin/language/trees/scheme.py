"""From the conventions of the treebanks to those of this package.

Treebanks hang a name from its first word ("Joe" <- "Biden") and a title from the name; here the last word of a name
is its head and what stands before are compounds, so that an entity ends at its head. Treebanks hang a verb of saying that
follows or interrupts what is said from it; here the verb of saying is always the head. "Be" with a place or an infinitive
("are in Syria", "is to sign") is a verb here, not a copula; "it is reported that" reports its clause; in a headline the
infinitive is the predicate ("Canada to send tanks"). Some relations get the names that the rest of the package uses.
"""

from __future__ import annotations

from tocsin.language.tokens import Sentence, Token

_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_SUBJECTS = frozenset({"nsubj", "expl", "aux"})
_CLAUSAL = _SUBJECTS | {"csubj", "parataxis", "ccomp", "punct", "conj", "cc", "advcl"}
_OF_ITS_HEAD = frozenset({"csubj", "csubj:pass", "csubj:outer", "fixed"})
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
    for before, hyphen, behind in zip(sentence.tokens, sentence.tokens[1:], sentence.tokens[2:], strict=False):
        if hyphen.tag == "HYPH" and behind.dep == "compound:prt" and behind.head == before.i and before.pos == "NOUN":
            hyphen.head, behind.pos = before.i, "NOUN"  # "lift-off": one noun
    for token in sentence:
        first = sentence.parent(token) if token.dep in _OF_ITS_HEAD else None
        if first is None:
            continue
        if token.dep == "fixed":
            if first.dep in ("case", "mark"):
                token.head, token.dep = first.head, first.dep  # "according to": two words of one preposition
        elif first.i < token.i and sentence.kids(first, "expl"):
            token.dep = "ccomp"  # "it is reported that": what is reported
    sentence.relink()
    deps = {token.dep for token in sentence}
    for token in list(sentence) if "cop" in deps else ():
        if (be := _be(sentence, token)) is not None:
            _raise_be(sentence, token, be)
    _headline(sentence)
    for token in sentence if any(dep.startswith("flat") for dep in deps) else ():
        parts = [t for t in sentence.kids(token, "flat") if t.i > token.i]
        if parts:
            _end_at_head(sentence, token, parts)
    for token in sentence:
        token.dep = "aux" if token.dep == "mark" and token.tag == "TO" else _RENAMED.get(token.dep, token.dep)


def _be(sentence: Sentence, token: Token) -> Token | None:
    """The "be" above a place or an infinitive, which a treebank makes a copula."""
    copulas = [t for t in sentence.kids(token, "cop") if t.lemma == "be"]
    if not copulas:
        return None
    infinitive = token.pos == "VERB" and any(t.lower == "to" for t in sentence.kids(token, "mark"))
    cases = [t.lower for t in sentence.kids(token, "case")]
    return copulas[0] if infinitive or (cases and cases[0] != "of") else None


def _raise_be(sentence: Sentence, token: Token, be: Token) -> None:
    """Hang what is predicated from its "be", and with it all that belongs to the clause."""
    infinitive = token.pos == "VERB"
    case = next((k.i for k in sentence.kids(token, "case")), be.i)
    be.head, be.dep, be.pos = (be.i if token.head == token.i else token.head), token.dep, "VERB"
    token.head, token.dep = be.i, ("xcomp" if infinitive else "obl")
    for kid in sentence.kids(token):
        clausal = kid.dep.split(":")[0] in (_SUBJECTS if infinitive else _CLAUSAL)
        before = not infinitive and kid.dep in ("mark", "advmod") and kid.i < max(be.i, case)  # "is not in"
        if kid.i != be.i and (clausal or before):
            kid.head = be.i
    sentence.relink()


def _headline(sentence: Sentence) -> None:
    """ "Canada to send tanks": the infinitive is what is told, the noun before it who does it."""
    root = next((t for t in sentence if t.head == t.i), None)
    if root is None or root.pos not in ("NOUN", "PROPN") or any(t.tag in _FINITE for t in sentence):
        return
    below = sentence.kids(root, "acl", "advcl", "xcomp")
    verb = next((t for t in below if any(k.lower == "to" for k in sentence.kids(t, "mark"))), None)
    if verb is None or sentence.kids(root, "case") or root.i > verb.i:
        return
    verb.head, verb.dep = verb.i, "root"
    root.head, root.dep = verb.i, "nsubj"
    sentence.relink()


def _says_the_rest(sentence: Sentence, verb: Token) -> bool:
    """A speaker and a verb of saying without an object or clause of its own: "…, the ministry said"."""
    kinds = {t.dep for t in sentence.kids(verb)}
    told = verb.lemma in ("tell", "inform") and "obj" in kinds  # "told parliament"
    return "nsubj" in kinds and not kinds & {"ccomp", "xcomp"} and ("obj" not in kinds or told)


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
    if first.pos == "PROPN" and not sentence.kids(first, "det"):  # treebanks join the words of people's names so
        for token in (first, *parts):
            token.entity = "PERSON" if token.pos == "PROPN" else ""
    for token in sentence:
        if token is not last and token.head == first.i and token is not first:
            token.head = last.i
            if token in parts:
                token.dep = "compound"
    first.head, first.dep = last.i, "compound"
    sentence.relink()
