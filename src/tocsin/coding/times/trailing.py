"""The time behind an event's noun that the tree hangs from another word of its sentence.

In: a clause that an event's noun heads. Out: the time, where nothing else of the sentence can have it: "drills involving
15 states in the north next week", "follows the killing of N in an airstrike last week", "the deadliest since an assault in X
in August 2018".
"""

from __future__ import annotations

import itertools

from tocsin.language.annotate import Annotated
from tocsin.language.times import TimeExpression
from tocsin.language.tokens import Sentence, Token
from tocsin.syntax import Clause

_PRESENT = ("VBZ", "VBP")


def trailing(clause: Clause, note: Annotated) -> TimeExpression | None:
    """The one dated time behind the noun, where the word that it hangs from cannot be of that time or tells more of it."""
    sentence, noun = clause.sentence, clause.token
    told = [t for t in note.times if sentence.start <= t.start < sentence.end and t.timex3_type == "DATE"]
    told = [t for t in told if t.earliest is not None or t.latest is not None]
    behind = [t for t in told if t.start > noun.end]
    if clause.kind != "noun" or not behind or not _alone(sentence, behind):
        return None
    time = behind[0]
    head = next((t for t in sentence if time.start <= t.start < time.end and not _within(sentence, t, time)), None)
    above = sentence.parent(head) if head is not None else None
    if head is None or above is None or time.relation == "since":
        return None
    if above.dep == "acl" and above.head == noun.i and above.tag == "VBG":
        return time  # "drills involving 15 states next week"
    if above.i > noun.i or _verb_between(sentence, noun, head):
        return None
    if noun.dep == "obl" and noun.head == above.i and _of_the_noun(sentence, noun, above, head, note):
        return time
    past = time.latest is not None and note.published is not None and time.latest <= note.published
    if past and above.tag in _PRESENT and not sentence.kids(above, "aux"):
        return time  # "the move follows the killing of N in an airstrike last week"
    cases = {k.lower for k in sentence.kids(noun, "case")}
    ranked = any(k.tag in ("JJS", "RBS") for k in (above, *sentence.kids(above, "amod", "advmod")))
    return time if "since" in cases and (ranked or above.lower.endswith("est")) else None


def _alone(sentence: Sentence, behind: list[TimeExpression]) -> bool:
    """Whether there is one time, or the next stands in a relative clause: "on 26 May, which marked that of 9 May"."""
    if len(behind) == 1:
        return True
    between = [t for t in sentence if behind[0].end <= t.start < behind[1].start]
    return any(t.tag == "WDT" and b.text == "," for b, t in itertools.pairwise(between))


def _of_the_noun(sentence: Sentence, noun: Token, above: Token, head: Token, note: Annotated) -> bool:
    """ "briefed him on the talks in X on 26 November", "involved in the killing of N in January": what stands between them
    belongs to the noun, and so does the time; the word above tells nothing of its own that has a day there."""
    words = note.interpreter.lexicon.words
    topical = above.lemma in words("talking_words") | words("topic_verbs") | words("involving_words")
    last = next((t for t in reversed(sentence.tokens[noun.i + 1 : head.i]) if t.pos in ("NOUN", "PROPN")), None)
    return topical and last is not None and any(k.i <= last.i < head.i for k in sentence.kids(noun, "nmod"))


def _within(sentence: Sentence, token: Token, time: TimeExpression) -> bool:
    above = sentence.parent(token)
    return above is not None and time.start <= above.start < time.end


def _verb_between(sentence: Sentence, noun: Token, head: Token) -> bool:
    """Whether another predicate stands between an event's noun and a time."""
    between = sentence.tokens[noun.i + 1 : head.i]
    return any(t.pos in ("VERB", "AUX") for t in between)
