"""Incidents in brief: what is kept is what is worked out, after any history; a list is right even without what is kept."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_incident_register import STEPS, play, register, told

from incidents_made import day
from tocsin.incidents.account import as_json as incident_json
from tocsin.incidents.brief import Brief, as_json, brief_of, from_json, to_json
from tocsin.model import Result
from tocsin.register import Register, incident_brief
from tocsin.register.incident_rebuild import rebuild

COPIES = st.lists(st.tuples(st.integers(0, 13), st.sampled_from(["exact", "near"]), st.integers(0, 5), st.integers(0, 8)),
                  max_size=4)
BODY = " ".join(f"word{number} of the long report that every outlet printed" for number in range(30))


@contextmanager
def all_kept() -> Iterator[None]:
    """Every incident is kept in brief, so that small histories show what is forgotten."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(incident_brief, "KEPT", 1)
        yield


def copy_of(original: Result, number: int, kind: str) -> Result:
    """The same text at another outlet, or all of it with a long body that it shares with the other near copies."""
    article = original.article
    text = article.text if kind == "exact" else f"{article.text}\n{BODY} {number}"
    changed = {"id": f"{article.id[:50]}copy{kind}{number}", "source": f"copy{kind}{number}.txt", "text": text,
               "publisher": None if number % 2 else f"Copier {number}",
               "text_sha256": article.text_sha256 if kind == "exact" else f"{article.text_sha256[:50]}near{number}"}
    block = article.blocks[0].model_copy(update={"end": len(text)})
    records = tuple(one.model_copy(update={"id": f"{one.id}{kind}{number}"}) for one in original.records)
    return original.model_copy(update={"article": article.model_copy(update=changed | {"blocks": (block,)}),
                                       "records": records})


def kept(made: Register) -> dict[str, Brief]:
    today = made._store.db.execute("SELECT max(published) FROM article").fetchone()[0]
    rows = made._store.db.execute("SELECT incident, brief FROM incident_brief")
    return {name: from_json(text, today) for name, text in rows}


def worked_out(made: Register) -> dict[str, Brief]:
    return {one.id: brief_of(one) for one in made.incidents.find(limit=1_000)}


def touched(made: Register) -> list[Any]:
    return made._store.db.execute("SELECT * FROM incident_touched").fetchall()


@settings(max_examples=60, deadline=None)
@given(STEPS, COPIES)
def test_what_is_kept_is_what_is_worked_out(steps: list[tuple[str, int, int, int]],
                                            copies: list[tuple[int, str, int, int]]) -> None:
    with all_kept(), register() as made:
        at = 0
        for where, kind, number, what in sorted(copies):
            play(made, steps[at:where])
            at = max(at, where)
            made.add(copy_of(told(number, what, 1), number, kind))
            assert kept(made) == worked_out(made)
        play(made, steps[at:])
        assert kept(made) == worked_out(made)
        assert touched(made) == []
        before = kept(made)
        with made._store.writing() as db:
            rebuild(db)
        assert kept(made) == before
        assert touched(made) == []


def test_an_exact_copy_and_near_copies_change_what_is_kept() -> None:
    with all_kept(), register() as made:
        one = told(0, 0, 0)
        made.add_all([one, told(1, 0, 0)])
        before = kept(made)
        made.add(copy_of(one, 2, "exact"))
        assert {len(brief.outlets) for brief in kept(made).values()} == {len(b.outlets) + 1 for b in before.values()}
        made.add(copy_of(one, 3, "near"))
        made.add(copy_of(one, 4, "near"))
        (brief,) = kept(made).values()
        assert [origin.kind for origin in brief.origins].count("text") == 2  # the short text, and the long one
        assert kept(made) == worked_out(made)


def test_only_incidents_of_many_reports_are_kept_and_a_list_needs_none_of_them() -> None:
    with register() as made:
        made.add_all([told(number, 0, 0) for number in range(incident_brief.KEPT)])
        made.add(told(9, 4, 0))
        assert [len(made.incident(name).reports) for name in kept(made)] == [incident_brief.KEPT]
        listed = made.incidents.briefs().briefs
        assert {one.id: one for one in listed} == worked_out(made)
        with made._store.writing() as db:
            db.execute("DELETE FROM incident_brief")
        assert made.incidents.briefs().briefs == listed
        assert made.incidents.briefs_of([listed[1].id, "i_none"]) == {listed[1].id: listed[1]}


def test_a_plan_grows_stale_without_being_written_again() -> None:
    with all_kept(), register() as made:
        made.add(told(0, 4, 0))
        (brief,) = kept(made).values()
        assert (brief.state, brief.stale) == ("planned", False)
        made.add(told(1, 2, 3000))
        (plan,) = [one for one in made.incidents.briefs().briefs if one.id == brief.id]
        assert plan.stale
        assert plan == brief_of(made.incident(plan.id))


def test_a_brief_is_a_list_entry_of_the_incident() -> None:
    with register() as made:
        made.add_all([told(0, 0, 0), told(1, 7, 1)])
        for found in made.incidents.find():
            brief = brief_of(found)
            whole = incident_json(found)
            assert as_json(brief) == {key: whole[key] for key in as_json(brief)}
            assert whole.keys() - as_json(brief).keys() == {"history", "values", "reports"}
            assert from_json(to_json(brief), day(1)) == brief
