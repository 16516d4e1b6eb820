#!/usr/bin/env python3
"""Write tests/samples_open.yaml anew: what of the hand-coded sample reports does not come out right yet.

    python tools/samples_open.py [--write]
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import yaml

TESTS = Path(__file__).resolve().parents[1] / "tests"
sys.path.insert(0, str(TESTS))
(TESTS / "samples_open.yaml").touch()

from test_samples_gold import FILES, article_of, scored, wrong  # noqa: E402
from tocsin.evaluation.score import is_core  # noqa: E402
from tocsin.reader import Reader  # noqa: E402

HEAD = """# What the reader does not have right yet of the hand-coded sample reports (test_samples_gold.py). It only shrinks.
# wrong: core records that are not usable, by their place in the file; false: how many records nothing answers to.
"""


def main() -> None:
    """Run from the command line."""
    reader = Reader()
    found: dict[str, Any] = {}
    core = right = coded = false = swapped = 0
    for file in FILES:
        article = article_of(file)
        outcome = scored(reader, article)
        bad = wrong(article, outcome)
        core += sum(map(is_core, article.records))
        right += sum(map(is_core, article.records)) - len(bad)
        coded += len(outcome.pairs) + len(outcome.false)
        false += len(outcome.false)
        swapped += sum(pair.comparison.swapped for pair in outcome.pairs)
        entry = {"wrong": bad, "false": len(outcome.false)}
        if bad or outcome.false:
            found[file.stem] = {key: value for key, value in entry.items() if value}
    print(f"{len(FILES)} reports: {right} of {core} core records right, {coded} coded, {false} false, {swapped} swapped")
    if "--write" in sys.argv:
        body = yaml.safe_dump(found, default_flow_style=None, width=118) if found else "{}\n"
        (TESTS / "samples_open.yaml").write_text(HEAD + body, encoding="utf-8")


if __name__ == "__main__":
    main()
