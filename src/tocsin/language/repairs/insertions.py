"""What stands behind an insertion, and names behind a drill: "the deployment of 300 troops, including 20 officers, to X",
"the exercise Sea Shield in X", "of the 31 tanks pledged, ten have arrived".

In: a sentence. Out: the same sentence with the tree mended: the phrase behind the insertion hangs from what it tells of,
the drill heads its name, the part its whole.
"""

from __future__ import annotations

from tocsin.language.lexicon import Lexicon
from tocsin.language.tokens import Sentence, Token

_STEPS = 4  # phrases between an insertion and the event or verb that it interrupts


def mend_insertions(sentence: Sentence, lexicon: Lexicon) -> bool:
    """All repairs, in place; whether anything changed."""
    changed = False
    for token in sentence.tokens:
        if token.dep == "nmod":
            changed |= _behind_insertion(sentence, token, lexicon)
        elif token.dep == "compound":
            changed |= _named_drill(sentence, token, lexicon)
        elif token.dep == "case":
            changed |= _before_number(sentence, token)
        if token.dep in ("obl", "nmod"):
            changed |= _whole_first(sentence, token) or _behind_worth(sentence, token, lexicon)
    return changed


def _behind_worth(sentence: Sentence, phrase: Token, lexicon: Lexicon) -> bool:
    """ "ordered two frigates worth $1 billion from a Dutch yard": what stands behind the price belongs to the deal."""
    worth = sentence.tokens[phrase.head]
    case = [k.lower for k in sentence.kids(phrase, "case")]
    if phrase.dep not in ("obl", "nmod") or worth.lower != "worth" or len(case) != 1 or phrase.i < worth.i:
        return False
    if case[0] not in lexicon.words("deal_prepositions") or worth.head == worth.i:
        return False
    thing = sentence.tokens[worth.head]
    above = sentence.tokens[thing.head]
    verb = above.pos == "VERB" and thing.dep in ("obj", "nsubj:pass") and above.i != thing.i
    phrase.head, phrase.dep = (above.i, "obl") if verb else (thing.i, "nmod")
    sentence.relink()
    return True


def _whole_first(sentence: Sentence, whole: Token) -> bool:
    """ "Of the 31 tanks pledged, ten have arrived": the whole in front belongs to the bare number that is a part of it."""
    if whole.dep != "obl" or [k.lower for k in sentence.kids(whole, "case")] != ["of"]:
        return False
    parts = [k for k in sentence.kids(sentence.tokens[whole.head], "nsubj", "nsubj:pass", "obj") if k.pos == "NUM"]
    if not parts or parts[0].i < whole.i or sentence.kids(parts[0], "nmod") or sentence.tokens[whole.head].i < whole.i:
        return False
    whole.head, whole.dep = parts[0].i, "nmod"
    sentence.relink()
    return True


def _before_number(sentence: Sentence, case: Token) -> bool:
    """ "the first four of 13 jets" with "of" below 13: it leads the jets."""
    number = sentence.tokens[case.head]
    if case.lower != "of" or number.dep != "nummod" or not case.i < number.i < number.head:  # not "over 300 troops"
        return False
    case.head = number.head
    sentence.relink()
    return True


def _behind_insertion(sentence: Sentence, token: Token, lexicon: Lexicon) -> bool:
    """Hang a place behind the second comma of an insertion from the event noun or verb before it."""
    case = sentence.kids(token, "case")
    above = sentence.tokens[token.head]
    if token.dep != "nmod" or len(case) != 1 or token.pos != "PROPN" or above.i > token.i:
        return False
    if case[0].lower not in lexicon.words("moved_prepositions"):
        return False
    if case[0].i == 0 or sentence.tokens[case[0].i - 1].text != "," or not _inserted(sentence, above, lexicon):
        return False
    for _ in range(_STEPS):
        whole = sentence.parent(above)
        if whole is None:
            return False
        above = whole
        if above.pos == "VERB" or above.lemma in lexicon.words("done_nouns") | lexicon.words("leaving_words"):
            token.head, token.dep = above.i, "obl" if above.pos == "VERB" else "nmod"
            sentence.relink()
            return True
    return False


def _inserted(sentence: Sentence, noun: Token, lexicon: Lexicon) -> bool:
    """Whether a phrase is an insertion: behind a comma with "including", or "among them"."""
    start = min(t.i for t in sentence.subtree(noun) if t.pos != "PUNCT")
    case = {k.lower for k in sentence.kids(noun, "case")} & lexicon.words("including")
    before = sentence.tokens[max(start - 3, 0) : start]
    among = [t.lower for t in before][-2:] == ["among", "them"]
    inside = [t.lower for t in sentence.tokens[start : start + 2]] == ["among", "them"]
    first = start - 2 if among else start
    among = among or inside
    return bool(case or among) and first > 0 and sentence.tokens[first - 1].text == ","


def _named_drill(sentence: Sentence, drill: Token, lexicon: Lexicon) -> bool:
    """ "the exercise Sea Shield in X" with the name as its head: the drill is."""
    name = sentence.tokens[drill.head]
    if drill.dep != "compound" or drill.pos not in ("NOUN", "PROPN") or not name.text[:1].isupper() or name.i < drill.i:
        return False
    if "drill" not in lexicon.noun_types(sentence, drill):
        return False
    if any(not t.text[:1].isupper() for t in sentence.tokens[drill.i + 1 : name.i]):
        return False
    drill.head, drill.dep = (name.head if name.head != name.i else drill.i), name.dep
    for kid in sentence.kids(name):
        if kid is not drill and (kid.i < drill.i or kid.i > name.i):
            kid.head = drill.i
    name.head, name.dep = drill.i, "appos"
    sentence.relink()
    return True

