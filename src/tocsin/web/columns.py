"""Which columns the table of a view has, and what stands in their cells.

In: rows of the register. Out: cells whose parts carry the filter that a click on them sets. The columns of each type are
data (``knowledge/web/columns.yaml``); slots read as they do everywhere (``export/phrases.py``).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from tocsin.errors import UsageError
from tocsin.export.dates import count_phrase, day_phrase
from tocsin.export.phrases import Field, fields
from tocsin.knowledge.loader import Tables
from tocsin.knowledge.words import Words, words
from tocsin.model import Party, Record
from tocsin.register import Row
from tocsin.web.asked import Asked, Pairs
from tocsin.web.copied import Standing

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


class _Line:
    """A row with its words; the fields of its record are put into words once for all its cells."""

    def __init__(self, row: Row, say: Words, standing: Standing | None) -> None:
        self.row, self.record, self.say, self.standing = row, row.record, say, standing

    @cached_property
    def fields(self) -> list[Field]:
        return fields(self.record, self.say)


def cells(row: Row, columns: Sequence[str], say: Words, standings: Mapping[str, Standing] | None = None) -> list[Cell]:
    """The cells of a row; ``standings`` says which articles have near copies."""
    line = _Line(row, say, (standings or {}).get(row.article.id))
    return [Cell(column, tuple(_parts(column, line))) for column in columns]


def party_key(party: Party) -> str | None:
    """What the party filter takes for a party, None where its name could be read as something else."""
    if party.kind == "state" and party.country and party.id == f"state:{party.country}":
        return party.country
    key = party.id or party.name
    return None if "," in key or "=" in key else key


def _parts(column: str, line: _Line) -> list[Part]:
    made = _MADE.get(column)
    if made is not None:
        return made(line)
    if column in _SLOTS:
        return [Part(field.text) for field in line.fields if field.slot == column]
    return _players(line.record, column)


def _players(record: Record, role: str) -> list[Part]:
    found = []
    for party in record.roles.get(role, ()):
        key = party_key(party)
        found.append(Part(party.name, (("party", f"{role}={key}"),) if key else ()))
    return found


def _who(line: _Line) -> list[Part]:
    """All who take part; between the two sides of a type that has such, an arrow."""
    directed, found = line.say.directed(line.record.type), list[Part]()
    roles = [*directed, *(role for role in line.record.roles if role not in directed)]
    for role in roles:
        for number, part in enumerate(_players(line.record, role)):
            arrow = line.say("arrow") if number == 0 and found and role in directed[1:] else ""
            found.append(Part(part.text, part.sets, "" if role in directed else line.say.name("role", role), arrow))
    return found


def _what(line: _Line) -> list[Part]:
    items = iter(line.record.materiel)
    found = []
    for field in line.fields:
        if field.slot == "materiel":
            found.append(Part(field.text, (("materiel", next(items).class_),)))
        elif field.group == "what" and field.slot not in ("relations", "recurrence"):
            found.append(Part(field.text, note=field.label))
    return found


def _count(line: _Line) -> list[Part]:
    found = [count_phrase(item.count, line.say) or item.count.text for item in line.record.materiel]
    return [Part(text) for text in found if text]


def _when(line: _Line) -> list[Part]:
    field = next((field for field in line.fields if field.group == "when"), None)
    if field is None:
        return []
    bounds: Pairs = [(name, day) for name, day in (("since", line.record.time.earliest or line.record.time.latest),
                                                   ("until", line.record.time.latest or line.record.time.earliest)) if day]
    return [Part(field.text, tuple(bounds), field.note)]


def _where(line: _Line) -> list[Part]:
    found = [field for field in line.fields if field.group == "where"]
    return [Part(field.text, (("place", place.name),), line.say.name("precision", place.precision))
            for field, place in zip(found, line.record.places, strict=True)]


def _said_by(line: _Line) -> list[Part]:
    found = [Part(source.name, (("said_by", source.name),)) for source in line.record.attribution]
    return found or [Part(line.say("own_voice"))]


def _quote(line: _Line) -> list[Part]:
    text = " ".join(line.record.evidence[0].exact.split()) if line.record.evidence else ""
    return [Part(text if len(text) <= _QUOTE else text[:_QUOTE - 1] + "…")]


def _stage(line: _Line) -> list[Part]:
    return _one(line.say.name("subtype", line.record.subtype), "subtype", line.record.subtype) if line.record.subtype else []


def _reported(line: _Line) -> list[Part]:
    day = line.row.article.published
    return [Part(day_phrase(day, line.say), (("reported_since", day), ("reported_until", day)))] if day else []


def _sources(line: _Line) -> list[Part]:
    """How many have the text to the letter; of one that others have nearly: which of them it is."""
    standing, note = line.standing, ""
    if standing is not None:
        note = line.say("web.copy_first" if standing.first else "web.copy_later", n=standing.articles)
    return [Part(str(1 + len(line.row.article.copies)), note=note)]


def _at_least(confidence: float) -> str:
    """The filter that a confidence passes, in two figures."""
    return f"{math.floor(confidence * 100) / 100:.2f}"


def _one(text: str | None, name: str = "", value: str | None = None) -> list[Part]:
    return [Part(text, ((name, value or text),) if name else ())] if text else []


_MADE: dict[str, Callable[[_Line], list[Part]]] = {
    "when": _when, "who": _who, "what": _what, "where": _where, "said_by": _said_by, "quote": _quote, "reported": _reported,
    "type": lambda line: _one(line.say.name("type", line.record.type), "type", line.record.type),
    "stage": _stage, "count": _count,
    "status": lambda line: _one(line.record.status, "status"),
    "confidence": lambda line: _one(f"{line.record.confidence:.2f}", "min_confidence", _at_least(line.record.confidence)),
    "outlet": lambda line: _one(line.row.article.publisher, "outlet"),
    "title": lambda line: _one(line.row.article.title or line.say("article.untitled")),
    "sources": _sources,
}


@cache
def _table() -> dict[str, Any]:
    return Tables().mapping("web/columns.yaml")
