"""From words to the value of a slot: what a reviewer types or selects, as the contract has it.

In: the name of a slot, words, the record, its article's text. Out: the slot's value. Names are looked up in the tables; a
name that no table has is kept as it stands, unidentified. Several values of a slot have semicolons between them (sentences
of the evidence: line ends); one that the slot has already is kept as it is. A day may be typed that the text does not have.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from tocsin.errors import UsageError
from tocsin.knowledge.loader import Tables
from tocsin.knowledge.names import NameIndex, index_of
from tocsin.knowledge.words import words
from tocsin.language.phrases.entities import party_of
from tocsin.model import Party, Quote, Record, Source
from tocsin.review.fill_things import Things
from tocsin.review.fill_times import recurrence_of, time_of
from tocsin.review.place_words import Words
from tocsin.review.slots import ROLE

CASUALTIES = "casualties."
_TOLLS = ("killed", "wounded", "captured")
_YES, _NO = frozenset({"true", "yes", "1"}), frozenset({"false", "no", "0"})


@dataclass(frozen=True, slots=True)
class Said:
    """Words for a slot of a record, in the text of its article. ``near`` are offsets at which words were selected."""

    slot: str
    words: str
    record: Record
    text: str
    published: dt.date | None = None
    near: tuple[int, ...] = ()

    def place(self, part: str) -> Words:
        """Where a part of the words stands. UsageError where it does not."""
        return Words.of(part, self.record, self.text, self.near)


class Filler:
    """Holds the names; build one and keep it."""

    def __init__(self, tables: Tables) -> None:
        self._parties: NameIndex = index_of("parties", tables)
        self._things = Things(tables)

    def value(self, slot: str, said: str, record: Record, text: str, *, published: dt.date | None = None,
              near: Sequence[int] = ()) -> Any:
        """The value that words give a slot. A value that begins with ``[``, ``{`` or ``"`` is taken as JSON."""
        said = said.strip()
        if said[:1] in ("[", "{", '"'):
            return _parsed(slot, said)
        return self.in_words(slot, said, record, text, published=published, near=near)

    def in_words(self, slot: str, said: str, record: Record, text: str, *, published: dt.date | None = None,
                 near: Sequence[int] = ()) -> Any:
        """The same of words alone, whatever they begin with."""
        given = Said(slot, said, record, text, published, tuple(near))
        if slot.startswith(ROLE):
            held = record.roles.get(slot.removeprefix(ROLE), ())
            return _listed(given, held, lambda part: self._party(given.place(part)))
        if slot in _SINGLE:
            return _SINGLE[slot](given) if said else None
        if slot == "materiel":
            uses = [item.use for item in record.materiel]
            return _listed(given, record.materiel, lambda part: self._things.materiel(given.place(part), uses))
        if slot == "places":
            return _listed(given, record.places, lambda part: self._things.place(given.place(part)))
        if slot == "attribution":
            return _listed(given, record.attribution, lambda part: self._source(given.place(part)))
        if slot == "evidence":
            return [_quote(given, line) for line in said.splitlines() if line.strip()]
        return self._plain(given)

    def edit(self, slot: str, said: str, record: Record, text: str, **about: Any) -> tuple[str, Any]:
        """The slot of the contract and its value: one toll (``casualties.killed``) is set within the others."""
        toll = slot.removeprefix(CASUALTIES)
        if not slot.startswith(CASUALTIES) or toll not in _TOLLS:
            return slot, self.value(slot, said, record, text, **about)
        tolls = record.casualties.model_dump(mode="json")
        tolls[toll] = self.value("personnel", said, record, text, **about)
        return "casualties", tolls

    def _party(self, where: Words) -> Any:
        whole = max((f for f in self._parties.find(where.text) if f.names), key=lambda f: f.end - f.start, default=None)
        if whole is None:
            return Party(start=where.start, end=where.end, text=where.text, name=where.text, kind="unidentified")
        return party_of(whole.names[0], where.start, where.end, where.text)

    def _source(self, where: Words) -> Any:
        party = self._party(where)
        return Source(start=where.start, end=where.end, text=where.text, name=party.name, country=party.country,
                      kind=party.kind)

    def _plain(self, given: Said) -> Any:
        if given.slot == "historical" and given.words.lower() in _YES | _NO:
            return given.words.lower() in _YES
        if given.slot == "time":
            return time_of(given.words, given.place, given.published, given.record.status)
        return given.words or None


def _parsed(slot: str, said: str) -> Any:
    try:
        return json.loads(said)
    except ValueError as error:
        raise UsageError(words()("review.bad_value", slot=slot, where="JSON", reason=error)) from error


def _listed(given: Said, held: Sequence[Any], make: Callable[[str], Any]) -> list[Any]:
    """A value for each part between semicolons; one whose words the slot has already stays what it was."""
    left = list(held)
    found = []
    for part in (part.strip() for part in given.words.split(";")):
        if not part:
            continue
        known = next((one for one in left if one.text.split() == part.split()), None)
        if known is not None:
            left.remove(known)
        found.append((known or make(part)).model_dump(mode="json", by_alias=True))
    return found


def _quote(given: Said, line: str) -> dict[str, Any]:
    where = given.place(line.strip())
    return Quote(start=where.start, end=where.end, exact=where.text).model_dump(mode="json")


def _number(given: Said) -> dict[str, Any]:
    return Things.count(given.slot, given.place(given.words)).model_dump(mode="json")


def _amount(given: Said) -> dict[str, Any]:
    return Things.quantity(given.place(given.words)).model_dump(mode="json")


def _pact(given: Said) -> dict[str, Any]:
    where = given.place(given.words)
    return {"text": where.text, "start": where.start, "end": where.end, "name": where.text}


def _again(given: Said) -> dict[str, Any]:
    return recurrence_of(given.place(given.words), given.published)


_SINGLE: dict[str, Callable[[Said], Any]] = {
    "personnel": _number, "quantity": _amount, "instrument": _pact, "recurrence": _again}
