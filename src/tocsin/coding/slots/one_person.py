"""The number of victims where one person is told by name or pronoun: "gunmen killed the judge Ana Ruiz" is one.

In: a clause and the phrases of its victims. Out: a count of exactly 1 whose words are the person's, or nothing where more
than one phrase stands there, where the phrase is no person's, or where nobody was hurt.
"""

from __future__ import annotations

from collections.abc import Callable

from tocsin.model import Count
from tocsin.syntax import Argument, Clause


def one_person(clause: Clause, victims: list[Argument], words: Callable[[str], frozenset[str]]) -> Count | None:
    """A count of 1 for the only victim of a clause, a person; None where it is not told so."""
    entities = [e for a in victims for e in a.entities]
    if clause.negated or len(entities) != 1:
        return None
    entity = entities[0]
    spans = {(p.start, p.end) for p in entity.parties}  # "he" may be known by several names
    if len(spans) != 1 or any(p.kind != "person" for p in entity.parties):
        return None
    if entity.count is not None or entity.sentence != clause.sentence.index:
        return None
    head = clause.sentence.tokens[entity.head]
    single = head.tag == "NNP" or (head.tag == "PRP" and head.lower in words("pronouns_person"))
    if not single or clause.sentence.kids(head, "conj"):
        return None
    return Count(text=head.text, start=head.start, end=head.end, min=1, max=1, kind="exact")
