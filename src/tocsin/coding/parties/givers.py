"""Who is told to give arms, and who may only be telling of what he gets.

In: the merged drafts of an article. Out: those that stand. A transfer whose recipient nobody tells (frames with ``untold``)
has a doubtful giver where that state gets arms elsewhere in the article: "Kyiv announced a package of military aid".
"""

from __future__ import annotations

from tocsin.coding.draft import Draft


def sure_givers(drafts: list[Draft]) -> list[Draft]:
    """The drafts without transfers of doubtful givers."""
    transfers = [draft for draft in drafts if draft.type == "arms_transfer"]
    getting = {party.country for draft in transfers for party in draft.roles["recipient"] if party.country}
    return [draft for draft in drafts if not _doubtful(draft, getting)]


def _doubtful(draft: Draft, getting: set[str]) -> bool:
    untold = draft.type == "arms_transfer" and draft.candidate.frame.raw.get("untold") and not draft.roles["recipient"]
    counted = draft.subtype == "donation" and any(m.count.min is not None for m in draft.materiel)
    return bool(untold) and not counted and any(party.country in getting for party in draft.roles["supplier"])
