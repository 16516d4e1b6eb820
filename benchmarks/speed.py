#!/usr/bin/env python3
"""CPU-seconds to start, CPU-seconds per 1,000 words read and coded, peak memory.

In: the bundled sample reports; from ../shared, where it is present, hand-coded articles and the articles with nothing to
code (``false_alarms.txt``). Out: figures on standard output, and with ``--json`` in a file: each set as the register reads
it (records alone), and the hand-coded articles with all layers, for which every sentence is parsed. The bars (0.45 s per
1,000 words, 0.05 s where there is nothing to code, 2 s to start, 600 MB) fail only beyond twice their value.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import time
from pathlib import Path

from _floors import check

HERE = Path(__file__).resolve().parent
REPORTS = HERE.parent / "src" / "tocsin" / "demo" / "reports"
GOLD = HERE.parents[1] / "shared" / "gold"


def main() -> int:
    """Measure, print, compare with the bars; exit status 1 beyond twice a bar."""
    options = argparse.ArgumentParser(description="speed and memory of reading and coding")
    options.add_argument("--json", type=Path, metavar="FILE")
    chosen = options.parse_args()
    began = time.process_time()
    from tocsin.layers import LAYERS
    from tocsin.reader import Reader
    from tocsin.reading import article_from_text

    reader = Reader()
    reader.read_text("Norway sent tanks to Estonia.", published="2024-01-02")
    start = time.process_time() - began
    figures = {"start_cpu_s": round(start, 2)}
    for name, texts in _texts().items():
        words = sum(len(text.split()) for text in texts)
        began = time.process_time()
        for text in texts:
            article, _ = article_from_text(text, published="2024-01-02")
            reader.read_article(article, layers=LAYERS if name.endswith("_layers") else ("records",))
        figures[f"{name}_cpu_s_per_1000_words"] = round(1000 * (time.process_time() - began) / words, 3)
    figures["peak_mb"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    for key, value in figures.items():
        print(f"speed.{key}: {value}")
    if chosen.json:
        chosen.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    faults = [f for f in check("speed", figures) if "not measured" not in f]
    print("\n".join(faults), file=sys.stderr) if faults else None
    return 1 if faults else 0


def samples() -> list[str]:
    """The texts of the bundled sample reports."""
    return [json.loads(file.read_text(encoding="utf-8"))["text"] for file in sorted(REPORTS.glob("*.json"))]


def _texts() -> dict[str, list[str]]:
    import false_alarms  # brings the reader with it, whose start is measured

    found = {"samples": samples()}
    if GOLD.is_dir():
        found["gold"] = [f.read_text(encoding="utf-8") for f in sorted(GOLD.glob("*.txt"))]
        found["gold_all_layers"] = found["gold"]
    if false_alarms.CORPORA.is_dir():
        found["nothing"] = [f"{title}\n\n{text}" for _, title, _, text in false_alarms.listed()]
    return found


if __name__ == "__main__":
    raise SystemExit(main())
