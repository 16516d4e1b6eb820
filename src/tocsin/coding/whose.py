"""Whose "its" is: in "X said that Y fired at its posts" the posts are X's, for nobody fires at his own.

In: a draft of an armed incident. Out: the same draft, its target with the country of the side that speaks or acts above, or
without the party where no such side is told.
"""

from __future__ import annotations

from collections.abc import Callable

from tocsin.coding.merge import Draft
from tocsin.model import Party


def mend_whose(draft: Draft, words: Callable[[str], frozenset[str]]) -> None:
    """Give what is told as "its" or "their" and would be the doer's own to the other side above, else to nobody."""
    doers = {p.country or p.id for p in draft.roles["initiator"]} - {None}
    pronouns = words("pronouns_thing") | words("pronouns_many") | words("pronouns_person")
    kept: list[Party] = []
    for party in draft.roles["target"]:
        first, *rest = party.text.lower().split()
        mine = (party.country or party.id) in doers and first in pronouns
        if not mine or words("own_words") & set(rest):
            kept.append(party)
        elif (other := _side_above(draft, doers)) is not None:
            kept.append(party.model_copy(update={"country": other.country, "id": None}))
    draft.roles["target"] = kept


def _side_above(draft: Draft, doers: set[str | None]) -> Party | None:
    """The nearest side that speaks or acts above the clause and is not the doer's."""
    for operator in draft.candidate.clause.operators:
        for entity in operator.subject:
            for party in entity.parties:
                if party.kind != "media" and party.country not in (None, "IGO") and party.country not in doers:
                    return party
    return None
