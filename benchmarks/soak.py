#!/usr/bin/env python3
"""Long runs: the whole open corpora read, with speed and the growth of memory; figures go into soak.json.

python benchmarks/soak.py [--shared ../shared] [--limit N]
"""

from __future__ import annotations

import argparse
import json
import platform
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent


def main() -> int:
    """Read every release and print figures; 0 where all were read."""
    options = argparse.ArgumentParser(description="read the open corpora whole")
    options.add_argument("--shared", type=Path, default=HERE.parents[1] / "shared")
    options.add_argument("--limit", type=int, default=0, metavar="N", help="stop after N articles")
    chosen = options.parse_args()
    folder = chosen.shared / "corpora" / "open_releases"
    if not folder.is_dir():
        print(f"soak: skipped, {folder} is not here")
        return 0
    from tocsin.reader import Reader

    reader, words, records, count, failed, early = Reader(), 0, 0, 0, 0, 0
    began = time.process_time()
    for row in _rows(folder):
        if chosen.limit and count >= chosen.limit:
            break
        count += 1
        try:
            result = reader.read_text(row["text"], published=row.get("published"), url=row.get("url"), source=row["id"])
        except Exception as error:  # a soak run counts every fault and goes on
            failed += 1
            print(f"{row['id']}: {error!r}", file=sys.stderr)
            continue
        words += len(row["text"].split())
        records += len(result.records)
        if count == 200:
            early = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    seconds = time.process_time() - began
    figures = {
        "commit": subprocess.run(
            ["git", "rev-parse", "HEAD"], capture_output=True, text=True, check=False
        ).stdout.strip(),
        "machine": f"{platform.machine()}, Python {platform.python_version()}",
        "articles": count,
        "failed": failed,
        "words": words,
        "records": records,
        "cpu_s_per_1000_words": round(1000 * seconds / max(words, 1), 3),
        "memory_mb_after_200": early,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }
    print(json.dumps(figures, indent=1))
    (HERE / "soak.json").write_text(json.dumps({"open_releases": figures}, indent=1) + "\n", encoding="utf-8")
    return 1 if failed else 0


def _rows(folder: Path) -> Iterator[dict[str, str]]:
    for file in sorted(folder.glob("*.jsonl")):
        with file.open(encoding="utf-8") as lines:
            yield from (json.loads(line) for line in lines)


if __name__ == "__main__":
    raise SystemExit(main())
