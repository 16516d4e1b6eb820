"""Repairs of arguments that a parse hangs from the wrong word, where the words themselves leave one reading.

In: a sentence. Out: whether its tree was changed.
"""

from __future__ import annotations

import itertools

from tocsin.language.lexicon import Lexicon
from tocsin.language.repairs.reported import mend_reports
from tocsin.language.tokens import Sentence, Token


def mend_arguments(sentence: Sentence, lexicon: Lexicon) -> bool:
    """All repairs of this file, in place."""
    changed = mend_reports(sentence, lexicon)
    homeward = "homeward" in lexicon.classes(sentence)
    for verb in sentence.tokens:
        if verb.pos == "VERB":
            changed |= _no_agent(sentence, verb)
            changed |= _with_case(sentence, verb) | _inverted(sentence, verb)
            changed |= _particle(sentence, verb, lexicon)
            changed |= _behind_particle(sentence, verb)
            changed |= _goal_of_transfer(sentence, verb, lexicon)
            changed |= homeward and _back(sentence, verb, lexicon)
            changed |= _doer(sentence, verb, lexicon)
            changed |= _place_of_target(sentence, verb, lexicon)
            changed |= _with_whom(sentence, verb) | _against_whom(sentence, verb) | _into_there(sentence, verb)
            changed |= _involved(sentence, verb, lexicon)
            changed |= _shot_dead(sentence, verb) | _further(sentence, verb)
            changed |= _below_held(sentence, verb, lexicon)
    changed |= _singled_out(sentence, lexicon)
    if changed:
        sentence.relink()
    return changed


def _shot_dead(sentence: Sentence, verb: Token) -> bool:
    """ "shot dead two attackers" with "dead" as a word before them, or as an adverb: it says how they end."""
    if verb.lemma != "shoot":
        return False
    dead = sentence.tokens[verb.i + 1] if verb.i + 1 < len(sentence.tokens) else verb
    before = dead.dep == "amod" and sentence.tokens[dead.head].dep == "obj"
    beside = dead.dep == "advmod" and dead.head == verb.i
    if dead.lower != "dead" or not (before or beside):
        return False
    dead.head, dead.dep, dead.pos, dead.tag = verb.i, "xcomp", "ADJ", "JJ"
    return True


def _below_held(sentence: Sentence, verb: Token, lexicon: Lexicon) -> bool:
    """ "took four tourists hostage near Gao" with the place below "hostage": it is where they were taken."""
    if verb.lemma not in ("take", "hold"):
        return False
    changed = False
    held = [k for k in sentence.kids(verb, "xcomp", "advmod") if k.lower in lexicon.words("held_as")]
    for kid in (k for h in held for k in sentence.kids(h, "obl", "nmod", "obl:tmod")):
        kid.head, kid.dep, changed = verb.i, "obl" if kid.dep == "nmod" else kid.dep, True
    return changed


def _further(sentence: Sentence, further: Token) -> bool:
    """ "respond to further aggression" with "further" as a verb, though its "to" is a preposition."""
    if further.lower != "further":
        return False
    above, things = sentence.tokens[further.head], sentence.kids(further, "obj")
    to = [k for k in sentence.kids(further, "mark", "case") if k.lower == "to" and k.tag == "IN"]
    if not to or len(things) != 1 or above.pos != "VERB":
        return False
    for kid in sentence.kids(further):
        kid.head = things[0].i
    things[0].head, things[0].dep = above.i, "obl"
    further.head, further.dep, further.pos, further.tag, to[0].dep = things[0].i, "amod", "ADJ", "JJ", "case"
    return True


def _singled_out(sentence: Sentence, lexicon: Lexicon) -> bool:
    """ "The countries of the bloc, in particular Italy,": who is singled out is one of them, beside the others."""
    changed = False
    for token in sentence.tokens[3:]:
        if token.pos != "PROPN" or token.dep not in ("appos", "nmod"):
            continue
        mark = [t for t in sentence.tokens[max(0, token.i - 3) : token.i] if t.head == token.i or t.head == token.i - 1]
        words = [t for t in mark if t.text != ","]
        told = " ".join(t.lower for t in words) in lexicon.words("singling_words")
        comma = bool(words) and words[0].i > 0 and sentence.tokens[words[0].i - 1].text == ","
        if told and comma and token.head < words[0].i:
            token.dep = "conj"
            for word in words:
                word.dep, word.head = "advmod", token.i
            sentence.relink()
            changed = True
    return changed


def _no_agent(sentence: Sentence, verb: Token) -> bool:
    """Only "by" makes an agent: "called for members to" has none."""
    changed = False
    for phrase in sentence.kids(verb, "obl:agent"):
        cases = {k.lower for k in sentence.kids(phrase, "case")}
        if cases and "by" not in cases:
            phrase.dep = "obl"
            changed = True
    return changed


def _with_case(sentence: Sentence, verb: Token) -> bool:
    """ "accuses Togo of arming rebels": of two objects the one behind a preposition is none."""
    things = sentence.kids(verb, "obj")
    if len(things) < 2:
        return False
    changed = False
    for thing in things[1:]:
        if any(k.pos == "ADP" and k.i < thing.i for k in sentence.kids(thing, "case")):
            thing.dep, changed = "obl", True
    return changed


