#!/usr/bin/env python3
"""A register of many records: how long find, adding and export take, and how large the file is.

    python benchmarks/register.py [--records N] [--file FILE] [--json FILE]

Makes the register where FILE is not there (30,000 records; the million of `make soak` takes half an hour). Every filter
alone and every pair of them is asked for its first page, with values from the most common to the rarest, each filter also
in every order. Exit status 1 where one takes longer than its bar. Times are CPU time of this process, so that other
programs count little; `pace` tells how fast the machine was meanwhile (seconds for a fixed piece of work; 0.17 to
0.41 were seen on two shared cores). The bars are not scaled by it.
"""

from __future__ import annotations

import argparse
import itertools
import json
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from made_register import RUN, World, fill
from tocsin.export.exporters import EXPORTERS, lines_of
from tocsin.register import Register
from tocsin.register.names import party_names

BARS = {"find_ms": 150.0, "add_ms": 50.0, "export_s": 10.0}
EXPORTED = 100_000
VALUES: dict[str, list[Any]] = {
    "words": ["said", "forces ministry", "howitzers", '"military missiles"', "bab*"],
    "type": ["armed_incident", "meeting", "fact"],
    "subtype": ["first"],
    "party": ["UKR", "Russia", "BTN", "state:UKR-0", "RUS,USA,CHN", "NATO"],
    "role": ["initiator", "intermediary"],
    "place": ["UKR", "Kyiv", "Bhutan"],
    "since": ["2014", "2024-06"],
    "until": ["2015", "2024"],
    "reported_since": ["2023"],
    "reported_until": ["2016-05-05"],
    "status": ["occurred", "denied"],
    "min_confidence": [0.3, 0.95],
    "historical": [True, False],
    "materiel": ["missile"],
    "said_by": ["UKR"],
    "outlet": ["The Baling Post"],
    "box": [(29.0, 34.0, 38.0, 49.0), (-60.0, -180.0, 80.0, 180.0)],
}
ORDERS = ("published", "when", "confidence", "added", "who", "count", "quote", "sources")


def main() -> int:
    """Measure, print, compare with the bars."""
    options = argparse.ArgumentParser(description="a register of a million records")
    options.add_argument("--records", type=int, default=30_000)
    options.add_argument("--file", type=Path)
    options.add_argument("--json", type=Path, metavar="FILE")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = chosen.file or Path(folder, "register.db")
        figures: dict[str, Any] = {}
        if not path.exists():
            figures["fill_s"] = round(_timed(lambda: fill(path, chosen.records)), 1)
        figures |= measure(path)
    for key, value in figures.items():
        print(f"register.{key}: {value}")
    if chosen.json:
        chosen.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    faults = [f"register.{key}: {figures[key]} is over {bar}" for key, bar in BARS.items() if figures[key] > bar]
    print("\n".join(faults), file=sys.stderr) if faults else None
    return 1 if faults else 0


def measure(path: Path) -> dict[str, Any]:
    """The figures of a register that is there."""
    with Register(path) as register:
        records = register.summary().records
        singles, pairs = _finds(register)
        slowest, times = max((pairs | singles).items(), key=lambda item: item[1]), sorted((pairs | singles).values())
        figures: dict[str, Any] = {
            "records": records, "bytes_a_record": round(path.stat().st_size / records),
            "finds": len(times), "find_ms": round(1000 * slowest[1], 1), "find_slowest": slowest[0],
            "find_median_ms": round(1000 * times[len(times) // 2], 1),
            "find_single_ms": round(1000 * max(singles.values()), 1),
            "export_s": round(min(_timed(lambda: sum(1 for _ in lines_of(EXPORTERS["csv"], register.find(limit=EXPORTED))))
                                  for _ in range(2)), 2),
            **_adds(register),
            "pace": round(_timed(lambda: [json.loads(text) for text in [json.dumps({"a": [*range(100)]})] * 20_000]), 3),
        }
    return figures


def _finds(register: Register) -> tuple[dict[str, float], dict[str, float]]:
    party_names()  # the tables of names are read once
    values = [(name, value) for name, several in VALUES.items() for value in several]
    register.find(limit=20)
    singles = {f"{name}={value} by {order}": _page(register, {name: value}, order)
               for name, value in values for order in ORDERS}
    pairs = {f"{a[0]}={a[1]} {b[0]}={b[1]}": _page(register, dict([a, b]), "published")
             for a, b in itertools.combinations(values, 2) if a[0] != b[0]}
    return singles, pairs


def _page(register: Register, filters: dict[str, Any], order: Any) -> float:
    """Seconds for the first page of 20 records with their count: the best of two, of six where that is near the bar, for
    the machine is shared."""
    times = [_timed(lambda: list(register.find(sort=order, limit=20, **filters))) for _ in range(2)]
    if min(times) > BARS["find_ms"] / 2000:
        times += [_timed(lambda: list(register.find(sort=order, limit=20, **filters))) for _ in range(4)]
    return min(times)


def _adds(register: Register) -> dict[str, float]:
    """Milliseconds for an article with its records: the slower of nineteen in twenty, and the slowest of 200, which has the
    log written back into the file."""
    news = itertools.islice(World(time.time_ns()).results(), 200)
    times = sorted(_timed(lambda result=result: register.add(result, RUN)) for result in news)  # type: ignore[misc]
    return {"add_median_ms": round(1000 * times[100], 1), "add_ms": round(1000 * times[190], 1),
            "add_slowest_ms": round(1000 * times[-1], 1)}


def _timed(call: Callable[[], object]) -> float:
    began = time.process_time()
    call()
    return time.process_time() - began


if __name__ == "__main__":
    raise SystemExit(main())
