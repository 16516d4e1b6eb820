"""Repairs of phrases behind nouns: "the bombing of a mosque in Kabul by X", "the attack by rebels on a base", "the first
instance of X launching missiles".

In: a sentence. Out: the same sentence with the tree mended: who did it and what was hit hang from the event noun; who is
told to do something hangs from the gerund.
"""

from __future__ import annotations

from tocsin.language.lexicon import Lexicon
from tocsin.language.tokens import Sentence, Token

_BEFORE = 10  # words from a plural to "including"
_STEPS = 3  # phrases between an event noun and its agent


def mend_noun_agents(sentence: Sentence, lexicon: Lexicon) -> bool:
    """All repairs of this file, in place; whether anything changed."""
    changed = False
    for token in sentence.tokens:
        changed |= token.dep in ("obl", "obl:agent") and _agent_of_object(sentence, token, lexicon)
        if token.dep == "nmod":
            cases = {k.lower for k in sentence.kids(token, "case")}
            if cases == {"by"}:
                changed |= _agent_of_event(sentence, token, lexicon)
            elif cases and cases <= {"on", "against"}:
                changed |= _target_behind_agent(sentence, token)
            elif cases <= lexicon.words("including") and cases:
                changed |= _one_of_many(sentence, token, lexicon)
            elif cases <= lexicon.words("following") and cases:
                changed |= _time_of_verb(sentence, token)
            elif cases == {"with"}:
                changed |= _means_of_verb(sentence, token, lexicon)
            elif cases == {"to"}:
                changed |= _behind_a_name(sentence, token)
            elif cases == {"of"}:
                changed |= _doer_of_gerund(sentence, token, lexicon)
    if changed:
        sentence.relink()
    return changed


def _agent_of_event(sentence: Sentence, token: Token, lexicon: Lexicon) -> bool:
    """A phrase with "by" below what an event was done to is of the event: things have no agents."""
    noun = sentence.tokens[token.head]
    for _ in range(_STEPS):
        if lexicon.noun_types(sentence, noun) & {"attack", "test"} or noun.lemma in lexicon.words("done_nouns"):
            if noun.i == token.head:
                return False
            token.head = noun.i
            return True
        if noun.dep not in ("nmod", "appos") or noun.pos not in ("NOUN", "PROPN"):
            return False
        noun = sentence.tokens[noun.head]
    return False


def _target_behind_agent(sentence: Sentence, token: Token) -> bool:
    """ "the attack by rebels on a base": the base was attacked."""
    agent = sentence.tokens[token.head]
    by = agent.dep == "nmod" and [k.lower for k in sentence.kids(agent, "case")] == ["by"]
    if not by or sentence.tokens[agent.head].pos != "NOUN" or agent.i > token.i:
        return False
    token.head = agent.head
    return True


def _agent_of_object(sentence: Sentence, token: Token, lexicon: Lexicon) -> bool:
    """ "dismissed the claim by Oslo" with "by Oslo" below the verb: an active verb has its doer before it."""
    verb = sentence.tokens[token.head]
    if verb.pos != "VERB":
        return False
    cases = sentence.kids(token, "case")
    if [c.lower for c in cases] != ["by"]:
        return False
    objects = [k for k in sentence.kids(verb, "obj") if verb.i < k.i < token.i and k.pos == "NOUN"]
    if not objects or not sentence.kids(verb, "nsubj") or sentence.kids(verb, "aux:pass"):
        return False
    behind = max(t.i for t in sentence.subtree(objects[-1]) if t.i < token.i) == cases[0].i - 1
    party = token.pos == "PROPN" or lexicon.role(sentence, token) is not None
    if not behind or not party or token.lower in lexicon.words("calendar"):
        return False
    token.head, token.dep = objects[-1].i, "nmod"
    sentence.relink()
    return True


def _means_of_verb(sentence: Sentence, token: Token, lexicon: Lexicon) -> bool:
    """ "attacked its cities with drones": with what they were attacked."""
    noun = sentence.tokens[token.head]
    verb = sentence.tokens[noun.head]
    struck = verb.lemma in lexicon.words("verbs_of_attack") | lexicon.words("verbs_on_towns")
    if noun.dep != "obj" or verb.pos != "VERB" or not struck or lexicon.gear(sentence, token) is None:
        return False
    token.head, token.dep = verb.i, "obl"
    return True


def _behind_a_name(sentence: Sentence, token: Token) -> bool:
    """ "the fall of Mosul to the rebels": Mosul fell to them; a name has no such phrase."""
    name = sentence.tokens[token.head]
    of = any(k.lower == "of" for k in sentence.kids(name, "case"))
    if name.pos != "PROPN" or name.dep != "nmod" or not of or sentence.tokens[name.head].pos != "NOUN":
        return False
    token.head = name.head
    return True


def _time_of_verb(sentence: Sentence, token: Token) -> bool:
    """ "stressed its commitment to peace after tests by X": what follows the tests is the stressing."""
    noun = sentence.tokens[token.head]
    verb = sentence.parent(noun)
    if noun.dep != "obj" or verb is None or verb.pos != "VERB":
        return False
    token.head, token.dep = verb.i, "obl"
    return True


def _doer_of_gerund(sentence: Sentence, token: Token, lexicon: Lexicon) -> bool:
    """ "the first instance of X launching missiles": X launches them, not the instance."""
    noun = sentence.tokens[token.head]
    if noun.lemma not in lexicon.words("instance_nouns") or token.pos != "PROPN":
        return False
    behind = max(t.i for t in sentence.subtree(token)) + 1
    gerund = sentence.tokens[behind] if behind < len(sentence.tokens) else token
    if gerund.tag != "VBG" or gerund.dep != "acl" or gerund.head not in (noun.i, token.i):
        return False
    mark = sentence.kids(token, "case")[0]
    token.head, token.dep, gerund.head = gerund.i, "nsubj", noun.i
    mark.head, mark.dep, mark.pos = gerund.i, "mark", "SCONJ"
    return True


def _one_of_many(sentence: Sentence, token: Token, lexicon: Lexicon) -> bool:
    """ "its pledge after tests by X, including a launch": one of the nearest plural of its kind before it."""
    kinds = lexicon.noun_types(sentence, token) & lexicon.words("event_types")
    start = sentence.kids(token, "case")[0].i
    for noun in reversed(sentence.tokens[max(start - _BEFORE, 0) : start]):
        if noun.tag == "NNS" and noun.i != token.head and lexicon.noun_types(sentence, noun) & kinds:
            if any(t.i == noun.i for t in sentence.subtree(token)):
                return False
            token.head = noun.i
            return True
        if noun.i == token.head:
            return False
    return False
