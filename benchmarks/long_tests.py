#!/usr/bin/env python3
"""The tests that take long by nature, marked ``long``, which `make test` leaves out: files of 2 GB read to their end, steps
killed before every statement, a day of a hundred feeds.

    python benchmarks/long_tests.py [pytest options]
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    """Run them; the exit status of pytest, which fails where there are none."""
    command = [sys.executable, "-m", "pytest", "-m", "long", "-p", "no:cacheprovider", "--durations=5", *sys.argv[1:]]
    return subprocess.run(command, cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    raise SystemExit(main())
