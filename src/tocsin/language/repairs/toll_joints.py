"""What tells whom a bomb or an attack hurt, hung by the parse from another word.

In: a sentence. Out: whether its tree was changed: "wounded over 900" has the number as its object, "died, and over 900
injured" as its subject; "they were talking when
the bomb went off, killing 40" tells what the bomb did; "the bombings in A and B, which left 40 dead" what the bombings did.
"""

from __future__ import annotations

from tocsin.language.lexicon import Lexicon
from tocsin.language.tokens import Sentence, Token

_DEVICES = frozenset({"bomb_device", "explosive", "attack"})


def mend_tolls(sentence: Sentence, lexicon: Lexicon) -> bool:
    """All repairs of this file, in place."""
    changed = False
    for verb in sentence.tokens if "hurting_relatives" in lexicon.classes(sentence) else ():
        if verb.pos == "VERB" and verb.lemma in lexicon.words("hurting_relatives"):
            changed |= _number(sentence, verb) | _counted_before(sentence, verb) | _among(sentence, verb)
            changed |= _by_device(sentence, verb, lexicon) | _by_attacks(sentence, verb, lexicon)
            changed |= _by_deed(sentence, verb, lexicon)
            changed |= _by_means(sentence, verb, lexicon)
            if changed:
                sentence.relink()
    return changed


def _number(sentence: Sentence, verb: Token) -> bool:
    """ "wounded over 900" with the number as an oblique."""
    if sentence.kids(verb, "obj", "nsubj:pass"):
        return False
    bare = [k for k in sentence.kids(verb, "obl") if k.pos == "NUM" and k.dep == "obl" and not sentence.kids(k, "case")]
    near = [k for k in bare if k.i > verb.i and all(t.head == k.i for t in sentence.tokens[verb.i + 1 : k.i])]
    for number in near[:1]:
        number.dep = "obj"
    return bool(near)


def _counted_before(sentence: Sentence, verb: Token) -> bool:
    """ "60 people have died, five of them Greeks, and over 300 injured": the number right before a participle that shares no
    other subject is of those it tells of, not one more of those listed before."""
    number = sentence.tokens[verb.i - 1] if verb.i else verb
    own = sentence.kids(verb, "nsubj", "nsubj:pass", "obj", "aux", "aux:pass")
    first = sentence.tokens[number.head]
    listed = number.dep == "conj" and first.i < number.i and first.pos != "VERB"
    below = verb.dep == "acl" and verb.head == first.i  # "five of them Greeks and over 300 injured"
    if verb.tag != "VBN" or not (verb.dep == "conj" or below) or own or number.pos != "NUM" or not listed:
        return False
    main = first
    while below and main.pos not in ("VERB", "AUX") and main.head != main.i:
        main = sentence.tokens[main.head]
    if below and main.pos == "VERB":
        verb.head, verb.dep = main.i, "conj"
    for joint in sentence.kids(number, "cc"):
        joint.head = verb.i
    number.head, number.dep = verb.i, "nsubj:pass"
    return True


def _among(sentence: Sentence, verb: Token) -> bool:
    """ "was among hundreds injured": those among whom somebody was, not a clause of its own."""
    people = sentence.tokens[verb.i - 1] if verb.i else verb
    own = sentence.kids(verb, "nsubj", "nsubj:pass", "obj", "aux", "aux:pass", "cc")
    if verb.tag != "VBN" or verb.dep == "acl" or own or not any(k.lower == "among" for k in sentence.kids(people, "case")):
        return False
    verb.head, verb.dep = people.i, "acl"
    return True


def _by_device(sentence: Sentence, verb: Token, lexicon: Lexicon) -> bool:
    """ "… when the bomb went off, killing 40" with the participle below an earlier verb."""
    above = sentence.tokens[verb.head]
    if verb.tag != "VBG" or verb.dep != "advcl" or above.i > verb.i or sentence.tokens[verb.i - 1].text != ",":
        return False
    for nearer in reversed(sentence.tokens[above.i + 1 : verb.i - 1]):
        subjects = sentence.kids(nearer, "nsubj") if nearer.pos == "VERB" else []
        if subjects:
            if not lexicon.noun_types(sentence, subjects[0]) & _DEVICES:
                return False
            verb.head = nearer.i
            return True
    return False


def _by_deed(sentence: Sentence, verb: Token, lexicon: Lexicon) -> bool:
    """ "was caught faking proof that X shot down the airliner, killing 80" below "caught": the shots killed them."""
    above, deeds = sentence.tokens[verb.head], lexicon.words("deadly_deeds")
    if verb.tag != "VBG" or verb.dep != "advcl" or above.i > verb.i or above.lemma in deeds or above.pos != "VERB":
        return False
    between = [t for t in sentence.tokens[above.i + 1 : verb.i - 1] if t.pos == "VERB"]
    if sentence.tokens[verb.i - 1].text != "," or not between or between[-1].lemma not in deeds:
        return False
    verb.head = between[-1].i
    return True


def _by_attacks(sentence: Sentence, verb: Token, lexicon: Lexicon) -> bool:
    """ "the bombings in A and B, which left 40 dead" with the relative clause below the last name."""
    place = sentence.tokens[verb.head]
    subjects = sentence.kids(verb, "nsubj")
    if verb.dep != "acl:relcl" or place.pos != "PROPN" or not subjects or subjects[0].lower not in ("which", "that"):
        return False
    current = place
    while current.dep in ("conj", "appos", "nmod", "nmod:npmod", "compound", "obl") and current.head < current.i:
        current = sentence.tokens[current.head]
        if current.pos == "NOUN" and "attack" in lexicon.noun_types(sentence, current):
            verb.head = current.i
            return True
    return False


def _by_means(sentence: Sentence, verb: Token, lexicon: Lexicon) -> bool:
    """ "engaged them with an airstrike killing several": with what they were engaged tells no other strike."""
    strike = sentence.tokens[verb.head]
    if verb.tag != "VBG" or verb.dep != "acl" or strike.dep != "obl" or "attack" not in lexicon.noun_types(sentence, strike):
        return False
    above = sentence.tokens[strike.head]
    if [k.lower for k in sentence.kids(strike, "case")] != ["with"] or above.pos != "VERB" or above.i > strike.i:
        return False
    verb.head, verb.dep = above.i, "advcl"
    return True
