"""When a statement was made, where its own words do not tell.

In: the finished drafts of an article. Out: the same drafts; what is said at a meeting has the day of the meeting, what a
release says in its own voice ("we condemn") the day of the release, and what is said of an event told before ("condemned the
attack") was said no earlier than that. All are inferred and marked so.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from tocsin.coding.draft import Draft
from tocsin.coding.joining.stories import stories
from tocsin.coding.times.event_time import inferred_time, settled, stated_time
from tocsin.coding.times.meant_days import MeantDays
from tocsin.coding.times.said_of import day_of_matter
from tocsin.language.annotate import Annotated
from tocsin.model import EventTime
from tocsin.syntax import Clause

_RECENT = 14  # days from a meeting to the article about it
_REACH = 3  # sentences between a meeting and what is said at it, where the article is no readout of it


def date_statements(drafts: Sequence[Draft], note: Annotated) -> None:
    """Date statements, and meetings that headline or opening of a release tell, in place."""
    for draft in drafts:
        made = draft.status == "planned" and draft.subtype in note.interpreter.lexicon.words("made_on_a_day")
        if not (made and draft.time.latest is not None):  # an order has been made, though what it is for is to come
            draft.time = settled(draft.time, "occurred" if _stopped(draft, note) else draft.status, note)
        if draft.status == "denied" and draft.candidate.clause.tense in ("future", "infinitive") and not draft.time.text:
            draft.time = EventTime()  # "has no plans to build a base"
        if draft.type == "meeting" and draft.status == "occurred":
            draft.time = _of_opening(draft, note) or draft.time
    days = MeantDays(drafts, note)
    meetings = [d for d in drafts if d.type == "meeting" and d.status == "occurred" and _one_day(d.time)]
    for draft in drafts:
        time = draft.time
        alert = draft.subtype in days.table["reacting"].get(draft.type, ())
        reacts = draft.type == "statement" or alert
        if draft.status == "planned" and time == EventTime() and draft.type == "arms_transfer" and _announced(draft, note):
            day = _of_meeting(draft, meetings, note)
            draft.time = inferred_time(day, None) if day is not None else time
        if not reacts or draft.status != "occurred" or time.earliest is not None or _tells_a_day(time, note):
            continue
        day = None if alert else _of_meeting(draft, meetings, note) or _of_release(draft, note)
        if day is not None:
            draft.time = inferred_time(day, day)
        elif time.latest is not None:
            told = _of_event(draft, days) or (day_of_matter(draft, note) if _in_a_story(draft, note) else None)
            earliest = None if _had(draft) and not alert else told or _of_story(draft, days, note)
            draft.time = inferred_time(earliest, time.latest) if earliest is not None else time


def _stopped(draft: Draft, note: Annotated) -> bool:
    """ "Has suspended the export": nothing is handed over, but the stopping is a deed that has been done."""
    if draft.status != "not_occurred" or draft.subtype not in note.interpreter.lexicon.words("stopped_on_a_day"):
        return False
    clause = draft.candidate.clause
    above = clause.operators[0].tense if clause.operators else "none"
    return (above if clause.tense in ("none", "infinitive") else clause.tense) == "past"


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


def _tells_a_day(time: EventTime, note: Annotated) -> bool:
    """Whether words tell when: "recent" tells no more than the status does."""
    return time.text is not None and (time.latest is None or str(note.published) != time.latest)


def _announced(draft: Draft, note: Annotated) -> bool:
    """ "To that end he announced a package": told as done in the past tense."""
    clause, words = draft.candidate.clause, note.interpreter.lexicon.words("announcing_verbs")
    verbs = [(clause.lemma, clause.tense), (clause.support_lemma, clause.tense)]
    verbs += [(o.lemma, o.tense) for o in clause.operators]
    return note.interpreter.discourse.issuer is not None and any(v in words and t == "past" for v, t in verbs)


def _one_day(time: EventTime) -> bool:
    return time.earliest is not None and time.earliest == time.latest


def _of_meeting(draft: Draft, meetings: Sequence[Draft], note: Annotated) -> str | None:
    """The day of the one meeting at which the speaker was."""
    readout = note.interpreter.discourse.issuer is not None
    speaker = draft.countries("speaker") if draft.type == "statement" else draft.countries("supplier")
    near = [
        m
        for m in meetings
        if speaker & m.countries("participant")
        and _recent(m.time, note)
        and (readout or (0 <= min(draft.sentences) - max(m.sentences) <= _REACH and not _dated_between(m, draft, note)))
    ]
    days = {m.time.earliest for m in near}
    return days.pop() if len(days) == 1 else None


def _recent(time: EventTime, note: Annotated) -> bool:
    """Whether a meeting can be what an article is about."""
    if note.published is None or time.earliest is None:
        return True
    return (note.published - dt.date.fromisoformat(time.earliest)).days <= _RECENT


def _dated_between(meeting: Draft, draft: Draft, note: Annotated) -> bool:
    """Whether the story has gone on to another day before something is said."""
    start = max(note.sentences[max(meeting.sentences)].end, 0)
    end = note.sentences[min(draft.sentences)].start
    days = [t.earliest.isoformat() for t in note.times if start <= t.start < end and t.earliest is not None]
    return any(day != meeting.time.earliest for day in days)


def _of_release(draft: Draft, note: Annotated) -> str | None:
    """The day of publication of a release that condemns or promises in its own voice, now (codebook E6)."""
    issuer = note.interpreter.discourse.issuer
    clause = draft.candidate.clause
    named = {s.country for s in draft.attribution} - ({issuer.country} if issuer and _is_headline(draft) else set())
    if issuer is None or note.published is None or named or clause.perfect:
        return None  # a headline may name the official whose words it gives
    if draft.subtype in note.interpreter.lexicon.words("undated_in_releases"):
        return None
    if clause.tense not in ("present", "future") or _said_before(clause, note):
        return None
    return note.published.isoformat() if issuer.country in {p.country for p in draft.roles["speaker"]} else None


def _is_headline(draft: Draft) -> bool:
    return draft.candidate.clause.sentence.kind == "headline"


def _said_before(clause: Clause, note: Annotated) -> bool:
    """ "As the minister told the council, we will stand with X": not said now for the first time."""
    sentence, saying = clause.sentence, note.interpreter.lexicon.words("saying")
    told = [k for k in sentence.kids(clause.token, "advcl") if k.tag == "VBD" and k.lemma in saying]
    return any(m.lower == "as" for k in told for m in sentence.kids(k, "mark"))


def _had(draft: Draft) -> bool:
    """ "… but militias had made threats": before what is told beside it."""
    clause = draft.candidate.clause
    verb = clause.support or clause.token
    return any(k.lower == "had" for k in clause.sentence.kids(verb, "aux"))


def _of_event(draft: Draft, days: MeantDays) -> str | None:
    """The first day of the event that a statement means by "the attack", "these drills", "the vote"."""
    sentence = draft.candidate.clause.sentence
    found = [day for token in sentence if (day := days.of_noun(token, sentence)) is not None]
    return found[0] if found else None


def _in_a_story(draft: Draft, note: Annotated) -> bool:
    """Whether somebody is told to have said it, as news, in no release."""
    clause = draft.candidate.clause
    return note.interpreter.discourse.issuer is None and clause.tense in ("past", "present") and not clause.perfect


def _of_story(draft: Draft, days: MeantDays, note: Annotated) -> str | None:
    """What is said in a story that opens with a dated event is said of it, hence no earlier: unless it is told as something
    that stands ("has called for"), or that was before, or some other day is told in its sentence."""
    clause = draft.candidate.clause
    verbs = [clause.token, *(o.token for o in clause.operators)]
    perfect = clause.perfect or any(k.lemma == "have" for v in verbs for k in clause.sentence.kids(v, "aux"))
    alert = draft.type != "statement"  # "has been put on alert": since then
    stands = clause.tense == "present" and clause.lemma in note.interpreter.lexicon.words("standing_wishes")
    told = clause.tense in ("past", "present") and (alert or not perfect) and not stands
    if note.interpreter.discourse.issuer is not None or not told or clause.kind != "verb":
        return None
    story = next((s for s in stories(note) if any(x.index == clause.sentence.index for x in s)), None)
    return days.of_opening(story, draft) if story is not None else None
