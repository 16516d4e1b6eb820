"""Who speaks as "they", "the officials", after a meeting: all who met.

In: the drafts of a sentence and those told before. Out: the same drafts; a statement of several people, of whom the words
name one side only, is of all sides of the meeting that was told last.
"""

from __future__ import annotations

from collections.abc import Sequence

from tocsin.coding.draft import Draft
from tocsin.language.annotate import Annotated
from tocsin.model import Party

_SPEAKING = frozenset({"person", "government_body"})  # "they" of "X, joined by the ministry, met Y"
_REACH = 3  # sentences behind a meeting, but for a release on it


def speak_jointly(fresh: Sequence[Draft], told: Sequence[Draft], note: Annotated) -> None:
    """Complete the speakers of statements in place."""
    release = note.interpreter.discourse.issuer is not None
    for draft in fresh:
        speakers = draft.roles.get("speaker") or []
        if (
            draft.type != "statement"
            or len({p.country for p in speakers if p.country}) != 1
            or not all(_several(p, note) for p in speakers)
        ):
            continue
        near = [d for d in told if release or draft.sentences[0] - max(d.sentences) <= _REACH]
        meetings = [d for d in reversed(near) if d.type == "meeting" and d.status == "occurred"]
        known = {p.country for p in speakers if p.country}
        met = next((d for d in meetings if known < d.countries("participant")), None)
        if met is None:
            continue
        speakers = [p for p in speakers if p.country]
        first = speakers[0]
        others = [p for p in met.roles["participant"] if p.country and p.country != first.country]
        words = {"start": first.start, "end": first.end, "text": first.text}
        draft.roles["speaker"] = [*speakers, *(p.model_copy(update=words) for p in others)]
        for role in ("addressee", "about"):  # who speaks is not whom it is about
            draft.roles[role] = [p for p in draft.roles[role] if p.country not in met.countries("participant")]


def those_met(draft: Draft, told: Sequence[Draft], note: Annotated) -> list[Party]:
    """Who "they" of a statement are whom its own words do not tell: all of the meeting told last, none of whom the statement
    is about; nobody where no such meeting was told near."""
    issuer = note.interpreter.discourse.issuer
    first = draft.roles["speaker"][0]
    meant = draft.countries("addressee") | draft.countries("about")
    for meeting in reversed([d for d in told if d.type == "meeting" and d.status == "occurred"]):
        sides = {p.country for p in meeting.roles["participant"] if p.country}
        near = draft.sentences[0] - max(meeting.sentences) <= _REACH
        ours = issuer is not None and issuer.country in sides
        if (ours or near) and len(sides) > 1 and not sides & meant:
            words = {"start": first.start, "end": first.end, "text": first.text}
            return [p.model_copy(update=words) for p in meeting.roles["participant"] if p.country]
    return []


def _several(party: Party, note: Annotated) -> bool:
    """Whether the words mean several people and name no state: "they", "the advisors"."""
    words, many = party.text.lower().split(), note.interpreter.lexicon.words("pronouns_many")
    if words[-1] in many:
        return party.kind in _SPEAKING
    if party.kind != "person" or any(m.start < party.end and party.start < m.end and m.parties for m in note.mentions):
        return False
    tokens = [t for s in note.sentences if s.start <= party.start < s.end for t in s if t.start < party.end <= t.end]
    return words[0] in ("the", "both") and any(t.tag in ("NNS", "NNPS") for t in tokens)
