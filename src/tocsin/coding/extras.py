"""Slots that few records have: sums and measures, the name of a treaty, recurrence.

In: a candidate and the annotated article. Out: model objects, or None where the text has nothing of the kind.
"""

from __future__ import annotations

from tocsin.coding.candidate import Candidate
from tocsin.language.annotate import Annotated
from tocsin.language.numbers import Number
from tocsin.language.times import find_recurrence
from tocsin.model import Instrument, Quantity, Recurrence

_MONEY = 3  # length of a currency code


def quantity_of(candidate: Candidate, note: Annotated) -> Quantity | None:
    """A sum of money (transfers) or a measure (facts) in the clause's own words."""
    if candidate.type not in ("arms_transfer", "fact"):
        return None
    clause = candidate.clause
    tokens = clause.sentence.subtree(clause.support or clause.token)
    start, end = tokens[0].start, tokens[-1].end
    for number in note.numbers:
        if not start <= number.start < end or number.unit is None:
            continue
        money = len(number.unit) == _MONEY and number.unit.isupper()
        if money or candidate.type == "fact":
            return _quantity(number, number.unit)
    if candidate.type == "fact":
        return _counted(candidate)
    return None


def _quantity(number: Number, unit: str) -> Quantity:
    return Quantity(
        text=number.text,
        start=number.start,
        end=number.end,
        min=number.min,
        max=number.max,
        kind=number.kind,
        unit=unit,
    )


def _counted(candidate: Candidate) -> Quantity | None:
    """How many a fact counts: the number of its theme, with the thing counted as unit."""
    for entity in candidate.parts.get("theme", []):
        number = entity.count
        if number is None or (number.min is None and number.max is None):
            continue
        people = bool(entity.types & {"military", "population", "person", "force"})
        unit = "persons" if people else f"{entity.lemma}s"
        return _quantity(number, unit)
    return None


def instrument_of(candidate: Candidate) -> Instrument | None:
    """The treaty or pact that an agreement is about, by the words of the text."""
    if candidate.type != "agreement":
        return None
    for entities in candidate.parts.values():
        for entity in entities:
            if "treaty" in entity.types and entity.text[:1].strip():
                return Instrument(text=entity.text, start=entity.start, end=entity.end, name=entity.text)
    return None


def recurrence_of(candidate: Candidate, note: Annotated) -> Recurrence | None:
    """ "the third time in August" in the sentence of the clause."""
    sentence = candidate.clause.sentence
    text = note.article.text[sentence.start : sentence.end]
    for found in find_recurrence(text, note.published):
        return Recurrence(
            ordinal=found.ordinal,
            window=found.edtf,
            text=found.text,
            start=sentence.start + found.start,
            end=sentence.start + found.end,
        )
    return None
