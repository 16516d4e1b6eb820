"""Repairs where two clauses joined by "and" were read as one with joined nouns.

In: a sentence. Out: the same sentence with the tree mended: in "Moscow reinforced the base and its troops trained there"
the base is what was reinforced, and its troops trained; in "troops left the country and rebels overran it" the rebels did.
"""

from __future__ import annotations

from tocsin.language.lexicon import Lexicon
from tocsin.language.tokens import Sentence, Token

_NOMINAL = ("NOUN", "PROPN", "PRON")
_FINITE = ("VBD", "VBZ", "VBP")
_OBJECTS = ("obj", "ccomp", "xcomp", "obl")
_AIMS = frozenset({"on", "against"})


def mend_coordination(sentence: Sentence, lexicon: Lexicon) -> bool:
    """All repairs of this file, in place; whether anything changed."""
    changed = False
    speaking = lexicon.words("saying"), lexicon.words("object_control")
    for verb in sentence.tokens:
        joined = verb.dep in ("conj", "ccomp") and _object_in_subject(sentence, verb)
        changed |= joined or (verb.pos == "VERB" and _subject_in_object(sentence, verb))
        changed |= verb.dep == "ccomp" and _next_speaker(sentence, verb, speaking)
    for token in sentence.tokens:
        if token.dep == "conj":
            changed |= _more_gear(sentence, token, lexicon) or _second_ship(sentence, token, lexicon)
            changed |= token.tag == "VBG" and _same_form(sentence, token)
            changed |= token.pos == "NOUN" and _shared_noun(sentence, token)
            changed |= _second_oblique(sentence, token) or _second_object(sentence, token) or _bare_number(sentence, token)
        changed |= token.lower == "more" and _number_more(sentence, token)
        changed |= token.dep == "conj" and _gapped_agent(sentence, token)
        changed |= (token.pos == "ADJ" and _kinds_joined(sentence, token)) or (
            token.dep == "amod" and _two_adjectives(sentence, token))
        changed |= (token.dep == "case" and _case_of_compound(sentence, token)) or (
            token.tag in ("NN", "NNS") and _joint_compound(sentence, token))
    return changed


def _same_form(sentence: Sentence, verb: Token) -> bool:
    """ "to support N in defeating X and holding Y to account": a verb in -ing goes with the one of its form, not with the
    infinitive above that."""
    first = sentence.tokens[verb.head]
    if first.tag != "VB" or sentence.kids(verb, "nsubj", "mark", "aux"):
        return False
    near = [k for k in sentence.kids(first, "advcl") if k.tag == "VBG" and first.i < k.i < verb.i]
    if not near or not sentence.kids(near[-1], "mark"):
        return False
    verb.head = near[-1].i
    sentence.relink()
    return True


def _shared_noun(sentence: Sentence, noun: Token) -> bool:
    """ "the security and defence forces" with "forces" as a third of them: right behind a noun, it is what both describe."""
    before = sentence.tokens[noun.i - 1]
    first = sentence.tokens[before.head]
    joined = before.dep == "conj" and before.tag == first.tag == "NN" and first.i < before.i
    joiners = sentence.kids(noun, "cc")
    if not joined or sentence.kids(noun, "det", "case", "compound", "nummod") or any(k.i > before.i for k in joiners):
        return False
    for joiner in joiners:
        joiner.head = before.i
    noun.head, noun.dep = (noun.i if first.head == first.i else first.head), first.dep
    for kid in sentence.kids(first):
        if kid.dep in ("det", "case", "nmod:poss") or kid.i > noun.i:
            kid.head = noun.i
    first.head, first.dep = noun.i, "compound"
    sentence.relink()
    return True


