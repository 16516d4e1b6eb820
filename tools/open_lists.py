#!/usr/bin/env python3
"""Compare the open lists of the tests with what comes out now, and write them anew with --write.

    python tools/open_lists.py [--write]

A list may only shrink; what is wrong now and not on it is shown with its faults, and a reason for adding it belongs
into the commit.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

TESTS = Path(__file__).resolve().parents[1] / "tests"
sys.path.insert(0, str(TESTS))

from case_check import faults, load_cases  # noqa: E402
from test_frames import example_fault, negative_fault  # noqa: E402
from tocsin.coding.matching.frames import FrameSet  # noqa: E402
from tocsin.knowledge.loader import Tables  # noqa: E402
from tocsin.reader import Reader  # noqa: E402


def main() -> None:
    """Run from the command line."""
    reader = Reader()
    cases_file, frames_file = TESTS / "cases_open.yaml", TESTS / "frames_open.yaml"
    cases = _wrong_cases(reader)
    judges = {"examples": example_fault, "negatives": negative_fault}
    frames = {key: _wrong_rows(reader, key, judge) for key, judge in judges.items()}
    listed = yaml.safe_load(frames_file.read_text(encoding="utf-8"))
    _compare("cases", yaml.safe_load(cases_file.read_text(encoding="utf-8")) or [], cases)
    for key, rows in frames.items():
        _compare(key, listed[key], rows)
    if "--write" in sys.argv:
        head = cases_file.read_text(encoding="utf-8").splitlines()[0]
        body = "".join(f"- {name}\n" for name in sorted(cases)) or "[]\n"
        cases_file.write_text(f"{head}\n{body}", encoding="utf-8")
        head = frames_file.read_text(encoding="utf-8").splitlines()[0]
        content = {key: list(rows) for key, rows in frames.items()} | {"without": listed["without"]}
        dumped = yaml.safe_dump(content, default_flow_style=None, sort_keys=False, width=118)
        frames_file.write_text(f"{head}\n{dumped}", encoding="utf-8")


def _wrong_cases(reader: Reader) -> dict[str, list[str]]:
    wrong = {}
    for kind, case in load_cases():
        day = str(case["published"]) if case.get("published") else None
        found = faults(kind, case, list(reader.read_text(case["text"], published=day, plain=True).records))
        if found:
            wrong[case["id"]] = [case["text"], *found]
    return wrong


def _wrong_rows(reader: Reader, key: str, judge: Callable[..., str | None]) -> dict[str, list[str]]:
    wrong: dict[str, list[str]] = {}
    for frame in FrameSet(Tables()).frames:
        rows: list[dict[str, Any]] = frame.raw.get(key) or []
        for n, row in enumerate(rows):
            fault = judge(frame, row, reader)
            if fault:
                wrong[f"{frame.id}-{n}"] = [row["text"], fault]
    return wrong


def _compare(name: str, listed: list[str], wrong: dict[str, list[str]]) -> None:
    print(f"{name}: {len(wrong)} wrong; right now, though listed: {', '.join(sorted(set(listed) - set(wrong))) or 'none'}")
    for item, told in wrong.items():
        if item not in listed or "--all" in sys.argv:
            print(f"  {'' if item in listed else 'NEW '}{item}\n      " + "\n      ".join(told))


if __name__ == "__main__":
    main()
