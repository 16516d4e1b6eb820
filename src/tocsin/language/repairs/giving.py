"""Repairs of clauses in which something is given, sold, sent: who gets it, what it is, and what the giving is for.

In: a sentence and its name mentions. Out: whether its tree was changed.
"""

from __future__ import annotations

from tocsin.language.lexicon import Lexicon
from tocsin.language.names.mentions import NameMention
from tocsin.language.tokens import Sentence, Token


def mend_giving(sentence: Sentence, mentions: list[NameMention], lexicon: Lexicon) -> bool:
    """All repairs of this file, in place."""
    changed = _named_receiver(sentence, mentions, lexicon)
    classes, giving = lexicon.classes(sentence), lexicon.words("giving_verbs")
    for verb in sentence.tokens if not classes.isdisjoint(("over_verbs", "giving_verbs")) else ():
        changed |= _over(sentence, verb, lexicon)
        if verb.pos == "VERB" and verb.lemma in giving:
            changed |= _two_objects(sentence, verb)
            changed |= _receiver_before_thing(sentence, verb)
            changed |= _time_given(sentence, verb)
            changed |= _surface_subject(sentence, verb)
    changed |= "infinitive_nouns" in classes and _worth(sentence, lexicon)
    changed |= _shells_for(sentence, lexicon)
    changed |= _sum_in_aid(sentence, lexicon)
    changed |= _numbered_name(sentence)
    if changed:
        sentence.relink()
    return changed


def _over(sentence: Sentence, verb: Token, lexicon: Lexicon) -> bool:
    """ "will hand over four jets" with "over" before the number: it belongs to the verb."""
    after = sentence.tokens[verb.i + 1] if verb.i + 1 < len(sentence.tokens) else None
    if verb.pos != "VERB" or after is None or after.lower != "over" or after.dep != "advmod":
        return False
    if verb.lemma not in lexicon.words("over_verbs") or sentence.tokens[after.head].pos != "NUM":
        return False
    after.head, after.dep = verb.i, "compound:prt"
    return True


def _named_receiver(sentence: Sentence, mentions: list[NameMention], lexicon: Lexicon) -> bool:
    """ "gave Fiji 14 vehicles", "gave Fiji fighter jets": a party right after a verb of giving that the parse takes for
    a modifier is who gets it. A state's full name is no modifier; its short forms ("US arms") are."""
    changed = False
    for mention in mentions:
        after = sentence.tokens[mention.last + 1] if mention.last + 1 < len(sentence.tokens) else None
        head = sentence.tokens[mention.head]
        if mention.party is None or mention.first == 0 or after is None or head.dep not in ("compound", "nmod", "amod"):
            continue
        verb = sentence.tokens[mention.first - 1]
        name = mention.party.sort == "state" and len(mention.text) > 4 and "." not in mention.text
        fits = after.pos in ("NUM", "DET") or (name and after.pos in ("NOUN", "ADJ"))
        if verb.lemma in lexicon.words("giving_verbs") and verb.pos == "VERB" and fits:
            head.head, head.dep = verb.i, "iobj"
            sentence.relink()
            changed = True
    return changed


def _two_objects(sentence: Sentence, verb: Token) -> bool:
    """ "sold Turkey 40 jets" with two objects: the first is who gets the second, and keeps none of its words."""
    things = sentence.kids(verb, "obj")
    if len(things) != 2 or sentence.kids(verb, "iobj"):
        return False
    first, second = things
    if _so_many_of(sentence, first, second):
        return True
    if not verb.i < first.i < second.i or sentence.kids(second, "case"):
        return False
    if any(t.text == "," for t in sentence.tokens[first.i : second.i]):
        second.head, second.dep = first.i, "appos"  # "gave a system, something that …"
        sentence.relink()
        return True
    first.dep = "iobj"
    for token in sentence.tokens[first.i + 1 : second.i]:
        if token.head == first.i and token.dep in ("nummod", "compound", "amod"):
            token.head, token.dep = second.i, "compound" if token.dep == "nummod" else token.dep
    sentence.relink()
    return True


def _so_many_of(sentence: Sentence, number: Token, things: Token) -> bool:
    """ "the first four of 13 promised jets" with the jets beside the four: the four are jets."""
    whole = [k for k in sentence.kids(number, "nmod") if k.pos == "NUM" and number.i < k.i < things.i]
    cases = sentence.kids(whole[0], "case") if whole else []
    if number.pos != "NUM" or [c.lower for c in cases] != ["of"]:
        return False
    if min(t.i for t in sentence.subtree(things)) != whole[0].i + 1:
        return False
    things.head, things.dep = number.i, "nmod"
    whole[0].head, whole[0].dep, cases[0].head = things.i, "nummod", things.i
    sentence.relink()
    return True


