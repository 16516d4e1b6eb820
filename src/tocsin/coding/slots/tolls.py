"""Ties numbers of people killed, wounded and captured to the armed incidents that the text ties them to.

In: the drafts of an article and the tolls of its sentences. Out: drafts with their casualties filled. A count goes to an
incident of its own sentence, else to the one last told before it in the same paragraph or the one before.
"""

from __future__ import annotations

import datetime as dt

from tocsin.coding.draft import Draft
from tocsin.coding.slots.casualties import Toll
from tocsin.language.annotate import Annotated
from tocsin.language.tokens import Sentence
from tocsin.model import Count

_REACH = 2  # sentences back that a toll without an incident of its own may look; one, where the incident is long past
_LONG_PAST = 90  # days


def attach(drafts: list[Draft], tolls: list[Toll], note: Annotated) -> None:
    """Put each toll on the incident that it belongs to, the first told winning."""
    incidents = [d for d in drafts if d.type == "armed_incident" and d.status == "occurred" and not d.brought_down]
    first: dict[tuple[int, str], Toll] = {}
    split: set[tuple[int, str]] = set()  # "killed ten civilians and two soldiers": no later part is the total
    partial: set[tuple[int, int]] = set()  # sentences that count some of the dead: nor are their wounded all
    for toll in sorted(tolls, key=lambda toll: toll.lone):
        draft = _incident_for(toll, incidents, note)
        if draft is not None and _fewer(toll, getattr(draft.casualties, toll.kind)):
            partial.add((id(draft), toll.sentence))
        if draft is None or (id(draft), toll.sentence) in partial or (id(draft), toll.kind) in split:
            continue
        if draft.taken_apart and toll.kind == "captured":
            continue
        if toll.count is None:
            split.add((id(draft), toll.kind))
            told = getattr(draft.casualties, toll.kind)
            if told is not None and told.max == 1:  # "captured a leader … the leader along with two of his men"
                draft.casualties = draft.casualties.model_copy(update={toll.kind: None})
        elif toll.lone and getattr(draft.casualties, toll.kind) is not None:
            continue
        elif (told := first.get((id(draft), toll.kind))) is not None and _beside(told, toll):
            split.add((id(draft), toll.kind))  # "captured a leader and detained one of his men": no sum
            draft.casualties = draft.casualties.model_copy(update={toll.kind: None})
        elif getattr(draft.casualties, toll.kind) is None:
            first[id(draft), toll.kind] = toll
            draft.casualties = draft.casualties.model_copy(update={toll.kind: toll.count})


def _fewer(toll: Toll, told: Count | None) -> bool:
    """Whether a number is less than the one that is told of the same incident."""
    most = toll.count.max if toll.count is not None else None
    return told is not None and told.min is not None and most is not None and most < told.min


def _beside(one: Toll, other: Toll) -> bool:
    """Whether two numbers of people taken are told beside each other."""
    return one.kind == "captured" and one.sentence == other.sentence and one.token != other.token


def _incident_for(toll: Toll, incidents: list[Draft], note: Annotated) -> Draft | None:
    same = [d for d in incidents if toll.sentence in d.sentences]
    own = [d for d in same if any(a == (toll.sentence, toll.token) for a in d.anchors)]
    if toll.own:
        return own[0] if own else None
    if same:
        above = own or [d for d in same if _above(note.sentences[toll.sentence], toll.token, d)]
        return (above or same)[0] if len(same) == 1 or above else None
    sentence = note.sentences[toll.sentence]
    before = [
        d
        for d in incidents
        if 0 < toll.sentence - max(d.sentences) <= (1 if _long_past(d, note) else _REACH)
        and sentence.paragraph - note.sentences[max(d.sentences)].paragraph <= 1
    ]
    return before[-1] if before else None


def _long_past(draft: Draft, note: Annotated) -> bool:
    """Whether the text dates an incident long before the report: what is told two sentences on is mostly another matter."""
    last = draft.time.latest if draft.time.basis == "stated" else None
    return bool(last and note.published and (note.published - dt.date.fromisoformat(last)).days > _LONG_PAST)


def _above(sentence: Sentence, token: int, draft: Draft) -> bool:
    """Whether the toll's predicate hangs below the incident's."""
    anchors = {i for s, i in draft.anchors if s == sentence.index}
    current = sentence.tokens[token]
    for _ in range(10):
        if current.i in anchors:
            return True
        parent = sentence.parent(current)
        if parent is None:
            return False
        current = parent
    return False
