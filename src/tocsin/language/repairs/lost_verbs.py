"""Repairs of predicates: verbs that the parse takes for nouns or adjectives, participles that are verbs, stray subjects.

In: a sentence. Out: the same sentence with the tree mended. Headlines and day digests in the present tense are where
these go wrong most: "X, Y and Z expel diplomats", "kills ten people and wounds another five".
"""

from __future__ import annotations

import itertools

from tocsin.language.lexicon import Lexicon
from tocsin.language.tokens import Sentence, Token

_OPENS_PHRASE = frozenset({"DET", "ADJ", "NUM", "PROPN", "NOUN"})


def mend_verbs(sentence: Sentence, lexicon: Lexicon) -> bool:
    """Mend the predicates of a sentence in place; whether anything changed."""
    classes, changed = lexicon.classes(sentence), False
    if "hurt_verbs" in classes:
        changed |= _verb_for_noun(sentence, lexicon)
        changed |= _lost_object(sentence, lexicon)
    changed |= _active_participle(sentence)
    changed |= _joined_to_noun(sentence)
    changed |= _participle_of_last(sentence)
    if "headline_verbs" in classes:
        changed |= _lost_verb(sentence, lexicon)
        changed |= _hidden_verb(sentence, lexicon) or _root_noun(sentence, lexicon)
    changed |= "label_nouns" in classes and _label(sentence, lexicon)
    changed |= "fight_nouns" in classes and _fights(sentence, lexicon)
    changed |= _compound_subject(sentence)
    return _stray_subject(sentence) or changed


def _verb_for_noun(sentence: Sentence, lexicon: Lexicon) -> bool:
    """ "kills 17 people and wounds another 50": what the parse takes for a second object is a second verb."""
    changed = False
    for token in sentence.tokens[:-1]:
        if token.pos != "NOUN" or token.dep != "conj" or token.lemma not in lexicon.words("hurt_verbs"):
            continue
        verb = sentence.parent(sentence.tokens[token.head])
        after = sentence.tokens[token.i + 1]
        if verb is None or verb.pos != "VERB" or after.pos not in ("DET", "NUM", "ADJ", "ADP", "NOUN"):
            continue
        thing = next((t for t in sentence.tokens[token.i + 1 :] if t.pos in ("NOUN", "NUM") and t.head <= token.i), None)
        if thing is None:
            continue
        token.head, token.dep, token.pos, token.tag = verb.i, "conj", "VERB", verb.tag
        thing.head, thing.dep = token.i, "obj"
        sentence.relink()
        changed = True
    return changed


def _lost_object(sentence: Sentence, lexicon: Lexicon) -> bool:
    """ "killed five and wounded 110": the number right behind the second verb is its own object."""
    changed = False
    for verb, number in itertools.pairwise(sentence.tokens):
        if verb.pos != "VERB" or verb.lemma not in lexicon.words("hurt_verbs") or verb.tag == "VBG":
            continue
        bare = number.pos == "NUM" and number.head < verb.i and number.dep in ("conj", "obj", "nummod")
        if bare and not sentence.kids(verb, "obj") and not sentence.kids(verb, "nsubj:pass", "aux:pass"):
            number.head, number.dep = verb.i, "obj"
            sentence.relink()
            changed = True
    return changed


def _active_participle(sentence: Sentence) -> bool:
    """ "has flown missions, conducted raids, and …": what has an object of its own is no passive participle of a noun."""
    changed = False
    for token in sentence.tokens[1:]:
        noun = sentence.parent(token) if token.dep == "acl" and token.tag in ("VBN", "VBD") else None
        verb = sentence.parent(noun) if noun is not None and noun.dep == "obj" else None
        comma = sentence.tokens[token.i - 1].text == ","
        if verb is None or not comma or verb.tag not in ("VBN", "VBD") or not sentence.kids(token, "obj"):
            continue
        token.head, token.dep, token.tag = verb.i, "conj", verb.tag
        sentence.relink()
        changed = True
    return changed


