"""When a statement was made, where its own words do not tell.

In: the finished drafts of an article. Out: the same drafts; what is said at a meeting has the day of the meeting, and what
a release says in its own voice ("we condemn") the day of the release. Both are inferred and marked so.
"""

from __future__ import annotations

from collections.abc import Sequence

from tocsin.coding.draft import Draft
from tocsin.language.annotate import Annotated
from tocsin.model import EventTime

_REACH = 3  # sentences between a meeting and what is said at it, where the article is no readout of it


def date_statements(drafts: Sequence[Draft], note: Annotated) -> None:
    """Date statements in place."""
    meetings = [d for d in drafts if d.type == "meeting" and d.status == "occurred" and _one_day(d.time)]
    for draft in drafts:
        time = draft.time
        if draft.type != "statement" or draft.status != "occurred" or time.text is not None or time.earliest is not None:
            continue
        day = _of_meeting(draft, meetings, note) or _of_release(draft, note)
        if day is not None:
            draft.time = EventTime(earliest=day, latest=day, basis="inferred")


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
