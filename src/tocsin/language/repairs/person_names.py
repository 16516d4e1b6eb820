"""Repairs of trees around people: titles with a state inside, two people read as one, lists of people.

In: a sentence, its name mentions and the spans of people. Out: the same sentence with the tree mended: "President of
Ukraine Volodymyr Zelenskyy" is headed by the name, "President A and President B" is two people, a list is coordinated.
"""

from __future__ import annotations

from tocsin.language.lexicon import Lexicon
from tocsin.language.names.mentions import NameMention, name_head
from tocsin.language.tokens import Sentence, Token


def people_of(sentence: Sentence, mentions: list[NameMention], sons: frozenset[str]) -> list[tuple[int, int]]:
    """Token ranges of people's names: from the tables, else runs that the parser's entities call persons. "Jr.", one of
    the words for sons, is none by itself."""
    found = [(m.first, m.last) for m in mentions if m.party is not None and m.party.sort == "person"]
    taken = {i for a, b in found for i in range(a, b + 1)} | {
        i for m in mentions if m.party is not None and m.party.sort != "person" for i in range(m.first, m.last + 1)
    }
    start: int | None = None
    for token in [*sentence.tokens, None]:
        joint = start is not None and token is not None and token.text == "-" and token.entity != "PERSON"
        inner = token is not None and (token.pos == "PROPN" or joint) and token.i not in taken
        inner = inner and (start is not None or token is None or token.text not in sons)
        person = inner and token is not None and (token.entity == "PERSON" or (joint and _before_name(sentence, token)))
        if person and start is None:
            assert token is not None
            start = token.i
        elif not person and start is not None:
            found.append((start, (token.i if token else len(sentence.tokens)) - 1))
            start = None
    return sorted(found)


def _before_name(sentence: Sentence, token: Token) -> bool:
    """Whether more of a person's name stands behind a hyphen ("Cho Tae-yong")."""
    after = sentence.tokens[token.i + 1] if token.i + 1 < len(sentence.tokens) else None
    return after is not None and after.entity == "PERSON" and after.pos == "PROPN"


def _head(sentence: Sentence, span: tuple[int, int]) -> Token:
    return sentence.tokens[name_head(sentence, *span)]


def title_of_state(sentence: Sentence, first: int, last: int, mentions: list[NameMention], lexicon: Lexicon) -> bool:
    """ "TITLE of STATE NAME": the name becomes the head, the title its modifier, the state belongs to the title."""
    owner = next(
        (m for m in mentions if m.last == first - 1 and m.party is not None and m.party.sort != "person"), None
    )
    person = _head(sentence, (first, last))
    if person.dep not in ("nmod", "obl") or first == 0:
        return False
    state = sentence.tokens[owner.last if owner is not None else first - 1]
    start = owner.first if owner is not None else state.i
    if owner is None and (state.pos != "PROPN" or not any(k.i < state.i for k in sentence.kids(person, "case"))):
        return False  # "Secretary of State NAME": the department's word stands where a state's name may
    title = sentence.tokens[person.head]
    for _ in range(3):
        if lexicon.role(sentence, title) is not None and title.i < start and (owner is None or title.dep not in ("nmod",)):
            break
        if title.dep != "nmod" or title.head >= title.i:
            return False
        title = sentence.tokens[title.head]
    else:
        return False
    between = sentence.tokens[title.i + 1 : start]
    if title.pos not in ("NOUN", "PROPN") or any(t.pos in ("VERB", "AUX") or t.text == "," for t in between):
        return False
    for case in sentence.kids(person, "case"):
        if case.i < start:
            case.head = state.i
    person.head, person.dep = (title.head if title.head != title.i else person.i), title.dep
    for kid in sentence.kids(title, "case", "cc", "punct", "conj"):
        if kid is not person and (kid.i < title.i or kid.dep == "conj"):
            kid.head = person.i
    title.head, title.dep = person.i, "compound"
    state.head, state.dep = title.i, "nmod"
    sentence.relink()
    return True


def split_people(sentence: Sentence, left: tuple[int, int], right: tuple[int, int], joiners: frozenset[str]) -> bool:
    """Two names joined by "and" inside one phrase: the first heads it, the second is coordinated."""
    a, b = _head(sentence, left), _head(sentence, right)
    between = sentence.tokens[left[1] + 1 : right[0]]
    joint = next((t for t in between if t.lower in joiners), None)
    if joint is None or any(t.pos in ("VERB", "AUX", "SCONJ") for t in between) or not _below(sentence, a, b):
        return False
    a.head, a.dep = (b.head if b.head != b.i else a.i), b.dep
    for kid in sentence.kids(b):
        if kid.i < joint.i and kid is not a:
            kid.head = a.i
    for token in between:
        if token.i > joint.i and token.head in range(left[0], left[1] + 1):
            token.head, token.dep = b.i, "compound" if token.dep == "conj" else token.dep
    for token in sentence.tokens:  # titles that the parse hung elsewhere in the broken phrase
        if (
            left[1] < token.i < right[0]
            and token.i != joint.i
            and not _below(sentence, token, b)
            and token.dep in ("conj", "compound", "amod")
        ):
            token.head, token.dep = b.i, "compound"
    joint.head, joint.dep = b.i, "cc" if joint.pos == "CCONJ" else "punct"
    b.head, b.dep = a.i, "conj"
    sentence.relink()
    return True


def _below(sentence: Sentence, token: Token, ancestor: Token) -> bool:
    current: Token | None = token
    for _ in range(len(sentence.tokens)):
        if current is None:
            return False
        if current.i == ancestor.i:
            return True
        current = sentence.parent(current)
    return False


def list_people(sentence: Sentence, first: int, last: int, people: list[tuple[int, int]]) -> bool:
    """In a list of people an apposition between two names is a coordination."""
    person = _head(sentence, (first, last))
    parent = sentence.parent(person)
    if person.dep not in ("appos", "nmod", "dep") or parent is None or sentence.kids(person, "case"):
        return False
    if any(a <= parent.i <= b for a, b in people if (a, b) != (first, last)):
        person.dep = "conj"
        return True
    return False


def lend_conjuncts(sentence: Sentence, first: int, last: int) -> bool:
    """What is coordinated with a title before a name is coordinated with the name."""
    person = _head(sentence, (first, last))
    late = [
        k
        for title in sentence.kids(person, "compound", "nmod", "amod")
        if title.i < first
        for k in sentence.kids(title, "conj")
        if k.i > last
    ]
    for kid in late:
        kid.head = person.i
    return bool(late)
