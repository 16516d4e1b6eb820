"""The table of hostile input stays true: every test that it names exists, and every row names one."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from test_hostile_files import CASES

ROOT = Path(__file__).resolve().parents[1]
ROWS = [line for line in (ROOT / "docs" / "hostile_input.md").read_text(encoding="utf-8").splitlines()
        if line.startswith("|")][2:]
_TEST = re.compile(r"`(tests/\w+\.py)::(test_\w+)(?:\[([^\]]+)\])?`")
NAMED = sorted({found.groups(default="") for row in ROWS for found in _TEST.finditer(row)})


@pytest.mark.parametrize(("file", "name", "case"), NAMED)
def test_a_named_test_exists(file: str, name: str, case: str) -> None:
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    assert name in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
    assert not case or (file == "tests/test_hostile_files.py" and case in CASES)


def test_every_row_names_its_tests() -> None:
    assert len(ROWS) >= 20
    for row in ROWS:
        cells = row.strip("|").split(" | ")
        assert len(cells) == 3, row
        assert _TEST.sub("", cells[2]).strip(" ,") == "", row
        assert _TEST.search(cells[2]), row