def _joined_to_noun(sentence: Sentence) -> bool:
    """ "labelled him a terrorist and levied sanctions": a verb with an object of its own is joined to the verb before."""
    changed = False
    for token in (t for t in sentence.tokens[1:] if t.tag in ("VBN", "VBD")):
        noun = sentence.tokens[token.head]
        joined = token.dep == "conj" and token.tag in ("VBN", "VBD") and noun.pos in ("NOUN", "PROPN") and noun.i < token.i
        if not joined or not sentence.kids(token, "cc") or sentence.kids(token, "nsubj"):
            continue
        verb = sentence.parent(noun)
        own = sentence.kids(token, "obj")
        if not own and verb is not None and token.i + 1 < len(sentence.tokens):
            things = [k for k in sentence.kids(verb, "obj") if k.i > token.i]
            starts = [k for k in things if min(t.i for t in sentence.subtree(k)) == token.i + 1]
            if len(starts) != 1 or len(sentence.kids(verb, "obj")) < 2:
                continue
            starts[0].head = token.i  # "labelled him as a terrorist and levied sanctions": two objects of one verb
        elif not own:
            continue
        if verb is None or verb.tag not in ("VBD", "VBN") or noun.dep not in ("obj", "obl", "xcomp"):
            continue
        token.head, token.tag = verb.i, verb.tag
        sentence.relink()
        changed = True
    return changed


def _participle_of_last(sentence: Sentence) -> bool:
    """ "Missiles and a series of drones targeted sites" read as one phrase: what hangs from its last noun and has an object
    is told of the whole."""
    root = next((t for t in sentence.tokens if t.head == t.i), None)
    if root is None or root.pos not in ("NOUN", "PROPN") or sentence.kids(root, "cop", "nsubj", "case"):
        return False
    if any(k.i > root.i for k in sentence.kids(root, "acl")):
        return False
    for token in sentence.tokens[root.i + 1 :]:
        if token.dep != "acl" or token.head != token.i - 1 or token.tag not in ("VBD", "VBN"):
            continue
        if token.tag == "VBD" and sentence.kids(token, "obj"):
            token.head = root.i
            sentence.relink()
            return True
        before = [*sentence.kids(root, "acl", "advcl"), *sentence.kids(token, "advcl")]
        purpose = [k for k in before if k.tag == "VB" and k.i < root.i]
        moved = bool(purpose and sentence.kids(token, "obl")) and token.head != root.i
        if moved:  # "To conduct it, troops with tanks deployed to Chad"
            token.head, token.dep, token.tag = token.i, "root", "VBD"
            root.head, root.dep = token.i, "nsubj"
            for kid in purpose:
                kid.head, kid.dep = token.i, "advcl"
            sentence.relink()
            return True
    return False


def _label(sentence: Sentence, lexicon: Lexicon) -> bool:
    """ "declares an employee persona non grata", "were declared personae non gratae by X": the Latin words are one label;
    who gets it and who gives it belong to the verb."""
    changed = False
    for noun in sentence.tokens[1:-2]:
        tail = sentence.tokens[noun.i + 2]
        if noun.lower not in lexicon.words("label_nouns") or tail.lower not in lexicon.words("label_tails"):
            continue
        verb = next((t for t in reversed(sentence.tokens[: noun.i]) if t.pos == "VERB"), None)
        if verb is None:
            continue
        for kid in [*sentence.kids(tail), *sentence.kids(noun)]:
            if sentence.kids(kid, "case"):
                kid.head, kid.dep = verb.i, "obl"
        who = sentence.tokens[noun.i - 1]
        if who.head == noun.i and who.pos in ("NOUN", "PROPN"):
            for kid in sentence.kids(noun):
                if kid.i < who.i:
                    kid.head = who.i
            who.head, who.dep = verb.i, "obj"
        tail.head, tail.dep = noun.i, "flat"
        noun.head, noun.dep = verb.i, "xcomp"
        sentence.relink()
        changed = True
    return changed


