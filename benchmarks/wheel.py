#!/usr/bin/env python3
"""The wheel: built, weighed, installed into an empty environment, and every page served from there without a network.

    python benchmarks/wheel.py [--keep FOLDER]

The environment holds the wheel and what it declares to need, nothing else: links to the packages of this environment, so
that nothing is fetched. The server and who asks it run in a network of their own that leads nowhere (`unshare`), or, where
that is not allowed, under a guard that refuses every connection off this machine. Exit status 1 where the wheel is too
heavy, a page fails, or something was fetched.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib.metadata as installed
import os
import re
import signal
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
MOST_MB = 60
_NAME = re.compile(r"[A-Za-z0-9._-]+")
_EXTRA = re.compile(r";.*\bextra\s*==")
_LIMIT = 240


def main() -> int:
    """Build, weigh, install, walk."""
    options = argparse.ArgumentParser(description="the wheel in an empty environment")
    options.add_argument("--keep", type=Path, metavar="FOLDER", help="where to leave all of it")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = chosen.keep or Path(name)
        wheel = built(folder)
        size = wheel.stat().st_size / 1e6
        print(f"wheel.mb: {size:.1f}")
        python = emptied(folder / "env", wheel)
        return int(size > MOST_MB) or walked(python, folder)


def built(folder: Path) -> Path:
    """The wheel of this tree; nothing is fetched to build it."""
    subprocess.run([sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-index", "--no-build-isolation",
                    "--disable-pip-version-check", "--wheel-dir", folder, HERE.parent], check=True, timeout=_LIMIT)
    return next(folder.glob("tocsin-*.whl"))


def emptied(folder: Path, wheel: Path) -> Path:
    """An environment with the wheel and what it needs; gives its Python."""
    venv.create(folder, with_pip=False, clear=True)
    python = folder / "bin" / "python"
    site = Path(subprocess.run([python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"], check=True,
                               capture_output=True, text=True).stdout.strip())
    subprocess.run([sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--no-deps", "--no-index",
                    "--disable-pip-version-check", wheel], check=True, timeout=_LIMIT)
    needs = next(site.glob("tocsin-*.dist-info")) / "METADATA"
    for name in sorted(_needed(installed.Distribution.at(needs.parent))):
        _link(installed.distribution(name), site)
    return python


def _needed(of: installed.Distribution) -> set[str]:
    """Names of all that a package needs, and what that needs, without extras."""
    found, open_ = set[str](), [*(of.requires or [])]
    while open_:
        line = open_.pop()
        match = _NAME.match(line)
        if match is None or _EXTRA.search(line) or match[0].lower() in found:
            continue
        try:
            package = installed.distribution(match[0])
        except installed.PackageNotFoundError:  # needed on another system or Python only
            continue
        found.add(match[0].lower())
        open_ += package.requires or []
    return found


def _link(package: installed.Distribution, site: Path) -> None:
    """Link the files of an installed package into another environment."""
    for top in {file.parts[0] for file in package.files or () if file.parts[0] not in ("..", "__pycache__")}:
        target = site / top
        if not target.exists():
            target.symlink_to(Path(str(package.locate_file(top))).resolve())


def walked(python: Path, folder: Path) -> int:
    """Serve from there and ask for every page."""
    walk = [str(python), "-I", str(HERE / "wheel_walk.py"), str(folder)]
    alone = ["unshare", "--net", "--map-root-user"]
    try:
        cut = subprocess.run([*alone, "true"], capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        cut = False
    print("wheel.network: cut off" if cut else "wheel.network: guarded (unshare is not allowed here)")
    clean = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "TOCSIN", "VIRTUAL_ENV"))}
    walking = subprocess.Popen([*(alone if cut else []), *walk], cwd=folder, env=clean, start_new_session=True)
    try:
        return walking.wait(_LIMIT)
    except subprocess.TimeoutExpired:
        print(f"wheel: not done after {_LIMIT} s")
        return 1
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(walking.pid, signal.SIGKILL)  # the server that it started


if __name__ == "__main__":
    raise SystemExit(main())
