#!/usr/bin/env python3
"""Exports and import of the demo register: what is held, what comes back, how much fits the tables of others, how fast.

    python benchmarks/exports.py

Figures: `held`, share of records that a format which takes all of them holds, the worst of them; `whole`, share of records
that come back equal from the formats that carry whole ones; `cells`, share of cells that the own CSV brings back through
`tocsin import` (but those that say who read it where); `slowest`, CPU-seconds for 10,000 records in the slowest format, and
which; `fit.X`, share of records that format X takes (told, not floored: it depends on the articles). A format whose package
is not installed is left out with a line.
"""

from __future__ import annotations

import csv
import io
import json
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

from _demo import demo_register
from _floors import check
from tocsin.export.csv import lines
from tocsin.export.exporters import EXPORTERS
from tocsin.knowledge.loader import Tables
from tocsin.model import Record
from tocsin.pipeline.importing import import_rows
from tocsin.pipeline.row_records import RowReader
from tocsin.pipeline.sheets import mapping_of, read_sheet
from tocsin.register import Register, Row
from tocsin.review.fill import Filler

ALONE = {"record", "article", "title", "outlet", "source", "url", "version", "copies", "coder", "quote_start", "quote_end"}
PACKED = ("parquet", "xlsx", "bibtex")  # in which ids are packed or escaped; tests/test_export_formats.py reads them
TIMES = 5  # each format is written so often


def main() -> int:
    """Measure; exit status 1 where a figure is below its floor."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with Register(demo_register(folder), read_only=True) as register:
            rows = list(register.find())
        figures = _exports(rows) | _back(rows, folder)
    for name, figure in figures.items():
        print(f"exports.{name}: {figure}")
    faults = check("exports", figures)
    print("\n".join(faults), file=sys.stderr) if faults else None
    return 1 if faults else 0


def _exports(rows: list[Row]) -> dict[str, float | str]:
    """Every format written: what it holds, how long it takes."""
    held, taken, fits = [], {}, {}
    whole: list[float] = []
    for name, exporter in EXPORTERS.items():
        if not exporter.installed:
            print(f"exports: {name} left out, {exporter.package} is not installed")
            continue
        began = time.process_time()
        for _ in range(TIMES):
            data = _bytes(exporter.lines(rows))
        taken[name] = (time.process_time() - began) / TIMES / len(rows) * 10_000
        if exporter.unfit is not None:
            fits[f"fit.{name}"] = round(sum(exporter.unfit(row) is None for row in rows) / len(rows), 3)
        elif name not in PACKED:
            held.append(sum(row.data["id"].encode() in data for row in rows) / len(rows))
        if name in CARRY:
            found = {record.id: record for record in map(Record.model_validate, CARRY[name](data))}
            whole.append(sum(found.get(row.data["id"]) == row.record for row in rows) / len(rows))
    slowest = max(taken, key=lambda one: taken[one])
    return {"held": min(held), "whole": min(whole), "slowest": round(taken[slowest], 2), "slowest_is": slowest} | fits


def _bytes(parts: Iterable[str] | Iterable[bytes]) -> bytes:
    return b"".join(part.encode() if isinstance(part, str) else part for part in parts)


CARRY = {
    "jsonl": lambda data: [json.loads(line)["record"] for line in data.splitlines()],
    "stix": lambda data: [value["record"] for one in json.loads(data)["objects"]
                          for value in one.get("extensions", {}).values()],
    "annotations": lambda data: [one["body"][-1]["value"] for one in json.loads(data)["first"]["items"]],
}


def _back(rows: list[Row], folder: Path) -> dict[str, float]:
    """The own CSV through ``import`` and out again: how many of its cells are as they were."""
    path = folder / "own.csv"
    text = "".join(lines(rows))
    path.write_bytes(text.encode())
    sheet = read_sheet(path)
    reader = RowReader(sheet, mapping_of(sheet, None), Filler(Tables()), path.name)
    with Register(folder / "back.db") as register:
        began = time.process_time()
        rejected = len(import_rows(register, reader).rejected)
        taken = time.process_time() - began
        after = {row.article.source.split("#")[1]: row for row in register.find()}
    back = csv.DictReader(io.StringIO("".join(lines(after.values())), newline=""))
    new = dict(zip(after, back, strict=True))
    pairs = [(line[name], new.get(line["record"], {}).get(name)) for line in csv.DictReader(io.StringIO(text, newline=""))
             for name in line if name not in ALONE and line[name]]
    return {"cells": round(sum(a == b for a, b in pairs) / len(pairs), 4), "rejected": rejected,
            "imported_per_cpu_s": round(len(rows) / taken)}


if __name__ == "__main__":
    raise SystemExit(main())
