"""The day of an incident that the headline tells, or that befell somebody by name, where another sentence has it.

In: a draft without a first day, all drafts, the annotated article. Out: its day, or None. A headline's incident has the one
day of the sentence that opens the story, unless that tells another incident, or when something was said.
"""

from __future__ import annotations

from collections.abc import Sequence

from tocsin.coding.draft import Draft
from tocsin.coding.places.told_elsewhere import harmed_elsewhere, story_of
from tocsin.coding.times.heads import hangs_from, head_of
from tocsin.language.annotate import Annotated
from tocsin.language.times import TimeExpression
from tocsin.language.tokens import Sentence, Token

_AHEAD = 2  # sentences behind an incident that may name its day ("Monday's attack")


def lead_day(draft: Draft, drafts: Sequence[Draft], note: Annotated) -> str | None:
    """The day that other sentences of the story tell of the incident."""
    if draft.type != "armed_incident" or draft.status != "occurred" or draft.historical:
        return None
    return _of_opening(draft, drafts, note) or _of_victim(draft, drafts, note) or _of_possessive(draft, drafts, note)


def _of_opening(draft: Draft, drafts: Sequence[Draft], note: Annotated) -> str | None:
    opening = next((s for s in note.sentences if s.kind != "headline" and _tells(s)), None)
    if opening is None or note.sentences[min(draft.sentences)].kind != "headline":
        return None
    if any(d is not draft and d.type == draft.type and opening.index in d.sentences for d in drafts):
        return None
    days, words = set(), note.interpreter.lexicon.words
    for time in _single_days(opening, note):
        verb = _verb(opening, time)
        if verb is not None and verb.lemma not in words("saying") | words("reporting"):
            days.add(time.earliest.isoformat() if time.earliest is not None else "")
    return days.pop() if len(days) == 1 else None


def _of_victim(draft: Draft, drafts: Sequence[Draft], note: Annotated) -> str | None:
    """ "N died on Tuesday after being shot"."""
    days = set()
    for sentence, verb in harmed_elsewhere(draft, drafts, story_of(draft, note), note):
        for time in _single_days(sentence, note):
            head = head_of(sentence, time.start, time.end)
            below = head is not None and hangs_from(sentence, head, {verb.i}, note.interpreter.lexicon)
            if below and time.earliest is not None:
                days.add(time.earliest.isoformat())
    return days.pop() if len(days) == 1 else None


def _single_days(sentence: Sentence, note: Annotated) -> list[TimeExpression]:
    """The past days of a sentence."""
    told = [t for t in note.times if sentence.start <= t.start < sentence.end and t.timex3_type in ("DATE", "TIME")]
    days = [t for t in told if t.relation in ("in", "during") and t.earliest is not None and t.earliest == t.latest]
    return [t for t in days if note.published is not None and t.earliest is not None and t.earliest <= note.published]


def _tells(sentence: Sentence) -> bool:
    """Whether a sentence tells something: a dateline does not."""
    return any(t.pos == "VERB" for t in sentence)


def _verb(sentence: Sentence, time: TimeExpression) -> Token | None:
    """The verb that a time is told of."""
    current = head_of(sentence, time.start, time.end)
    while current is not None and current.pos not in ("VERB", "AUX"):
        current = sentence.parent(current)
    return current


def _of_possessive(draft: Draft, drafts: Sequence[Draft], note: Annotated) -> str | None:
    """ "… Five others died in last night's attack": of the only incident told up to there."""
    last, lexicon = max(draft.sentences), note.interpreter.lexicon
    others = [d for d in drafts if d is not draft and d.type == draft.type]
    for sentence in story_of(draft, note):
        if not min(draft.sentences) <= sentence.index <= last + _AHEAD:
            continue
        for time in _single_days(sentence, note):
            head = head_of(sentence, time.start, time.end)
            noun = sentence.parent(head) if head is not None and head.dep == "nmod:poss" else None
            event = noun is not None and lexicon.noun_types(sentence, noun) & lexicon.words("happening_types")
            if noun is None or not event or time.earliest is None:
                continue
            named = [k for k in sentence.kids(noun, "nmod") if k is not head]  # "Monday's attack on X" may be another
            alone = not named and not any(min(d.sentences) <= sentence.index for d in others)
            return time.earliest.isoformat() if alone else None
    return None
