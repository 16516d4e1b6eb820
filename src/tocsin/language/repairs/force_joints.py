"""Repairs of sentences that tell whom forces killed or took: who was taken "along with" whom, whom a participle belongs to.

In: a sentence. Out: the same sentence with the tree mended.
"""

from __future__ import annotations

from tocsin.language.lexicon import Lexicon
from tocsin.language.tokens import Sentence, Token

_PEOPLE = frozenset({"person", "armed_group", "unidentified", "population", "military"})
_UNDERGOING = ("obj", "nsubj:pass")


def mend_force(sentence: Sentence, lexicon: Lexicon) -> bool:
    """All repairs of this file, in place; whether anything changed."""
    classes = lexicon.classes(sentence)
    hurt, taken = "hurt_verbs" in classes, "people_taking_verbs" in classes
    changed = "linking_participles" in classes and _linked(sentence, lexicon)
    changed |= "short_forces" in classes and _force_subject(sentence, lexicon)
    changed |= hurt and _killing_several(sentence, lexicon)
    changed |= _listed_people(sentence, lexicon)
    changed |= taken and _taken_along(sentence, lexicon)
    changed |= hurt and _killing_them(sentence, lexicon)
    changed |= hurt and _fired_on(sentence, lexicon)
    changed |= taken and "outcome_verbs" in classes and _left_killed(sentence, lexicon)
    return changed


def _fired_on(sentence: Sentence, lexicon: Lexicon) -> bool:
    """ "aircraft fired on the rebels, killing ten" told as a passive: nobody is fired on somebody."""
    changed = False
    for verb in (t for t in sentence if t.lower == "fired"):
        subjects = sentence.kids(verb, "nsubj:pass")
        if verb.lower != "fired" or verb.tag != "VBN" or not subjects or sentence.kids(verb, "aux:pass", "aux", "obl:agent"):
            continue
        killing = any(k.lemma in lexicon.words("hurt_verbs") for k in sentence.kids(verb, "advcl") if k.tag == "VBG")
        if killing and any(c.lower == "on" for k in sentence.kids(verb, "obl") for c in sentence.kids(k, "case")):
            verb.tag, changed = "VBD", True
            for subject in subjects:
                subject.dep = "nsubj"
    if changed:
        sentence.relink()
    return changed


def _linked(sentence: Sentence, lexicon: Lexicon) -> bool:
    """ "an al-Qaeda-associated leader" with the name below "leader": it belongs to the participle."""
    changed = False
    for token in sentence.tokens[2:]:
        name = sentence.tokens[token.i - 2]
        hyphen = sentence.tokens[token.i - 1].text == "-" and token.lower in lexicon.words("linking_participles")
        if hyphen and token.dep == "amod" and name.pos == "PROPN" and name.head == token.head and name.i != name.head:
            name.head, name.dep, changed = token.i, "obl:npmod", True
    if changed:
        sentence.relink()
    return changed


def _force_subject(sentence: Sentence, lexicon: Lexicon) -> bool:
    """ "While searching the compound the force detained two men": without a comma, the force is who did it."""
    changed = False
    for verb in (t for t in sentence if t.dep == "root"):
        told = sentence.kids(verb, "nsubj", "nsubj:pass", "aux", "aux:pass")
        if verb.dep != "root" or verb.tag != "VBD" or not verb.i or told:
            continue
        noun = sentence.tokens[verb.i - 1]
        inner = noun.dep in ("obj", "appos", "nmod", "conj") and not sentence.kids(noun, "case")
        force = inner and bool(sentence.kids(noun, "det")) and noun.lemma in lexicon.words("short_forces")
        if force and sentence.kids(verb, "obj"):
            noun.head, noun.dep, changed = verb.i, "nsubj", True
            for kid in sentence.kids(noun, "punct"):
                kid.head = verb.i
    if changed:
        sentence.relink()
    return changed


def _killing_several(sentence: Sentence, lexicon: Lexicon) -> bool:
    """ "killing several of them" with "several" as an adverb: those who were killed."""
    changed = False
    for token in sentence:
        verb = sentence.parent(token)
        if token.pos != "ADJ" or token.dep == "obj" or verb is None or verb.i != token.i - 1:
            continue
        them = [k for k in sentence.kids(token, "obl", "nmod") if k.tag == "PRP"]
        if not them:
            continue
        if verb.lemma in lexicon.words("hurt_verbs") and not sentence.kids(verb, "obj"):
            token.dep, them[0].dep, changed = "obj", "nmod", True
    if changed:
        sentence.relink()
    return changed


def _listed_people(sentence: Sentence, lexicon: Lexicon) -> bool:
    """ "captured a leader, a facilitator and several of their men": the second of three is no name of the first."""
    changed = False
    for token in (t for t in sentence if t.dep == "appos"):
        first = sentence.parent(token)
        if token.dep != "appos" or first is None or not _a(sentence, token, lexicon):
            continue
        last = [k for k in sentence.kids(first, "conj") if k.i > token.i and sentence.kids(k, "cc")]
        after = sentence.tokens[token.i + 1].lower if token.i + 1 < len(sentence.tokens) else ""
        listed = bool(last) and after in ("and", ",") and _a(sentence, first, lexicon)
        if listed and _people(sentence, first, lexicon) and _people(sentence, token, lexicon):
            token.dep, changed = "conj", True
    if changed:
        sentence.relink()
    return changed