def _more_gear(sentence: Sentence, last: Token, lexicon: Lexicon) -> bool:
    """ "the interception of a missile and a drone": equipment beside equipment, not beside what is done with it."""
    above = sentence.tokens[last.head]
    if last.dep != "conj" or above.pos != "NOUN" or lexicon.gear(sentence, last) is None or lexicon.gear(sentence, above):
        return False
    between = [k for k in sentence.kids(above, "nmod") if above.i < k.i < last.i]
    of = [k for k in between if any(c.lower == "of" for c in sentence.kids(k, "case"))]
    if not of or of != between or lexicon.gear(sentence, of[0]) is None:
        return False
    last.head = of[0].i
    sentence.relink()
    return True


def _second_ship(sentence: Sentence, last: Token, lexicon: Lexicon) -> bool:
    """ "a frigate of the Turkish navy and the TCG Burgazada": a ship is listed with the ship, not with its navy."""
    navy = sentence.tokens[last.head]
    ship = sentence.tokens[navy.head]
    named = any(k.text in lexicon.ship_prefixes for k in sentence.kids(last, "compound"))
    of = [c.lower for c in sentence.kids(navy, "case")] == ["of"]
    if last.dep != "conj" or not named or navy.dep != "nmod" or not of:
        return False
    gear = lexicon.gear(sentence, ship)
    if gear is None or gear[0].class_ != "ship":
        return False
    last.head = ship.i
    sentence.relink()
    return True


def _second_oblique(sentence: Sentence, noun: Token) -> bool:
    """ "calls for a withdrawal, and for the deployment of": joined to the verb, it goes with what has its preposition."""
    verb = sentence.tokens[noun.head]
    cases = [k.lower for k in sentence.kids(noun, "case")]
    if noun.dep != "conj" or noun.pos not in ("NOUN", "PROPN") or verb.pos != "VERB" or not cases:
        return False
    like = [k for k in sentence.kids(verb, "obl") if k.i < noun.i and [c.lower for c in sentence.kids(k, "case")] == cases]
    if not like:
        return False
    noun.head = like[-1].i
    sentence.relink()
    return True


def _second_object(sentence: Sentence, noun: Token) -> bool:
    """ "quit Mali last year and Burkina Faso in May": a bare noun joined to a verb is joined to its object."""
    verb = sentence.tokens[noun.head]
    bare = noun.dep == "conj" and noun.pos == "PROPN" and verb.pos == "VERB" and bool(sentence.kids(noun, "cc"))
    if not bare or sentence.kids(noun, "case", "nsubj", "obj", "cop", "aux"):
        return False
    things = [k for k in sentence.kids(verb, "obj") if verb.i < k.i < noun.i and k.pos == "PROPN"]
    if len(things) != 1:
        return False
    noun.head = things[0].i
    sentence.relink()
    return True


def _bare_number(sentence: Sentence, number: Token) -> bool:
    """ "two were killed and 11 injured": the number, joined to the first verb, is who was injured."""
    first = sentence.tokens[number.head]
    verb = sentence.tokens[min(number.i + 1, len(sentence.tokens) - 1)]
    if number.pos != "NUM" or number.dep != "conj" or first.pos != "VERB" or verb.tag != "VBN" or verb.i == number.i:
        return False
    if verb.dep != "conj" or verb.head != first.i or sentence.kids(verb, "nsubj", "nsubj:pass"):
        return False
    for word in sentence.kids(number, "cc"):
        word.head = verb.i
    number.head, number.dep = verb.i, "nsubj:pass"
    sentence.relink()
    return True


def _number_more(sentence: Sentence, more: Token) -> bool:
    """ "and 29 more were wounded" with number and "more" as two subjects: they are one."""
    number = sentence.tokens[more.i - 1] if more.i else more
    beside = number.head == more.head and number.dep == more.dep
    if more.lower != "more" or number.pos != "NUM" or not beside or not more.dep.startswith("nsubj"):
        return False
    more.head, more.dep = number.i, "advmod"
    sentence.relink()
    return True