def _compound_subject(sentence: Sentence) -> bool:
    """ "Three Iraqi bases house soldiers": a verb without a subject has no noun before it as modifier."""
    verb = next((t for t in sentence.tokens if t.head == t.i and t.pos == "VERB"), None)
    if verb is None or not sentence.kids(verb, "obj") or sentence.kids(verb, "nsubj", "nsubj:pass", "csubj", "expl"):
        return False
    before = [k for k in sentence.kids(verb, "compound") if k.i == verb.i - 1 and k.pos in ("NOUN", "PROPN")]
    if not before:
        return False
    noun = before[0]
    for token in sentence.tokens[: noun.i]:
        if token.head > noun.i and token.dep in ("nummod", "amod", "det", "compound"):
            token.head = noun.i
    noun.dep = "nsubj"
    sentence.relink()
    return True


def _lost_verb(sentence: Sentence, lexicon: Lexicon) -> bool:
    """ "X, Y and Z expel diplomats", "The administration sanctions NAME": a sentence for which the parse has no verb, with
    a word between two noun phrases that can be one."""
    if any(t.pos in ("VERB", "AUX") for t in sentence):
        return False
    words = lexicon.words("headline_verbs")
    for verb in sentence.tokens[1:-1]:
        before, after = sentence.tokens[verb.i - 1], sentence.tokens[verb.i + 1]
        if verb.lower not in words or before.pos not in ("NOUN", "PROPN") or after.pos not in _OPENS_PHRASE:
            continue
        root = next((t for t in sentence if t.head == t.i), verb)
        thing = _right_phrase(sentence, verb)
        if thing is None or (root.i > verb.i and root is not thing):
            continue
        doer = before if root is verb or root is thing else root
        for token in sentence.tokens:
            outside = token.head in (verb.i, thing.i, root.i) and token.i not in (verb.i, thing.i, doer.i, before.i)
            if outside and token.i < verb.i and doer is before:
                token.head = doer.i
            elif outside and token.i < verb.i and token.head == thing.i:
                token.head, token.dep = (before.i if token.i < before.i else doer.i), token.dep
            elif outside and token.i > verb.i and token.head == verb.i and sentence.kids(token, "case"):
                token.dep = "obl"
        if doer is not before and before.head == thing.i:
            before.head, before.dep = doer.i, "conj"
        verb.head, verb.dep, verb.pos, verb.tag, verb.lemma = verb.i, "root", "VERB", "VBP", verb.lower
        if verb.lower.endswith("s") and verb.lower[:-1] in words:
            verb.lemma, verb.tag = verb.lower[:-1], "VBZ"
        doer.head, doer.dep = verb.i, "nsubj"
        thing.head, thing.dep = verb.i, "obj"
        sentence.tokens[-1].head = verb.i
        sentence.relink()
        return True
    return False


def _hidden_verb(sentence: Sentence, lexicon: Lexicon) -> bool:
    """ "The army shells X after rockets were fired": a plural noun right before a phrase that hangs from it without a
    preposition is the verb; what it was the subject of is a clause of time below it."""
    for verb in sentence.tokens[1:-1]:
        main = sentence.tokens[verb.head]
        before, first = sentence.tokens[verb.i - 1], sentence.tokens[verb.i + 1]
        shape = verb.tag == "NNS" and verb.lower in lexicon.words("headline_verbs") and first.pos in _OPENS_PHRASE
        if not shape or not verb.dep.startswith("nsubj") or main.i < verb.i or main.pos != "VERB" or before.head != verb.i:
            continue
        right = [k for k in sentence.kids(verb, "nmod", "compound") if k.i > verb.i and not sentence.kids(k, "case")]
        thing = right[0] if right else None
        when = next((t for t in sentence.tokens[verb.i : main.i] if t.lower in lexicon.words("told_by")), None)
        who = sentence.tokens[when.head] if when is not None else None
        if thing is None or when is None or who is None or not when.i < who.i < main.i:
            continue
        for kid in sentence.kids(verb):
            if kid.i < before.i:
                kid.head = before.i
        verb.head, verb.pos, verb.tag = (verb.i if main.head == main.i else main.head), "VERB", "VBZ"
        verb.dep, who.dep = main.dep, verb.dep
        verb.lemma = verb.lower[:-1] if verb.lower[:-1] in lexicon.words("headline_verbs") else verb.lemma
        before.dep, before.pos, before.tag = "nsubj", "NOUN", "NN"
        thing.dep = "obj"
        main.head, main.dep, who.head = verb.i, "advcl", main.i
        when.head, when.dep = main.i, "mark"
        sentence.relink()
        return True
    return False


