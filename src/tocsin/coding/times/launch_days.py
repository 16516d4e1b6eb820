"""On which day a test was, where other words than its own tell it: "concerning the 25 August test … It fired one missile".

In: a story's sentences and its drafts. Out: tests without a day of their own that have the day told with a noun for them
("the launches on 3 November"), or with a sentence about testing that begins with a day ("2 November was the busiest day of
missile testing"). Days told before go first; a day that lies behind words for another test is nobody else's.
"""

from __future__ import annotations

from tocsin.coding.draft import Draft
from tocsin.coding.times.event_time import stated_time
from tocsin.coding.times.heads import head_of
from tocsin.language.annotate import Annotated
from tocsin.language.times import TimeExpression
from tocsin.language.tokens import Sentence, Token

_BACK, _AHEAD = 6, 4  # sentences between a test and the words that date it
_INSIDE = frozenset({"compound", "nmod", "nmod:poss", "amod", "nummod", "nmod:npmod", "nmod:tmod"})
_TOPIC = frozenset({"nsubj", "obl:npmod", "nmod:npmod", "dep"})

Day = tuple[int, TimeExpression, frozenset[str]]  # sentence, day, the states to which its words give the test


def lend_days(drafts: list[Draft], story: list[Sentence], note: Annotated) -> None:
    """Date tests that have no day of their own, in place."""
    undated = [d for d in drafts if d.type == "weapons_test" and d.status == "occurred" and d.time.basis != "stated"]
    told = [day for s in story for day in _days(s, note)] if undated else []
    for draft in undated:
        first = min(draft.sentences)
        fitting = [day for day in told if not day[2] - draft.countries("tester")]
        before = [day for day in fitting if 0 <= first - day[0] <= _BACK]
        after = [day for day in fitting if 0 < day[0] - first <= _AHEAD]
        chosen = before[-1] if before else after[0] if after else None
        dated = [d for d in drafts if d is not draft and d.type == draft.type and d.time.basis == "stated"]
        if chosen is None or any(_between(d, chosen[0], first) for d in dated):
            continue
        draft.time = stated_time(chosen[1], draft.status)
        if chosen[0] not in draft.sentences:
            draft.sentences.append(chosen[0])


def _between(draft: Draft, one: int, two: int) -> bool:
    return any(min(one, two) <= s <= max(one, two) for s in draft.sentences)


def _days(sentence: Sentence, note: Annotated) -> list[Day]:
    """The days of a sentence that are those of a test."""
    found = []
    for day in note.times:
        whole = sentence.start <= day.start < sentence.end and day.timex3_type == "DATE" and day.relation in ("in", "during")
        if not whole or day.earliest is None or day.earliest != day.latest:
            continue
        head = head_of(sentence, day.start, day.end)
        nouns = _nouns(sentence, head, note) if head is not None else []
        if nouns and not any(_told_apart(sentence, noun, note) for noun in nouns):
            owners = [k for n in nouns for k in sentence.kids(n, "amod", "nmod:poss", "compound")]
            states = frozenset(c for k in owners for c in note.interpreter.entity(sentence, k).countries)
            found.append((sentence.index, day, states))
    return found


def _nouns(sentence: Sentence, head: Token, note: Annotated) -> list[Token]:
    """The nouns for tests that a day dates: the one that it stands with, else those of the sentence that it opens."""
    words = note.interpreter.lexicon.words("dated_test_nouns")
    tests = [t for t in sentence if t.pos == "NOUN" and t.lemma in words]
    above = sentence.tokens[head.head]
    if head.dep in _INSIDE and above in tests:
        return [above]
    first = min([head.i, *(k.i for k in sentence.kids(head))])
    beside = [t for t in tests if t.i == first - 1]
    counted = [t for t in beside if "counted" in note.interpreter.entity(sentence, t).types]  # "the 5 launches on 3 May"
    shot = [k for k in sentence.kids(above, "nsubj") if k.lemma in note.interpreter.lexicon.words("test_nouns")]
    if shot and head.dep == "obl" and above.lemma in note.interpreter.lexicon.words("landing_verbs"):
        return shot  # "the missiles fell into the sea on June 15"
    topic = head.dep in _TOPIC and above.dep == "root" and head.i < above.i
    subjects = [k for k in sentence.kids(above, "nsubj") if k.i != head.i]
    return counted or (tests if topic and not subjects else [])


def _told_apart(sentence: Sentence, noun: Token, note: Annotated) -> bool:
    """Whether words say that it is another test than the one told ("the previous launch")."""
    apart = note.interpreter.lexicon.words("earlier_words")
    return any(k.lower in apart for k in sentence.kids(noun, "amod", "det"))