def _inverted(sentence: Sentence, verb: Token) -> bool:
    """ "a heavy response should Israel shell the valley": a modal verb is no conjunction."""
    modals = [k for k in sentence.kids(verb, "mark") if k.tag == "MD"]
    for modal in modals:
        modal.dep = "aux"
    return bool(modals)


def _particle(sentence: Sentence, verb: Token, lexicon: Lexicon) -> bool:
    """ "called in the ambassador", "handed in their applications": a particle before people or papers, no place."""
    for kid in sentence.kids(verb, "obl"):
        cases = sentence.kids(kid, "case")
        if len(cases) != 1 or cases[0].i != verb.i + 1 or kid.pos != "NOUN" or sentence.kids(verb, "obj"):
            continue
        if f"{verb.lemma} {cases[0].lower}" not in lexicon.words("particle_pairs"):
            continue
        role = lexicon.role(sentence, kid)
        strike = "attack" in lexicon.noun_types(sentence, kid)  # "called in an air strike near X": near X it was
        if strike or kid.lemma in lexicon.words("submitted_papers") or (role and role[0].kind == "person"):
            cases[0].head, cases[0].dep = verb.i, "compound:prt"
            kid.dep = "obj"
            sentence.relink()
            return True
    return False


def _back(sentence: Sentence, verb: Token, lexicon: Lexicon) -> bool:
    """ "sent its ambassador back to Madrid": the goal is the verb's, not the adverb's."""
    changed = False
    for adverb in sentence.kids(verb, "advmod"):
        for kid in sentence.kids(adverb, "obl") if adverb.lower in lexicon.words("homeward") else ():
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


def _goal_of_transfer(sentence: Sentence, verb: Token, lexicon: Lexicon) -> bool:
    """ "stopped the delivery of mortars to Kenya": to Kenya goes the delivery, not the stopping."""
    if verb.lemma not in lexicon.words("passing_verbs"):
        return False
    changed = False
    for noun in sentence.kids(verb, "obj"):
        if noun.lemma not in lexicon.words("transfer_nouns"):
            continue
        for goal in sentence.kids(verb, "obl"):
            cases = sentence.kids(goal, "case")
            right = [c.lower for c in cases] == ["to"] and goal.i > noun.i
            if right and max(t.i for t in sentence.subtree(noun)) == cases[0].i - 1:
                goal.head, goal.dep, changed = noun.i, "nmod", True
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


def _place_of_target(sentence: Sentence, verb: Token, lexicon: Lexicon) -> bool:
    """ "rounds aimed at a loudspeaker in the South": where the aim stands, not where somebody aims."""
    if verb.dep != "acl" or verb.lemma not in lexicon.words("target_participles"):
        return False
    phrases = sentence.kids(verb, "obl")
    for target, place in itertools.pairwise(phrases):
        cases = sentence.kids(place, "case")
        where = len(cases) == 1 and cases[0].lower in lexicon.words("where_prepositions") and place.pos == "PROPN"
        if where and max(t.i for t in sentence.subtree(target) if t.i < place.i) == cases[0].i - 1:
            place.head, place.dep = target.i, "nmod"
            sentence.relink()
            return True
    return False


def _against_whom(sentence: Sentence, verb: Token) -> bool:
    """ "stands united with N against M" with M below "united": against whom one stands, not what one is."""
    changed = False
    for state in sentence.kids(verb, "xcomp"):
        stance = state.tag in ("JJ", "VBN") and state.i == verb.i + 1
        for whom in sentence.kids(state, "obl") if stance else ():
            if [c.lower for c in sentence.kids(whom, "case")] == ["against"]:
                whom.head, changed = verb.i, True
    if changed:
        sentence.relink()
    return changed


def _into_there(sentence: Sentence, verb: Token) -> bool:
    """ "sent arms before they crossed into N" with N below the sending: where a verb right before "into" goes."""
    case = sentence.tokens[verb.i + 1] if verb.i + 1 < len(sentence.tokens) else verb
    place = sentence.tokens[case.head]
    if case.lower != "into" or case.dep != "case" or place.head >= verb.i or place.dep != "obl" or place.i < verb.i:
        return False
    place.head = verb.i
    sentence.relink()
    return True


def _involved(sentence: Sentence, verb: Token, lexicon: Lexicon) -> bool:
    """ "groups were involved in attacks": what they were in, nothing that was done to them."""
    if verb.lower not in lexicon.words("state_participles") or not sentence.kids(verb, "obl"):
        return False
    subjects = sentence.kids(verb, "nsubj:pass")
    for subject in subjects:
        subject.dep = "nsubj"
    return bool(subjects)


def _with_whom(sentence: Sentence, verb: Token) -> bool:
    """ "spoke by telephone with the ministers" with the ministers below the telephone: the means has no company."""
    changed = False
    for means in sentence.kids(verb, "obl"):
        by = [c.lower for c in sentence.kids(means, "case")] == ["by"] and not sentence.kids(means, "det")
        for whom in sentence.kids(means, "nmod") if by and means.pos == "NOUN" else ():
            if [c.lower for c in sentence.kids(whom, "case")] == ["with"]:
                whom.head, whom.dep, changed = verb.i, "obl", True
    if changed:
        sentence.relink()
    return changed
