"""When a statement was made, where its own words do not tell.

In: the finished drafts of an article. Out: the same drafts; what is said at a meeting has the day of the meeting, what a
release says in its own voice ("we condemn") the day of the release, and what is said of an event told before ("condemned the
attack") was said no earlier than that. All are inferred and marked so.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from tocsin.coding.draft import Draft
from tocsin.coding.when import stated_time
from tocsin.language.annotate import Annotated
from tocsin.model import EventTime

_LEAD = 1  # the last sentence of headline and opening
_REACH = 3  # sentences between a meeting and what is said at it, where the article is no readout of it


def date_statements(drafts: Sequence[Draft], note: Annotated) -> None:
    """Date statements, and meetings that headline or opening of a release tell, in place."""
    for draft in drafts:
        if draft.type == "meeting" and draft.status == "occurred":
            draft.time = _of_opening(draft, note) or draft.time
    meetings = [d for d in drafts if d.type == "meeting" and d.status == "occurred" and _one_day(d.time)]
    for draft in drafts:
        time = draft.time
        if draft.type != "statement" or draft.status != "occurred" or time.text is not None or time.earliest is not None:
            continue
        day = _of_meeting(draft, meetings, note) or _of_release(draft, note)
        if day is not None:
            draft.time = EventTime(earliest=day, latest=day, basis="inferred")
        elif time.latest is not None and (earliest := _of_event(draft, drafts, note)) is not None:
            draft.time = EventTime(
                edtf=f"{earliest}/{time.latest}", earliest=earliest, latest=time.latest, basis="inferred"
            )


def _of_opening(draft: Draft, note: Annotated) -> EventTime | None:
    """ "Readout of the meeting … N hosted M on March 6": the only day of the first sentence below a release's headline."""
    if draft.time.text is not None or draft.time.earliest is not None or note.published is None:
        return None
    opening = next((s for s in note.sentences if s.kind != "headline"), None)
    if opening is None or min(draft.sentences) > opening.index or note.interpreter.discourse.issuer is None:
        return None
    told = [t for t in note.times if opening.start <= t.start < opening.end and t.timex3_type == "DATE"]
    days = [t for t in told if t.earliest is not None and t.earliest == t.latest and t.earliest <= note.published]
    if len(days) != 1 or len(told) != 1:
        return None
    return stated_time(days[0], draft.status).model_copy(update={"basis": "inferred"})


def _one_day(time: EventTime) -> bool:
    return time.earliest is not None and time.earliest == time.latest


def _of_meeting(draft: Draft, meetings: Sequence[Draft], note: Annotated) -> str | None:
    """The day of the one meeting at which the speaker was."""
    readout = note.interpreter.discourse.issuer is not None
    near = [
        m
        for m in meetings
        if draft.countries("speaker") & m.countries("participant")
        and (readout or 0 <= min(draft.sentences) - max(m.sentences) <= _REACH)
    ]
    days = {m.time.earliest for m in near}
    return days.pop() if len(days) == 1 else None


def _of_release(draft: Draft, note: Annotated) -> str | None:
    """The day of publication of a release that says it in its own voice, now."""
    issuer = note.interpreter.discourse.issuer
    clause = draft.candidate.clause
    if issuer is None or note.published is None or draft.attribution or clause.tense != "present" or clause.perfect:
        return None
    return note.published.isoformat() if issuer.country in {p.country for p in draft.roles["speaker"]} else None


def _of_event(draft: Draft, drafts: Sequence[Draft], note: Annotated) -> str | None:
    """The first day of the event that a statement means by "the attack", "these drills": that of the headline or the first
    sentence, else the only one told before it."""
    reactions = note.interpreter.lexicon.tables.mapping("reactions.yaml")
    meant = _meant(draft, note)
    told = [
        d
        for d in drafts
        if d.time.earliest is not None
        and d.status == "occurred"
        and not d.historical
        and min(d.sentences) < min(draft.sentences)
        and meant & set(reactions["nouns"].get(d.type, ()))
        and _recent(d.time.earliest, reactions["days"], note)
    ]
    lead = [d for d in told if min(d.sentences) <= _LEAD]
    days = {d.time.earliest for d in lead or told}
    return days.pop() if len(days) == 1 else None


def _recent(day: str, most: int, note: Annotated) -> bool:
    """Whether an event is what the report is about, not what it recalls."""
    published = note.published
    return published is not None and 0 <= (published - dt.date.fromisoformat(day)).days <= most


def _meant(draft: Draft, note: Annotated) -> set[str]:
    """The types of the nouns in a statement's first sentence that point back: "the attack", "this test", "its operation"."""
    sentence, lexicon = draft.candidate.clause.sentence, note.interpreter.lexicon
    found: set[str] = set()
    for token in sentence:
        pointed = {k.lower for k in sentence.kids(token, "det", "nmod:poss")} & lexicon.words("definite")
        if token.pos == "NOUN" and pointed and not sentence.kids(token, "nmod", "acl"):  # "the shelling of X" is another
            found |= lexicon.noun_types(sentence, token)
    return found
