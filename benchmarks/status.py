#!/usr/bin/env python3
"""Whether the status of records is right: F1 of each status and their mean, over gold, blind rounds and cases.

In: hand-coded articles (../shared) and ``tests/cases``. A record of ours is compared with the hand-coded one that it was
paired with, whatever either's status is. Out: for each status precision, recall and F1 over the pairs; macro-F1 of all six
over the pairs; and the same with every core record that we miss counted against its status.

    python benchmarks/status.py
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))
import blind
from _floors import check
from case_check import differences, load_cases
from gold import GOLD
from tocsin import evaluation
from tocsin.evaluation.score import is_core
from tocsin.reader import Reader

Pairs = list[tuple[str, str | None]]  # (status by hand, ours or None where we have no such record)


def main() -> int:
    """Run from the command line; returns the exit status."""
    if not GOLD.is_dir():
        print(f"status: skipped, {GOLD} is not there")
        return 0
    sets = {"gold": _of_folder(GOLD), "blind": _of_blind(), "cases": list(_of_cases())}
    every = [pair for pairs in sets.values() for pair in pairs]
    for name, pairs in [*sets.items(), ("all", every)]:
        figures = _f1([(g, o) for g, o in pairs if o is not None])
        told = ", ".join(f"{status} {value:.3f} ({_count(pairs, status)})" for status, value in figures.items())
        missed = _mean(_f1(pairs))
        print(f"{name}: macro-F1 {_mean(figures):.3f} of {len(pairs)} records, misses counted {missed:.3f}; {told}")
    found = _mean(_f1([(g, o) for g, o in every if o is not None]))
    blindly = _mean(_f1([(g, o) for g, o in sets["blind"] if o is not None]))
    figures = {"macro_f1": found, "with_misses": _mean(_f1(every)), "blind": blindly}
    faults = check("status", {name: round(value, 3) for name, value in figures.items()})
    print("\n".join(faults), file=sys.stderr) if faults else None
    return 1 if faults else 0


def _of_folder(folder: Path) -> Pairs:
    gold = evaluation.load_gold(folder, [])
    report = evaluation.score(gold, evaluation.read_gold(gold))
    pairs: Pairs = []
    for article in report.articles:
        pairs += [(str(p.gold["status"]), str(p.program["status"])) for p in article.pairs]
        pairs += [(str(record["status"]), None) for record in article.missed if is_core(record)]
    return pairs


def _of_blind() -> Pairs:
    pairs: Pairs = []
    for round_ in sorted(path.name for path in blind.LABELS.iterdir() if path.is_dir()):
        with tempfile.TemporaryDirectory() as folder:
            blind.unpack(Path(folder), round_)
            pairs += _of_folder(Path(folder))
    return pairs


def _of_cases() -> Iterator[tuple[str, str | None]]:
    """Each expected record with the record of its type that differs least from it but for the status."""
    reader = Reader()
    for kind, case in load_cases():
        day = str(case["published"]) if case.get("published") else None
        left = [r for r in reader.read_text(case["text"], published=day, plain=True).records if r.type == kind]
        for want in case.get("expect") or []:
            ranked = sorted(left, key=lambda r: sum(not d.startswith("status") for d in differences(kind, want, r)))
            if ranked:
                left.remove(ranked[0])
            yield str(want["status"]), ranked[0].status if ranked else None


def _f1(pairs: Sequence[tuple[str, str | None]]) -> dict[str, float]:
    """F1 of every status that the hand gave."""
    by_hand, ours = Counter(g for g, _ in pairs), Counter(o for _, o in pairs)
    right = Counter(g for g, o in pairs if g == o)
    return {status: 2 * right[status] / (by_hand[status] + ours[status]) for status in sorted(by_hand)}


def _count(pairs: Pairs, status: str) -> int:
    return sum(g == status for g, _ in pairs)


def _mean(figures: dict[str, float]) -> float:
    return sum(figures.values()) / max(1, len(figures))


if __name__ == "__main__":
    raise SystemExit(main())
