"""Repairs of arguments that a parse hangs from the wrong word, where the words themselves leave one reading.

In: a sentence. Out: whether its tree was changed.
"""

from __future__ import annotations

from tocsin.language.lexicon import Lexicon
from tocsin.language.reported import mend_reports
from tocsin.language.tokens import Sentence, Token


def mend_arguments(sentence: Sentence, lexicon: Lexicon) -> bool:
    """All repairs of this file, in place."""
    changed = mend_reports(sentence, lexicon)
    for verb in sentence.tokens:
        if verb.pos == "VERB":
            changed |= _told(sentence, verb) | _no_agent(sentence, verb)
            changed |= _with_case(sentence, verb) | _inverted(sentence, verb)
            changed |= _object_before_infinitive(sentence, verb)
            changed |= _called_for(sentence, verb, lexicon)
            changed |= _plan(sentence, verb, lexicon)
            changed |= _particle(sentence, verb, lexicon)
            changed |= _behind_particle(sentence, verb)
            changed |= _goal_of_transfer(sentence, verb, lexicon)
            changed |= _back(sentence, verb, lexicon)
            changed |= _doer(sentence, verb, lexicon)
            changed |= _gerund(sentence, verb, lexicon)
            changed |= _object_of_command(sentence, verb) | _with_whom(sentence, verb)
            changed |= _commanded(sentence, verb, lexicon)
    changed |= _singled_out(sentence, lexicon)
    if changed:
        sentence.relink()
    return changed


def _singled_out(sentence: Sentence, lexicon: Lexicon) -> bool:
    """ "The countries of the bloc, in particular Italy,": who is singled out is one of them, beside the others."""
    changed = False
    for token in sentence.tokens[3:]:
        mark = [t for t in sentence.tokens[max(0, token.i - 3) : token.i] if t.head == token.i or t.head == token.i - 1]
        words = [t for t in mark if t.text != ","]
        told = " ".join(t.lower for t in words) in lexicon.words("singling_words")
        comma = bool(words) and words[0].i > 0 and sentence.tokens[words[0].i - 1].text == ","
        if told and comma and token.pos == "PROPN" and token.dep in ("appos", "nmod") and token.head < words[0].i:
            token.dep = "conj"
            for word in words:
                word.dep, word.head = "advmod", token.i
            sentence.relink()
            changed = True
    return changed


def _told(sentence: Sentence, verb: Token) -> bool:
    """ "told Oslo to withdraw", "assured Oslo of help": who is told is the object where there is no other."""
    told = sentence.kids(verb, "iobj")
    if len(told) != 1 or sentence.kids(verb, "obj"):
        return False
    told[0].dep = "obj"
    return True


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


def _called_for(sentence: Sentence, verb: Token, lexicon: Lexicon) -> bool:
    """ "called on Oslo to leave", "called for Oslo to leave": the infinitive is what is asked, and Oslo is to do it."""
    if verb.lemma not in lexicon.words("calling_verbs"):
        return False
    for phrase in sentence.kids(verb, "obl"):
        cases = sentence.kids(phrase, "case")
        end = max(t.i for t in sentence.subtree(phrase))
        asked = [k for k in sentence.kids(verb, "advcl", "xcomp") if _infinitive(sentence, k)]
        asked = [k for k in asked if min(t.i for t in sentence.kids(k, "aux", "mark")) == end + 1]
        if not asked or len(cases) != 1 or sentence.kids(asked[0], "nsubj"):
            continue
        if cases[0].lower == "for":
            asked[0].dep = "advcl"
            phrase.head, phrase.dep = asked[0].i, "nsubj"
            cases[0].head, cases[0].dep = asked[0].i, "mark"
        elif cases[0].lower in lexicon.words("asking_prepositions"):
            asked[0].dep = "xcomp"
        sentence.relink()
        return True
    return False


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
        pair = f"{verb.lemma} {cases[0].lower}" in lexicon.words("particle_pairs")
        if pair and (paper or (role and role[0].kind == "person")):
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


def _gerund(sentence: Sentence, verb: Token, lexicon: Lexicon) -> bool:
    """ "began shelling villages", "includes withdrawing troops": the gerund is what begins, the noun its object; the
    parse takes the one for an adjective, or the other for a subject."""
    gerund = sentence.tokens[verb.i + 1] if verb.i + 1 < len(sentence.tokens) else None
    if gerund is None or gerund.tag != "VBG" or gerund.pos != "VERB":
        return False
    holds = verb.lemma in lexicon.words("holding_verbs") and gerund.lemma in lexicon.words("pact_gerunds")
    if not holds and verb.lemma not in lexicon.words("gerund_verbs"):
        return False
    noun = sentence.parent(gerund) if gerund.dep == "amod" else None
    if noun is not None and noun.head == verb.i and noun.dep in ("obj", "nsubj", "xcomp"):
        gerund.head, gerund.dep = verb.i, "xcomp"
        noun.head, noun.dep = gerund.i, "obj"
        sentence.relink()
        return True
    behind = [k for k in [*sentence.kids(gerund, "nsubj"), *sentence.kids(verb, "obj")] if k.i > gerund.i]
    if gerund.head != verb.i or len(behind) != 1 or sentence.kids(gerund, "obj"):
        return False
    behind[0].head, behind[0].dep = gerund.i, "obj"
    gerund.dep = "xcomp"
    sentence.relink()
    return True


def _object_of_command(sentence: Sentence, verb: Token) -> bool:
    """ "urged both to do so" with "both" below "do": what stands before "to" is who is urged."""
    if sentence.kids(verb, "obj", "iobj"):
        return False
    for inner in sentence.kids(verb, "xcomp"):
        to = next((k for k in sentence.kids(inner, "aux", "mark") if k.lower == "to"), None)
        for thing in sentence.kids(inner, "obj") if to is not None else ():
            if verb.i < thing.i < to.i:
                thing.head = verb.i
                sentence.relink()
                return True
    return False


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


def _commanded(sentence: Sentence, verb: Token, lexicon: Lexicon) -> bool:
    """ "ordered the minister to put": the infinitive right behind who is told is what he is told, no purpose."""
    if verb.lemma not in lexicon.words("commanding_verbs") or sentence.kids(verb, "xcomp", "ccomp"):
        return False
    for told in sentence.kids(verb, "obj", "nsubj:pass"):
        end = max(t.i for t in sentence.subtree(told))
        below = [k for k in sentence.kids(told, "acl") if _infinitive(sentence, k)]
        own = below[0] if below and max(t.i for t in sentence.subtree(below[0])) == end else None
        for kid in [own] if own else sentence.kids(verb, "advcl"):
            start = min((t.i for t in sentence.kids(kid, "aux", "mark")), default=-1)
            last = max(t.i for t in sentence.subtree(told) if t.i < start) if own else end
            if told.pos in ("NOUN", "PROPN", "PRON") and start == last + 1 and _infinitive(sentence, kid):
                kid.head, kid.dep = verb.i, "xcomp"
                return True
    return False
