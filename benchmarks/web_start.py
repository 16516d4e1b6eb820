"""Run by ``web.py`` in a process of its own: start the application on a register, ask for its first page, print figures.

In: a register. Out: JSON; times are CPU seconds of this process, the import of the library left out.
"""

from __future__ import annotations

import json
import sys
import time
import urllib.request
from importlib import import_module
from pathlib import Path

HEAVY = ("onnxruntime", "tokenizers", "lemminflect")


def main() -> None:
    """Start, ask, print."""
    began = time.process_time()
    for name in ("tocsin.cli.serve", "uvicorn", "tocsin.web.app"):  # what `tocsin serve` imports
        import_module(name)
    imported = time.process_time()
    sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))
    from serving import served

    with served(Path(sys.argv[1])) as base:
        with urllib.request.urlopen(f"{base}/static/icon.svg") as answer:
            assert answer.status == 200
        started = time.process_time()
        with urllib.request.urlopen(base) as answer:
            assert answer.status == 200
            assert b"<h1>" in answer.read()
        shown = time.process_time()
    loaded = [name for name in HEAVY if name in sys.modules]
    assert not loaded, f"the first page loaded the language model: {loaded}"
    print(json.dumps({"import_s": round(imported - began, 2), "start_s": round(started - imported, 2),
                      "first_page_s": round(shown - started, 2), "first_page_mb": _resident()}))


def _resident() -> int:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return round(pages * 4096 / 1e6)


if __name__ == "__main__":
    main()
