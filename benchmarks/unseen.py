#!/usr/bin/env python3
"""Weapons that no table holds: how many the open patterns still find, and with which class.

A tenth of the designations is hidden by a seed, each with all its names; of the sentences of the corpora that name one
of them (three a name at most) is counted in how many it is told as equipment all the same, by its form or by the noun
beside it, and in how many with the right class. Names that are ordinary words are left out, and calibres. The corpora are
not in the repository; the answer is the table's own, so nothing was labelled by hand.

    python benchmarks/unseen.py [--seeds 1 2 3 4 5 6 7 8] [--errors]
    python benchmarks/unseen.py --fires 100 [--seeds 5]     sentences where a pattern fired, to be read: is it a weapon?
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from _floors import check
from tocsin.knowledge.loader import Tables
from tocsin.knowledge.names import NameIndex, build_index, equipment_names
from tocsin.language.annotate import Annotated
from tocsin.reader import Reader
from tocsin.reading import article_from_text

CORPORA = Path(__file__).resolve().parents[2] / "shared" / "corpora"
TABLE = "equipment/designations.tsv"
SHARE, EACH = 0.1, 3
_WORD = re.compile(r"\w+")
_ENDS = re.compile(r"(?<=[.!?][\"”’)\s])\s+(?=[\"“A-Z])|(?<=[.!?])\s+(?=[A-Z][a-z])|\n+")


class Hiding(Tables):
    """The tables without some of the designations."""

    def __init__(self, hidden: frozenset[str]) -> None:
        super().__init__()
        self.hidden = hidden

    def rows(self, relative: str) -> list[dict[str, Any]]:
        """The rows that are not hidden."""
        rows = super().rows(relative)
        return [row for row in rows if row["designation"] not in self.hidden] if relative == TABLE else rows


def main() -> int:
    """Run from the command line; returns the exit status."""
    options = argparse.ArgumentParser(description="weapons that no table holds")
    options.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3, 4, 5, 6, 7, 8])
    options.add_argument("--errors", action="store_true", help="print the sentences in which a hidden name is not found")
    options.add_argument("--fires", type=int, default=0, metavar="N", help="print N sentences in which a pattern fired")
    asked = options.parse_args()
    if not CORPORA.is_dir():
        print(f"unseen: skipped, {CORPORA} is not there")
        return 0
    reader = Reader()
    if asked.fires:
        _fires(reader, asked.fires, random.Random(asked.seeds[0]))
        return 0
    listed = list(dict.fromkeys(sentences()))
    counts, classes = Counter[str](), Counter[tuple[str, str]]()
    for seed in asked.seeds:
        _hide(reader, listed, seed, counts, classes, asked.errors)
    told = max(counts["told"], 1)
    found, right = round(counts["found"] / told, 3), round(counts["right"] / told, 3)
    print(f"unseen.found: {found} ({counts['found']} of {told} sentences with a hidden name, {counts['names']} names)")
    print(f"unseen.right: {right} (with the class of the table)")
    for class_ in sorted({c for c, _ in classes}, key=lambda c: -classes[c, "told"]):
        found_, told_, right_ = (classes[class_, mark] for mark in ("found", "told", "right"))
        print(f"  {class_:28} {found_:4} of {told_:4}, class {right_:4}")
    faults = check("unseen", {"found": found, "right": right})
    print("\n".join(faults), file=sys.stderr) if faults else None
    return 1 if faults else 0


def _hide(
    reader: Reader, listed: list[str], seed: int, counts: Counter[str], classes: Counter[tuple[str, str]], errors: bool
) -> None:
    """Hide a tenth of the table and count in how many sentences its names are found."""
    rows = Tables().rows(TABLE)
    hidden = frozenset(r["designation"] for r in random.Random(seed).sample(rows, int(len(rows) * SHARE)))
    whole, index = reader.annotator.equipment, build_index(equipment_names(Hiding(hidden)))
    firsts = {_WORD.match(n)[0] for n, name in equipment_names(Tables()) if name.name in hidden and _WORD.match(n)}
    seen: Counter[str] = Counter()
    near = [text for text in listed if not firsts.isdisjoint(_WORD.findall(text))]
    hits = [(text, *hit) for text in near for hit in _named(whole, text, hidden)]
    for text, start, end, name, class_ in hits:
        seen[name] += 1
        if seen[name] > EACH:
            continue
        told = _class_at(_annotated(reader, text, index), start, end)
        marks = ["told", *(["found"] if told else []), *(["right"] if told == class_ else [])]
        counts.update(marks)
        classes.update((class_, mark) for mark in marks)
        if errors and told != class_:
            print(f"{name} [{class_}]: {told or 'nothing'} | {text}")
    counts["names"] += len(seen)
    _look_up(reader, whole)


def _named(index: NameIndex, text: str, hidden: frozenset[str]) -> Iterator[tuple[int, int, str, str]]:
    """Where a text names hidden equipment: start, end, designation, class."""
    for found in index.find(text):
        name = found.names[0]
        if name.name in hidden and not name.bare and name.row.get("family") != "calibre":
            yield found.start, found.end, name.name, str(name.sector)


def _annotated(reader: Reader, text: str, index: NameIndex) -> Annotated:
    _look_up(reader, index)
    article, _ = article_from_text(text, source="unseen", plain=True)
    return reader.annotate(article)


def _look_up(reader: Reader, index: NameIndex) -> None:
    """Have the annotator look up weapons in this index."""
    reader.annotator.equipment = index
    reader.annotator.__dict__.pop("_designations", None)


def _class_at(note: Annotated, start: int, end: int) -> str | None:
    """The class of the equipment told at a place, or None."""
    entities = (note.interpreter.entity(sentence, token) for sentence in note.sentences for token in sentence)
    told = [e.materiel for e in entities if e.materiel is not None and e.materiel.start < end and e.materiel.end > start]
    return max(told, key=lambda thing: thing.end - thing.start).class_ if told else None


def _fires(reader: Reader, most: int, dice: random.Random) -> None:
    """Print sentences in which an open pattern makes equipment of a name."""
    rows = [row for row in reader.tables.rows("equipment/patterns.yaml") if not row.get("measure")]
    free, other = (
        re.compile("|".join(f"(?<![\\w-])(?:{_unnamed(r['regex'])})(?![\\w-])" for r in rows if bool(_alone(r)) is alone))
        for alone in (True, False)
    )
    nouns = {noun["noun"].split()[-1] for noun in reader.tables.rows("equipment/generic.yaml")}
    listed = [s for s in dict.fromkeys(sentences()) if free.search(s) or (other.search(s) and _told(s, nouns))]
    dice.shuffle(listed)
    for text in listed:
        note = _annotated(reader, text, reader.annotator.equipment)
        for mention in note.mentions:
            if most and mention.equipment is not None and mention.equipment.row.get("open"):
                class_ = _class_at(note, mention.start, mention.end)
                if class_:
                    print(f"{mention.text} [{class_}] | {text}")
                    most -= 1
        if not most:
            return


def _alone(row: dict[str, Any]) -> bool:
    """Whether a pattern needs no noun beside it."""
    return any(row.get(key) for key in ("alone", "family", "series"))


def _unnamed(regex: str) -> str:
    """The pattern without the names of its groups, so that several can stand side by side."""
    return re.sub(r"\(\?P<\w+>", "(?:", regex)


def _told(text: str, nouns: set[str]) -> bool:
    """Whether a sentence has a common noun for weapons."""
    return any(word in nouns or word.removesuffix("s") in nouns for word in re.findall(r"[a-z]+", text.lower()))


def sentences() -> Iterator[str]:
    """The sentences of the corpora, cut by their marks."""
    for text in _texts():
        yield from (s for part in _ENDS.split(text) if 20 < len(s := " ".join(part.split())) < 600)


def _texts() -> Iterator[str]:
    csv.field_size_limit(10**8)
    for folder, column in (("wikinews_2019_2020", "text"), ("kiel_ukraine_arms", "explanation")):
        for file in sorted((CORPORA / folder).glob("*.csv")):
            with file.open(encoding="utf-8", newline="") as rows:
                yield from (row[column] or "" for row in csv.DictReader(rows))
    files = [(CORPORA / "nk_missile_tests" / "dev.jsonl", "description")]
    files += [(file, "text") for file in sorted((CORPORA / "open_releases").glob("*.jsonl"))]
    files += [(file, "text") for file in sorted((CORPORA / "re3d").glob("*/documents.json"))]
    for file, column in files:
        for line in file.read_text(encoding="utf-8").splitlines():
            yield str(json.loads(line).get(column) or "") if line.strip() else ""


if __name__ == "__main__":
    raise SystemExit(main())