def _receiver_before_thing(sentence: Sentence, verb: Token) -> bool:
    """ "granted Australia access": a name right behind the verb, with no "'s", is who gets it."""
    for thing in sentence.kids(verb, "obj"):
        for name in sentence.kids(thing, "nmod:poss", "compound"):
            if name.i == verb.i + 1 and name.pos == "PROPN" and name.dep == "nmod:poss" and not sentence.kids(name, "case"):
                name.head, name.dep = verb.i, "iobj"
                sentence.relink()
                return True
    return False


def _time_given(sentence: Sentence, verb: Token) -> bool:
    """ "gave the ambassador 72 hours to leave": the hours are what is given."""
    people, spans = sentence.kids(verb, "obj", "iobj"), sentence.kids(verb, "obl:npmod", "obl:tmod")
    if len(people) != 1 or len(spans) != 1:
        return False
    span = spans[0]
    first = min(t.i for t in sentence.subtree(span))
    if first != max(t.i for t in sentence.subtree(people[0])) + 1 or not sentence.kids(span, "nummod"):
        return False
    people[0].dep, span.dep = "iobj", "obj"
    sentence.relink()
    return True


def _surface_subject(sentence: Sentence, verb: Token) -> bool:
    """ "was delivered 12 helicopters": of two subjects of a passive the one behind the verb is what is given."""
    subjects = sentence.kids(verb, "nsubj:pass")
    late = [s for s in subjects if s.i > verb.i]
    if len(subjects) != 2 or len(late) != 1 or sentence.kids(verb, "obj"):
        return False
    late[0].dep = "obj"
    return True


def _numbered_name(sentence: Sentence) -> bool:
    """ "6,000 AT-4 systems": a model's name with a number in it is no preposition."""
    wrong = [t for t in sentence if t.dep == "case" and any(c.isdigit() for c in t.text)]
    for token in wrong:
        token.dep, token.pos = "compound", "PROPN"
    return bool(wrong)


def _shells_for(sentence: Sentence, lexicon: Lexicon) -> bool:
    """ "20 million euros for shells for Chad" with Chad below the verb: the shells are for Chad."""
    changed = False
    for whom in (t for t in sentence if t.dep == "obl"):
        if whom.dep != "obl" or whom.pos != "PROPN":
            continue
        cases = sentence.kids(whom, "case")
        verb = sentence.tokens[whom.head]
        if [c.lower for c in cases] != ["for"] or verb.pos != "VERB":
            continue
        things = [k for sum_ in sentence.kids(verb, "obj") for k in sentence.kids(sum_, "nmod") if k.i < whom.i]
        things += [k for k in sentence.kids(verb, "obl") if k.i < whom.i]
        for thing in things:
            bought = [c.lower for c in sentence.kids(thing, "case")] == ["for"] and lexicon.gear(sentence, thing) is not None
            if bought and max(t.i for t in sentence.subtree(thing)) == cases[0].i - 1:
                whom.head, whom.dep, changed = thing.i, "nmod", True
    return changed


def _worth(sentence: Sentence, lexicon: Lexicon) -> bool:
    """ "a contract worth $10 billion to buy tanks": the infinitive says what the contract, not what the sum is for."""
    changed = False
    for token in sentence.tokens:
        noun = sentence.parent(token) if token.lower == "worth" else None
        if noun is None or noun.lemma not in lexicon.words("infinitive_nouns"):
            continue
        for kid in sentence.kids(token, "advcl", "xcomp", "acl"):
            if kid.tag == "VB" and any(t.lower == "to" for t in sentence.kids(kid, "aux", "mark")):
                kid.head, kid.dep = noun.i, "acl"
                changed = True
    return changed


def _sum_in_aid(sentence: Sentence, lexicon: Lexicon) -> bool:
    """ "announced EUR 20 million in military aid" with the aid below the verb: right behind a sum, it is what that is of."""
    changed, joints = False, lexicon.words("money_joints")
    for aid in (t for t in sentence if t.dep in ("obl", "nmod")):
        case = sentence.kids(aid, "case")
        if aid.dep not in ("obl", "nmod") or not case or case[0].i == 0 or case[0].lower not in joints:
            continue
        last = sentence.tokens[case[0].i - 1]
        gear = lexicon.gear(sentence, aid) if last.pos == "NUM" else None
        if gear is None or "aid" not in gear[0].flags:
            continue
        sum_ = last
        while sum_.dep in ("nummod", "compound") and sum_.head != aid.head:
            sum_ = sentence.tokens[sum_.head]
        if sum_.head == aid.head and sum_.dep in ("obj", "nsubj:pass", "obl") and sum_ is not aid:
            aid.head, aid.dep = sum_.i, "nmod"
            sentence.relink()
            changed = True
    return changed
