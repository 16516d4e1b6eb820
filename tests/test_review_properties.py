"""Whatever is corrected, undone, read again or changed in its text: no correction is lost, and what was reviewed stands as
long as its evidence does, else it is back in the queue with both versions."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from test_register_properties import LINES, rollups
from tocsin.model import Record, Result
from tocsin.register import Register, Run
from tocsin.register.rollups import rebuild
from tocsin.review import reanchored
from tocsin.review.same import same
from toy import toy_result

TEXTS = st.lists(st.sampled_from(LINES), min_size=1, max_size=4, unique=True).map("\n".join)
VERSIONS = st.sampled_from(["1.0", "2.0", "3.0"])
STEPS = st.lists(st.one_of(
    st.tuples(st.just("add"), st.sampled_from(["a.txt", "b.txt"]), TEXTS, VERSIONS),
    st.tuples(st.just("judge"), st.sampled_from(["accept", "reject", "edit", "comment"]), st.integers(0, 9),
              st.sampled_from(["ana", "ben"])),
    st.tuples(st.just("miss"), st.integers(0, 9), st.just("ana")),
    st.tuples(st.just("undo"), st.sampled_from(["ana", "ben"]))), max_size=14)


def read(text: str, source: str, version: str) -> Result:
    """The toy coder; version 3.0 takes transfers for plans and sees no meetings."""
    result = toy_result(text, source, "2.0" if version == "3.0" else version)
    if version != "3.0":
        return result
    kept = [r for r in result.records if r.type != "meeting"]
    said = [r.model_copy(update={"status": "planned"}) if r.type == "arms_transfer" else r for r in kept]
    return result.model_copy(update={"records": tuple(said)})


@contextmanager
def register() -> Iterator[Register]:
    with tempfile.TemporaryDirectory() as name, Register(Path(name) / "r.db") as made:
        yield made


def play(made: Register, steps: list[tuple[Any, ...]]) -> int:
    """Carry out the steps that can be; how many corrections were made."""
    count = 0
    for step in steps:
        if step[0] == "add":
            made.add(read(step[2], step[1], step[3]), Run("toy", step[3]))
            continue
        shown = sorted(row.record.id for row in made.find())
        if step[0] == "judge" and shown:
            name = shown[step[2] % len(shown)]
            status = "planned" if made.record(name).record.status != "planned" else "denied"
            made.reviews.judge(name, step[1], by=step[3], slot="status", value=status)
            count += 1
        elif step[0] == "miss" and shown:
            row = made.record(shown[step[1] % len(shown)])
            made.reviews.add(row.article.id, row.record.model_copy(update={"status": "possible"}), by=step[2])
            count += 1
        elif step[0] == "undo" and made.reviews.can_undo(step[1]):
            made.reviews.undo(by=step[1])
            count += 1
    return count


@settings(max_examples=120, deadline=None)
@given(STEPS)
def test_nothing_is_lost_and_what_was_reviewed_stands(steps: list[tuple[Any, ...]]) -> None:
    with register() as made:
        count = play(made, steps)
        assert made.reviews.counts().corrections == count
        shown = list(made.find())
        for article in {row.article.id for row in shown}:
            text = made.article(article).text
            here = [row.record for row in shown if row.article.id == article]
            for record in here:
                assert all(text[q.start:q.end] == q.exact for q in record.evidence)
            for found in made.reviews.claims(article):
                if found.verdict is None:
                    continue
                stands = reanchored(found.verdict.record, text)
                says = [r for r in here if stands is not None and same(r, stands)]
                if found.verdict.state == "rejected":
                    assert found.changed or not any(r.id == found.claim.seen.id for r in here)
                else:
                    assert found.changed == (stands is None)
                    assert stands is None or says


@settings(max_examples=60, deadline=None)
@given(STEPS)
def test_counts_kept_on_write_are_those_of_what_is_shown(steps: list[tuple[Any, ...]]) -> None:
    with register() as made:
        play(made, steps)
        kept = rollups(made)
        with made._store.writing() as db:
            rebuild(db)
        assert rollups(made) == kept
        assert made.summary().records == made.find().total


@settings(max_examples=60, deadline=None)
@given(STEPS)
def test_with_everything_undone_the_register_shows_what_it_would_without_reviews(steps: list[tuple[Any, ...]]) -> None:
    with register() as made, register() as plain:
        play(made, steps)
        for reviewer in ("ana", "ben"):
            while made.reviews.can_undo(reviewer):
                made.reviews.undo(by=reviewer)
        for step in steps:
            if step[0] == "add":
                plain.add(read(step[2], step[1], step[3]), Run("toy", step[3]))
        assert said(made) == said(plain)


def said(made: Register) -> list[Record]:
    return sorted((row.record for row in made.find()), key=lambda record: record.id)
