#!/usr/bin/env python3
"""The OpenAPI document against the running server: schemathesis asks what it allows and what it forbids.

    python benchmarks/api.py [--examples 8] [--seed 7]

Every operation is asked so many times by chance, besides each bound of each parameter, and in chains; answers must have a
status, a type and a shape that the document states, nothing that it forbids may be taken, nothing that it allows refused
(but for two grammars that no schema can say: ``api_hooks.py``). Exit status 1 where an answer was another, or an operation
was not asked.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import urllib.request
from pathlib import Path

from _demo import demo_register, served

HERE = Path(__file__).resolve().parent
LIMIT = 580


def main() -> int:
    """Serve the demo register and ask."""
    options = argparse.ArgumentParser(description="the OpenAPI document against the server")
    options.add_argument("--examples", type=int, default=8)
    options.add_argument("--seed", type=int, default=7)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as name, served(demo_register(Path(name))) as address:
        command = [sys.executable, "-m", "schemathesis.cli", "--config-file", str(HERE / "api.toml"), "run",
                   f"{address}/api/v1/openapi.json",
                   "--seed", str(chosen.seed), "--max-examples", str(chosen.examples),
                   "--request-timeout", "60", "--suppress-health-check", "all", "--warnings", "off", "--no-color"]
        added = {"TOCSIN_IDS": json.dumps(_ids(address)), "SCHEMATHESIS_HOOKS": "api_hooks", "COLUMNS": "125",
                 "PYTHONPATH": os.pathsep.join(filter(None, [str(HERE), os.environ.get("PYTHONPATH")]))}
        ran = subprocess.run(command, cwd=name, env=os.environ | added, check=False, timeout=LIMIT, text=True,
                             stdout=subprocess.PIPE)
    print(ran.stdout)
    selected, tested = (re.search(rf"{word}: +(\d+)", ran.stdout) for word in ("Selected", "Tested"))
    if not selected or not tested or selected[1] != tested[1]:
        print("api: not every operation was asked", file=sys.stderr)
        return 1
    return ran.returncode


def _ids(address: str) -> dict[str, str]:
    """A record, an article and a party of the register, by the name of their parameter."""
    with urllib.request.urlopen(f"{address}/api/v1/records?limit=1") as answer:
        row = json.load(answer)["records"][0]
    return {"record": row["record"]["id"], "article": row["article"]["id"], "party": "RUS",
            "incident": row["record"]["id"]}


if __name__ == "__main__":
    raise SystemExit(main())
