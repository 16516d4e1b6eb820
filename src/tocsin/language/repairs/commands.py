"""Repairs of what somebody is told, asked, ordered to do, and of what is begun or planned.

In: a sentence. Out: whether its tree was changed.
"""

from __future__ import annotations

from tocsin.language.lexicon import Lexicon
from tocsin.language.tokens import Sentence, Token


def mend_commands(sentence: Sentence, lexicon: Lexicon) -> bool:
    """All repairs of this file, in place."""
    changed, planned = False, "infinitive_nouns" in lexicon.classes(sentence)
    for verb in sentence.tokens:
        if verb.pos == "VERB":
            changed |= _told(sentence, verb)
            changed |= _voted_to(sentence, verb, lexicon)
            changed |= _object_before_infinitive(sentence, verb)
            changed |= _called_for(sentence, verb, lexicon)
            changed |= planned and _plan(sentence, verb, lexicon)
            changed |= _gerund(sentence, verb, lexicon)
            changed |= _object_of_command(sentence, verb)
            changed |= _commanded(sentence, verb, lexicon)
            changed |= _purpose_of_call(sentence, verb, lexicon) | _guest(sentence, verb, lexicon)
    if changed:
        sentence.relink()
    return changed


def _told(sentence: Sentence, verb: Token) -> bool:
    """ "told Oslo to withdraw", "assured Oslo of help": who is told is the object where there is no other."""
    told = sentence.kids(verb, "iobj")
    if len(told) != 1 or sentence.kids(verb, "obj"):
        return False
    told[0].dep = "obj"
    return True


def _voted_to(sentence: Sentence, verb: Token, lexicon: Lexicon) -> bool:
    """ "voted unanimously to condemn", "gave X until Friday to leave": the infinitive is the content, no purpose."""
    giver = verb.lemma in lexicon.words("term_givers")
    terms = [m.lower for k in sentence.kids(verb, "obl") for m in sentence.kids(k, "case")] if giver else []
    if lexicon.words("term_prepositions").isdisjoint(terms) and verb.lemma not in lexicon.words("voting_verbs"):
        return False
    purposes = [k for k in sentence.kids(verb, "advcl") if k.tag == "VB" and k.i > verb.i]
    voted = [k for k in purposes if any(t.lower == "to" for t in sentence.kids(k, "aux", "mark"))]
    for kid in voted:
        kid.dep = "xcomp"
    return bool(voted)


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


def _commanded(sentence: Sentence, verb: Token, lexicon: Lexicon) -> bool:
    """ "ordered the minister to put": the infinitive right behind who is told is what he is told, no purpose."""
    if verb.lemma not in lexicon.words("commanding_verbs") or sentence.kids(verb, "xcomp", "ccomp"):
        return False
    for told in sentence.kids(verb, "obj", "nsubj:pass"):
        end = max(t.i for t in sentence.subtree(told))
        below = [k for k in sentence.kids(told, "acl") if _infinitive(sentence, k)]
        own = below[0] if below and max(t.i for t in sentence.subtree(below[0])) == end else told
        for kid in [own] if own is not told else sentence.kids(verb, "advcl"):
            start = min((t.i for t in sentence.kids(kid, "aux", "mark")), default=-1)
            last = max((t.i for t in sentence.subtree(told) if t.i < start), default=start) if kid is own else end
            if told.pos in ("NOUN", "PROPN", "PRON") and start == last + 1 and _infinitive(sentence, kid):
                kid.head, kid.dep = verb.i, "xcomp"
                return True
    return False


def _purpose_of_call(sentence: Sentence, verb: Token, lexicon: Lexicon) -> bool:
    """ "called the king to condemn the raid": who calls condemns."""
    if verb.lemma not in lexicon.words("occasion_verbs") or not sentence.kids(verb, "obj"):
        return False
    aims = lexicon.words("call_purposes")
    meant = [k for k in sentence.kids(verb, "xcomp") if k.lemma in aims and _infinitive(sentence, k)]
    for purpose in meant:
        purpose.dep = "advcl"
    return bool(meant)


def _guest(sentence: Sentence, verb: Token, lexicon: Lexicon) -> bool:
    """ "welcomed the president to mediate": who is welcomed is to do it."""
    if verb.lemma not in lexicon.words("hosting_verbs") or not sentence.kids(verb, "obj"):
        return False
    meant = [k for k in sentence.kids(verb, "advcl") if k.lemma in lexicon.words("guest_deeds") and _infinitive(sentence, k)]
    for deed in meant:
        deed.dep = "xcomp"
    return bool(meant)


def _object_of_command(sentence: Sentence, verb: Token) -> bool:
    """ "urged both to do so" with "both" below "do": what stands before "to" is who is urged."""
    if sentence.kids(verb, "obj", "iobj"):
        return False
    for inner in sentence.kids(verb, "xcomp"):
        start = min((k.i for k in sentence.kids(inner, "aux", "mark") if k.lower == "to"), default=-1)
        for thing in sentence.kids(inner, "obj"):
            if verb.i < thing.i < start:
                thing.head = verb.i
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
