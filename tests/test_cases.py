"""Every case: the sentence in, the expected records out.

``tests/cases_open.yaml`` lists cases that do not come out right yet, by id. A case on the list that comes out right fails
the test, so that the list only shrinks.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from case_check import faults, load_cases
from tocsin.reader import Reader

_CASES = load_cases()
_OPEN: list[str] = yaml.safe_load((Path(__file__).parent / "cases_open.yaml").read_text(encoding="utf-8")) or []


@pytest.mark.parametrize(("kind", "case"), _CASES, ids=[case["id"] for _, case in _CASES])
def test_case_gives_the_expected_records(kind: str, case: dict[str, Any], reader: Reader) -> None:
    published = str(case["published"]) if case.get("published") else None
    result = reader.read_text(case["text"], published=published, plain=True)
    wrong = faults(kind, case, list(result.records))
    if case["id"] in _OPEN:
        assert wrong, f"{case['id']} comes out right now: take it off tests/cases_open.yaml"
    else:
        assert wrong == []


def test_the_open_list_names_cases_only() -> None:
    assert sorted(set(_OPEN) - {case["id"] for _, case in _CASES}) == []
