"""Who met, where a release names only the other side: "this came up in a recent call with President Macron".

In: a draft. Out: the same draft; the issuer of the release is the side that goes without saying.
"""

from __future__ import annotations

from tocsin.coding.draft import Draft
from tocsin.language.annotate import Annotated

_SIDES = ("subj", "between", "of", "by", "poss", "nat", "among")  # who else would be told to have met


def with_issuer(draft: Draft, note: Annotated) -> None:
    """Add the issuer to a talk or call, told by a noun, of which only a person "with" whom it was is named."""
    issuer, clause = note.interpreter.discourse.issuer, draft.candidate.clause
    if draft.type != "meeting" or draft.status != "occurred" or issuer is None or clause.kind != "noun":
        return
    sides = draft.roles["participant"]
    told = bool(clause.get("with")) and not clause.get(*_SIDES)
    if not told or len(sides) != 1 or sides[0].kind != "person" or sides[0].country in (None, issuer.country):
        return
    token = clause.token
    here = {"start": token.start, "end": token.end, "text": token.text}
    draft.roles["participant"] = [issuer.model_copy(update=here), *sides]
