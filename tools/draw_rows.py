#!/usr/bin/env python3
"""Draw rows of a knowledge table to be checked against sources by hand, and count what was found.

In: a table under src/tocsin/knowledge (YAML list or mapping, or TSV), a seed and a number; the same seed draws the same
rows. Out: one row a block, each filled column on a line of its own behind an empty mark. Save it, put "x" into the mark of
each value that is wrong ("?" where no source tells), and give the file back with --count: errors per column are printed.

    python tools/draw_rows.py equipment/designations.tsv --seed 7 -n 100 > /tmp/drawn.txt
    python tools/draw_rows.py parties/firms.yaml --since d508f06     of the rows that the table has gained since a commit
    python tools/draw_rows.py --count /tmp/drawn.txt
"""

from __future__ import annotations

import argparse
import math
import random
import re
import subprocess
from collections import Counter
from pathlib import Path
from typing import Any

import yaml

from tocsin.knowledge.loader import Tables, read_yaml

KNOWLEDGE = Path(__file__).resolve().parents[1] / "src" / "tocsin" / "knowledge"
MARKED = re.compile(r"\[([ x?])\] ([\w-]+): ")


def main() -> int:
    """Run from the command line; returns the exit status."""
    options = argparse.ArgumentParser(description="draw rows of a table to be checked by hand")
    options.add_argument("table", nargs="?", help="a table, as equipment/designations.tsv")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("-n", type=int, default=100)
    options.add_argument("--count", type=Path, help="a checked file: print errors per column instead")
    options.add_argument("--since", metavar="COMMIT", help="only rows whose first column no row had at this commit")
    asked = options.parse_args()
    if asked.count:
        print("\n".join(counted(asked.count.read_text(encoding="utf-8"))))
        return 0
    if not asked.table:
        options.error("name a table, or a checked file with --count")
    rows = entries(asked.table)
    if asked.since:
        old = {_key(row) for row in earlier(asked.table, asked.since)}
        rows = [row for row in rows if _key(row) not in old]
    drawn = random.Random(asked.seed).sample(rows, min(asked.n, len(rows)))
    print(f"# {asked.table}, seed {asked.seed}, {len(drawn)} of {len(rows)} rows; x: wrong, ?: no source tells")
    for number, row in enumerate(drawn, 1):
        print(f"\n## {number}")
        print("\n".join(f"[ ] {column}: {value}" for column, value in row.items() if value not in ("", None, [])))
    return 0


def entries(table: str) -> list[dict[str, Any]]:
    """The rows of a table; of a mapping each key with what it holds."""
    if table.endswith(".tsv"):
        return Tables().rows(table)
    return _listed(read_yaml(KNOWLEDGE / table))


def earlier(table: str, commit: str) -> list[dict[str, Any]]:
    """The rows of a table at a commit; none where it was not there."""
    where = f"{commit}:./{table}"
    shown = subprocess.run(["git", "show", where], cwd=KNOWLEDGE, capture_output=True, text=True, check=False)
    if shown.returncode:
        return []
    if not table.endswith(".tsv"):
        return _listed(yaml.safe_load(shown.stdout))
    lines = [line.split("\t") for line in shown.stdout.splitlines() if line and not line.startswith("#")]
    return [dict(zip(lines[0], line, strict=False)) for line in lines[1:]]


def _key(row: dict[str, Any]) -> str:
    """What a row is known by: its first column."""
    return str(next(iter(row.values())))


def _listed(data: Any) -> list[dict[str, Any]]:
    if isinstance(data, dict):
        return [{"key": key, **(value if isinstance(value, dict) else {"value": value})} for key, value in data.items()]
    return [row if isinstance(row, dict) else {"value": row} for row in data]


def counted(checked: str) -> list[str]:
    """Of each column how many values were checked, how many are wrong, with Wilson's interval at 95 %."""
    marks: dict[str, Counter[str]] = {}
    for mark, column in MARKED.findall(checked):
        marks.setdefault(column, Counter())[mark] += 1
    lines = []
    for column, found in marks.items():
        told = found[" "] + found["x"]
        low, high = wilson(found["x"], told)
        lines.append(f"{column}: {found['x']} of {told} wrong ({low:.1%} to {high:.1%}), {found['?']} not to be settled")
    return lines


def wilson(hits: int, of: int) -> tuple[float, float]:
    """Wilson's interval of a share."""
    if not of:
        return 0.0, 1.0
    z, share = 1.96, hits / of
    middle, reach = share + z * z / (2 * of), z * math.sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    return max(0.0, (middle - reach) / (1 + z * z / of)), min(1.0, (middle + reach) / (1 + z * z / of))


if __name__ == "__main__":
    raise SystemExit(main())
