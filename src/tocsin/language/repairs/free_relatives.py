"""What somebody calls a thing: in "struck what X called a camp of Y" it is the camp that was struck.

In: a sentence. Out: the same sentence with the tree mended: the thing takes the place of "what", and the naming hangs from
it. A subject that the parse takes for that of a passive, though the verb has an object and no auxiliary, is set right too.
"""

from __future__ import annotations

from tocsin.language.lexicon import Lexicon
from tocsin.language.tokens import Sentence, Token

_PLACES = ("obj", "obl", "nsubj", "nsubj:pass", "nmod")


def mend_free_relatives(sentence: Sentence, lexicon: Lexicon) -> bool:
    """All repairs of this file, in place; whether anything changed."""
    changed = _active_subject(sentence, lexicon)
    for what in sentence:
        if what.lower != "what" or what.dep not in _PLACES:
            continue
        naming = [k for k in sentence.kids(what, "acl:relcl") if k.lemma in lexicon.words("calling_words")]
        thing = _thing_called(sentence, naming[0]) if naming else None
        if thing is not None:
            _exchange(sentence, what, naming[0], thing)
            sentence.relink()
            changed = True
    return changed


def _thing_called(sentence: Sentence, naming: Token) -> Token | None:
    """The noun that something is called: the object, or the phrase with "as"."""
    for kid in sentence.kids(naming, "xcomp", "obj", "obl"):
        cases = {k.lower for k in sentence.kids(kid, "case")}
        if kid.i > naming.i and kid.pos in ("NOUN", "PROPN") and cases <= {"as"} and (kid.dep != "obl" or cases):
            return kid
    return None


def _exchange(sentence: Sentence, what: Token, naming: Token, thing: Token) -> None:
    """Put the thing where "what" stands, with the phrases behind it and the preposition before."""
    for kid in sentence.kids(thing, "case"):
        kid.head, kid.dep = naming.i, "mark"
    for kid in sentence.kids(what, "case"):
        kid.head = thing.i
    for kid in sentence.kids(naming, "obl"):
        if kid.i > thing.i:
            kid.head, kid.dep = thing.i, "nmod"
    thing.head, thing.dep = what.head, what.dep
    naming.head = thing.i
    what.head, what.dep = naming.i, "mark"


def _active_subject(sentence: Sentence, lexicon: Lexicon) -> bool:
    """ "The drones killed four people": a past tense with an object is no passive."""
    changed = False
    for verb in sentence:
        past = verb.tag == "VBD" or (verb.tag == "VBN" and verb.lemma in lexicon.words("hurting_relatives"))
        if not past or not sentence.kids(verb, "obj") or sentence.kids(verb, "aux:pass", "aux"):
            continue
        for subject in sentence.kids(verb, "nsubj:pass"):
            if subject.i < verb.i and subject.dep == "nsubj:pass":
                subject.dep, verb.tag = "nsubj", "VBD"
                changed = True
    if changed:
        sentence.relink()
    return changed
