"""Every case: the sentence in, the expected records out."""

from __future__ import annotations

from typing import Any

import pytest

from case_check import faults, load_cases
from tocsin.reader import Reader

_CASES = load_cases()


@pytest.mark.parametrize(("kind", "case"), _CASES, ids=[case["id"] for _, case in _CASES])
def test_case_gives_the_expected_records(kind: str, case: dict[str, Any], reader: Reader) -> None:
    published = str(case["published"]) if case.get("published") else None
    result = reader.read_text(case["text"], published=published, plain=True)
    assert faults(kind, case, list(result.records)) == []
