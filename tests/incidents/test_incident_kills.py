"""``kill -9`` before any statement of merging, splitting, undoing, adding, reading again: all of it is there or nothing."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from test_incident_briefs import all_kept, copy_of
from test_incident_register import play, told

from killing import killed_before
from tocsin.register import Register
from tocsin.register.incident_rebuild import rebuild

_TABLES = ("incident_face", "incident_block", "incident_link", "incident_member", "incident_alias", "incident_brief",
           "incident_touched", "record", "evidence", "posting", "copy", "copy_group")
_WITHOUT_TIMES = (
    "SELECT id, action, reviewer, ones, others, anchors, note, undoes FROM incident_decision",
    "SELECT claim, article, state, reviewer, record, stands, hidden, changed FROM reviewed",
    "SELECT id, article, duplicate_of, shown FROM article", "SELECT id, article, run, first, records FROM reading")
_DECISIONS = ("merge", "split", "undo", "undo an undo")
_STRIDE = 5  # of the many statements of an ingest, one in so many
_QUICK = 3  # of those of a decision: what is half done stands for longer than that; make check tries every one
_AGAIN = 10  # of the states that are left, one in so many is the beginning of another try
Step = Callable[[Register], object]


def state(path: Path) -> list[Any]:
    """All that a step may change, but for the time of day."""
    with sqlite3.connect(path) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        found = [sorted(db.execute(query).fetchall(), key=repr)
                 for query in (*_WITHOUT_TIMES, *(f"SELECT * FROM {table}" for table in _TABLES))]
        column = db.execute('SELECT * FROM "column"').fetchall()
    db.close()
    return [*found, column]


def merge(register: Register) -> None:
    one, other = register.incidents.names()[:2]
    register.incidents.merge(one, other, by="ana")


def split(register: Register) -> None:
    name = register.incidents.names()[0]
    register.incidents.split(name, [register.incident(name).reports[-1].record.id], by="ana")


def again(register: Register) -> None:
    play(register, [("reread", 1, 2, 1)])


STEPS: dict[str, Step] = {
    "merge": merge, "split": split, "undo": lambda register: register.incidents.undo(by="bob"),
    "undo an undo": lambda register: register.incidents.undo(by="bob", decision=2),
    "add": lambda register: register.add(told(8, 0, 1)), "read again": again,
    "add a copy": lambda register: register.add(copy_of(told(0, 0, 0), 3, "exact")),
    "reject": lambda register: register.reviews.judge(next(iter(register.find())).record.id, "reject", by="ana")}


@pytest.fixture
def base(tmp_path: Path) -> Path:
    """A register with incidents of several reports and of one, two decisions, one of them undone and one not."""
    path = tmp_path / "base.db"
    with all_kept(), Register(path) as register:
        register.add_all([told(number, kind, 0) for number, kind in enumerate((0, 0, 0, 1, 1, 4, 5, 7))])
        merge(register)
        register.incidents.undo(by="ana")
        one, other = register.incidents.names()[-2:]
        register.incidents.merge(one, other, by="bob")
    return path


@pytest.mark.parametrize(("name", "stride"), [
    *((name, _QUICK if name in _DECISIONS else _STRIDE) for name in STEPS),
    *(pytest.param(name, 1, marks=pytest.mark.long) for name in _DECISIONS)])
def test_a_step_that_is_killed_anywhere_is_whole_or_not_there(base: Path, tmp_path: Path, name: str, stride: int) -> None:
    step = (lambda register: register.incidents.undo(by="ana", decision=2)) if name == "undo an undo" else STEPS[name]
    with all_kept():
        whole, killed = tmp_path / "whole.db", tmp_path / "killed.db"
        before = state(base)
        shutil.copyfile(base, whole)
        assert not killed_before(whole, step, 1_000_000)
        after = state(whole)
        assert after != before
        statement, seen = 1, set[bool]()
        shutil.copyfile(base, killed)
        while killed_before(killed, step, statement):
            left = state(killed)
            assert left in (before, after), f"killed before statement {statement}"
            seen.add(left == after)
            if left == before and len(seen) == 1 and statement % _AGAIN == 1:
                assert not killed_before(killed, step, 1_000_000)
                assert state(killed) == after
            statement += stride
            for file in tmp_path.glob("killed.db*"):
                file.unlink()
            shutil.copyfile(base, killed)
        assert statement > 20
        assert False in seen
        with Register(whole) as register, register._store.writing() as db:
            rebuild(db)
        assert _incidents(state(whole)) == _incidents(after)


def _incidents(found: list[Any]) -> list[Any]:
    """The tables that are made anew, of a state."""
    first = len(_WITHOUT_TIMES)
    return found[first:first + 7]


def test_what_is_half_done_would_be_seen(base: Path) -> None:
    """A step of two transactions leaves a state between the two, which is neither that of before nor that of after."""
    def two(register: Register) -> None:
        merge(register)
        split(register)

    with all_kept():
        before = state(base)
        whole = base.with_name("whole.db")
        shutil.copyfile(base, whole)
        assert not killed_before(whole, two, 1_000_000)
        ends, statement, seen = (before, state(whole)), 1, False
        while not seen:
            killed = base.with_name(f"killed{statement}.db")
            shutil.copyfile(base, killed)
            assert killed_before(killed, two, statement)
            seen = state(killed) not in ends
            statement += 10
