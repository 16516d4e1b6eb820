"""From which day on: the first day of what a word means that was told before ("the attack", "the vote", "this issue").

In: the article's drafts and dated words. Out: for a noun that points back, the first day of the last event told before it
that it can mean; for a story, the first recent day that its opening tells. What cannot be settled is None.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tocsin.coding.draft import Draft
from tocsin.coding.times.heads import head_of
from tocsin.language.annotate import Annotated
from tocsin.language.times import TimeExpression
from tocsin.language.tokens import Sentence, Token
from tocsin.syntax import Clause

_LEAD = 1  # the last sentence of headline and opening
_LOOSE = ("since", "until", "before", "by")
_CLIMB = 6  # words between a time and what it dates


@dataclass(frozen=True, slots=True)
class Dated:
    """Words of one sentence that have a day: the verb and the nouns that its time is told of."""

    sentence: int
    start: int
    words: frozenset[str]
    day: str
    last: str | None


class MeantDays:
    """Looks up the days of one article."""

    def __init__(self, drafts: Sequence[Draft], note: Annotated) -> None:
        self.drafts, self.note = drafts, note
        self.table = note.interpreter.lexicon.tables.mapping("reactions.yaml")
        self.dated = list(_dated(note))

    def of_noun(self, noun: Token, sentence: Sentence) -> str | None:
        """The first day of what a noun means that points back."""
        if not self._points_back(noun, sentence):
            return None
        types = self.note.interpreter.lexicon.noun_types(sentence, noun)
        told = [
            d
            for d in self.drafts
            if d.time.earliest is not None
            and d.status == "occurred"
            and not d.historical
            and min(d.sentences) < sentence.index
            and types & set(self.table["nouns"].get(d.type, ()))
            and self._recent(d.time.earliest, self.table["days"])
        ]
        lead = [d for d in told if min(d.sentences) <= _LEAD]
        days = {d.time.earliest for d in lead or told}
        return days.pop() if len(days) == 1 else self._by_words(noun, sentence)

    def of_demonstrative(self, noun: Token, sentence: Sentence) -> str | None:
        """ "over this issue": what the sentence before tells last."""
        near = [d for d in self.dated if d.sentence == sentence.index - 1]
        shown = any(k.lower in ("this", "these", "that") for k in sentence.kids(noun, "det"))
        return near[-1].day if near and shown and noun.lemma in self.table["anything"] else None

    def of_clause(self, clause: Clause) -> tuple[str, str] | None:
        """The days of an attack that another sentence dates in words for it and for whom it hit (who did it, where nobody is
        told to be hit): "X shot dead", "X died on Tuesday after being shot"."""
        sentence = clause.sentence
        same = {clause.lemma, *self.table["told_as"].get(clause.lemma, ())}
        hit = clause.get("obj") or clause.get("subj")
        sides = [e for a in hit for e in a.entities if e.sentence == sentence.index]
        who = {sentence.tokens[e.head].lemma for e in sides} - same
        others = [d for d in self.dated if d.sentence != sentence.index and d.words & same and d.words & who]
        told = {(d.day, d.last) for d in others if self._recent(d.day, self.table["days"])}
        first, last = told.pop() if len(told) == 1 else (None, None)
        return (first, last) if first is not None and last is not None else None

    def of_opening(self, story: Sequence[Sentence], draft: Draft) -> str | None:
        """The first recent day that the opening paragraph of a story tells before something said of the same states; what
        names an event of its own ("over the shelling of X") is said of that."""
        sentence = draft.candidate.clause.sentence
        body = [s for s in story if s.kind != "headline" and not self._is_dateline(s)]
        opening = {s.index for s in body if s.paragraph == body[0].paragraph and s.index < min(draft.sentences)}
        said_of = {c for role in draft.roles for c in draft.countries(role)}
        if any(self._another(t, sentence) for t in sentence) or not said_of & self._states(opening):
            return None
        days = (d.day for d in self.dated if d.sentence in opening)
        return min((day for day in days if self._recent(day, self.table["days"])), default=None)

    def _another(self, noun: Token, sentence: Sentence) -> bool:
        """Whether a noun means an event that was not told before."""
        types = {t for kinds in self.table["nouns"].values() for t in kinds}
        event = noun.pos == "NOUN" and bool(self.note.interpreter.lexicon.noun_types(sentence, noun) & types)
        return event and not self._points_back(noun, sentence) and bool(sentence.kids(noun, "nmod"))

    def _states(self, sentences: set[int]) -> set[str]:
        """The states that sentences name, or in which their events took place."""
        named = {p.country for m in self.note.mentions if m.sentence in sentences for p in m.parties}
        return {c for c in named | {p.country for d in self.drafts if sentences & {*d.sentences} for p in d.places} if c}

    def _by_words(self, noun: Token, sentence: Sentence) -> str | None:
        """The last dated words before the noun that are its own or tell the same ("voted" for "the vote")."""
        same = {noun.lemma, *self.table["told_as"].get(noun.lemma, ())}
        before = [d for d in self.dated if d.start < noun.start and d.sentence < sentence.index and d.words & same]
        recent = [d for d in before if self._recent(d.day, self.table["days_by_word"])]
        return recent[-1].day if recent else None

    def _points_back(self, noun: Token, sentence: Sentence) -> bool:
        """ "the attack", "its test"; "the shelling of X" is another."""
        definite = self.note.interpreter.lexicon.words("definite")
        pointed = {k.lower for k in sentence.kids(noun, "det", "nmod:poss")} & definite
        return noun.pos == "NOUN" and bool(pointed) and not sentence.kids(noun, "nmod", "acl")

    def _recent(self, day: str, most: int) -> bool:
        """Whether something is what the report is about, not what it recalls."""
        published = self.note.published
        return published is not None and 0 <= (published - dt.date.fromisoformat(day)).days <= most

    def _is_dateline(self, sentence: Sentence) -> bool:
        """A line that is a date and nothing else."""
        told = [t for t in self.note.times if sentence.start <= t.start < sentence.end]
        words = [t for t in sentence if t.pos not in ("PUNCT", "SPACE")]
        return bool(told) and all(any(t.start <= w.start < t.end for t in told) for w in words)


def _dated(note: Annotated) -> Iterator[Dated]:
    """The words that the past days of an article date, in text order."""
    sentences = {s.index: s for s in note.sentences}
    for time in note.times:
        sentence = next((s for s in sentences.values() if s.start <= time.start < s.end), None)
        if sentence is None or not _is_past(time, note):
            continue
        head = head_of(sentence, time.start, time.end)
        if head is not None and time.earliest is not None:
            last = time.latest.isoformat() if time.latest is not None else None
            yield Dated(sentence.index, time.start, _words(sentence, head), time.earliest.isoformat(), last)


def _is_past(time: TimeExpression, note: Annotated) -> bool:
    whole = time.timex3_type in ("DATE", "TIME") and time.relation not in _LOOSE
    return whole and time.earliest is not None and note.published is not None and time.earliest <= note.published


def _words(sentence: Sentence, head: Token) -> frozenset[str]:
    """The lemmas from a time up to its verb, and what the verb is done to, or who does it."""
    found: set[str] = set()
    current = head
    for _ in range(_CLIMB):
        above = sentence.parent(current)
        if above is None:
            break
        found.add(above.lemma)
        current = above
        if above.pos in ("VERB", "AUX"):
            found |= {k.lemma for k in sentence.kids(above, "obj", "nsubj", "nsubj:pass", "xcomp", "ccomp", "obl")}
            break
    return frozenset(found)
