"""From words to the value of a slot: what a reviewer types or selects, as the contract has it.

In: the name of a slot, words, the record, its article's text. Out: the slot's value. Names are looked up in the tables; a
name that no table has is kept as it stands, unidentified.
"""

from __future__ import annotations

import json
from typing import Any

from tocsin.errors import UsageError
from tocsin.knowledge.loader import Tables
from tocsin.knowledge.names import NameIndex, index_of
from tocsin.knowledge.words import words
from tocsin.language.entities import party_of
from tocsin.language.numbers import find_numbers
from tocsin.model import Party, Record
from tocsin.review.slots import ROLE

_YES, _NO = frozenset({"true", "yes", "1"}), frozenset({"false", "no", "0"})


class Filler:
    """Holds the names; build one and keep it."""

    def __init__(self, tables: Tables) -> None:
        self._parties: NameIndex = index_of("parties", tables)

    def value(self, slot: str, said: str, record: Record, text: str) -> Any:
        """The value that words give a slot. A value that begins with ``[``, ``{`` or ``"`` is taken as JSON."""
        said = said.strip()
        if said[:1] in ("[", "{", '"'):
            try:
                return json.loads(said)
            except ValueError as error:
                raise UsageError(words()("review.bad_value", slot=slot, where="JSON", reason=error)) from error
        if slot.startswith(ROLE):
            names = [name.strip() for name in said.split(";") if name.strip()]
            return [self._party(name, record, text).model_dump(mode="json") for name in names]
        if slot == "historical" and said.lower() in _YES | _NO:
            return said.lower() in _YES
        if slot == "personnel" and said:
            return _count(slot, said, record, text)
        return said or None

    def _party(self, name: str, record: Record, text: str) -> Party:
        start = _where(name, record, text)
        found = [f for f in self._parties.find(name) if f.names]
        whole = max(found, key=lambda f: f.end - f.start, default=None)
        if whole is None:
            return Party(start=start, end=start + len(name), text=name, name=name, kind="unidentified")
        return party_of(whole.names[0], start, start + len(name), name)


def _where(said: str, record: Record, text: str) -> int:
    """Where words stand: in the evidence, else anywhere in the text."""
    for quote in record.evidence:
        at = text.find(said, quote.start, quote.end)
        if at >= 0:
            return at
    at = text.find(said)
    if at < 0:
        raise UsageError(words()("review.no_such_words", said=said))
    return at


def _count(slot: str, said: str, record: Record, text: str) -> dict[str, Any]:
    start = _where(said, record, text)
    numbers = list(find_numbers(said))
    if len(numbers) != 1:
        raise UsageError(words()("review.bad_value", slot=slot, where=said, reason=words()("review.one_number")))
    bounds = {"min": numbers[0].min, "max": numbers[0].max, "kind": numbers[0].kind}
    return {"text": said, "start": start, "end": start + len(said), **bounds}
