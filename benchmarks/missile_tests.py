#!/usr/bin/env python3
"""North Korean missile tests as others described them: day, site, country and weapon of the test that the reader codes.

In: the rows of ../shared/corpora/nk_missile_tests (a database of tests, each with a description in prose) and the names in
missile_tests.yaml. Out: the share of rows right in each slot, of those whose text tells the slot, and in all of them at
once. A row is judged on one record, the test that fits it best: what is spread over several records is not right. The
database counts days in UTC and its texts often local ones, so the day after is right too. "(1 of 2)" behind a text is a
counter of rows and is left out. Rows whose text does not name the country cannot be coded (a test needs its tester), nor can
those that missile_tests.yaml lists with a reason; they are counted apart.

    python benchmarks/missile_tests.py [--errors]
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml

from _floors import check
from tocsin.evaluation.faults import compact
from tocsin.model import Record
from tocsin.reader import Reader

HERE = Path(__file__).resolve().parent
ROWS = HERE.parents[1] / "shared" / "corpora" / "nk_missile_tests" / "dev.jsonl"
SLOTS = ("date", "site", "country", "weapon")
_COUNTER = re.compile(r"\s*\(?\d+ of \d+\)?\.?$")
_MONTHS = [date(2000, month, 1).strftime("%B") for month in range(1, 13)]


def main() -> int:
    """Run from the command line; returns the exit status."""
    options = argparse.ArgumentParser(description="day, site, country and weapon of described missile tests")
    options.add_argument("--errors", action="store_true", help="print the rows that are not right with their records")
    errors = options.parse_args().errors
    if not ROWS.is_file():
        print(f"missile_tests: skipped, {ROWS} is not there")
        return 0
    names = yaml.safe_load((HERE / "missile_tests.yaml").read_text(encoding="utf-8"))
    rows = [json.loads(line) for line in ROWS.read_text(encoding="utf-8").splitlines()]
    told, right = _score(rows, names, errors)
    figures: dict[str, float] = {}
    for slot in (*SLOTS, "all"):
        figures[slot] = round(right[slot] / told[slot], 3) if told[slot] else 0.0
        print(f"missile_tests.{slot}: {figures[slot]} ({right[slot]} of {told[slot]} rows whose text tells it)")
    print(f"missile_tests.found: {right['found']} of {told['all']} rows have a test")
    print(f"missile_tests.left_out: {told['nameless']} name no country, {told['listed']} listed")
    faults = check("missile_tests", figures)
    print("\n".join(faults), file=sys.stderr) if faults else None
    return 1 if faults else 0


def _score(rows: Iterable[Mapping[str, Any]], names: Mapping[str, Any], errors: bool) -> tuple[Counter[str], Counter[str]]:
    """How many rows tell each slot and how many are right in it; "all" counts rows right in every slot told."""
    reader, told, right = Reader(), Counter[str](), Counter[str]()
    read: dict[str, list[Record]] = {}
    for row in rows:
        text = _COUNTER.sub("", row["description"].strip())
        key = f"{row['date']} {text}"
        slots = _told(row, text, names)
        if row["id"] in names["left_out"] or "country" not in slots:
            told["listed" if row["id"] in names["left_out"] else "nameless"] += 1
            continue
        fresh = key not in read
        if fresh:
            result = reader.read_text(text, published=_published(row["date"]), plain=True)
            read[key] = [r for r in result.records if r.type == "weapons_test"]
        best = max((_right(row, record, names) & slots for record in read[key]), key=len, default=set[str]())
        told.update([*slots, "all"])
        right.update([*best, *(["all"] if best == slots else []), *(["found"] if read[key] else [])])
        if errors and fresh and best != slots:
            print(f"{row['id']} {row['date']} {row['facility']} {row['missile']}: wrong in {sorted(slots - best)}")
            print(f"    {text}")
            for record in read[key]:
                when, where = record.time and record.time.earliest, [place.name for place in record.places]
                print("    ->", compact(record.model_dump(mode="json", by_alias=True)), when, where)
    return told, right


def _days(day: str) -> list[date]:
    """The day of a row and the one after it; nothing for a row that only knows the month."""
    return [date.fromisoformat(day), date.fromisoformat(day) + timedelta(1)] if len(day) == 10 else []


def _published(day: str) -> str:
    """A day soon after the test, on which its text could have appeared."""
    days = _days(day)
    return (days[-1] + timedelta(1)).isoformat() if days else f"{day}-28"


def _told(row: Mapping[str, Any], text: str, names: Mapping[str, Any]) -> set[str]:
    """Which slots the text of a row tells at all."""
    written = [f"{_MONTHS[d.month - 1]} {d.day}" for d in _days(row["date"])]
    written += [f"{d.day} {_MONTHS[d.month - 1]}" for d in _days(row["date"])]
    sites = names["sites"][row["facility"]]
    words = {"date": written, "site": sites, "country": names["country"], "weapon": names["weapon"]}
    return {slot for slot, any_of in words.items() if any(re.search(rf"\b{re.escape(w)}\b", text) for w in any_of)}


def _right(row: Mapping[str, Any], record: Record, names: Mapping[str, Any]) -> set[str]:
    """The slots in which a record agrees with a row."""
    found = set()
    time = record.time
    if time is not None and time.earliest == time.latest and time.earliest in map(str, _days(row["date"])):
        found.add("date")
    sites = [name.casefold() for name in names["sites"][row["facility"]]]
    if any(site in f"{place.name} {place.text}".casefold() for place in record.places for site in sites):
        found.add("site")
    if any(party.country == "PRK" for party in record.roles["tester"]):
        found.add("country")
    known = names["weapons"][row["missile"]]
    lines = [m for m in record.materiel if m.class_ in names["classes"]]
    if lines and (not known or all(m.designation is None or any(k in m.text for k in known) for m in lines)):
        found.add("weapon")
    return found


if __name__ == "__main__":
    raise SystemExit(main())
