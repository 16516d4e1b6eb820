"""The same articles give the same bytes, whatever order Python's sets happen to have."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import tocsin

REPORTS = Path(tocsin.__file__).parent / "demo" / "reports"


def _reading(seed: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "tocsin", "read", str(REPORTS), "--json"]
    environment = os.environ | {"PYTHONHASHSEED": seed}
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def test_two_runs_with_other_hash_seeds_give_the_same_bytes() -> None:
    both = [_reading("0"), _reading("1")]  # at once
    with ThreadPoolExecutor() as threads:
        (first, said), (second, also) = threads.map(subprocess.Popen.communicate, both)
    assert [one.returncode for one in both] == [0, 0], (said + also).decode()
    assert len(first) > 100_000
    assert first == second
