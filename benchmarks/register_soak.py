#!/usr/bin/env python3
"""A register over a long time: two processes read while a third writes, and memory over many articles.

    python benchmarks/register_soak.py [--seconds 60] [--articles 20000] [--json FILE]
"""

from __future__ import annotations

import argparse
import itertools
import json
import multiprocessing
import tempfile
import time
from pathlib import Path
from typing import Any

from made_register import RUN, World
from tocsin.register import Register

GROWTH = 0.10  # of memory, from a tenth of the articles to all of them


def main() -> int:
    """Run both, print figures; exit status 1 where a reader failed or memory grew."""
    options = argparse.ArgumentParser(description="a register over a long time")
    options.add_argument("--seconds", type=float, default=60)
    options.add_argument("--articles", type=int, default=20_000)
    options.add_argument("--json", type=Path, metavar="FILE")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        figures = together(Path(folder, "a.db"), chosen.seconds) | memory(Path(folder, "b.db"), chosen.articles)
    for key, value in figures.items():
        print(f"register_soak.{key}: {value}")
    if chosen.json:
        chosen.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    bad = figures["reader_errors"] or abs(figures["memory_growth"]) > GROWTH
    return 1 if bad else 0


def together(path: Path, seconds: float) -> dict[str, Any]:
    """One writes, two read."""
    Register(path).close()
    context = multiprocessing.get_context("spawn")
    done: Any = context.Queue()
    readers = [context.Process(target=_read, args=(path, seconds, done)) for _ in range(2)]
    for reader in readers:
        reader.start()
    written, until = 0, time.monotonic() + seconds
    with Register(path) as register:
        for result in World(1).results():
            register.add(result, RUN)
            written += 1
            if time.monotonic() > until:
                break
    outcomes = [done.get(timeout=60) for _ in readers]
    for reader in readers:
        reader.join()
    return {"seconds": seconds, "articles_written": written, "finds_read": sum(finds for finds, _ in outcomes),
            "reader_errors": [error for _, error in outcomes if error]}


def _read(path: Path, seconds: float, done: Any) -> None:
    finds, until = 0, time.monotonic() + seconds
    try:
        while time.monotonic() < until:
            with Register(path, read_only=True) as register:
                found = register.find(party="RUS", limit=20)
                assert len(list(found)) == len(found)
                finds += 1
        done.put((finds, None))
    except Exception as error:
        done.put((finds, repr(error)))


def memory(path: Path, articles: int) -> dict[str, Any]:
    """Resident megabytes after a tenth of the articles and after all of them."""
    early = 0.0
    with Register(path) as register:
        for number, result in enumerate(itertools.islice(World(1).results(), articles), 1):
            register.add(result, RUN)
            if number == articles // 10:
                early = _resident()
        late = _resident()
    return {"articles": articles, "memory_mb_early": round(early), "memory_mb_late": round(late),
            "memory_growth": round(late / early - 1, 3)}


def _resident() -> float:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * 4096 / 1e6


if __name__ == "__main__":
    raise SystemExit(main())
