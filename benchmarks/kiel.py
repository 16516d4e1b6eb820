#!/usr/bin/env python3
"""Aid for Ukraine as others recorded it: supplier, class of item and number that the reader codes from their explanations.

In: the rows of ../shared/corpora/kiel_ukraine_arms (donor, item, number and a coder's prose) and the names in kiel.yaml.
Out: the share of rows for which one transfer has the donor as supplier and a line of the item's class with the number.

"tied" is the number alone, before any record: a phrase of the item's class that is counted by it, whoever gives it.

Counted are the rows whose text tells what is asked for: the donor, and the number right before a word for the item, in
digits or in words. The flags of the corpus do not say that (its "1" may be the one of "Source of Aid 1"): what they hold
beyond is counted and left out.

    python benchmarks/kiel.py [--errors]
"""

from __future__ import annotations

import argparse
import csv
import re
import sys
from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml

from _floors import check
from tocsin.evaluation.faults import compact
from tocsin.model import Record
from tocsin.reader import Reader
from tocsin.reading import article_from_text

HERE = Path(__file__).resolve().parent
ROWS = HERE.parents[1] / "shared" / "corpora" / "kiel_ukraine_arms" / "military_items.csv"
_GAP = r"(?:[\w.'’/-]+\s+){0,5}?"  # words between a number and the word for the item


def main() -> int:
    """Run from the command line; returns the exit status."""
    options = argparse.ArgumentParser(description="supplier, class and number of recorded aid")
    options.add_argument("--errors", action="store_true", help="print the rows that are not right with their transfers")
    errors = options.parse_args().errors
    if not ROWS.is_file():
        print(f"kiel: skipped, {ROWS} is not there")
        return 0
    names = yaml.safe_load((HERE / "kiel.yaml").read_text(encoding="utf-8"))
    with ROWS.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["number_in_text"] == "True" and row["item_numb"].isdigit()]
    counts = _score(rows, names, errors)
    told = counts["digits"] + counts["words"]
    share = round(counts["right"] / told, 3)
    print(f"kiel.right: {share} ({counts['right']} of {told} rows)")
    print(f"kiel.told: {counts['digits']} in digits, {counts['words']} in words")
    for slot in ("supplier", "recipient", "class", "number", "swapped"):
        print(f"kiel.{slot}: {counts[slot]} of {told}")
    print(f"kiel.flagged: {counts['flagged_right']} of {counts['flagged']} of them flagged for number and item")
    tied = round(counts["tied"] / counts["beside"], 3)
    print(f"kiel.tied: {tied} ({counts['tied']} of {counts['beside']} rows flagged for the number, donor named or not)")
    print(f"kiel.left_out: {counts['elsewhere']} number not beside the item, {counts['nameless']} donor not in the text")
    faults = check("kiel", {"right": share, "tied": tied, "swapped": counts["swapped"]})
    print("\n".join(faults), file=sys.stderr) if faults else None
    return 1 if faults else 0


def _score(rows: list[dict[str, str]], names: Mapping[str, Any], errors: bool) -> Counter[str]:
    """How many rows tell the number how, and how many are right in which slot."""
    reader, counts = Reader(), Counter[str]()
    read: dict[str, list[Record]] = {}
    for row in rows:
        text, donor, item = row["explanation"].strip(), names["donors"][row["donor"]], names["items"][row["item"].strip()]
        how = told = _how_told(text, int(row["item_numb"]), item["words"], names["number_words"])
        if not any(re.search(rf"\b{word}\b", text) for word in donor["words"]):
            how = "nameless"
        counts[how] += 1
        if told == "elsewhere":
            continue
        if text not in read:
            records = reader.read_text(text, published=_published(row["announcement_date"]), plain=True).records
            read[text] = [r for r in records if r.type == "arms_transfer"]
        counts.update(["beside", *(["tied"] if _tied(reader, text, int(row["item_numb"]), item["classes"]) else [])])
        if how == "nameless":
            continue
        rights = [_right(record, row, donor["country"], item["classes"]) for record in read[text]]
        best = max(rights, key=_rank, default=set[str]())
        counts.update(best)
        counts["swapped"] += any(_swapped(record, donor["country"]) for record in read[text])
        if row["item_in_text"] == "True":
            counts.update(["flagged", *(["flagged_right"] if "right" in best else [])])
        if errors and "right" not in best:
            _show(row, best, read[text])
    return counts


def _show(row: Mapping[str, str], best: set[str], transfers: list[Record]) -> None:
    """Print a row that is not right with the transfers of its text."""
    print(f"{row['sub_activity_id']} {row['item']} {row['item_numb']}: only {sorted(best)}")
    print(f"    {row['explanation'].strip()}")
    for record in transfers:
        print("    ->", compact(record.model_dump(mode="json", by_alias=True)))


def _tied(reader: Reader, text: str, number: int, classes: list[str]) -> bool:
    """Whether a phrase of the text that tells equipment of one of the classes is counted by the number."""
    article, _ = article_from_text(text, source="kiel", plain=True)
    note = reader.annotate(article)
    entities = (note.interpreter.entity(sentence, token) for sentence in note.sentences for token in sentence)
    told = [(e.materiel, e.count) for e in entities if e.materiel is not None and e.materiel.class_ in classes]
    one = number == 1 and any(count is None and re.match(r"an? ", thing.text, re.IGNORECASE) for thing, count in told)
    return one or any(count is not None and number in (count.min, count.max) for _, count in told)


def _rank(slots: set[str]) -> tuple[bool, int]:
    return "right" in slots, len(slots)


def _published(day: str) -> str | None:
    """The day after the announcement, where the corpus has one."""
    return (date.fromisoformat(day) + timedelta(1)).isoformat() if re.fullmatch(r"\d{4}-\d\d-\d\d", day) else None


def _how_told(text: str, number: int, words: list[str], number_words: Mapping[int, list[str]]) -> str:
    """Whether a text has the number before a word for the item in digits, in words, or elsewhere only."""
    item = "(?:" + "|".join(re.escape(word) for word in words) + ")"
    for how, forms in (("digits", [str(number), f"{number:,}"]), ("words", number_words.get(number, []))):
        if any(re.search(rf"(?<![\w.,]){form}\s+{_GAP}{item}", text, re.IGNORECASE) for form in forms):
            return how
    return "elsewhere"


def _swapped(record: Record, country: str) -> bool:
    """Whether Ukraine gives to the donor."""
    gives = any(party.country == "UKR" for party in record.roles["supplier"])
    return gives and any(party.country == country for party in record.roles["recipient"])


def _right(record: Record, row: Mapping[str, str], country: str, classes: list[str]) -> set[str]:
    """What a transfer has right of a row; "right" where supplier, class and number are right together."""
    found, number = set(), int(row["item_numb"])
    if any(party.country == country for party in record.roles["supplier"]):
        found.add("supplier")
    if any(party.country == "UKR" for party in record.roles["recipient"]):
        found.add("recipient")
    lines = [line for line in record.materiel if line.class_ in classes]
    if lines:
        found.add("class")
    if any(number in (line.count.min, line.count.max) for line in lines):
        found.add("number")
    if {"supplier", "class", "number"} <= found:
        found.add("right")
    return found


if __name__ == "__main__":
    raise SystemExit(main())
