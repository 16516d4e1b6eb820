"""Every frame's own examples give its record, and its negatives none of that frame.

``tests/frames_open.yaml`` lists what is not right yet; it only shrinks, for whatever comes out right must be taken off.

examples:  [{text: "…", roles: {supplier: [RUS]}, status: occurred, published: 2021-09-13}]   # status: occurred if absent
negatives: [{text: "…", because: "troops, not arms"}]
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from case_check import shown_roles
from tocsin.coding.matching.frames import Frame, FrameSet
from tocsin.coding.matching.record_types import TypeSpec
from tocsin.knowledge.loader import Tables
from tocsin.model import Record
from tocsin.reader import Reader
from tocsin.schema import equipment_classes

_OPEN: dict[str, list[str]] = yaml.safe_load((Path(__file__).parent / "frames_open.yaml").read_text(encoding="utf-8"))
_FRAMES = FrameSet(Tables()).frames


def _rows(key: str) -> list[Any]:
    return [pytest.param(f, row, id=f"{f.id}-{n}") for f in _FRAMES for n, row in enumerate(f.raw.get(key) or [])]


def _records(reader: Reader, row: dict[str, Any], kind: str) -> list[Record]:
    day = str(row["published"]) if row.get("published") else None
    return [r for r in reader.read_text(row["text"], published=day, plain=True).records if r.type == kind]


def example_fault(frame: Frame, row: dict[str, Any], reader: Reader) -> str | None:
    """What is wrong with what an example gives; None where its record comes out."""
    records = _records(reader, row, frame.type)
    wanted = {role: sorted(map(str, codes)) for role, codes in (row.get("roles") or {}).items()}
    got = [(r.coder.rule, r.status, {k: v for k, v in shown_roles(r).items() if k in wanted}) for r in records]
    want = (frame.id, row.get("status", "occurred"), wanted)
    return None if want in got else f"wanted {want}, got {got}"


def negative_fault(frame: Frame, row: dict[str, Any], reader: Reader) -> str | None:
    """The records of the frame that a negative gives; None where there are none."""
    records = [(r.coder.rule, r.status) for r in _records(reader, row, frame.type) if r.coder.rule == frame.id]
    return str(records) if records else None


def _judge(fault: str | None, name: str, key: str) -> None:
    if name in _OPEN[key]:
        assert fault, f"{name} comes out right now: take it off tests/frames_open.yaml"
    else:
        assert fault is None


@pytest.mark.parametrize(("frame", "row"), _rows("examples"))
def test_example_gives_the_record_of_its_frame(
    frame: Frame, row: dict[str, Any], reader: Reader, request: pytest.FixtureRequest
) -> None:
    _judge(example_fault(frame, row, reader), request.node.callspec.id, "examples")


@pytest.mark.parametrize(("frame", "row"), _rows("negatives"))
def test_negative_gives_no_record_of_the_frame(
    frame: Frame, row: dict[str, Any], reader: Reader, request: pytest.FixtureRequest
) -> None:
    _judge(negative_fault(frame, row, reader), request.node.callspec.id, "negatives")


@pytest.mark.parametrize("frame", _FRAMES, ids=[f.id for f in _FRAMES])
def test_frame_brings_two_examples_and_two_negatives(frame: Frame) -> None:
    few = min(len(frame.raw.get("examples") or []), len(frame.raw.get("negatives") or [])) < 2
    _judge("fewer than two" if few else None, frame.id, "without")


@pytest.mark.parametrize("spec", FrameSet(Tables()).types.values(), ids=lambda spec: str(spec.name))
def test_classes_of_weapons_that_a_type_names_are_known(spec: TypeSpec) -> None:
    assert {*spec.by_class, *spec.uncrewed} <= set(equipment_classes(Tables()))
