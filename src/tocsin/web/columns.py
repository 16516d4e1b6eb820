"""Which columns the table of a view has, and what stands in their cells.

In: rows of the register. Out: cells whose parts carry the filter that a click on them sets. The columns of each type are
data (``knowledge/web/columns.yaml``); slots read as they do everywhere (``export/phrases.py``).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from tocsin.errors import UsageError
from tocsin.export.dates import count_phrase, day_phrase
from tocsin.export.phrases import fields
from tocsin.knowledge.loader import Tables
from tocsin.knowledge.words import Words, words
from tocsin.model import Party, Record
from tocsin.register import Row
from tocsin.web.asked import Asked, Pairs

_QUOTE = 220  # characters of a quote that a table shows
_SLOTS = frozenset({"personnel", "killed", "wounded", "captured", "instrument", "quantity"})


@dataclass(frozen=True, slots=True)
class Part:
    """One value of a cell. ``sets`` are the filters that a click sets; ``joint`` stands before it."""

    text: str
    sets: tuple[tuple[str, str], ...] = ()
    note: str = ""
    joint: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in one column of one row; ``column`` says how it is drawn."""

    column: str
    parts: tuple[Part, ...]


def columns_of(asked: Asked) -> tuple[str, ...]:
    """The columns of a view: those asked for, else those of its one type, else those of all. UsageError names an unknown
    one."""
    for name in asked.columns:
        if name not in choice(asked):
            raise UsageError(words()("web.unknown_value", name="columns", value=name, known=", ".join(choice(asked))))
    return asked.columns or usual(asked)


def usual(asked: Asked) -> tuple[str, ...]:
    """The columns where none are asked for."""
    types = asked.filters.type
    return tuple(_table().get(types[0] if len(types) == 1 else "any") or _table()["any"])


def choice(asked: Asked) -> tuple[str, ...]:
    """Every column that a view may have: those that any type has, and the roles of its types."""
    named = [column for kind in asked.filters.type for column in _table().get(kind) or ()]
    return tuple(dict.fromkeys((*_table()["choice"], *named)))


def heading(column: str, say: Words) -> str:
    """What a column is called: its own name, else that of the role."""
    return say.get(f"column.{column}") or say.name("role", column).capitalize()


def sort_of(column: str) -> str:
    """The order of the register that a column sorts by: that of its own name, where it has no other."""
    return str(_table()["sorts"].get(column, column))


def cells(row: Row, columns: Sequence[str], say: Words) -> list[Cell]:
    """The cells of a row."""
    record = row.record
    return [Cell(column, tuple(_parts(column, record, row, say))) for column in columns]


def party_key(party: Party) -> str | None:
    """What the party filter takes for a party, None where its name could be read as something else."""
    if party.kind == "state" and party.country and party.id == f"state:{party.country}":
        return party.country
    key = party.id or party.name
    return None if "," in key or "=" in key else key


def _parts(column: str, record: Record, row: Row, say: Words) -> list[Part]:
    made = _MADE.get(column)
    if made is not None:
        return made(record, row, say)
    if column in _SLOTS:
        return [Part(field.text) for field in fields(record, say) if field.slot == column]
    return _players(record, column)


def _players(record: Record, role: str) -> list[Part]:
    found = []
    for party in record.roles.get(role, ()):
        key = party_key(party)
        found.append(Part(party.name, (("party", f"{role}={key}"),) if key else ()))
    return found


def _who(record: Record, row: Row, say: Words) -> list[Part]:
    """All who take part; between the two sides of a type that has such, an arrow."""
    directed, found = say.directed(record.type), list[Part]()
    roles = [*directed, *(role for role in record.roles if role not in directed)]
    for role in roles:
        for number, part in enumerate(_players(record, role)):
            arrow = say("arrow") if number == 0 and found and role in directed[1:] else ""
            found.append(Part(part.text, part.sets, "" if role in directed else say.name("role", role), arrow))
    return found


def _what(record: Record, row: Row, say: Words) -> list[Part]:
    items = iter(record.materiel)
    found = []
    for field in fields(record, say):
        if field.slot == "materiel":
            found.append(Part(field.text, (("materiel", next(items).class_),)))
        elif field.group == "what" and field.slot not in ("relations", "recurrence"):
            found.append(Part(field.text, note=field.label))
    return found


def _count(record: Record, row: Row, say: Words) -> list[Part]:
    found = [count_phrase(item.count, say) or item.count.text for item in record.materiel]
    return [Part(text) for text in found if text]


def _when(record: Record, row: Row, say: Words) -> list[Part]:
    field = next((field for field in fields(record, say) if field.group == "when"), None)
    if field is None:
        return []
    bounds: Pairs = [(name, day) for name, day in (("since", record.time.earliest or record.time.latest),
                                                   ("until", record.time.latest or record.time.earliest)) if day]
    return [Part(field.text, tuple(bounds), field.note)]


def _where(record: Record, row: Row, say: Words) -> list[Part]:
    found = [field for field in fields(record, say) if field.group == "where"]
    return [Part(field.text, (("place", place.name),), say.name("precision", place.precision))
            for field, place in zip(found, record.places, strict=True)]


def _said_by(record: Record, row: Row, say: Words) -> list[Part]:
    return [Part(source.name, (("said_by", source.name),)) for source in record.attribution] or [Part(say("own_voice"))]


def _quote(record: Record, row: Row, say: Words) -> list[Part]:
    text = " ".join(record.evidence[0].exact.split()) if record.evidence else ""
    return [Part(text if len(text) <= _QUOTE else text[:_QUOTE - 1] + "…")]


def _stage(record: Record, row: Row, say: Words) -> list[Part]:
    return _one(say.name("subtype", record.subtype), "subtype", record.subtype) if record.subtype else []


def _reported(record: Record, row: Row, say: Words) -> list[Part]:
    day = row.article.published
    return [Part(day_phrase(day, say), (("reported_since", day), ("reported_until", day)))] if day else []


def _at_least(confidence: float) -> str:
    """The filter that a confidence passes, in two figures."""
    return f"{math.floor(confidence * 100) / 100:.2f}"


def _one(text: str | None, name: str = "", value: str | None = None) -> list[Part]:
    return [Part(text, ((name, value or text),) if name else ())] if text else []


_MADE: dict[str, Callable[[Record, Row, Words], list[Part]]] = {
    "when": _when, "who": _who, "what": _what, "where": _where, "said_by": _said_by, "quote": _quote, "reported": _reported,
    "type": lambda record, row, say: _one(say.name("type", record.type), "type", record.type),
    "stage": _stage, "count": _count,
    "status": lambda record, row, say: _one(record.status, "status"),
    "confidence": lambda record, row, say: _one(f"{record.confidence:.2f}", "min_confidence", _at_least(record.confidence)),
    "outlet": lambda record, row, say: _one(row.article.publisher, "outlet"),
    "title": lambda record, row, say: _one(row.article.title or say("article.untitled")),
    "sources": lambda record, row, say: _one(str(1 + len(row.article.copies))),
}


@cache
def _table() -> dict[str, Any]:
    return Tables().mapping("web/columns.yaml")
