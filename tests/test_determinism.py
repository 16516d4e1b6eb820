"""The same articles give the same bytes, whatever order Python's sets happen to have."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import tocsin

REPORTS = Path(tocsin.__file__).parent / "demo" / "reports"


def _read(seed: str) -> bytes:
    command = [sys.executable, "-m", "tocsin", "read", str(REPORTS), "--json"]
    done = subprocess.run(command, env=os.environ | {"PYTHONHASHSEED": seed}, capture_output=True, check=True)
    return done.stdout


def test_two_runs_with_other_hash_seeds_give_the_same_bytes() -> None:
    first = _read("0")
    assert len(first) > 100_000
    assert first == _read("1")
