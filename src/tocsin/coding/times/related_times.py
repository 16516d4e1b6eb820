"""What the relations of records, and the causes that their clauses name, say about their times.

In: the finished drafts of an article with their relations. Out: the same drafts; what is part of a drill has the drill's
days, what follows an event or is done over it comes no earlier than it. All are inferred and marked so.
"""

from __future__ import annotations

from collections.abc import Sequence

from tocsin.coding.draft import Draft
from tocsin.coding.times.event_time import OVER, inferred_time
from tocsin.coding.times.lead_days import lead_day
from tocsin.coding.times.meant_days import MeantDays
from tocsin.coding.times.said_of import day_of_matter
from tocsin.language.annotate import Annotated

_NEAR = 2  # sentences between an event and one more like it


def date_by_relations(drafts: Sequence[Draft], note: Annotated) -> None:
    """Date what has no first day of its own, in place."""
    days = MeantDays(drafts, note)
    for draft in drafts:
        if draft.time.earliest is not None or draft.status not in OVER or draft.time.text is not None:
            continue
        for kind, other in draft.relations:
            if kind == "part_of" and _known(other, draft):
                draft.time = inferred_time(other.time.earliest, _sooner(other.time.latest, draft.time.latest))
                break
            if kind == "follows" and _known(other, draft):
                draft.time = inferred_time(other.time.earliest, draft.time.latest)
                break
        else:
            told = days.of_clause(draft.candidate.clause) if draft.type == "armed_incident" else None
            told = told or _also(draft, drafts, note)
            day = lead_day(draft, drafts, note) if told is None else None
            told = (day, day) if day is not None else told
            cause = _cause(draft, days, note) or (None if draft.type == "statement" else day_of_matter(draft, note))
            if told is not None:
                draft.time = inferred_time(*told)
            elif cause is not None and draft.time.latest is not None and cause <= draft.time.latest:
                draft.time = inferred_time(cause, draft.time.latest)


def _cause(draft: Draft, days: MeantDays, note: Annotated) -> str | None:
    """The first day of what something is done over, or after: "expelled the envoy over this issue", "after the vote"."""
    clause = draft.candidate.clause
    for argument in clause.get(*note.interpreter.lexicon.words("causing_prepositions")):
        for entity in argument.entities:
            noun = clause.sentence.tokens[entity.head] if entity.sentence == clause.sentence.index else None
            day = noun and (days.of_noun(noun, clause.sentence) or days.of_demonstrative(noun, clause.sentence))
            if day:
                return day
    return None


def _known(other: Draft, draft: Draft) -> bool:
    """Whether the first day of another event is told and does not lie behind the end of this one."""
    first, last = other.time.earliest, draft.time.latest
    return first is not None and last is not None and first <= last


def _sooner(one: str | None, other: str | None) -> str | None:
    return min(filter(None, (one, other)), default=None)


def _also(draft: Draft, drafts: Sequence[Draft], note: Annotated) -> tuple[str, str] | None:
    """ "On Monday the president called X and Y. He also called Z": told as one more of what was told just before."""
    clause, index = draft.candidate.clause, min(draft.sentences)
    words = note.interpreter.lexicon.words("additive_words")
    added = any(k.lower in words for k in clause.sentence.kids(clause.support or clause.token, "advmod"))
    perfect = clause.perfect or any(k.lemma == "have" for k in clause.sentence.kids(clause.token, "aux"))
    if not added or clause.tense != "past" or perfect:
        return None
    role = next(iter(draft.roles))
    before = [
        d
        for d in drafts
        if d is not draft
        and d.type == draft.type
        and d.status == draft.status
        and 0 < index - max(s for s in d.sentences if s < index or s == d.sentences[0]) <= _NEAR
        and d.countries(role) & draft.countries(role)
        and d.time.earliest is not None
    ]
    last = max(before, key=lambda d: max(d.sentences), default=None)
    first, end = (last.time.earliest, last.time.latest) if last is not None else (None, None)
    return (first, end) if first is not None and end is not None else None