def _gapped_agent(sentence: Sentence, agent: Token) -> bool:
    """ "imposed by A on B, and by B on A": the second agent has an end of its own and is none of the first deed; in
    "imposed by A and by B on C" the end is that of both."""
    first = sentence.tokens[agent.head]
    verb = sentence.tokens[first.head]
    if agent.dep != "conj" or "by" not in _cases(sentence, agent) or verb.pos != "VERB":
        return False
    agents = sentence.kids(verb, "obl:agent")
    aims = [k for k in sentence.kids(agent, "nmod") if _AIMS & _cases(sentence, k)]
    if first.dep == "obl:agent" and aims and not any(_AIMS & _cases(sentence, k) for k in sentence.kids(verb, "obl")):
        aims[0].head, aims[0].dep = verb.i, "obl"
    elif agents and (first.dep != "obl:agent" or aims):
        agent.head, agent.dep = verb.i, "orphan"
    else:
        return False
    sentence.relink()
    return True


def _cases(sentence: Sentence, token: Token) -> set[str]:
    return {k.lower for k in sentence.kids(token, "case")}


def _kinds_joined(sentence: Sentence, kind: Token) -> bool:
    """ "two Chinese and three Russian bombers" with "Chinese" beside the bombers: it says which bombers."""
    before = sentence.tokens[kind.i - 1] if kind.i else kind
    after = sentence.tokens[kind.i + 1 : kind.i + 3]
    if kind.pos != "ADJ" or kind.dep == "amod" or before.pos != "NUM" or [t.pos for t in after] != ["CCONJ", "NUM"]:
        return False
    noun = sentence.tokens[after[1].head]
    adjectives = [k for k in sentence.kids(noun, "amod") if k.i == after[1].i + 1]
    if noun.i < kind.i or noun.head != kind.head or noun.dep != kind.dep or not adjectives:
        return False
    for word in (before, *sentence.kids(kind, "case", "det")):
        word.head = noun.i
    kind.head, kind.dep = noun.i, "amod"
    after[1].head, after[1].dep, after[0].head = kind.i, "conj", after[1].i
    sentence.relink()
    return True


def _two_adjectives(sentence: Sentence, first: Token) -> bool:
    """ "Russian–Belarusian drills": with a dash between, both adjectives say whose drills."""
    second = sentence.tokens[first.head]
    noun = sentence.tokens[second.head]
    dashed = second.i == first.i + 2 and sentence.tokens[first.i + 1].text in ("-", "–", "—", "/")
    if not dashed or first.dep != "amod" or second.dep != "amod" or noun.pos not in ("NOUN", "PROPN"):
        return False
    if not (first.text[:1].isupper() and second.text[:1].isupper()):
        return False
    first.head = noun.i
    sentence.relink()
    return True


def _case_of_compound(sentence: Sentence, case: Token) -> bool:
    """ "at sea and land targets": a preposition goes with the noun that a compound leads to."""
    noun = sentence.tokens[case.head]
    head = sentence.tokens[noun.head]
    if case.dep != "case" or noun.dep != "compound" or not case.i < noun.i < head.i or head.pos not in ("NOUN", "PROPN"):
        return False
    if sentence.kids(head, "case") or head.dep not in ("obl", "nmod", "conj"):
        return False
    case.head = head.i
    sentence.relink()
    return True


def _joint_compound(sentence: Sentence, head: Token) -> bool:
    """ "at sea and ground targets", read as "at sea and ground" with a bare "targets" beside it: both say which targets."""
    last = sentence.tokens[head.i - 1] if head.i else head
    first = sentence.tokens[last.head]
    beside = last.dep == "conj" and first.dep == head.dep == "obl" and first.head == head.head
    if not beside or head.tag not in ("NNS", "NN") or sentence.kids(head, "case", "det"):
        return False
    for word in (*sentence.kids(first, "case"), first):
        word.head = head.i
    first.dep = "compound"
    sentence.relink()
    return True


