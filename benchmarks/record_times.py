#!/usr/bin/env python3
"""When, where, on whose word: whether the records that were found have the right time, country and nearest source.

In: hand-coded articles (the gold in ../shared, the blind rounds). Out: of the records of ours that were paired with a
hand-coded one, the share whose time is right (as gold_format.md compares times, where either side has one), for events and
statements; of those whose place has a country by hand, the share whose first place is of that country; the share whose
nearest source is right. Beside it two simple ways to date: every event on the day of the report, as GDELT does, and every
event some day up to the report.

    python benchmarks/record_times.py [--errors]      --errors: the wrong times of the gold, by what is wrong with them
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import blind
from _floors import check
from gold import GOLD
from tocsin import evaluation
from tocsin.evaluation.slots import compare

Record = dict[str, Any]
Pair = tuple[str, Record, Record]  # day of publication, record by hand, ours
Told = Counter[tuple[str, bool]]  # (what, right) -> how many


def main() -> int:
    """Run from the command line; returns the exit status."""
    options = argparse.ArgumentParser(description="times, places and sources of paired records")
    options.add_argument("--errors", action="store_true", help="list the wrong times of the gold")
    show = options.parse_args().errors
    if not (GOLD.is_dir() and blind.CORPORA.is_dir()):
        print(f"record_times: skipped, {GOLD} or {blind.CORPORA} is not there")
        return 0
    sets = {"gold": list(_pairs(GOLD)), "blind": list(_blind_pairs())}
    told = {name: _told(pairs) for name, pairs in sets.items()}
    told["all"] = told["gold"] + told["blind"]
    for name, counts in told.items():
        print(f"{name}: " + ", ".join(_shown(counts, what) for what in sorted({what for what, _ in counts})))
    for kind, count in _faults([pair for pairs in sets.values() for pair in pairs]).most_common(12):
        print(f"  {count:3d} {kind}")
    if show:
        _list(sets["gold"])
    figures = {f"{name}_{what}": _share(told[name], what) for name in told for what in ("time", "place", "source")}
    figures |= {f"{name}_{what}": _share(told[name], what) for name in told for what in ("events", "statements")}
    faults = check("record_times", {name: round(value, 3) for name, value in figures.items()})
    print("\n".join(faults), file=sys.stderr) if faults else None
    return 1 if faults else 0


def _pairs(folder: Path) -> Iterator[Pair]:
    gold = evaluation.load_gold(folder, [])
    for article in evaluation.score(gold, evaluation.read_gold(gold)).articles:
        for pair in article.pairs:
            yield str(article.article.published or "")[:10], pair.gold, pair.program


def _blind_pairs() -> Iterator[Pair]:
    for round_ in sorted(path.name for path in blind.LABELS.iterdir() if path.is_dir()):
        with tempfile.TemporaryDirectory() as folder:
            blind.unpack(Path(folder), round_)
            yield from _pairs(Path(folder))


def _told(pairs: list[Pair]) -> Told:
    counts: Told = Counter()
    for day, gold, ours in pairs:
        slots = compare(gold, ours).slots
        counts["source", slots["attribution"].equal] += 1
        if slots["time"].counts:
            counts["time", slots["time"].equal] += 1
            counts["statements" if gold["type"] == "statement" else "events", slots["time"].equal] += 1
            for name, time in _simple(day).items():
                counts[name, compare(gold, ours | {"time": time}).slots["time"].equal] += 1
        place = gold.get("place") or next(iter(gold.get("places") or ()), None)
        if place and place.get("country"):
            first = next((p.get("country") for p in ours.get("places") or ()), None)
            counts["place", first == place["country"]] += 1
    return counts


def _simple(day: str) -> dict[str, Record]:
    """The simple ways to date by the report."""
    return {"(day of the report)": {"earliest": day, "latest": day}, "(up to the report)": {"latest": day}}


def _share(counts: Told, what: str) -> float:
    return counts[what, True] / max(1, counts[what, True] + counts[what, False])


def _shown(counts: Told, what: str) -> str:
    every = counts[what, True] + counts[what, False]
    return f"{what} {counts[what, True]} of {every} ({_share(counts, what):.1%})"


def _faults(pairs: list[Pair]) -> Counter[str]:
    """What is wrong with the times that are wrong: kind of record, its status, and the form that either side gives."""
    found: Counter[str] = Counter()
    for day, gold, ours in pairs:
        if not compare(gold, ours).slots["time"].equal:
            kind = "statement" if gold["type"] == "statement" else "event"
            found[f"{kind}, {gold['status']}: {_form(gold, day)}, ours {_form(ours, day)}"] += 1
    return found


def _form(record: Record, day: str) -> str:
    """A time by its kind: "report" is the day of publication."""
    time = record.get("time") or {}
    first, last = (str(time[k])[:10] if time.get(k) else None for k in ("earliest", "latest"))
    if first is None and last is None:
        return "no time"
    names = ["open" if end is None else "report" if end == day else "a day" for end in (first, last)]
    return names[0] if first == last else "a span" if names == ["a day", "a day"] else " to ".join(names)


def _list(pairs: list[Pair]) -> None:
    for day, gold, ours in pairs:
        slot = compare(gold, ours).slots["time"]
        if not slot.equal:
            times = [f"{(r.get('time') or {}).get(k)}" for r in (gold, ours) for k in ("earliest", "latest")]
            words = " ".join(str((gold.get("evidence") or [{}])[0].get("exact", "")).split())[:90]
            print(f"{day} {gold['type']}/{gold['status']}: {times[0]}..{times[1]}, ours {times[2]}..{times[3]}: {words}")


if __name__ == "__main__":
    raise SystemExit(main())
