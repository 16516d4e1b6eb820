"""Dates whose words were torn apart, and participles taken for finite verbs.

In: a sentence. Out: the same sentence; "28 September" is one phrase ("On 28 September two missiles …"), and a verb that only
says more of a noun before it is a participle ("A missile launched from X exploded").
"""

from __future__ import annotations

import itertools

from tocsin.language.lexicon import Lexicon
from tocsin.language.tokens import Sentence, Token

_BESIDE = frozenset({"appos", "conj", "nmod", "dep", "obl"})
_DAYS = frozenset(map(str, range(1, 32)))


def mend_dates(sentence: Sentence, lexicon: Lexicon) -> bool:
    """All repairs of this file, in place; whether anything changed."""
    changed = _day_and_month(sentence, lexicon) | _day_before_noun(sentence, lexicon)
    changed |= "charged_participles" in lexicon.classes(sentence) and _charged(sentence, lexicon)
    return changed | _participles(sentence) | _day_of_saying(sentence, lexicon)


def _day_and_month(sentence: Sentence, lexicon: Lexicon) -> bool:
    """ "On 28 September two missiles were launched" with the month below what is counted."""
    changed = False
    for day, month in itertools.pairwise(sentence.tokens):
        if day.text not in _DAYS or month.text not in lexicon.months:
            continue
        torn = month.head not in (day.i, month.i) and day.head != month.i and month.head > month.i
        if torn and not sentence.kids(month, "case"):
            month.head, month.dep = day.i, "nmod:npmod"
            changed = True
    if changed:
        sentence.relink()
    return changed


def _day_before_noun(sentence: Sentence, lexicon: Lexicon) -> bool:
    """ "the May 3, 2001, bombing of a train" with the day as the head and the noun beside it: the noun is the head."""
    for day in (t for t in sentence.tokens[1:-5] if t.text in _DAYS):
        month, comma, year, second, noun = sentence.tokens[day.i - 1], *sentence.tokens[day.i + 1 : day.i + 5]
        dated = month.text.removesuffix(".") in lexicon.months and len(year.text) == 4
        if not dated or not year.text.isdigit() or (comma.text, second.text) != (",", ",") or noun.pos != "NOUN":
            continue
        led = sentence.kids(day, "det") and not sentence.kids(noun, "case")
        if not led or noun.dep not in _BESIDE or day.dep == "compound":
            continue
        noun.head, noun.dep = (day.head if day.head != day.i else noun.i), day.dep
        for kid in sentence.kids(day, "det", "case"):
            kid.head = noun.i
        day.head, day.dep = noun.i, "compound"
        sentence.relink()
        return True
    return False


def _day_of_saying(sentence: Sentence, lexicon: Lexicon) -> bool:
    """ "X will send tanks, the minister said on March 7" with the day hung from what is said: it is that of the saying."""
    changed = False
    for phrase in sentence.tokens if "saying" in lexicon.classes(sentence) else ():
        if phrase.dep != "obl":
            continue
        marks = sentence.kids(phrase, "case")
        verb = sentence.tokens[marks[0].i - 1] if marks and marks[0].i > 0 else phrase
        over = phrase.head < verb.i < phrase.i and verb.lemma in lexicon.words("saying")
        if over and sentence.kids(verb, "nsubj") and _below(sentence, sentence.tokens[phrase.head], verb):
            phrase.head = verb.i
            changed = True
    if changed:
        sentence.relink()
    return changed


def _below(sentence: Sentence, token: Token, above: Token) -> bool:
    """Whether a token hangs from another, at whatever distance."""
    for _ in sentence.tokens:
        if token.i == above.i:
            return True
        token = sentence.tokens[token.head]
    return False


def _participles(sentence: Sentence) -> bool:
    """ "A missile launched from X exploded": what hangs from a noun before it, without a subject, is no finite verb."""
    changed = False
    for verb in sentence.tokens:
        regular = verb.tag == "VBD" and verb.lower.endswith("ed") and verb.dep == "acl" and verb.head < verb.i
        if regular and not _finite(sentence, verb):
            verb.tag = "VBN"
            changed = True
    return changed


def _charged(sentence: Sentence, lexicon: Lexicon) -> bool:
    """ "listed the activist X and accused killer Y on Monday": a word before a bare noun and a name, with nothing of which
    Y is accused, says what Y is called; what hangs from it is of the verb before."""
    for word in sentence.tokens[:-2]:
        if word.dep != "conj" or word.pos != "VERB" or word.lower not in lexicon.words("charged_participles"):
            continue
        above, kids = sentence.tokens[word.head], sentence.kids(word)
        things = [k for k in kids if k.dep == "obj" and k.pos == "PROPN"]
        first = min((t.i for t in sentence.subtree(things[0])), default=-1) if len(things) == 1 else -1
        listed = [k for k in sentence.kids(above, "obj") if k.i < word.i]
        told = any(k.dep in ("nsubj", "ccomp", "advcl") or "of" in [c.lower for c in sentence.kids(k, "case")] for k in kids)
        if first != word.i + 1 or sentence.tokens[first].tag != "NN" or not listed or told:
            continue
        things[0].head, things[0].dep = listed[-1].i, "conj"
        for kid in kids:
            if kid is not things[0]:
                kid.head = things[0].i if kid.dep in ("cc", "punct") and kid.i < word.i else above.i
        word.head, word.dep, word.pos, word.tag = things[0].i, "amod", "ADJ", "JJ"
        sentence.relink()
        return True
    return False


def _finite(sentence: Sentence, verb: Token) -> bool:
    """Whether a verb has what only a finite one, or an active one, has."""
    return bool(sentence.kids(verb, "nsubj", "obj", "mark", "aux", "ccomp"))
