#!/usr/bin/env python3
"""All benchmarks against their floors: what `make check` runs. Those that need ../shared are skipped with a line where it
is absent.

    python benchmarks/check.py [--shared ../shared]
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from _demo import BUILT, demo_register

HERE = Path(__file__).resolve().parent
BENCHMARKS = {
    "speed.py": None,
    "text_speed.py": "corpora/wikinews_2019_2020",
    "cases.py": None,
    "probes.py": None,
    "own_words.py": "corpora",
    "gold.py": "gold",
    "blind.py": "corpora",
    "confidence.py": "corpora",
    "status.py": "corpora",
    "record_times.py": "corpora",
    "false_alarms.py": "corpora",
    "relevance.py": "corpora",
    "kiel.py": "corpora/kiel_ukraine_arms",
    "missile_tests.py": "corpora/nk_missile_tests",
    "timex.py": "corpora/timeml",
    "toponyms.py": "corpora/geoparsing",
    "event_location.py": "corpora/event_location",
    "attribution.py": "corpora/polnear",
    "isaf.py": "corpora/isaf_press_releases",
    "parsing.py": "corpora/ud_english",
    "plover.py": "corpora/plover_verbs_train",
    "petrarch.py": "corpora/petrarch_records",
    "meantime.py": "corpora/meantime",
    "party_linking.py": "corpora",
    "entities.py": "corpora/re3d",
    "unseen.py": "corpora",
    "incidents.py": None,
    "reading.py": "samples",
    "page_speed.py": "samples",
    "copies.py": "corpora/open_releases",
    "kills.py": None,
    "exports.py": None,
    "register.py": None,
    "web.py": None,
    "api.py": None,
    "wheel.py": None,
    "browser.py": None,
    "long_tests.py": None,
}
LIMIT = 600  # seconds for one benchmark


def main() -> int:
    """Run each benchmark; exit status 1 where one fell below its floor, failed or ran out of time."""
    options = argparse.ArgumentParser(description="all benchmarks against their floors")
    options.add_argument("--shared", type=Path, default=HERE.parents[1] / "shared")
    shared = options.parse_args().shared
    with tempfile.TemporaryDirectory() as folder:
        os.environ[BUILT] = str(demo_register(Path(folder)))  # built once for all that look at it
        return _run(shared)


def _run(shared: Path) -> int:
    passed = failed = skipped = 0
    for script, needs in BENCHMARKS.items():
        if needs is not None and not (shared / needs).exists():
            print(f"-- {script}: skipped, {shared / needs} is not here")
            skipped += 1
            continue
        print(f"-- {script}", flush=True)
        began = time.monotonic()
        try:
            code = subprocess.run([sys.executable, str(HERE / script)], timeout=LIMIT, check=False).returncode
        except subprocess.TimeoutExpired:
            print(f"-- {script}: stopped at its limit of {LIMIT} s")
            code = 1
        print(f"-- {script}: {time.monotonic() - began:.0f} s, exit {code}", flush=True)
        passed, failed = passed + (code == 0), failed + (code != 0)
    print(f"benchmarks: {passed} passed, {failed} failed, {skipped} skipped")
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