def _a(sentence: Sentence, noun: Token, lexicon: Lexicon) -> bool:
    """Whether "a" or "an" stands on a noun."""
    return any(k.lower in lexicon.words("articles") for k in sentence.kids(noun, "det"))


def _taken_along(sentence: Sentence, lexicon: Lexicon) -> bool:
    """ "killed the leader along with two of his men": those beside whom somebody is hit or taken are hit and taken, too."""
    changed = False
    for token in list(sentence):
        verb = sentence.parent(token)
        if token.dep not in ("obl", "nmod") or verb is None:
            continue
        if verb.dep in _UNDERGOING and token.dep == "nmod":
            verb = sentence.parent(verb)
        if verb is None or verb.lemma not in lexicon.words("people_taking_verbs") or not _beside(sentence, token, lexicon):
            continue
        hit = [k for k in sentence.kids(verb, *_UNDERGOING) if k.i < token.i]
        if hit and _people(sentence, token, lexicon) and (hit[0].pos != "NOUN" or _people(sentence, hit[0], lexicon)):
            token.head, token.dep, changed = hit[0].i, "conj", True
            _joined(sentence, token)
    if changed:
        sentence.relink()
    return changed


def _beside(sentence: Sentence, token: Token, lexicon: Lexicon) -> bool:
    """Whether "along with", "together with" stands before a phrase, also where "along" hangs from the verb."""
    cases = sorted(sentence.kids(token, "case"), key=lambda k: k.i)
    if not cases:
        return False
    before = sentence.tokens[cases[0].i - 1].lower if cases[0].i else ""
    words = " ".join(k.lower for k in cases)
    return any(w in lexicon.words("beside_prepositions") for w in (words, f"{before} {words}"))


def _joined(sentence: Sentence, token: Token) -> None:
    """The preposition of a phrase that is now listed beside another joins the two."""
    for kid in sentence.kids(token, "case"):
        kid.dep = "cc"


def _people(sentence: Sentence, token: Token, lexicon: Lexicon) -> bool:
    """Whether a phrase is of people: "two of his men", "a number of insurgents", "the commander"."""
    if token.pos == "PROPN":
        return False  # "along with NAME and NAME": of no known side
    inner = [k for k in sentence.kids(token, "nmod") if any(c.lower == "of" for c in sentence.kids(k, "case"))]
    counting = token.pos == "NUM" or "transparent" in lexicon.noun_types(sentence, token)
    head = inner[0] if counting and inner else token
    role = lexicon.role(sentence, head)
    return role is not None and role[0].kind in _PEOPLE


def _killing_them(sentence: Sentence, lexicon: Lexicon) -> bool:
    """ "fired on the rebels killing all ten rebels", "hit them, killing several of them": nobody kills himself."""
    changed = False
    for token in sentence:
        noun = sentence.parent(token)
        if token.tag != "VBG" or token.dep not in ("acl", "amod") or noun is None or token.i < noun.i:
            continue
        if token.lemma not in lexicon.words("hurt_verbs") or noun.dep not in ("obj", "obl", "conj"):
            continue
        verb = sentence.parent(noun)
        hit = sentence.kids(token, "obj")
        site = noun.lemma in lexicon.words("struck_things")  # "engaged the position killing ten"
        if verb is None or verb.pos != "VERB" or not hit or not (site or _same_people(sentence, hit[0], noun)):
            continue
        token.head, token.dep, changed = verb.i, "advcl", True
    if changed:
        sentence.relink()
    return changed


def _same_people(sentence: Sentence, hit: Token, noun: Token) -> bool:
    """Whether those killed are those just told: by the same noun, by "them", by a bare number."""
    inner = [k for k in sentence.kids(hit, "nmod") if any(c.lower == "of" for c in sentence.kids(k, "case"))]
    words = {hit.lower, *(k.lower for k in inner)}
    return bool(words & {"them", "him"}) or hit.lemma == noun.lemma or (hit.pos == "NUM" and not inner)


def _left_killed(sentence: Sentence, lexicon: Lexicon) -> bool:
    """ "resulted in one leader killed and two men detained": a clause of its own, whose subject is who was killed."""
    changed = False
    for token in sentence:
        noun = sentence.parent(token)
        if token.tag != "VBN" or token.dep != "acl" or noun is None or token.i != noun.i + 1:
            continue
        verb = sentence.parent(noun)
        lead = verb is not None and verb.lemma in lexicon.words("outcome_verbs") and noun.dep == "obl"
        if verb is None or not lead or token.lemma not in lexicon.words("people_taking_verbs"):
            continue
        token.head, token.dep = verb.i, "ccomp"
        noun.head, noun.dep = token.i, "nsubj:pass"
        for kid in sentence.kids(noun, "case"):
            kid.head, kid.dep = token.i, "mark"
        _next_left(sentence, token, noun, lexicon)
        changed = True
        sentence.relink()
    return changed


def _next_left(sentence: Sentence, token: Token, noun: Token, lexicon: Lexicon) -> None:
    """ "… one leader killed and two men detained": the second pair, like the first."""
    for other in sentence.tokens[token.i + 2 :]:
        people = sentence.tokens[other.i - 1]
        if other.tag != "VBN" or other.lemma not in lexicon.words("people_taking_verbs") or people.pos != "NOUN":
            continue
        if people.head in (token.i, noun.i) and other.head in (token.i, noun.i, people.i):
            other.head, other.dep = token.i, "conj"
            people.head, people.dep = other.i, "nsubj:pass"
