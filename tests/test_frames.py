"""Every frame's own examples give its record, and its negatives give none of its type.

examples:  [{text: "…", roles: {supplier: [RUS]}, status: occurred, published: 2021-09-13}]   # status: occurred if absent
negatives: [{text: "…", because: "troops, not arms"}]
"""

from __future__ import annotations

from typing import Any

import pytest

from case_check import shown_roles
from tocsin.coding.frames import Frame, FrameSet
from tocsin.knowledge.loader import Tables
from tocsin.model import Record
from tocsin.reader import Reader

_FRAMES = FrameSet(Tables()).frames


def _rows(key: str) -> list[Any]:
    return [pytest.param(f, row, id=f"{f.id}-{n}") for f in _FRAMES for n, row in enumerate(f.raw.get(key) or [])]


def _records(reader: Reader, row: dict[str, Any], kind: str) -> list[Record]:
    day = str(row["published"]) if row.get("published") else None
    return [r for r in reader.read_text(row["text"], published=day, plain=True).records if r.type == kind]


@pytest.mark.parametrize(("frame", "row"), _rows("examples"))
def test_example_gives_the_record_of_its_frame(frame: Frame, row: dict[str, Any], reader: Reader) -> None:
    records = _records(reader, row, frame.type)
    wanted = {role: sorted(map(str, codes)) for role, codes in (row.get("roles") or {}).items()}
    got = [(r.coder.rule, r.status, {k: v for k, v in shown_roles(r).items() if k in wanted}) for r in records]
    assert (frame.id, row.get("status", "occurred"), wanted) in got


@pytest.mark.parametrize(("frame", "row"), _rows("negatives"))
def test_negative_gives_no_record_of_the_type(frame: Frame, row: dict[str, Any], reader: Reader) -> None:
    records = _records(reader, row, frame.type)
    assert [(r.coder.rule, r.status) for r in records if r.coder.rule == frame.id] == []


@pytest.mark.parametrize("frame", _FRAMES, ids=[f.id for f in _FRAMES])
def test_frame_brings_two_examples_and_two_negatives(frame: Frame) -> None:
    assert len(frame.raw.get("examples") or []) >= 2
    assert len(frame.raw.get("negatives") or []) >= 2
