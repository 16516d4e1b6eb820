"""Repairs of ways: "home", relative clauses that open with a preposition, ships with names, verbs of going.

In: a sentence. Out: the same sentence with the tree mended: "called its ambassador home from X", "four bases to which
troops have access".
"""

from __future__ import annotations

from tocsin.language.lexicon import Lexicon
from tocsin.language.tokens import Sentence, Token

_LOOSE = ("advcl", "ccomp", "conj", "parataxis", "xcomp", "acl", "dep")


def mend_ways(sentence: Sentence, lexicon: Lexicon) -> bool:
    """All repairs of this file, in place; whether anything changed."""
    changed = False
    for token in sentence.tokens:
        changed |= token.lower == "home" and _home(sentence, token, lexicon)
        changed |= token.lower in ("which", "whom") and _piped(sentence, token)
        changed |= token.pos == "PROPN" and _named_ship(sentence, token, lexicon)
        changed |= token.tag == "VBD" and _goes_itself(sentence, token, lexicon)
        changed |= token.tag == "VBN" and _headed(sentence, token, lexicon)
        if token.pos == "VERB":
            changed |= _taken_away(sentence, token, lexicon)
            changed |= _thrown_out(sentence, token, lexicon)
    return changed


def _home(sentence: Sentence, token: Token, lexicon: Lexicon) -> bool:
    """ "called its envoy home from X": "home" is where to, no name of the envoy; phrases behind it are the verb's."""
    verb = sentence.parent(token)
    if token.lower != "home" or verb is None or verb.lemma not in lexicon.words("homing_verbs"):
        return False
    own = sentence.kids(token, "case", "det", "nmod:poss", "amod", "compound")
    if own or token.dep not in ("xcomp", "obj", "obl", "advmod"):
        return False
    if token.dep == "obj" and not sentence.kids(verb, "nsubj"):
        return False
    below = sentence.kids(token, "nmod", "obl")
    if token.dep == "advmod" and token.pos == "ADV" and not below:
        return False
    token.dep, token.pos = "advmod", "ADV"
    for kid in below:
        kid.head, kid.dep = verb.i, "obl"
    sentence.relink()
    return True


def _piped(sentence: Sentence, token: Token) -> bool:
    """ "four bases to which troops are to have access": the clause hangs from the noun right before the preposition."""
    if token.i < 2 or token.dep not in ("obl", "nmod"):
        return False
    case, noun = sentence.tokens[token.i - 1], sentence.tokens[token.i - 2]
    verb = sentence.parent(token)
    verb = _to_be(sentence, verb, token) or verb
    if noun.text == "," and token.i > 2:
        noun = sentence.tokens[token.i - 3]
    if case.head != token.i or case.pos != "ADP" or noun.pos not in ("NOUN", "PROPN") or verb is None:
        return False
    if verb.pos not in ("VERB", "AUX") or verb.dep not in _LOOSE or verb.i < token.i or verb.head > case.i:
        return False
    verb.head, verb.dep = noun.i, "acl:relcl"
    sentence.relink()
    return True


def _to_be(sentence: Sentence, verb: Token | None, token: Token) -> Token | None:
    """ "which troops are to have": the infinitive heads the clause, "are" is its auxiliary."""
    above = sentence.parent(verb) if verb is not None else None
    if verb is None or above is None or verb.dep != "xcomp" or above.lemma != "be" or above.i < token.i:
        return None
    verb.head, verb.dep = above.head, above.dep
    for kid in sentence.kids(above):
        if kid is not verb and kid.dep != "punct":
            kid.head = verb.i
    above.head, above.dep, above.pos = verb.i, "aux", "AUX"
    sentence.relink()
    return verb


def _named_ship(sentence: Sentence, token: Token, lexicon: Lexicon) -> bool:
    """ "the destroyer NAME sailed": the name is the ship's, no second subject and no head of its kind."""
    kind = sentence.tokens[token.i - 1]
    if token.i == 0 or kind.pos != "NOUN" or not is_ship(sentence, kind, lexicon):
        return False
    beside = kind.head == token.head and kind.dep == token.dep
    above = kind.head == token.i and kind.dep == "compound" and token.head != token.i
    if not beside and not above:
        return False
    kind.head, kind.dep = token.head, token.dep
    token.head, token.dep = kind.i, "appos"
    for kid in sentence.kids(token):
        if kid.i < kind.i:
            kid.head = kind.i
    sentence.relink()
    return True


def _thrown_out(sentence: Sentence, verb: Token, lexicon: Lexicon) -> bool:
    """ "A expelled diplomats from B": B's diplomats; who throws them out is told, and whence is clear."""
    if verb.lemma not in lexicon.words("expelling_verbs") or not sentence.kids(verb, "nsubj"):
        return False
    envoys = [n for n in sentence.kids(verb, "obj") if "envoy" in lexicon.noun_types(sentence, n)]
    changed = False
    for origin in sentence.kids(verb, "obl"):
        if envoys and origin.i > envoys[-1].i and {k.lower for k in sentence.kids(origin, "case")} == {"from"}:
            origin.head, origin.dep = envoys[-1].i, "nmod"
            changed = True
    if changed:
        sentence.relink()
    return changed


def _goes_itself(sentence: Sentence, verb: Token, lexicon: Lexicon) -> bool:
    """ "warships docked in X", "aircraft patrolled over Y": who goes is no object of a passive without an auxiliary."""
    if verb.lemma not in lexicon.words("going_verbs") or sentence.kids(verb, "aux", "aux:pass", "obj"):
        return False
    gone = sentence.kids(verb, "nsubj:pass")
    for kid in gone:
        kid.dep = "nsubj"
    return bool(gone)


def _headed(sentence: Sentence, verb: Token, lexicon: Lexicon) -> bool:
    """ "are headed to X": who goes there himself, in the passive of a verb that has none."""
    if verb.lemma not in lexicon.words("headed_verbs") or sentence.kids(verb, "obj", "obl:agent"):
        return False
    whither = [k for phrase in sentence.kids(verb, "obl") for k in sentence.kids(phrase, "case")]
    gone = sentence.kids(verb, "nsubj:pass")
    if not gone or not any(k.lower in lexicon.words("headed_prepositions") for k in whither):
        return False
    for kid in [*gone, *sentence.kids(verb, "aux:pass")]:
        kid.dep = kid.dep.removesuffix(":pass")
    verb.tag = "VBG"
    return True


def is_ship(sentence: Sentence, token: Token, lexicon: Lexicon) -> bool:
    """Whether a common noun is a kind of ship."""
    gear = lexicon.gear(sentence, token)
    return gear is not None and gear[0].class_ in ("ship", "submarine")


def _taken_away(sentence: Sentence, verb: Token, lexicon: Lexicon) -> bool:
    """ "withdrew a batch of 200 soldiers from X": where they are taken from, not where the soldiers hail from."""
    if verb.lemma not in lexicon.words("removing_verbs"):
        return False
    changed = False
    for thing in sentence.kids(verb, "obj", "nsubj:pass"):
        for noun in [thing, *sentence.kids(thing, "nmod")]:
            for kid in sentence.kids(noun, "nmod"):
                case = [c.lower for c in sentence.kids(kid, "case")]
                if case == ["from"] and kid.i > verb.i:
                    kid.head, kid.dep, changed = verb.i, "obl", True
    if changed:
        sentence.relink()
    return changed
