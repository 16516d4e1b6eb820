"""Formats that other people's data sets have shaped: what fits becomes rows, the rest is told with the reason.

A shape is a function from a row of the register to rows of the format. It raises ``Unfit`` with the key of a reason where
nothing of a record fits. Reasons, columns and their meaning are in ``knowledge/export/<name>.yaml``.
"""

from __future__ import annotations

import datetime as dt
import io
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from tocsin.export import csv
from tocsin.knowledge.loader import Tables
from tocsin.register import Row

Dict = dict[str, Any]
Make = Callable[[Row, Dict], list[Dict]]


class Unfit(Exception):
    """A record does not fit; the key of the reason."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A format by its name and the function that makes its rows."""

    name: str
    make: Make

    def unfit(self, row: Row) -> str | None:
        """Why a record does not fit, in words; None where it fits."""
        try:
            self.make(row, table(self.name))
        except Unfit as reason:
            return str(table(self.name)["reasons"][str(reason)])
        return None

    def lines(self, rows: Iterable[Row]) -> Iterator[str]:
        """CSV with a heading; of records that do not fit nothing."""
        heads = columns(self.name)
        return csv.table(heads, ([_cell(one.get(name)) for name in heads] for one in self.made(rows)))

    def made(self, rows: Iterable[Row]) -> Iterator[Dict]:
        """The rows of the format, as dictionaries."""
        for row in rows:
            try:
                yield from self.make(row, table(self.name))
            except Unfit:
                continue


@dataclass(slots=True)
class LeftOut:
    """Records that a format has no place for, with the reason."""

    rows: list[tuple[str, str, str, str, str]] = field(default_factory=list)

    def add(self, row: Row, reason: str) -> None:
        """Take note of one."""
        self.rows.append((row.data["id"], row.data["type"], row.data["status"], row.article.id, reason))

    def counts(self) -> list[tuple[str, int]]:
        """How many for which reason, the most frequent first."""
        return Counter(row[-1] for row in self.rows).most_common()

    def lines(self) -> Iterator[str]:
        """Each of them, as CSV."""
        return csv.table(("record", "type", "status", "article", "reason"), self.rows)


@cache
def table(name: str) -> Dict:
    """The table of a format."""
    return Tables().mapping(f"export/{name}.yaml")


@cache
def columns(name: str) -> tuple[str, ...]:
    """Names of the columns of a format."""
    return tuple(column["name"] for column in table(name)["columns"])


def dictionary(name: str) -> str:
    """The data dictionary of a format: what each column or member is, and what the file holds as a whole."""
    buffer = io.StringIO()
    parts = [(one["name"], one["type"], one["about"]) for one in table(name)["columns"]]
    for reason in (table(name).get("reasons") or {}).values():
        parts.append(("(left out)", "reason", reason))
    buffer.writelines(csv.table(("column", "type", "meaning"), [("*", "file", table(name)["about"]), *parts]))
    return buffer.getvalue()


def _cell(value: Any) -> Any:
    return csv.safe(value) if type(value) is str else value


def days(record: Dict) -> tuple[dt.date, dt.date] | None:
    """First and last day of the event; None where one of them is open."""
    time = record["time"]
    if time["earliest"] is None or time["latest"] is None:
        return None
    try:
        return dt.date.fromisoformat(time["earliest"]), dt.date.fromisoformat(time["latest"])
    except ValueError:
        return None


def quotes(record: Dict) -> str:
    """The sentences of a record."""
    return " … ".join(" ".join(quote["exact"].split()) for quote in record["evidence"])


def source(row: Row) -> str:
    """An article in one line."""
    article = row.article
    return ", ".join(part for part in (article.publisher, article.title, article.published, article.url) if part)


def same_day(record: Dict) -> dt.date | None:
    """The day of an event that is known to the day."""
    known = days(record)
    return known[0] if known and known[0] == known[1] else None
