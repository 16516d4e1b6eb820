#!/usr/bin/env python3
"""Incidents of a large register: how long adding an article with its incidents takes, and making all of them anew.

    python benchmarks/incident_soak.py [--records 100000] [--file FILE] [--json FILE]

Makes the register of `made_register.py` where FILE is not there; one article in four is told again by others, one or two of
them as a rule and dozens now and then, on the same day or the next two. Times are CPU time of this process. The bars: an
article with its incidents in 50 ms (median) and 200 ms (nineteen of twenty); all incidents of a million records in 15
minutes: one process does it, so that a second core does not help; scaled by the number of records.
"""

from __future__ import annotations

import argparse
import datetime as dt
import hashlib
import itertools
import json
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from made_register import BATCH, RUN, World
from tocsin.model import Result
from tocsin.register import Register
from tocsin.register.incident_rebuild import rebuild

BARS = {"add_median_ms": 50.0, "add_p95_ms": 200.0, "rebuild_s_per_million": 900.0}
AGAIN, MOST = 0.25, 60  # the share of articles that others tell again, and by how many at most


def main() -> int:
    """Measure, print, compare with the bars."""
    options = argparse.ArgumentParser(description="incidents of a large register")
    options.add_argument("--records", type=int, default=100_000)
    options.add_argument("--file", type=Path)
    options.add_argument("--json", type=Path, metavar="FILE")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = chosen.file or Path(folder, "register.db")
        figures: dict[str, Any] = {}
        if not path.exists():
            figures["fill_s"] = round(timed(lambda: fill(path, chosen.records)), 1)
        figures |= measure(path)
    for key, value in figures.items():
        print(f"incident_soak.{key}: {value}")
    if chosen.json:
        chosen.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    faults = [f"incident_soak.{key}: {figures[key]} is over {bar}" for key, bar in BARS.items() if figures[key] > bar]
    print("\n".join(faults), file=sys.stderr) if faults else None
    return 1 if faults else 0


def measure(path: Path, adds: int = 400) -> dict[str, Any]:
    """The figures of a register that is there."""
    with Register(path) as register:
        news = itertools.islice(retold(time.time_ns()), adds)
        times = sorted(timed(lambda result=result: register.add(result, RUN)) for result in news)  # type: ignore[misc]
        records = register.summary(parties=False).records
        with register._store.writing() as db:
            kept = _groups(db)
            took = timed(lambda: rebuild(db))
            same = kept == _groups(db)
            sizes = sorted((n for n, in db.execute("SELECT count(*) FROM incident_member GROUP BY incident")), reverse=True)
            links = db.execute("SELECT count(*) FROM incident_link").fetchone()[0] // 2
    return {
        "records": records, "incidents": len(sizes), "largest": sizes[0], "of_several": sum(n > 1 for n in sizes),
        "links": links, "bytes_a_record": round(path.stat().st_size / records),
        "add_median_ms": round(1000 * times[len(times) // 2], 1),
        "add_p95_ms": round(1000 * times[len(times) * 95 // 100], 1),
        "add_slowest_ms": round(1000 * times[-1], 1), "rebuild_s": round(took, 1),
        "rebuild_s_per_million": round(took * 1_000_000 / records, 1), "rebuilt_the_same": same,
    }


def fill(path: Path, records: int, seed: int = 1) -> None:
    """Add at least so many records to a register, made where it is not there."""
    made, articles = 0, retold(seed)
    with Register(path) as register:
        while made < records:
            made += sum(one.records for one in register.add_all(itertools.islice(articles, BATCH), RUN))


def retold(seed: int) -> Iterator[Result]:
    """Made articles, one in four told again by others."""
    draw = random.Random(seed)
    for result in World(seed).results():
        yield result
        if draw.random() < AGAIN:
            for number in range(min(int(draw.paretovariate(1.2)), MOST)):
                yield _told_again(result, number, draw)


def _told_again(result: Result, number: int, draw: random.Random) -> Result:
    """An article by another outlet with the same records in a text of its own."""
    article = result.article
    day = dt.date.fromisoformat(str(article.published.value)) + dt.timedelta(days=draw.choice((0, 0, 1, 2)))
    text = f"{article.text} Again {number}."
    digest = hashlib.sha256(f"{article.id}{text}".encode()).hexdigest()
    other = article.model_copy(update={
        "id": digest, "text_sha256": digest, "source": f"{article.source}-{number}", "text": text,
        "publisher": f"The Other Post {number}",
        "published": article.published.model_copy(update={"value": day.isoformat()})})
    records = tuple(record.model_copy(update={"id": "r_" + hashlib.sha256(f"{digest}{at}".encode()).hexdigest()[:12]})
                    for at, record in enumerate(result.records))
    return Result.model_construct(article=other, problems=(), records=records)


def _groups(db: Any) -> set[tuple[int, str]]:
    return set(db.execute("SELECT record, incident FROM incident_member"))


def timed(call: Callable[[], object]) -> float:
    """CPU seconds of a call."""
    began = time.process_time()
    call()
    return time.process_time() - began


if __name__ == "__main__":
    raise SystemExit(main())
