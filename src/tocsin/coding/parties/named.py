"""What a party's own words say of whose it is.

In: a party, the annotated article. Out: whether its words hold a name, or a word that makes it the speaker's own.
"""

from __future__ import annotations

from tocsin.language.annotate import Annotated
from tocsin.model import Party


def is_named(party: Party, note: Annotated) -> bool:
    """Whether the party's own words hold a name; "the embassy" may have got a country from what was told before."""
    return any(party.start <= m.start < party.end and m.parties for m in note.mentions)


def is_unmarked(party: Party, note: Annotated) -> bool:
    """Whether a party is told by words that hold neither a name nor "our"."""
    own = note.interpreter.lexicon.words("pronouns_self")
    return party.text.lower().split()[0] not in own and not is_named(party, note)
