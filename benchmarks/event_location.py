"""Places of events: for a marked verb of an event the place that its sentence gives it, or none.

In: ``../shared/corpora/event_location`` (9,199 sentences; of each sample drawn with a fixed seed the same ones). Out:
precision (of the places given, how many overlap a marked one) and recall (of the sentences with a marked place, how many get
it), beside a baseline: the place name nearest to the verb. Many sentences have no place; "none" is then the right answer.
The sentences of one source (`Masdar_RA`) have hardly a place marked, though most tell one (9 of 97 in a sample): they are
left out of the figures and shown by themselves.

    python benchmarks/event_location.py [--shared DIR] [--size 1800] [--errors 20]
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from _floors import check
from tocsin import Reader
from tocsin.language.event_places import EventPlaces
from tocsin.reading import article_from_text

DEFAULT = Path(__file__).resolve().parents[2] / "shared"
UNMARKED = "Masdar_RA"
SEED = 11
Span = tuple[int, int]


@dataclass(frozen=True)
class Row:
    """One sentence: the marked places, what is given, what the baseline gives."""

    source: str
    verb: str
    marked: tuple[Span, ...]
    given: Span | None
    nearest: Span | None
    text: str
    named: bool  # whether a marked place is among those that were seen

    def right(self, answer: Span | None) -> bool:
        """Whether an answer overlaps a marked place."""
        return answer is not None and any(a < answer[1] and answer[0] < b for a, b in self.marked)


def main() -> int:
    """Run from the command line; returns the exit status."""
    options = argparse.ArgumentParser(description="places of events")
    options.add_argument("--shared", type=Path, default=DEFAULT)
    options.add_argument("--size", type=int, default=1800)
    options.add_argument("--errors", type=int, default=0, metavar="N")
    chosen = options.parse_args()
    file = chosen.shared / "corpora" / "event_location" / "train.jsonl"
    if not file.is_file():
        print(f"event_location: skipped, {file} is not there")
        return 0
    lines = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    random.Random(SEED).shuffle(lines)
    reader = Reader()
    rows = [row for line in lines[: chosen.size] if (row := _row(reader, line)) is not None]
    counted = [row for row in rows if row.source != UNMARKED]
    figures = _print(counted, rows)
    _print_errors(counted, chosen.errors)
    faults = check("event_location", figures) if chosen.size == 1800 else []
    print("\n".join(faults), file=sys.stderr) if faults else None
    return 1 if faults else 0


def _row(reader: Reader, line: dict[str, Any]) -> Row | None:
    verb = next(span for span in line["spans"] if span["label"] == "VERB")
    marked = tuple(
        (s["start"], s["end"]) for s in line["spans"] if s["label"] == "LOCATION" and s["text"].strip()
    )
    note = reader.annotate(article_from_text(line["text"], plain=True)[0])
    for sentence in note.sentences:
        for token in sentence:
            if token.start <= verb["start"] < token.end:
                finder = EventPlaces(note)
                found, seen = finder.of(sentence, token), finder.places(sentence)
                given = (found.start, found.end) if found is not None else None
                near = min(seen, key=lambda w: (abs(w.start - token.start), w.start), default=None)
                nearest = (near.start, near.end) if near is not None else None
                named = any(a < w.end and w.start < b for w in seen for a, b in marked)
                return Row(line["source"], verb["text"], marked, given, nearest, line["text"], named)
    return Row(line["source"], verb["text"], marked, None, None, line["text"], False)


def _print(counted: list[Row], rows: list[Row]) -> dict[str, float]:
    print(f"{'':24}{'sentences':>9}{'marked':>8}   ours: P     R   nearest place name: P     R")
    figures = _line("all", counted)
    for source, _ in Counter(row.source for row in rows).most_common():
        _line(source, [row for row in rows if row.source == source])
    return figures


def _line(name: str, rows: list[Row]) -> dict[str, float]:
    marked = sum(bool(row.marked) for row in rows)
    cells = []
    for field in ("given", "nearest"):
        answers = [getattr(row, field) for row in rows]
        right = sum(row.right(answer) for row, answer in zip(rows, answers, strict=True))
        cells += [right / max(1, sum(a is not None for a in answers)), right / max(1, marked)]
    print(f"{name:24}{len(rows):>9}{marked:>8}{cells[0]:>11.3f}{cells[1]:>6.3f}{cells[2]:>22.3f}{cells[3]:>6.3f}")
    return {"precision": round(cells[0], 3), "recall": round(cells[1], 3), "rows": len(rows)}


def _print_errors(rows: list[Row], number: int) -> None:
    kinds: dict[str, list[Row]] = {}
    for row in rows:
        if row.right(row.given) or (row.given is None and not row.marked):
            continue
        kind = "given where none is marked" if not row.marked else "another place" if row.given else "none given"
        known = "" if not row.marked else ", the right one seen" if row.named else ", the right one not seen as a place"
        kinds.setdefault(kind + known, []).append(row)
    print("commonest errors:")
    for kind, found in sorted(kinds.items(), key=lambda item: -len(item[1])):
        print(f"  {len(found):>4}  {kind}")
        for row in found[:number]:
            words = [row.text[a:b] for a, b in row.marked]
            given = row.text[row.given[0] : row.given[1]] if row.given else None
            print(f"        {row.verb!r}: {words} -> {given!r} | {row.text.strip()[:160]}")


if __name__ == "__main__":
    raise SystemExit(main())
