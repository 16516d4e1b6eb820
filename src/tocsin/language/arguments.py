"""Repairs of arguments that a parse hangs from the wrong word, where the words themselves leave one reading.

In: a sentence. Out: whether its tree was changed.
"""

from __future__ import annotations

from tocsin.language.lexicon import Lexicon
from tocsin.language.tokens import Sentence, Token


def mend_arguments(sentence: Sentence, lexicon: Lexicon) -> bool:
    """All repairs of this file, in place."""
    changed = False
    for verb in sentence.tokens:
        if verb.pos == "VERB":
            changed |= _object_before_infinitive(sentence, verb)
            changed |= _plan(sentence, verb, lexicon)
            changed |= _particle(sentence, verb, lexicon)
            changed |= _behind_particle(sentence, verb)
            changed |= _back(sentence, verb)
            changed |= _doer(sentence, verb, lexicon)
    if changed:
        sentence.relink()
    return changed


def _object_before_infinitive(sentence: Sentence, verb: Token) -> bool:
    """ "urged Beijing to keep": of two subjects the one between verb and infinitive is the object."""
    subjects = sentence.kids(verb, "nsubj")
    late = [s for s in subjects if s.i > verb.i]
    if len(subjects) < 2 or len(late) != 1 or sentence.kids(verb, "obj"):
        return False
    if not any(_infinitive(sentence, k) and k.i > late[0].i for k in sentence.kids(verb, "xcomp", "ccomp", "advcl")):
        return False
    late[0].dep = "obj"
    return True


def _particle(sentence: Sentence, verb: Token, lexicon: Lexicon) -> bool:
    """ "called in the ambassador", "handed in their applications": a particle before people or papers, no place."""
    for kid in sentence.kids(verb, "obl"):
        cases = sentence.kids(kid, "case")
        if len(cases) != 1 or cases[0].i != verb.i + 1 or kid.pos != "NOUN" or sentence.kids(verb, "obj"):
            continue
        role = lexicon.role(sentence, kid)
        paper = kid.lemma in lexicon.words("submitted_papers")
        if f"{verb.lemma} {cases[0].lower}" in lexicon.words("particle_pairs") and (paper or (role and role[0].kind == "person")):
            cases[0].head, cases[0].dep = verb.i, "compound:prt"
            kid.dep = "obj"
            sentence.relink()
            return True
    return False


def _back(sentence: Sentence, verb: Token) -> bool:
    """ "sent its ambassador back to Madrid": the goal is the verb's, not the adverb's."""
    changed = False
    for adverb in sentence.kids(verb, "advmod"):
        for kid in sentence.kids(adverb, "obl") if adverb.lower in ("back", "home") else ():
            kid.head = verb.i
            changed = True
    if changed:
        sentence.relink()
    return changed


def _behind_particle(sentence: Sentence, verb: Token) -> bool:
    """ "called off a summit": the phrase right behind a verb's particle, without a preposition, is its object."""
    particles = sentence.kids(verb, "compound:prt")
    if not particles or sentence.kids(verb, "obj", "ccomp"):
        return False
    for kid in sentence.kids(verb, "obl"):
        first = min(t.i for t in sentence.subtree(kid))
        if first == particles[-1].i + 1 and not sentence.kids(kid, "case"):
            kid.dep = "obj"
            return True
    return False


def _plan(sentence: Sentence, verb: Token, lexicon: Lexicon) -> bool:
    """ "dropped its plan to open a base": the infinitive right behind a plan says what is planned, not what for."""
    changed = False
    for plan in sentence.kids(verb, "obj", "nsubj:pass"):
        if plan.lemma not in lexicon.words("infinitive_nouns") or plan.i < verb.i:
            continue
        end = max(t.i for t in sentence.subtree(plan))
        for purpose in sentence.kids(verb, "advcl", "xcomp"):
            start = min((t.i for t in sentence.kids(purpose, "aux", "mark")), default=-1)
            if start == end + 1 and _infinitive(sentence, purpose):
                purpose.head, purpose.dep = plan.i, "acl"
                changed = True
    if changed:
        sentence.relink()
    return changed


def _doer(sentence: Sentence, verb: Token, lexicon: Lexicon) -> bool:
    """ "was handed to the army by the United States": a passive's "by" phrase behind a party that does nothing itself."""
    if not sentence.kids(verb, "aux:pass") or sentence.kids(verb, "obl:agent"):
        return False
    for phrase in sentence.kids(verb, "obl"):
        for below in (t for t in sentence.subtree(phrase) if t.dep == "nmod" and t.i > phrase.i):
            holder = sentence.tokens[below.head]
            by = [t.lower for t in sentence.kids(below, "case")] == ["by"]
            acts = lexicon.role(sentence, holder) is None and holder.pos != "PROPN"
            if by and not acts:
                below.head, below.dep = verb.i, "obl:agent"
                sentence.relink()
                return True
    return False


def _infinitive(sentence: Sentence, token: Token) -> bool:
    return token.tag == "VB" and any(t.lower == "to" for t in sentence.kids(token, "aux", "mark"))
