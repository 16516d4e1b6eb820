"""What the clauses of a sentence tell one another about things that pass from hand to hand.

In: the verb clauses of a sentence. Out: the same clauses, with slots that other clauses fill: where "tanks donated by
Canada" arrive, who uses "drones supplied by Iran", whom "weapons to defend Estonia" are for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from tocsin.language.lexicon import Lexicon
from tocsin.language.tokens import Sentence, Token
from tocsin.syntax.clause import Clause

_ARRIVAL = ("to", "in", "at", "obj", "into")


def lend_ends(clauses: Iterable[Clause], lexicon: Lexicon) -> None:
    """A thing told by a participle or relative clause goes to where another verb says that it arrives (``to``); who
    uses it has it (``holder``)."""
    listed = list(clauses)
    for clause in listed:
        things = {a.token.i for a in clause.get("obj")} if clause.token.dep in ("acl", "acl:relcl", "amod") else set()
        for other in listed if things else ():
            if other is clause:
                continue
            if other.lemma in lexicon.words("arrival_verbs") and things & _subjects(other):
                for argument in other.get(*_ARRIVAL):
                    clause.add("to", argument)
                _lend_giver(clause, other, lexicon)
            if other.lemma in lexicon.words("getting_verbs") and things & {a.token.i for a in other.get("obj", "of")}:
                for argument in other.get("subj"):
                    clause.add("to", argument)
                _lend_giver(clause, other, lexicon)
            # "trained soldiers to use guns supplied by X" says not who has them: the verb needs its own subject
            if other.lemma not in lexicon.words("using_verbs") or not other.sentence.kids(other.token, "nsubj"):
                continue
            tools = {a.token.i for a in other.get("with", "obj")}
            tools |= {k.i for a in other.get("obj") for k in _with(other.sentence, a.token)}
            if things & tools:
                for argument in other.get("subj"):
                    clause.add("holder", argument)


def _subjects(clause: Clause) -> set[int]:
    """The subjects, and the wholes of which they are a part ("ten of the tanks", "the first of the tanks")."""
    heads = {a.token.i for a in clause.get("subj")}
    parts = [a.token for a in clause.get("subj") if a.token.pos in ("NUM", "ADJ", "PRON")]
    return heads | {k.i for t in parts for k in clause.sentence.kids(t, "nmod")}


def _lend_giver(pledge: Clause, arrival: Clause, lexicon: Lexicon) -> None:
    """ "ten of the tanks pledged by X have arrived": who pledged them sends them, as ``giver``. What was donated has
    passed with that."""
    if pledge.lemma in lexicon.words("pledging_verbs"):
        for argument in pledge.get("subj"):
            arrival.add("giver", argument)


def _with(sentence: Sentence, thing: Token) -> list[Token]:
    """Phrases with "with" that the parse hangs from the object ("attacked a port with drones")."""
    return [k for k in sentence.kids(thing, "nmod") if any(c.lower == "with" for c in sentence.kids(k, "case"))]


def served(sentence: Sentence, verb: Token, lexicon: Lexicon) -> list[Token]:
    """What an infinitive of purpose behind a verb or its object serves: "to arm X", "to help X defend itself"."""
    purposes = sentence.kids(verb, "advcl", "xcomp")
    gives = any(verb.lemma in lexicon.words(name) for name in ("giving_verbs", "allotting_verbs", "unveiling_verbs"))
    for thing in sentence.kids(verb, "obj") if gives else ():  # the parse hangs it from the last noun of the object as often
        for token in sentence.subtree(thing):
            holder = sentence.tokens[token.head]
            told = token.dep == "advcl" and holder.dep == "acl:relcl"  # "a package that includes guns to help X"
            if told or (token.dep == "acl" and holder.lemma not in lexicon.words("infinitive_nouns")):
                purposes.append(token)
    found: list[Token] = []
    for kid in purposes:
        if not any(a.lower == "to" for a in sentence.kids(kid, "aux", "mark")):
            continue
        found += sentence.kids(kid, "obj")
        for inner in sentence.kids(kid, "ccomp", "xcomp") if kid.lemma in lexicon.words("helping_verbs") else ():
            found += sentence.kids(inner, "nsubj")
            found += sentence.kids(inner, "obj") if not sentence.kids(kid, "obj") else []  # "to help protect X"
    return found


def companions(
    sentence: Sentence, subject: Token, case: Callable[[Sentence, Token], str], lexicon: Lexicon
) -> list[Token]:
    """ "Belgium, together with the Netherlands, sent": who does it together with the subject."""
    verb = sentence.parent(subject)
    near = sentence.kids(verb, "advmod") if verb is not None else []
    found = []
    for kid in [*sentence.kids(subject, "nmod"), *(p for adverb in near for p in sentence.kids(adverb, "obl"))]:
        words = {t.lower for t in sentence.tokens[subject.i + 1 : kid.i]} & lexicon.words("company_words")
        joined = case(sentence, kid) in lexicon.words("company_prepositions") and words
        if kid.i > subject.i and (joined or case(sentence, kid) == "alongside"):
            found.append(kid)
    if verb is not None and verb.lemma in lexicon.words("company_verbs"):  # "patrols the gulf alongside two ships of N"
        found += [k for k in sentence.kids(verb, "obl") if case(sentence, k) == "alongside"]
    return found


def behind(sentence: Sentence, noun: Token, verb: Token) -> list[Token]:
    """Phrases of the verb that begin right behind a noun: "protested against arms sales to Taiwan" speaks of sales to it."""
    end = max(t.i for t in sentence.subtree(noun))
    found = []
    for kid in sorted(sentence.kids(verb, "obl", "nmod"), key=lambda k: k.i):
        start = min(t.i for t in sentence.subtree(kid))
        if kid.i > noun.i and start == end + 1:
            found.append(kid)
            end = max(t.i for t in sentence.subtree(kid))
    return found
