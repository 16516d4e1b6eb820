"""Words as things that a record names: equipment, places, numbers.

In: words of the text with their place. Out: materiel, places, counts and quantities as the model has them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import cast

from tocsin.coding.places.slot import to_place
from tocsin.coding.slots.counts import to_count
from tocsin.errors import UsageError
from tocsin.knowledge.loader import Tables
from tocsin.knowledge.names import Name, NameIndex, index_of
from tocsin.knowledge.words import words
from tocsin.language.lexicon import Lexicon
from tocsin.language.numbers.amounts import find_numbers
from tocsin.language.phrases.entities import place_of
from tocsin.model import Count, EventPlace, Materiel, Quantity
from tocsin.model.record import Use
from tocsin.review.place_words import Words

_OTHER = "other"
_WORD = re.compile(r"[\w'’-]+")
_STATES = frozenset({"state", "nationality", "metonym"})


class Things:
    """Holds the names of equipment and places."""

    def __init__(self, tables: Tables) -> None:
        self._equipment: NameIndex = index_of("equipment", tables)
        self._places: NameIndex = index_of("places", tables)
        self._parties: NameIndex = index_of("parties", tables)
        self._nouns = Lexicon(tables).equipment

    def materiel(self, where: Words, uses: Sequence[Use | None]) -> Materiel:
        """A line of equipment: its class by its name, else by the longest noun in it that has one. It is used as the
        others of the record are."""
        named = _longest(self._equipment, where.text)
        noun = next((self._nouns[phrase] for phrase in _phrases(where.text) if phrase in self._nouns), None)
        class_ = (named.sector if named is not None else None) or (noun.class_ if noun is not None else _OTHER)
        numbers = list(find_numbers(where.text))
        count = to_count(numbers[0].shifted(where.start)) if numbers and numbers[0].unit is None else Count()
        return Materiel.model_validate({
            "text": where.text, "start": where.start, "end": where.end, "class": class_, "count": count,
            "designation": named.name if named is not None else None, "use": uses[0] if uses else None})

    def place(self, where: Words) -> EventPlace:
        """A place by its name; one that the tables do not have is a site without a point."""
        found = _longest(self._places, where.text) or _state(self._parties, where.text)
        if found is None:
            return EventPlace(start=where.start, end=where.end, text=where.text, name=where.text, precision="site",
                              role="site")
        return to_place(place_of(found, where.start, where.end, where.text), "site")

    @staticmethod
    def count(slot: str, where: Words) -> Count:
        """How many. UsageError where the words hold not just one number."""
        numbers = list(find_numbers(where.text))
        if len(numbers) != 1:
            raise UsageError(words()("review.bad_value", slot=slot, where=where.text, reason=words()("review.one_number")))
        return to_count(numbers[0].shifted(where.start)).model_copy(
            update={"text": where.text, "start": where.start, "end": where.end})

    @staticmethod
    def quantity(where: Words) -> Quantity:
        """A measured amount. UsageError where the words hold not just one number with its unit."""
        numbers = [number for number in find_numbers(where.text) if number.unit is not None]
        if len(numbers) != 1:
            raise UsageError(words()("review.no_amount", said=where.text))
        low, high = (None if bound is None else float(bound) for bound in (numbers[0].min, numbers[0].max))
        return Quantity(start=where.start, end=where.end, text=where.text, min=low, max=high, kind=numbers[0].kind,
                        unit=cast(str, numbers[0].unit))


def _longest(index: NameIndex, text: str) -> Name | None:
    """What the longest name in the words stands for."""
    found = max((one for one in index.find(text) if one.names), key=lambda one: one.end - one.start, default=None)
    return found.names[0] if found is not None else None


def _state(index: NameIndex, text: str) -> Name | None:
    found = _longest(index, text)
    return found if found is not None and found.sort in _STATES else None


def _phrases(text: str) -> Iterator[str]:
    """The phrases of a text, the longest first and of these the last, each as written and in the singular."""
    import lemminflect  # its tables are read on first use

    said = [word.lower() for word in _WORD.findall(text)]
    for length in range(min(len(said), 5), 0, -1):
        for end in range(len(said), length - 1, -1):
            part = said[end - length:end]
            yield " ".join(part)
            for lemma in lemminflect.getLemma(part[-1], upos="NOUN"):
                yield " ".join([*part[:-1], lemma])
