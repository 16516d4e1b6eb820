#!/usr/bin/env python3
"""Score the reader, or any coder's JSON Lines, on hand-coded articles.

    python benchmarks/gold.py                            the reader over ../shared/gold
    python benchmarks/gold.py FOLDER --errors --type armed_incident
    python benchmarks/gold.py --jsonl RESULTS.jsonl      what `tocsin read --json` or another coder wrote

Exit status 1 where a figure over the whole folder falls below its floor in quality.json.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from _floors import check
from tocsin import evaluation
from tocsin.errors import TocsinError

GOLD = Path(__file__).resolve().parents[2] / "shared" / "gold"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run from the command line; returns the exit status."""
    options = _parser().parse_args(arguments)
    try:
        gold = evaluation.load_gold(options.folder, options.only)
        started = time.perf_counter()
        records = _given(gold, options.jsonl) if options.jsonl else evaluation.read_gold(gold)
        seconds = time.perf_counter() - started
    except TocsinError as error:
        print(error, file=sys.stderr)
        return 2
    report = evaluation.score(gold, records)
    _show(report, options.errors, options.type)
    words = sum(len(article.text.split()) for article in gold)
    print(f"\n{len(gold)} articles, {words} words, {seconds:.1f} s")
    if options.json:
        content = report.as_dict() | {"seconds": round(seconds, 2)}
        options.json.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    return 0 if options.only or options.jsonl or options.folder != GOLD else _floors("gold", report)


def score_folder(folder: Path, errors: bool, types: Sequence[str], file: Path | None, name: str = "blind") -> int:
    """Score the reader on another folder of gold files against the floors of ``name``; returns the exit status."""
    gold = evaluation.load_gold(folder, [])
    report = evaluation.score(gold, evaluation.read_gold(gold))
    _show(report, errors, types)
    if file:
        file.write_text(json.dumps(report.as_dict(), indent=1) + "\n", encoding="utf-8")
    return _floors(name, report)


def _show(report: evaluation.Report, errors: bool, types: Sequence[str]) -> None:
    if errors:
        print(evaluation.fault_list(evaluation.faults(report), types), end="\n\n")
    print(evaluation.table(report))
    print("\n" + evaluation.slot_table(report))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="score the reader on hand-coded articles")
    parser.add_argument("folder", nargs="?", type=Path, default=GOLD, help="gold files (default: ../shared/gold)")
    parser.add_argument("--errors", action="store_true", help="list misses, false records and unusable pairs by type")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all figures there")
    parser.add_argument("--only", action="append", default=[], metavar="ID", help="articles whose id starts so")
    parser.add_argument("--type", action="append", default=[], metavar="T", help="list the faults of this type only")
    parser.add_argument("--jsonl", type=Path, metavar="FILE", help="score these results instead of running the reader")
    return parser


def _given(gold: Sequence[evaluation.GoldArticle], file: Path) -> dict[str, list[dict[str, Any]]]:
    return evaluation.records_by_article(gold, evaluation.load_results(file))


def _floors(name: str, report: evaluation.Report) -> int:
    statements = {f"statement_{key}": figure for key, figure in report.groups["statement"].as_dict().items()}
    faults = check(name, report.groups["events"].as_dict() | statements)
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    raise SystemExit(main())
