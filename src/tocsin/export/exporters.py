"""The formats of ``tocsin export``. To add one: a module with its lines and its data dictionary, and one entry here."""

from __future__ import annotations

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


EXPORTERS: dict[str, Exporter] = {
    "csv": Exporter("text/csv; charset=utf-8", csv.lines, csv.dictionary, ".dictionary.csv"),
    "jsonl": Exporter("application/jsonl; charset=utf-8", jsonl.lines, jsonl.dictionary, ".dictionary.json"),
}
