"""The mean of runs of one line, weight by weight: on most figures better than each of them.

    python training/average.py RUN RUN [...] --out OUT
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

import torch


def main() -> None:
    """Run from the command line."""
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("runs", type=Path, nargs="+", help="of one kind, each begun from the one before it")
    p.add_argument("--out", type=Path, required=True)
    o = p.parse_args()
    states = [torch.load(run / "checkpoint.pt", weights_only=True)["model"] for run in o.runs]
    mean = {
        name: sum(state[name] for state in states) / len(states) if first.is_floating_point() else first
        for name, first in states[0].items()
    }
    o.out.mkdir(parents=True, exist_ok=True)
    torch.save({"model": mean}, o.out / "checkpoint.pt")
    shutil.copy(o.runs[0] / "vocabulary.json", o.out)


if __name__ == "__main__":
    main()
