"""Who set off a bomb, told as no more than a man: "A woman detonated explosives at a checkpoint".

In: a draft of a bombing without a doer. Out: the same draft with that person, of no known side.
"""

from __future__ import annotations

from tocsin.coding.draft import Draft
from tocsin.language.annotate import Annotated
from tocsin.language.phrases.entities import as_party


def add_bomber(draft: Draft, note: Annotated) -> None:
    """Fill the doer of a bombing with the person who is the subject of its verb, in place."""
    clause = draft.candidate.clause
    if draft.roles["initiator"] or draft.subtype != "bombing" or clause.kind != "verb" or clause.passive:
        return
    lone = note.interpreter.lexicon.words("lone_doers")
    doers = [e for a in clause.get("subj") for e in a.entities if e.lemma in lone and not e.parties]
    devices = draft.candidate.parts.get("device") or []
    if len(doers) == 1 and devices and doers[0].head not in {e.head for e in devices}:
        draft.roles["initiator"] = [as_party(doers[0], "unidentified")]
