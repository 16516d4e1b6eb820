#!/usr/bin/env python3
"""Armed incidents against press releases of an operations command: date, type, province, killed, captured.

In: ../shared/corpora/isaf_press_releases (200 releases, one row each, coded by others). Out: how many rows the coded
armed incidents of the release give right, slot by slot; with ``--errors`` each fault with its cause. How records are read
against a row stands in ``isaf.yaml``.

    python benchmarks/isaf.py [--errors] [--only date] [--sample 60]

A row sums up an operation, a record tells one deed (codebook B1, F5): the counts of a row are compared with the sum over
the operation's records, where a record without a count gives the least that the words of those hit say.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import random
import re
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from _floors import check
from tocsin import Reader
from tocsin.language.numbers.amounts import find_numbers
from tocsin.model import Count, EventPlace, Party, Record

HERE = Path(__file__).resolve().parent
CORPUS = HERE.parents[1] / "shared" / "corpora" / "isaf_press_releases" / "dev.jsonl"
SLOTS = ("date", "type", "province", "killed", "captured")
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_HEAD = 500  # characters of a release in which its day stands
_OF = re.compile(r"(\w+) of (?:the |their |his )?$")
_DAY = re.compile(r"\b([A-Z][a-z]{2})[a-z]*\.?\s*(\d{1,2})(?!\d)(?:[,.]?\s*(\d{4}))?")


@dataclass(frozen=True)
class Reading:
    """What the records of a release come to, in the terms of a row."""

    dates: frozenset[str]
    types: frozenset[str]
    provinces: frozenset[str]
    killed: int
    captured: int
    records: int
    stated: bool  # a record states a day of its own


class Terms:
    """``isaf.yaml``: the terms of the rows."""

    def __init__(self) -> None:
        table: dict[str, Any] = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8"))
        self.types = {frozenset(signs): name for name, signs in table["types"].items()}
        self.before_killed = frozenset(table["before_killed"])
        self.minimum: dict[str, int] = table["minimum"]
        self.plural: int = table["plural"]
        self.kill_rules = frozenset(table["kill_rules"])
        self.killing: list[str] = table["killing"]
        self.provinces: dict[str, list[str]] = table["provinces"]
        self.undated: str = table["undated"]
        self.own_side = frozenset(table["own_side"])
        self.fighters = frozenset(table["fighters"])

    def read(self, records: list[Record], text: str, day: dt.date | None) -> Reading:
        """Read the armed incidents of one release of a day."""
        ours = [r for r in records if r.type == "armed_incident" and r.status == "occurred" and self._of_operation(r)]
        ours = [r for r in ours if not r.historical]
        killed = sum(self._number(r, "killed", text) for r in ours)
        captured = sum(self._number(r, "captured", text) for r in ours)
        signs = {r.subtype for r in ours} & self.before_killed or ({"killed"} if killed else set())
        signs |= {"captured"} if captured else set()
        kinds = {self.types[frozenset(signs)]} if frozenset(signs) in self.types else {
            name for own, name in self.types.items() if len(own) == 1 and own <= signs
        }
        days = frozenset(told for r in ours if (told := _day(r)))
        stated = bool(days)
        if not days and day is not None and self.undated == "published":
            days = frozenset({day.isoformat()})
        return Reading(
            days,
            frozenset(kinds),
            frozenset(name for r in ours for place in r.places for name in _province(place)),
            killed,
            captured,
            len(ours),
            stated,
        )

    def rows_types(self, row: dict[str, Any]) -> frozenset[str]:
        """The types of a row; kill and detention together are one."""
        told = frozenset(part for kind in row["event_type"] for part in kind.split(";"))
        both = frozenset({"insurgentskilled", "detention"})
        return told - both | {"captureandkill"} if both <= told else told

    def province(self, name: str) -> frozenset[str]:
        """How the place tables may spell a province of the rows."""
        return frozenset(self.provinces.get(name, [name]))

    def _of_operation(self, record: Record) -> bool:
        """Whether insurgents are hit: not an attack of theirs on somebody else."""
        hit, doers = record.roles.get("target", ()), record.roles.get("initiator", ())
        if hit and all(p.kind in self.own_side for p in hit):
            return False
        if doers:
            return all(p.kind in self.own_side for p in doers)
        return all(p.kind in self.fighters for p in hit)

    def _number(self, record: Record, kind: str, text: str) -> int:
        count: Count | None = getattr(record.casualties, kind)
        if count is not None:
            return self.minimum.get((count.text or "").lower(), count.min or 0)
        if self._of_kind(record, kind):
            return sum(self._least(party, text) for party in record.roles.get("target", ()))
        return 0

    def _of_kind(self, record: Record, kind: str) -> bool:
        """Whether those hit are the captured, or the killed."""
        if kind == "captured":
            return record.subtype == "capture"
        words = " ".join(span.exact.lower() for span in record.evidence)
        return record.coder.rule in self.kill_rules and any(word in words for word in self.killing)

    def _least(self, party: Party, text: str) -> int:
        """The least number of people that the words of a party tell, with "two of" before them."""
        before = _OF.search(text[: party.start])
        told = f"{before[1]} {party.text}" if before else party.text
        words = told.lower().split()
        for word in words:
            if word in self.minimum:
                return self.minimum[word]
        numbers = [n.min for n in find_numbers(told) if n.min is not None]
        if numbers:
            return int(numbers[0])
        return self.plural if words[-1].endswith("s") else 1


def main() -> int:
    """Run from the command line; returns the exit status."""
    options = _options()
    if not CORPUS.exists():
        print(f"isaf: skipped, {CORPUS} is not there")
        return 0
    rows = [json.loads(line) for line in CORPUS.read_text(encoding="utf-8").split("\n") if line]
    if options.sample:
        rows = random.Random(0).sample(rows, options.sample)
    reader, terms, started = Reader(), Terms(), time.process_time()
    right: Counter[str] = Counter()
    causes: Counter[str] = Counter()
    hopeless: Counter[str] = Counter()
    for row in rows:
        day = published(row)
        reading = terms.read(list(reader.read_text(row["text"], published=day).records), row["text"], day)
        faults = _faults(row["gold"], reading, terms)
        right.update(slot for slot in SLOTS if slot not in faults)
        right["stated"] += reading.stated and "date" not in faults
        causes.update(f"{slot}: {cause}" for slot, cause in faults.items())
        hopeless.update(_hopeless(row, day, faults))
        if options.errors and set(faults) & set(options.only or SLOTS):
            _show(row, reading, faults)
    if hopeless:
        print("no coder can give: " + ", ".join(f"{what} {count}" for what, count in hopeless.most_common()))
    return _report(right, causes, len(rows), time.process_time() - started, bool(options.sample))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="armed incidents against coded press releases")
    parser.add_argument("--errors", action="store_true", help="list the faults with their releases")
    parser.add_argument("--only", action="append", choices=SLOTS, help="list faults of this slot")
    parser.add_argument("--sample", type=int, metavar="N", help="a fixed sample; no floors then")
    return parser.parse_args()


def published(row: dict[str, Any]) -> dt.date | None:
    """The day printed at the head of a release. Where it has no year, that of the row, which a feed would give."""
    for month, day, year in _DAY.findall(row["text"][:_HEAD]):
        if month.lower() in _MONTHS:
            told = int(year or row["gold"]["start_date"][:4])
            return dt.date(told, _MONTHS.index(month.lower()) + 1, int(day))
    return None


def _day(record: Record) -> str | None:
    """The day of a record, where the text states one; a night is of the day on which it began."""
    first, last = record.time.earliest, record.time.latest
    if record.time.basis != "stated" or first is None or last is None:
        return None
    return first if (dt.date.fromisoformat(last) - dt.date.fromisoformat(first)).days <= 1 else None


def _province(place: EventPlace) -> frozenset[str]:
    """The province of a place, or that it is."""
    told = [place.admin1] if place.admin1 else [place.name] if place.precision == "province" else []
    return frozenset(n.lower().removesuffix(" province") for n in told)


def _faults(gold: dict[str, Any], reading: Reading, terms: Terms) -> dict[str, str]:
    """Slot → cause, of the slots that are not right."""
    if not reading.records:
        right = {"killed"} if not gold["min_killed"] else set()
        right |= {"captured"} if not gold["min_captured"] else set()
        return {slot: "no record" for slot in SLOTS if slot not in right}
    found: dict[str, str] = {}
    if gold["start_date"] not in reading.dates:
        found["date"] = "another day" if reading.dates else "no day"
    if reading.types != terms.rows_types(gold):
        found["type"] = f"{'+'.join(sorted(reading.types)) or 'none'} for {'+'.join(sorted(terms.rows_types(gold)))}"
    if not any(terms.province(name) & reading.provinces for name in gold["province"]):
        found["province"] = "another" if reading.provinces else "none"
    for slot in ("killed", "captured"):
        told, coded = gold[f"min_{slot}"], getattr(reading, slot)
        if told != coded:
            found[slot] = "missed" if not coded else "invented" if not told else "more" if coded > told else "fewer"
    return found


def _hopeless(row: dict[str, Any], day: dt.date | None, faults: dict[str, str]) -> list[str]:
    """Faults that the row itself forces; they count as faults all the same."""
    gold = row["gold"]
    kinds = {part for kind in gold["event_type"] for part in kind.split(";")}
    found = []
    if "date" in faults and day is None:
        found.append("date: the release has no date")
    at_odds = (kinds == {"detention"} and gold["min_killed"]) or (kinds == {"captureandkill"} and not gold["min_captured"])
    if "type" in faults and at_odds:
        found.append("type: at odds with the row's own numbers")
    if "province" in faults and any("afghanistan" in name for name in gold["province"]):
        found.append("province: the row has a region")
    return found


def _show(row: dict[str, Any], reading: Reading, faults: dict[str, str]) -> None:
    gold = row["gold"]
    print(f"===== {row['id']}: " + "; ".join(f"{slot} {cause}" for slot, cause in faults.items()))
    print(f"row: {gold['start_date']} {gold['event_type']} {gold['province']} {gold['min_killed']} {gold['min_captured']}")
    told = [sorted(names) for names in (reading.dates, reading.types, reading.provinces)]
    print("coded:", *told, reading.killed, reading.captured)
    print(row["text"].strip(), end="\n\n")


def _report(right: Counter[str], causes: Counter[str], rows: int, seconds: float, sample: bool) -> int:
    for slot in SLOTS:
        print(f"isaf.{slot}: {right[slot] / rows:.3f}  ({right[slot]} of {rows})")
    print(f"of the dates right, {right['stated']} are days that a record states, the others its bound")
    print("causes: " + ", ".join(f"{cause} {count}" for cause, count in causes.most_common()))
    print(f"{rows} releases, {seconds:.1f} s CPU")
    faults = [] if sample else check("isaf", {slot: round(right[slot] / rows, 4) for slot in SLOTS})
    for fault in faults:
        print(fault)
    return 1 if faults else 0


if __name__ == "__main__":
    raise SystemExit(main())
