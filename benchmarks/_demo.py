"""The demo register and a server of it, shared by the benchmarks that need one: those of the tests.

In: a folder. Out: a register in it; ``served`` gives the address of one.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
BUILT = "TOCSIN_DEMO_REGISTER"  # names a demo register that is there already (check.py builds one for all)
sys.path.insert(0, str(HERE.parent / "tests"))

from demo_register import build_demo  # noqa: E402
from serving import served  # noqa: E402

__all__ = ["BUILT", "demo_register", "served"]


def demo_register(folder: Path) -> Path:
    """A demo register of one's own."""
    path = folder / "demo.db"
    if built := os.environ.get(BUILT):
        shutil.copyfile(built, path)
        return path
    from tocsin.reader import Reader

    return build_demo(path, Reader())
