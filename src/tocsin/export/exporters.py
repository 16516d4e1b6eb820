"""The formats of ``tocsin export``. To add one: a module with its lines and its data dictionary, and one entry here."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from tocsin.export import csv, jsonl
from tocsin.register import Row


@dataclass(frozen=True, slots=True)
class Exporter:
    """A format: rows to text, and what the text means. ``dictionary_ending`` replaces the ending of the file's name."""

    media_type: str
    lines: Callable[[Iterable[Row]], Iterator[str]]
    dictionary: Callable[[], str]
    dictionary_ending: str


def lines_of(exporter: Exporter, rows: Iterable[Row]) -> Iterator[str]:
    """The lines of a format. Nothing in them refers to itself, and looking for what does would take a fifth of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield from exporter.lines(rows)
    finally:
        if was_on:
            gc.enable()


EXPORTERS: dict[str, Exporter] = {
    "csv": Exporter("text/csv; charset=utf-8", csv.lines, csv.dictionary, ".dictionary.csv"),
    "jsonl": Exporter("application/jsonl; charset=utf-8", jsonl.lines, jsonl.dictionary, ".dictionary.json"),
}
