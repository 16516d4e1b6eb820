"""Days between a subject and its verb, as news agencies write: "Chad Monday accused Libya".

In: a sentence. Out: whether its tree was changed: the day says when of the verb, and who is named before it is the subject;
"those who were taken on 3 June were freed" has the day of the taking.
"""

from __future__ import annotations

from tocsin.language.lexicon import Lexicon
from tocsin.language.tokens import Sentence, Token

_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})


def mend_days(sentence: Sentence, lexicon: Lexicon) -> bool:
    """Hang days from the verbs behind them, in place; whether anything changed."""
    changed = False
    for day in sentence.tokens[1:-1]:
        if day.text not in lexicon.weekdays or sentence.kids(day, "case", "cc", "conj"):
            continue
        verb = _verb_behind(sentence, day)
        if verb is not None and (_taken_for_subject(sentence, day, verb) or _part_of_subject(sentence, day, verb, lexicon)):
            day.head, day.dep = verb.i, "obl:npmod"
            sentence.relink()
            changed = True
    return _days_of_relatives(sentence, lexicon) or changed


def _days_of_relatives(sentence: Sentence, lexicon: Lexicon) -> bool:
    """ "The pupils who were taken from X on 3 June were freed": the day between a relative clause and the verb is of it."""
    changed = False
    for inner in sentence.tokens:
        verb = _verb_of_subject(sentence, inner)
        if verb is None:
            continue
        days = [k for k in sentence.kids(verb, "obl") if inner.i < k.i < verb.i and _a_day(sentence, k, lexicon)]
        for phrase in days:
            if _ends_clause(sentence, inner, phrase, verb):
                phrase.head = inner.i
                changed = True
    if changed:
        sentence.relink()
    return changed


def _verb_of_subject(sentence: Sentence, inner: Token) -> Token | None:
    """The finite verb behind a relative clause that hangs from its subject; None for other words."""
    if inner.dep != "acl:relcl":
        return None
    subject = sentence.tokens[inner.head]
    while subject.dep in ("nmod", "appos", "conj", "acl") and subject.head < subject.i:
        subject = sentence.tokens[subject.head]  # "30 people, 12 of them pupils, who"
    verb = sentence.tokens[subject.head]
    main = subject.dep in ("nsubj", "nsubj:pass") and verb.i > inner.i
    return verb if main else None


def _ends_clause(sentence: Sentence, inner: Token, phrase: Token, verb: Token) -> bool:
    """Whether a phrase stands right behind a relative clause and right before the verb, but for commas."""
    tree = [t.i for t in sentence.subtree(inner)]
    own = [t.i for t in sentence.subtree(phrase)]
    helpers = [k.i for k in sentence.kids(verb, "aux", "aux:pass") if k.i < verb.i]
    start, stop = max(i for i in tree if i < own[0]), min([verb.i, *helpers])
    between = [*sentence.tokens[start + 1 : own[0]], *sentence.tokens[own[-1] + 1 : stop]]
    return max(tree) < own[0] and all(t.text == "," for t in between)


def _a_day(sentence: Sentence, phrase: Token, lexicon: Lexicon) -> bool:
    """Whether a phrase names a month or a day of the week."""
    return any(t.text in lexicon.months or t.text in lexicon.weekdays for t in sentence.subtree(phrase))


def _verb_behind(sentence: Sentence, day: Token) -> Token | None:
    """The verb whose finite form stands right behind a day, with no more than adverbs between."""
    rest = [t for t in sentence.tokens[day.i + 1 : day.i + 5] if t.pos != "ADV"]
    if not rest or rest[0].tag not in _FINITE or rest[0].pos not in ("VERB", "AUX"):
        return None
    return sentence.parent(rest[0]) if rest[0].dep.startswith(("aux", "cop")) else rest[0]


def _taken_for_subject(sentence: Sentence, day: Token, verb: Token) -> bool:
    """ "Iran/compound Saturday/nsubj condemned": the name is the subject, and what else hangs from the day hangs from it."""
    name = sentence.tokens[day.i - 1]
    if day.head != verb.i or not day.dep.startswith("nsubj") or name.head != day.i or name.dep not in ("compound", "flat"):
        return False
    for kid in sentence.kids(day):
        if kid is not name and kid.i < name.i:
            kid.head = name.i
    name.head, name.dep = verb.i, day.dep
    return True


def _part_of_subject(sentence: Sentence, day: Token, verb: Token, lexicon: Lexicon) -> bool:
    """ "Clinton/nsubj Monday/appos met": a name or a party's noun has no day. That of an event ("the raid Monday") stays."""
    subject = sentence.tokens[day.head]
    party = subject.pos == "PROPN" or lexicon.role(sentence, subject) is not None
    return subject.i < day.i and subject.head == verb.i and subject.dep.startswith("nsubj") and party