def _next_speaker(sentence: Sentence, verb: Token, speaking: tuple[frozenset[str], ...]) -> bool:
    """ "A said that …; B blamed C": behind a semicolon with a speaker of its own, a verb of speaking is not what A said."""
    if verb.dep != "ccomp" or verb.tag not in _FINITE or not any(verb.lemma in words for words in speaking):
        return False
    above = sentence.tokens[verb.head]
    others = [k for k in sentence.kids(above, "ccomp") if above.i < k.i < verb.i]
    subjects = sentence.kids(verb, "nsubj")
    if not others or not subjects:
        return False
    start = _left(sentence, subjects[0])
    if start == 0 or sentence.tokens[start - 1].text != ";" or sentence.kids(verb, "mark"):
        return False
    verb.dep = "conj"
    return True


def _object_in_subject(sentence: Sentence, verb: Token) -> bool:
    """A second verb whose subject stands right behind the first, with no "and" between: its first noun is the object."""
    first = sentence.tokens[verb.head]
    subjects = sentence.kids(verb, "nsubj", "nsubj:pass")
    if len(subjects) == 2 and verb.dep in ("conj", "ccomp") and _joined(sentence, subjects[1]):
        subjects[1].head, subjects[1].dep = subjects[0].i, "conj"  # two subjects of one verb, with "and" between
        verb.dep = "conj"
        sentence.relink()
        subjects = subjects[:1]
    if verb.dep != "conj" or first.pos != "VERB" or not subjects or sentence.kids(first, *_OBJECTS, "aux:pass"):
        return False
    noun = subjects[0]
    others = [k for k in sentence.kids(noun, "conj") if noun.i < k.i < verb.i and _joined(sentence, k)]
    if not others or not sentence.kids(first, "nsubj") or _left(sentence, noun) != first.i + 1:
        return False
    second = others[0]
    noun.head, noun.dep = first.i, "obj"
    second.head, second.dep = verb.i, "nsubj"
    for word in sentence.kids(second, "cc"):
        word.head = verb.i
    for other in others[1:]:
        other.head = second.i
    sentence.relink()
    return True


def _joined(sentence: Sentence, noun: Token) -> bool:
    """Whether "and" stands before a noun, below it or, wrongly, below a verb."""
    start = _left(sentence, noun)
    return bool(sentence.kids(noun, "cc")) or (start > 0 and sentence.tokens[start - 1].pos == "CCONJ")


def _subject_in_object(sentence: Sentence, verb: Token) -> bool:
    """A verb in a form that needs a subject and has none, right behind a noun that was joined to an object."""
    if verb.pos != "VERB" or verb.i == 0 or sentence.kids(verb, "nsubj", "nsubj:pass", "cc", "aux", "mark"):
        return False
    impossible = verb.tag == "VBG" and not verb.lower.endswith("ing")  # "overran" is no participle
    unjoined = verb.dep in ("conj", "advcl") and verb.tag in _FINITE
    content = verb.dep in ("xcomp", "ccomp") and verb.tag in (*_FINITE, "VBN")
    right = [k for k in sentence.kids(sentence.tokens[verb.head], "obj") if k.i > verb.i] if content else []
    transitive = content and bool(sentence.kids(verb, "obj") or right)
    if not (impossible or unjoined or transitive):
        return False
    noun = sentence.tokens[verb.i - 1]
    first = sentence.tokens[noun.head]
    above = sentence.parent(first)
    if verb.dep == "advcl" and not sentence.kids(verb, "obj"):
        return False
    if noun.dep != "conj" or noun.pos not in _NOMINAL or not sentence.kids(noun, "cc") or above is None:
        return False
    if above.pos != "VERB" or above.i > first.i:
        return False
    noun.head, noun.dep = verb.i, "nsubj"
    verb.head, verb.dep, verb.tag = above.i, "conj", verb.tag if unjoined else "VBD"
    for word in [*sentence.kids(noun, "cc"), *right]:
        word.head = verb.i
    sentence.relink()
    return True


def _left(sentence: Sentence, token: Token) -> int:
    """The first word of a phrase."""
    return min(word.i for word in sentence.subtree(token))
