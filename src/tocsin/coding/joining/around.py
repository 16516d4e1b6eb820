"""What the sentences around an event tell of it, once all of a story is read.

In: the drafts of a story in text order, its sentences, the annotated article. Out: the drafts, with testers, givers and days
that other sentences told, and without those that only tell where a tested missile came down.
"""

from __future__ import annotations

from tocsin.coding.draft import Draft
from tocsin.coding.parties.suppliers import find_suppliers
from tocsin.coding.parties.testers import find_testers, without_impacts
from tocsin.coding.times.launch_days import lend_days
from tocsin.language.annotate import Annotated
from tocsin.language.tokens import Sentence


def complete(drafts: list[Draft], story: list[Sentence], note: Annotated) -> list[Draft]:
    """The drafts of a story, completed."""
    find_testers(drafts, note)
    find_suppliers(drafts, note)
    lend_days(drafts, story, note)
    return without_impacts(drafts)
