"""Score the time grammar against TimeML documents (TIMEX3 extent and value).

In: a folder of .tml files (default ../shared/corpora/timeml beside the repository). Out: a table on standard output, and
with ``--errors N`` the commonest misses, false alarms and wrong values. The document creation time is the day of
publication. An expression counts as found when it overlaps a hand-marked one, one to one; its value counts when it is the
same string. Nothing of the corpus is stored.

    python benchmarks/timex.py [--corpus DIR] [--errors 20]
"""

from __future__ import annotations

import argparse
import html
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from _floors import check
from tocsin.language.times import TimeExpression, find_times

DEFAULT = Path(__file__).resolve().parents[2] / "shared" / "corpora" / "timeml"
_TAG = re.compile(r"<[^>]+>|[^<]+")
_ATTRIBUTE = re.compile(r'(\w+)="([^"]*)"')


@dataclass(frozen=True)
class Marked:
    """One expression, marked by hand or found."""

    start: int
    end: int
    text: str
    type: str
    value: str | None


@dataclass
class Score:
    """Counts over all documents, and what went wrong."""

    gold: int = 0
    found: int = 0
    overlap: int = 0
    exact: int = 0
    type_right: int = 0
    value_right: int = 0
    characters: int = 0
    seconds: float = 0.0
    missed: Counter[str] = field(default_factory=Counter)
    false: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)


def read_document(file: Path) -> tuple[str, date | None, list[Marked]]:
    """Text, creation day and marked expressions of one TimeML file."""
    source = file.read_text(encoding="utf-8", errors="replace")
    created = re.search(r'<DCT>.*?value="(\d{4}-\d\d-\d\d)', source, re.DOTALL)
    body = re.search(r"<TEXT>(.*?)</TEXT>", source, re.DOTALL)
    pieces: list[str] = []
    marks: list[Marked] = []
    open_: list[tuple[int, dict[str, str]]] = []
    length = 0
    for piece in _TAG.findall(body[1] if body else ""):
        if piece.startswith("<TIMEX3"):
            open_.append((length, dict(_ATTRIBUTE.findall(piece))))
        elif piece == "</TIMEX3>":
            start, attributes = open_.pop()
            span = "".join(pieces)[start:]
            marks.append(Marked(start, length, span, attributes.get("type", ""), attributes.get("value")))
        elif not piece.startswith("<"):
            pieces.append(html.unescape(piece))
            length += len(pieces[-1])
    return "".join(pieces), date.fromisoformat(created[1]) if created else None, marks


def flat(expressions: list[TimeExpression]) -> Iterator[Marked]:
    """Found expressions as TIMEX3 has them: a range is its two ends."""
    for expression in expressions:
        if expression.parts:
            yield from flat(list(expression.parts))
        else:
            e = expression
            yield Marked(e.start, e.end, e.text, e.timex3_type, e.value)


def pair(gold: list[Marked], found: list[Marked]) -> list[tuple[Marked, Marked]]:
    """One-to-one pairs of overlapping spans, the longest overlap first."""
    overlaps = sorted(
        (
            (min(g.end, f.end) - max(g.start, f.start), i, j)
            for i, g in enumerate(gold)
            for j, f in enumerate(found)
            if g.start < f.end and f.start < g.end
        ),
        key=lambda triple: -triple[0],
    )
    used_gold: set[int] = set()
    used_found: set[int] = set()
    pairs = []
    for _, i, j in overlaps:
        if i not in used_gold and j not in used_found:
            used_gold.add(i)
            used_found.add(j)
            pairs.append((gold[i], found[j]))
    return pairs


def score_document(score: Score, text: str, created: date | None, gold: list[Marked]) -> None:
    """Add one document to the score."""
    begin = time.process_time()
    found = list(flat(find_times(text, created, direction="lean", previous="text")))
    score.seconds += time.process_time() - begin
    score.characters += len(text)
    score.gold += len(gold)
    score.found += len(found)
    pairs = pair(gold, found)
    score.overlap += len(pairs)
    for g, f in pairs:
        score.exact += (g.start, g.end) == (f.start, f.end)
        score.type_right += g.type == f.type
        score.value_right += g.value == f.value
        if g.value != f.value:
            score.wrong[f"{shape(f.text)}: {f.value} for {g.value} (created {created})"] += 1
    matched_gold, matched_found = {id(g) for g, _ in pairs}, {id(f) for _, f in pairs}
    for g in gold:
        if id(g) not in matched_gold:
            score.missed[shape(g.text)] += 1
    for f in found:
        if id(f) not in matched_found:
            score.false[f"{shape(f.text)} ({f.type}): {shape(text[max(0, f.start - 25) : f.end + 20])}"] += 1


def shape(text: str) -> str:
    """Words on one line, in lower case."""
    return " ".join(text.lower().split())


def f1(right: int, score: Score) -> float:
    """F1 of so many right ones."""
    return 2 * right / (score.gold + score.found) if score.gold + score.found else 0.0


def report(name: str, score: Score, errors: int) -> None:
    """Print the table of one collection."""
    precision = score.overlap / score.found if score.found else 0.0
    recall = score.overlap / score.gold if score.gold else 0.0
    speed = 1e6 * score.seconds / max(1, score.characters)
    print(
        f"{name:10} marked {score.gold:5} found {score.found:5}"
        f"  relaxed P {precision:.3f} R {recall:.3f} F1 {f1(score.overlap, score):.3f}"
        f"  strict F1 {f1(score.exact, score):.3f}"
        f"  type F1 {f1(score.type_right, score):.3f}  value F1 {f1(score.value_right, score):.3f}"
        f"  {speed:.2f} ms per 1,000 characters"
    )
    for title, counter in (("missed", score.missed), ("false alarms", score.false), ("wrong values", score.wrong)):
        if errors:
            print(f"  {title}:")
        for words, count in counter.most_common(errors):
            print(f"    {count:3}  {words}")


def main() -> int:
    """Run over every collection under the corpus folder and over all of them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, default=DEFAULT)
    parser.add_argument("--errors", type=int, default=0)
    options = parser.parse_args()
    files = [file for file in sorted(options.corpus.rglob("*.tml")) if not file.name.startswith(".")]
    if not files:
        print(f"skipped: no .tml files under {options.corpus}; give a TimeML folder with --corpus")
        return 0
    find_times("warm up", None)
    total, parts = Score(), {name: Score() for name in sorted({file.parent.name for file in files})}
    for file in files:
        text, created, marks = read_document(file)
        score_document(parts[file.parent.name], text, created, marks)
        score_document(total, text, created, marks)
    for name, score in parts.items():
        report(name, score, 0)
    report("all", total, options.errors)
    relaxed, value = round(f1(total.overlap, total), 3), round(f1(total.value_right, total), 3)
    faults = check("timex", {"relaxed_f1": relaxed, "value_f1": value})
    for fault in faults:
        print(f"below the floor: {fault}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
