#!/usr/bin/env python3
"""The tests in a real browser (``tests/browser``), in Debian's Chromium.

    python benchmarks/browser.py [pytest options]

The browser is `chromium` on the path, or what TOCSIN_CHROMIUM names. Where there is none and this is root on a Debian, it is
installed from Debian's packages; where that cannot be, a line says what to install and the tests are skipped, but not in CI
as root: there a missing browser fails.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
TESTS = HERE.parent / "tests" / "browser"
INSTALL = (["apt-get", "update", "-qq"],
           ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium", "fonts-dejavu-core"])
LIMIT = 400


def main() -> int:
    """See that there is a browser, run the tests."""
    root = os.geteuid() == 0
    if browser() is None and root and shutil.which("apt-get"):
        installed()
    if browser() is None:
        print("browser: no Chromium here, so its tests are skipped. Install it (as root: apt-get install chromium), or name "
              "one: TOCSIN_CHROMIUM=/path/to/chromium")
        return int(root and bool(os.environ.get("CI")))
    print(f"browser: {browser()}")
    command = [sys.executable, "-m", "pytest", str(TESTS), "-p", "no:cacheprovider", "--durations=5", *sys.argv[1:]]
    return subprocess.run(command, cwd=HERE.parent, check=False).returncode


def browser() -> str | None:
    """The program, None where there is none."""
    return shutil.which(os.environ.get("TOCSIN_CHROMIUM") or "chromium")


def installed() -> None:
    """Install Chromium from Debian's packages; what went wrong is printed."""
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for command in INSTALL:
        try:
            done = subprocess.run(command, env=quiet, check=False, timeout=LIMIT, capture_output=True, text=True)
        except subprocess.TimeoutExpired:
            print(f"browser: {' '.join(command)} took too long")
            return
        if done.returncode:
            print(f"browser: {' '.join(command)}: {done.stderr.strip()[-400:]}")


if __name__ == "__main__":
    raise SystemExit(main())
