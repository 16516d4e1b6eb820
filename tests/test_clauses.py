"""The normal form of clauses, as golden text: ``tests/golden/clauses.yaml`` holds sentences and their printed clauses.

A change of the form is a change of that file, made by hand and read by a reviewer.
"""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from tocsin.coding.coder import Trace
from tocsin.reader import Reader
from tocsin.reading import article_from_text

GOLDEN = yaml.safe_load((Path(__file__).parent / "golden" / "clauses.yaml").read_text(encoding="utf-8"))


def clauses_of(reader: Reader, text: str) -> list[str]:
    """Printed clauses of a text, in order."""
    article, _ = article_from_text(text, published="2024-06-20", plain=True)
    trace: Trace = reader.trace(article)[1]
    return [str(clause) for index in sorted(trace.clauses) for clause in trace.clauses[index]]


@pytest.mark.parametrize("row", GOLDEN, ids=[row["text"][:50] for row in GOLDEN])
def test_the_sentence_has_these_clauses(row: dict[str, object], reader: Reader) -> None:
    printed = clauses_of(reader, str(row["text"]))
    assert [line for line in row["clauses"] if line not in printed] == []  # type: ignore[attr-defined]