def _root_noun(sentence: Sentence, lexicon: Lexicon) -> bool:
    """ "The army strikes X after soldiers were killed": the same, where the parse has the noun as root."""
    for verb in sentence.tokens[1:-1]:
        before, first = sentence.tokens[verb.i - 1], sentence.tokens[verb.i + 1]
        shape = verb.pos == "NOUN" and verb.lower in lexicon.words("headline_verbs") and first.pos in _OPENS_PHRASE
        if not shape or verb.tag not in ("NNS", "VBZ") or verb.head != verb.i or before.head != verb.i:
            continue
        thing = next((k for k in sentence.kids(verb, "nmod", "obj") if k.i > verb.i and not sentence.kids(k, "case")), None)
        told = [k for c in sentence.kids(verb, "advcl") for k in sentence.kids(c, "mark")]
        if thing is None or not (verb.tag == "VBZ" or {k.lower for k in told} & lexicon.words("told_by")):
            continue
        for kid in sentence.kids(verb):
            if kid.i < before.i:
                kid.head = before.i
        verb.pos, verb.tag = "VERB", "VBZ"
        verb.lemma = verb.lower[:-1] if verb.lower[:-1] in lexicon.words("headline_verbs") else verb.lemma
        before.dep, before.pos, before.tag, thing.dep = "nsubj", "NOUN", "NN", "obj"
        sentence.relink()
        return True
    return False


def _fights(sentence: Sentence, lexicon: Lexicon) -> bool:
    """ "N's army clashes with bandits, killing 40 of them": with a participle that tells what came of it a verb."""
    for verb in sentence.tokens[1:-2]:
        before, case = sentence.tokens[verb.i - 1], sentence.tokens[verb.i + 1]
        shape = verb.tag == "NNS" and verb.head == verb.i and verb.lemma in lexicon.words("fight_nouns")
        if not shape or case.lower != "with" or before.head != verb.i or lexicon.role(sentence, before) is None:
            continue
        told = [t for t in sentence.tokens[verb.i + 3 :] if t.tag == "VBG" and t.dep in ("advcl", "acl")]
        if not any(sentence.tokens[t.i - 1].text == "," and not sentence.kids(t, "mark", "nsubj") for t in told):
            continue
        for kid in sentence.kids(verb, "nmod"):
            kid.dep = "obl"
        for kid in sentence.kids(verb):
            if kid.i < before.i:
                kid.head = before.i
        verb.pos, verb.tag, before.dep = "VERB", "VBZ", "nsubj"
        sentence.relink()
        return True
    return False


def _right_phrase(sentence: Sentence, verb: Token) -> Token | None:
    """The head of the noun phrase right after a word: its own head to the right, else its first nominal without case."""
    head = sentence.tokens[verb.head]
    if head.i > verb.i:
        return head if head.pos in ("NOUN", "PROPN") else None
    for kid in sentence.kids(verb):
        if kid.i > verb.i and kid.pos in ("NOUN", "PROPN") and not sentence.kids(kid, "case"):
            return kid
    return None


def _stray_subject(sentence: Sentence) -> bool:
    """ "A blast in the capital NAME kills": a verb has one subject; a name right after a noun of the first belongs to it."""
    changed = False
    for verb in sentence.tokens:
        subjects = sentence.kids(verb, "nsubj") if verb.pos == "VERB" else []
        for stray in subjects[1:]:
            start = min(t.i for t in sentence.subtree(stray))
            before = sentence.tokens[start - 1] if start else stray
            inside = any(t.i == before.i for t in sentence.subtree(subjects[0]))
            if stray.pos == "PROPN" and before.pos in ("NOUN", "PROPN") and inside:
                stray.head, stray.dep = before.i, "appos"
                sentence.relink()
                changed = True
    return changed
