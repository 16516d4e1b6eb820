"""What a record stands at in each column of a table: words by their alphabet, numbers by their size.

In: a record with its article's title and outlet. Out: for each order that it has a value for, a text or a number. Where a
column shows several values the first counts, as in a printed list. To sort by more, add to ``_WORDS`` or ``_NUMBERS``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tocsin.errors import UsageError
from tocsin.knowledge.folding import fold
from tocsin.knowledge.loader import Tables, read_yaml
from tocsin.knowledge.words import words
from tocsin.model import Count, Quantity, Record

PARTY = "party"  # the family of all roles: their texts are the same names
NAMED = frozenset({"type", "stage", "status"})  # their values are terms, shown by a name that the catalogue gives them
KINDS = {"stage": "subtype"}  # what a family of terms is called in the catalogue, where that is another name
_KEY = 48  # characters of a text that are compared


@dataclass(frozen=True, slots=True)
class Told:
    """A record with what its row shows of the article."""

    record: Record
    title: str | None
    publisher: str | None


def texts_of(told: Told) -> dict[str, tuple[str, str]]:
    """For each order by words: the family and the text as it is compared."""
    found = {name: (name, made(told)) for name, made in _WORDS.items()}
    found |= {role: (PARTY, parties[0].name) for role, parties in told.record.roles.items() if parties}
    found["who"] = (PARTY, _who(told.record))
    keys = {name: (family, text if name in NAMED else key_of(text)) for name, (family, text) in found.items() if text}
    return {name: (family, key) for name, (family, key) in keys.items() if key}


def numbers_of(told: Told) -> dict[str, float]:
    """For each order by numbers: the number."""
    found = ((name, made(told.record)) for name, made in _NUMBERS.items())
    return {name: value for name, value in found if value is not None}


def key_of(text: str) -> str:
    """A text as it is compared: folded, without the signs before its first letter or figure."""
    folded = fold(text)
    begin = next((at for at, character in enumerate(folded) if character.isalnum()), len(folded))
    return folded[begin:begin + _KEY]


@cache
def order_names() -> tuple[str, ...]:
    """Every order that a register knows: the days, the confidence, the sources, all columns of words and numbers, and the
    roles of all types."""
    roles = [role for file in Tables().files("frames/*/type.yaml") for role in _roles(file)]
    return tuple(dict.fromkeys((*BUILT_IN, "who", *_WORDS, *_NUMBERS, *sorted(roles))))


def check_order(name: str) -> None:
    """UsageError where there is no such order."""
    if name not in order_names():
        raise UsageError(words()("find.unknown_sort", value=name, known=", ".join(order_names())))


def by_number(name: str) -> bool:
    """Whether an order compares numbers or days, and not words: such begin with the most."""
    return name in BUILT_IN or name in _NUMBERS


def counted(name: str) -> bool:
    """Whether the values of an order are kept as numbers, and not as texts."""
    return name in _NUMBERS


def family_of(name: str) -> str:
    """The texts among which those of an order stand: its own, or the names of parties."""
    return name if name in _WORDS else PARTY


def _roles(file: Path) -> list[str]:
    return list(read_yaml(file)["roles"])


def _who(record: Record) -> str:
    roles = [*words().directed(record.type), *record.roles]
    return next((party.name for role in roles for party in record.roles.get(role, ())), "")


def _what(told: Told) -> str:
    """The equipment without its number: "six howitzers" stand with other howitzers."""
    if not told.record.materiel:
        return ""
    item = told.record.materiel[0]
    return item.text.replace(item.count.text, "", 1) if item.count.text else item.text


def _where(told: Told) -> str:
    return told.record.places[0].name if told.record.places else ""


def _said_by(told: Told) -> str:
    return told.record.attribution[0].name if told.record.attribution else ""


def _least(amount: Count | Quantity | None) -> float | None:
    """The number of an amount: its lower bound, else its upper."""
    if amount is None:
        return None
    bound = amount.min if amount.min is not None else amount.max
    return None if bound is None else float(bound)


BUILT_IN = ("published", "when", "confidence", "added", "sources")
_WORDS: dict[str, Callable[[Told], str]] = {
    "type": lambda told: told.record.type, "stage": lambda told: told.record.subtype or "",
    "status": lambda told: told.record.status, "what": _what, "where": _where, "said_by": _said_by,
    "instrument": lambda told: told.record.instrument.name if told.record.instrument else "",
    "outlet": lambda told: told.publisher or "", "title": lambda told: told.title or "",
    "quote": lambda told: told.record.evidence[0].exact if told.record.evidence else "",
}
_NUMBERS: dict[str, Callable[[Record], float | None]] = {
    "count": lambda record: _least(record.materiel[0].count) if record.materiel else None,
    "personnel": lambda record: _least(record.personnel),
    "killed": lambda record: _least(record.casualties.killed),
    "wounded": lambda record: _least(record.casualties.wounded),
    "captured": lambda record: _least(record.casualties.captured),
    "quantity": lambda record: _least(record.quantity),
}
