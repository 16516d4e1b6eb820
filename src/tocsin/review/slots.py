"""Edits of a record: one slot at a time, checked as the contract has it.

In: a record, the name of a slot (``status``, ``roles.supplier``, ``materiel`` …) and its new value as in the contract's
JSON. Out: the record with it. UsageError says which slot or value cannot be.
"""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import Any

from pydantic import ValidationError

from tocsin.coding.matching.record_types import TypeSpec, record_type
from tocsin.errors import UsageError
from tocsin.knowledge.loader import Tables, read_yaml
from tocsin.knowledge.words import words
from tocsin.model import Record

ROLE = "roles."
SLOTS = ("subtype", "status", "historical", "materiel", "personnel", "casualties", "time", "places", "attribution",
         "recurrence", "quantity", "instrument", "evidence")

_MOST = 2**53  # numbers below are exact wherever they are read


def with_slot(record: Record, slot: str, value: Any) -> Record:
    """The record with one slot set; the others stay."""
    data = record.model_dump(mode="json", by_alias=True)
    if slot.startswith(ROLE):
        role = slot.removeprefix(ROLE)
        if role not in record.roles:
            known = ", ".join(f"{ROLE}{name}" for name in record.roles)
            raise UsageError(words()("review.no_slot", slot=slot, known=known))
        data["roles"][role] = value
    elif slot in SLOTS:
        data[slot] = value
    else:
        known = ", ".join((*SLOTS, *(f"{ROLE}{role}" for role in record.roles)))
        raise UsageError(words()("review.no_slot", slot=slot, known=known))
    try:
        return Record.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise UsageError(words()("review.bad_value", slot=slot, where=where, reason=first["msg"])) from error


def check(record: Record, text: str | None) -> None:
    """UsageError where a record cannot be: not one of its type, without a sentence, with a day that is none, a number that
    no register holds, or words that do not stand in the article (whose text is None where it is not kept)."""
    check_subtype(record)
    check_days(record)
    if not record.evidence or not all(quote.exact.strip() for quote in record.evidence):
        raise UsageError(words()("review.no_evidence"))
    if _too_large(record.model_dump(mode="json")):
        raise UsageError(words()("review.too_large"))
    if text is not None:
        check_words(record, text)


def _too_large(value: Any) -> bool:
    if isinstance(value, dict | list):
        return any(_too_large(part) for part in (value.values() if isinstance(value, dict) else value))
    return isinstance(value, int | float) and not abs(value) < _MOST


def spans(value: Any) -> list[tuple[int, int, str]]:
    """(start, end, words) of every span in a record's JSON that has words."""
    found: list[tuple[int, int, str]] = []
    if isinstance(value, dict):
        said = value.get("text", value.get("exact"))
        if said is not None and value.get("start") is not None and value.get("end") is not None:
            found.append((value["start"], value["end"], said))
        for part in value.values():
            found += spans(part)
    elif isinstance(value, list | tuple):
        for part in value:
            found += spans(part)
    return found


def check_words(record: Record, text: str) -> None:
    """UsageError where a span of the record does not slice to its words in the article's text."""
    for start, end, said in spans(record.model_dump(mode="json", by_alias=True)):
        if start < 0 or text[start:end] != said:
            raise UsageError(words()("review.not_the_words", start=start, end=end, said=said, found=text[start:end]))


def check_days(record: Record) -> None:
    """UsageError where the bounds of its time are no days, or the last comes before the first."""
    first, last = record.time.earliest, record.time.latest
    for day in (first, last):
        try:
            fits = day is None or dt.date.fromisoformat(day).isoformat() == day
        except ValueError:
            fits = False
        if not fits:
            raise UsageError(words()("review.no_time", said=day))
    if first and last and first > last:
        raise UsageError(words()("review.no_time", said=f"{first}/{last}"))


def check_subtype(record: Record) -> None:
    """UsageError where the record's type is none, its subtype is not one of the type's, or its roles are not."""
    spec = types().get(record.type)
    if spec is None:
        raise UsageError(words()("review.no_type", type=record.type, known=", ".join(sorted(types()))))
    if record.subtype is not None and record.subtype not in spec.subtypes:
        raise UsageError(words()("review.no_subtype", subtype=record.subtype, type=record.type,
                                 known=", ".join(sorted(spec.subtypes))))
    if spec.statuses and record.status not in spec.statuses:
        raise UsageError(words()("review.no_status", status=record.status, type=record.type,
                                 known=", ".join(sorted(spec.statuses))))
    if set(record.roles) != set(spec.roles):
        raise UsageError(words()("review.no_roles", type=record.type, known=", ".join(spec.roles)))


@cache
def types() -> dict[str, TypeSpec]:
    """The record types as shipped, by name."""
    files = Tables().files("frames/*/type.yaml")
    return {file.parent.name: record_type(file, read_yaml(file)) for file in files}
