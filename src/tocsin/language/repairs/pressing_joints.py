"""Repairs of what is pressed on somebody: warnings behind a name, calls on people told at length, concern before a noun.

In: a sentence and its name mentions. Out: whether its tree was changed.
"""

from __future__ import annotations

from collections.abc import Sequence

from tocsin.language.lexicon import Lexicon
from tocsin.language.names.mentions import NameMention
from tocsin.language.phrases.noun_phrases import case_of
from tocsin.language.tokens import Sentence, Token


def mend_pressing(sentence: Sentence, mentions: Sequence[NameMention], lexicon: Lexicon) -> bool:
    """All repairs of this file, in place."""
    changed = bool(mentions) and _warning_behind_name(sentence, mentions, lexicon)
    classes = lexicon.classes(sentence)  # with the verbs that were taken for nouns
    changed |= "manner_nouns" in classes and _with_concern_something(sentence, lexicon)
    changed |= "naming_verbs" in classes and _called_null(sentence, lexicon)
    changed |= "speech_acts" in classes and _said_accusing(sentence, lexicon)
    pressing = not classes.isdisjoint(("calling_verbs", "object_control"))
    return (pressing and _on_people_who(sentence, lexicon)) or changed


def _warning_behind_name(sentence: Sentence, mentions: Sequence[NameMention], lexicon: Lexicon) -> bool:
    """ "sent a letter to Oslo warning of": no warning of Oslo's, the verb goes on."""
    changed = False
    ends = {m.last: m for m in mentions if m.party is not None}
    for token in sentence:
        verbal = token.pos == "NOUN" and token.tag in ("NN", "VBG") and token.lower.endswith("ing")
        name = sentence.tokens[token.i - 1] if verbal and token.i else None
        if name is None or name.i not in ends or name.head != token.i or name.dep not in ("compound", "nmod"):
            continue
        if token.lower[:-3] not in lexicon.words("speech_acts"):
            continue
        if not (case_of(sentence, token) or case_of(sentence, name)):
            continue
        verb = sentence.parent(token)
        while verb is not None and verb.pos != "VERB":
            verb = sentence.parent(verb)
        if verb is None or verb.i > token.i:
            continue
        name.head, name.dep = token.head, token.dep
        for kid in sentence.kids(token):
            if kid.i < token.i and kid is not name:
                kid.head = name.i
        for kid in sentence.kids(token, "nmod"):
            kid.dep = "obl"
        token.head, token.dep, token.pos, token.tag = verb.i, "advcl", "VERB", "VBG"
        token.lemma = token.lower[:-3]
        sentence.relink()
        changed = True
    return changed


def _with_concern_something(sentence: Sentence, lexicon: Lexicon) -> bool:
    """ "viewed with great concern advances in": with the concern as a compound of the advances, which are what is viewed."""
    changed = False
    for thing in sentence:
        verb = sentence.parent(thing)
        if verb is None or verb.pos != "VERB" or thing.dep not in ("obl", "obj"):
            continue
        if thing.dep == "obl" and sentence.kids(verb, "obj"):
            continue
        manner = [k for k in sentence.kids(thing, "compound") if k.lemma in lexicon.words("manner_nouns")]
        below = [*sentence.kids(thing, "case"), *(sentence.kids(manner[0], "case") if manner else ())]
        cases = [k for k in below if k.lower == "with" and k.i == verb.i + 1]
        if not manner or not cases or manner[0].i != thing.i - 1 or thing.tag != "NNS":
            continue
        for kid in sentence.kids(thing):
            if kid.i < manner[0].i:
                kid.head = manner[0].i
        manner[0].head, manner[0].dep, thing.dep = verb.i, "obl", "obj"
        sentence.relink()
        changed = True
    return changed


def _called_null(sentence: Sentence, lexicon: Lexicon) -> bool:
    """ 'called the pact "null and void"' with the quality as an apposition: it is what the pact is called."""
    changed = False
    for quality in sentence:
        thing = sentence.parent(quality)
        while thing is not None and thing.dep in ("nmod", "conj"):
            thing = sentence.parent(thing)
        verb = sentence.parent(thing) if thing is not None and thing.dep == "obj" else None
        behind = quality.dep == "appos" or (quality.dep == "amod" and quality.i > quality.head)
        if verb is None or thing is None or not behind or quality.pos != "ADJ" or quality.i < thing.i:
            continue
        if verb.lemma in lexicon.words("naming_verbs"):
            quality.head, quality.dep = verb.i, "xcomp"
            sentence.relink()
            changed = True
    return changed


def _said_accusing(sentence: Sentence, lexicon: Lexicon) -> bool:
    """ "N said that M was arming, accusing K": who says it accuses, not M."""
    changed = False
    for token in sentence:
        told = sentence.parent(token)
        verb = sentence.parent(told) if told is not None and told.dep == "ccomp" else None
        if verb is None or token.tag != "VBG" or token.dep != "advcl" or token.lemma not in lexicon.words("speech_acts"):
            continue
        comma = sentence.tokens[token.i - 1].text == ","
        own = not sentence.kids(token, "nsubj", "mark") and verb.lemma in lexicon.words("saying")
        if comma and own and told is not None and verb.i < told.i < token.i:
            token.head = verb.i
            changed = True
    if changed:
        sentence.relink()
    return changed


def _on_people_who(sentence: Sentence, lexicon: Lexicon) -> bool:
    """ "called on all who have not lost hope to leave": what they are called on to do is no part of who they are."""
    changed = False
    for verb in sentence:
        if verb.pos != "VERB" or verb.lemma not in lexicon.words("calling_verbs") | lexicon.words("object_control"):
            continue
        if sentence.kids(verb, "xcomp", "ccomp"):
            continue
        called = [k for k in sentence.kids(verb, "obl", "obj") if k.dep == "obj" or case_of(sentence, k) in ("on", "upon")]
        for person in called:
            inner = _last_infinitive(sentence, person, lexicon)
            if inner is not None:
                inner.head, inner.dep = verb.i, "xcomp"
                sentence.relink()
                changed = True
    return changed


def _last_infinitive(sentence: Sentence, person: Token, lexicon: Lexicon) -> Token | None:
    """The infinitive that ends a relative clause about somebody, hung from a noun in it."""
    for relative in sentence.kids(person, "acl:relcl"):
        for token in sentence.subtree(relative):
            above = sentence.parent(token)
            to = any(k.lower == "to" for k in sentence.kids(token, "aux", "mark"))
            if token.tag == "VB" and to and token.dep == "acl" and above is not None and above.pos in ("NOUN", "PROPN"):
                return None if above.lemma in lexicon.words("rights_nouns") else token
    return None
