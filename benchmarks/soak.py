#!/usr/bin/env python3
"""Long runs: the whole open corpora read, a stream of 100,000 articles, a register of a million
records and its incidents, kills; figures to soak.json.

python benchmarks/soak.py [--shared ../shared] [--limit N] [--records N] [--stream N]
"""

from __future__ import annotations

import argparse
import json
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent


def main() -> int:
    """Run all; 0 where all of it held."""
    options = argparse.ArgumentParser(description="long runs")
    options.add_argument("--shared", type=Path, default=HERE.parents[1] / "shared")
    options.add_argument("--limit", type=int, default=0, metavar="N", help="stop after N articles")
    options.add_argument("--records", type=int, default=1_000_000, metavar="N", help="of the register")
    options.add_argument("--stream", type=int, default=100_000, metavar="N", help="articles of the stream")
    chosen = options.parse_args()
    failed = _releases(chosen)
    failed += _script("text_speed", "text_speed.py", "--all")
    failed += _script("register", "register.py", "--records", str(chosen.records))
    failed += _script("web", "web.py", "--records", str(chosen.records))
    failed += _script("incident_soak", "incident_soak.py", "--records", str(chosen.records))
    failed += _script("stream_soak", "stream_soak.py", "--articles", str(chosen.stream))
    failed += _script("register_soak", "register_soak.py")
    failed += subprocess.run([sys.executable, HERE / "kills.py", "--times", "40"], check=False).returncode
    return 1 if failed else 0


def _script(name: str, *call: str) -> int:
    """Run a benchmark that writes its figures; 1 where it fell below its bars."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "figures.json")
        code = subprocess.run([sys.executable, HERE / call[0], *call[1:], "--json", file], check=False).returncode
        if file.exists():
            _keep(name, json.loads(file.read_text(encoding="utf-8")))
    return int(code != 0)


def _keep(name: str, figures: dict[str, Any]) -> None:
    """Put figures into soak.json, with commit and machine."""
    path = HERE / "soak.json"
    known = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    commit = subprocess.run(["git", "rev-parse", "HEAD"], capture_output=True, text=True, check=False, cwd=HERE)
    where = {"commit": commit.stdout.strip(), "machine": f"{platform.machine()}, Python {platform.python_version()}"}
    path.write_text(json.dumps(known | {name: where | figures}, indent=1) + "\n", encoding="utf-8")


def _releases(chosen: argparse.Namespace) -> int:
    """Read every release and print figures; how many could not be read."""
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
        "articles": count,
        "failed": failed,
        "words": words,
        "records": records,
        "cpu_s_per_1000_words": round(1000 * seconds / max(words, 1), 3),
        "memory_mb_after_200": early,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }
    print(json.dumps(figures, indent=1))
    _keep("open_releases", figures)
    return failed


def _rows(folder: Path) -> Iterator[dict[str, str]]:
    for file in sorted(folder.glob("*.jsonl")):
        with file.open(encoding="utf-8") as lines:
            yield from (json.loads(line) for line in lines)


if __name__ == "__main__":
    raise SystemExit(main())
