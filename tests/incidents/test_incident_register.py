"""Incidents of a register follow from what is shown and decided, not from the order; hands merge and split."""

from __future__ import annotations

import contextlib
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from incidents_made import day, days, line, party, past, place, record, result
from tocsin.errors import RegisterError, UsageError
from tocsin.model import Record, Result
from tocsin.register import Register, Run
from tocsin.register.incident_rebuild import rebuild

POINTS = {"Lviv": (49.8, 24.0), "Odesa": (46.5, 30.7)}


@contextmanager
def register() -> Iterator[Register]:
    with tempfile.TemporaryDirectory() as name, Register(Path(name) / "r.db") as made:
        yield made


def strike(words: str, when: str, where: str, killed: int | None = None, initiator: str = "RUS", status: str = "occurred"
           ) -> Record:
    lat, lon = POINTS[where]
    return record(
        "armed_incident", words, {"initiator": [party(initiator)], "target": [party("UKR")], "supporter": []},
        subtype="air_strike", status=status, time=days(when), places=[place(where, "UKR", lat=lat, lon=lon)],
        casualties={"killed": {"min": killed, "max": killed, "kind": "exact"}} if killed else {})


def gift(words: str, status: str, count: int, report: str) -> Record:
    return record("arms_transfer", words, {"supplier": [party("DEU")], "recipient": [party("UKR")], "intermediary": []},
                  status=status, materiel=[line("tank", count, "Leopard 2")],
                  time={} if status == "planned" else past(report))


def base(words: str) -> Record:
    return record("basing", words, {"force": [party("RUS")], "host": [party("TJK")]}, subtype="permanent", status="ongoing",
                  places=[place("Gyumri", "TJK")])


def told(number: int, kind: int, on: int) -> Result:
    """One of many articles: what it tells, on which day, in words of its own."""
    report = day(on)
    words = f"Report {number}: " + ("a depot in the town was hit by drones" if number % 2 else "drones over the town")
    several: list[list[Record]] = [
        [strike(words, day(0), "Lviv", 5)], [strike(words, day(0), "Odesa", 5)], [strike(words, day(0), "Lviv", 7)],
        [strike(words, day(3), "Lviv")], [gift(f"Germany will send tanks, says {number}", "planned", 14, report)],
        [gift(f"German tanks have come, says {number}", "occurred", 18, report), strike(words, day(0), "Lviv")],
        [base(f"The garrison stands there, says {number}")], [strike(words, day(0), "Lviv", None, "RUS", "denied")], []]
    return result(several[kind], report, source=f"{number}.txt", publisher=f"Paper {number % 3}")


ARTICLES = st.lists(st.tuples(st.integers(0, 8), st.integers(0, 6)), max_size=12).map(
    lambda drawn: [told(number, kind, on) for number, (kind, on) in enumerate(drawn)])


def groups(made: Register) -> dict[str, frozenset[str]]:
    """The incidents with the names of their records."""
    rows = made._store.db.execute("SELECT incident, name FROM incident_member JOIN incident_face USING (record)").fetchall()
    found: dict[str, set[str]] = {}
    for incident, name in rows:
        found.setdefault(incident, set()).add(name)
    return {incident: frozenset(names) for incident, names in found.items()}


def links(made: Register) -> set[tuple[Any, ...]]:
    return set(made._store.db.execute(
        "SELECT min(a.name, b.name), max(a.name, b.name), score, sure, max(open) FROM incident_link "
        "JOIN incident_face a ON a.record = one "
        "JOIN incident_face b ON b.record = other GROUP BY 1, 2"))


def blocks(made: Register) -> set[tuple[Any, ...]]:
    return set(made._store.db.execute("SELECT block, first, last, name FROM incident_block "
                                      "JOIN incident_face USING (record)"))


@settings(max_examples=60, deadline=None)
@given(ARTICLES, st.randoms(use_true_random=False), st.booleans())
def test_incidents_do_not_depend_on_the_order_of_the_articles(articles: list[Result], draw: Any, at_once: bool) -> None:
    with register() as one, register() as other:
        for article in articles:
            one.add(article)
        mixed = list(articles)
        draw.shuffle(mixed)
        other.add_all(mixed) if at_once else [other.add(article) for article in mixed]
        for article in mixed[:3]:
            other.add(article)
        assert groups(one) == groups(other)
        assert links(one) == links(other)


STEPS = st.lists(st.one_of(
    st.tuples(st.sampled_from(["add", "add", "reread"]), st.integers(0, 5), st.integers(0, 8), st.integers(0, 6)),
    st.tuples(st.just("reject"), st.integers(0, 20), st.just(0), st.just(0)),
    st.tuples(st.just("unreject"), st.just(0), st.just(0), st.just(0)),
    st.tuples(st.sampled_from(["merge", "apart", "split"]), st.integers(0, 20), st.integers(0, 20), st.just(0)),
    st.tuples(st.just("undo"), st.just(0), st.just(0), st.just(0))), max_size=14)


def shorter(made: Record) -> Record:
    """What another coder reads: the same, from less of the sentence."""
    quote = made.evidence[0]
    less = quote.model_copy(update={"start": quote.start + 3, "exact": quote.exact[3:]})
    return made.model_copy(update={"evidence": (less,), "id": f"{made.id}s"})


def play(made: Register, steps: list[tuple[str, int, int, int]]) -> None:
    """Carry out what can be: articles come and are replaced, records are rejected, hands merge and split."""
    for action, a, b, c in steps:
        rows = sorted(groups(made).items())
        try:
            if action in ("add", "reread"):
                article = told(a, b, c)
                at = article.article.model_copy(update={"url": f"https://x.test/{a}"})
                again = action == "reread"
                records = tuple(map(shorter, article.records)) if again else article.records
                made.add(article.model_copy(update={"article": at, "records": records}), Run("hand", "2" if again else "1"))
            elif action == "reject" and (shown := sorted(row.record.id for row in made.find())):
                made.reviews.judge(shown[a % len(shown)], "reject", by="ana")
            elif action == "unreject":
                made.reviews.undo(by="ana")
            elif action in ("merge", "apart") and rows:
                decide = made.incidents.merge if action == "merge" else made.incidents.apart
                decide(rows[a % len(rows)][0], rows[b % len(rows)][0], by="ana")
            elif action == "split" and rows:
                incident, names = rows[a % len(rows)]
                made.incidents.split(incident, [sorted(names)[b % len(names)]], by="ana")
            elif action == "undo":
                made.incidents.undo(by="ana")
        except UsageError:
            pass


@settings(max_examples=120, deadline=None)
@given(STEPS)
def test_after_any_history_incidents_are_those_of_a_rebuild(steps: list[tuple[str, int, int, int]]) -> None:
    with register() as made:
        play(made, steps)
        kept = groups(made), links(made), blocks(made)
        assert sorted(name for names in kept[0].values() for name in names) == sorted(
            name for name, in made._store.db.execute("SELECT name FROM incident_face"))
        shown = {row.number for row in made.find()}
        assert shown == {number for number, in made._store.db.execute("SELECT record FROM incident_member")}
        with made._store.writing() as db:
            rebuild(db)
        assert (groups(made), links(made), blocks(made)) == kept


@settings(max_examples=60, deadline=None)
@given(STEPS)
def test_what_was_parted_stands_apart_and_undoing_all_brings_back_what_was(steps: list[tuple[str, int, int, int]]) -> None:
    with register() as made, register() as plain:
        play(made, steps)
        play(plain, [step for step in steps if step[0] in ("add", "reread")])
        for decision in made.incidents.decisions():
            assert decision.ones
        while made.reviews.can_undo("ana"):
            made.reviews.undo(by="ana")
        for _ in range(len(made.incidents.decisions()) + 1):
            with contextlib.suppress(UsageError):
                made.incidents.undo(by="ana")
        assert groups(made) == groups(plain)


def filled() -> list[Result]:
    return [told(0, 0, 1), told(1, 2, 1), told(2, 1, 1), told(3, 7, 2)]


def test_a_split_is_kept_when_the_coder_reads_again_and_when_more_comes() -> None:
    with register() as made:
        made.add_all(filled(), Run("hand", "1"))
        (name, names), = [(n, g) for n, g in groups(made).items() if len(g) == 3]
        apart = sorted(names - {name})[0]
        made.incidents.split(name, [apart], by="ana", note="another raid")
        assert len(groups(made)[name]) == 2
        made.add_all(filled(), Run("hand", "2"))
        assert len(groups(made)[name]) == 2
        made.add(told(4, 0, 2), Run("hand", "2"))
        assert not any({name, apart} <= group for group in groups(made).values())
        assert made.incidents.decisions(apart)[0].note == "another raid"
        made.incidents.undo(by="ana")
        assert any({name, apart} <= group for group in groups(made).values())


def test_decisions_hold_for_what_another_coder_reads_from_other_words() -> None:
    with register() as made:
        made.add_all(filled(), Run("hand", "1"))
        name, names = next((n, g) for n, g in groups(made).items() if len(g) == 3)
        apart = sorted(names - {name})[0]
        made.incidents.split(name, [apart], by="ana")
        again = [one.model_copy(update={"records": tuple(map(shorter, one.records))}) for one in filled()]
        made.add_all(again, Run("hand", "2"))
        assert not names & {n for group in groups(made).values() for n in group}
        assert made.incident(name).id != made.incident(apart).id
        assert len(made.incident(name).reports) == 2
        made.incidents.merge(name, apart, by="ana")
        assert len(made.incident(apart).reports) == 3


def test_a_merge_joins_and_asks_no_more_and_any_name_leads_to_the_incident() -> None:
    with register() as made:
        made.add_all(filled(), Run("hand", "1"))
        lviv, odesa = (made.record(_id(made, source)).record.id for source in ("0.txt", "2.txt"))
        asked = made.incidents.unsure()
        made.incidents.merge(lviv, odesa, by="ana")
        assert made.incident(lviv).id == made.incident(odesa).id
        assert len(made.incident(lviv).reports) == 4
        assert len(made.incidents.unsure()) <= len(asked)
        for report in made.incident(lviv).reports:
            assert made.incident(report.face.name).id == made.incident(lviv).id
        with pytest.raises(UsageError):
            made.incidents.merge(lviv, odesa, by="ana")
        with pytest.raises(RegisterError):
            made.incident("i_000000000000")


def test_what_was_kept_apart_is_asked_about_no_more() -> None:
    with register() as made:
        made.add_all([told(0, 0, 1), told(2, 1, 1)])
        before = made.incidents.unsure()
        assert before
        made.incidents.apart(before[0].incident, before[0].other_incident, by="ana")
        assert made.incidents.unsure() == before[1:]


def test_a_decision_is_never_changed_or_deleted() -> None:
    with register() as made:
        made.add_all(filled())
        made.incidents.merge(_id(made, "0.txt"), _id(made, "2.txt"), by="ana")
        for statement in ("UPDATE incident_decision SET action = 'split'", "DELETE FROM incident_decision"):
            with pytest.raises(sqlite3.IntegrityError):
                made._store.db.execute(statement)


def test_an_article_that_fails_halfway_leaves_the_incidents_as_they_were() -> None:
    with register() as made:
        made.add_all(filled())
        kept = groups(made), links(made)

        def broken() -> Iterator[Result]:
            yield told(8, 0, 1)
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            made.add_all(broken())
        assert (groups(made), links(made)) == kept
        made.add(told(8, 0, 1))
        assert sum(map(len, groups(made).values())) == sum(map(len, kept[0].values())) + 1


def test_other_rules_are_told_and_a_rebuild_takes_todays() -> None:
    with tempfile.TemporaryDirectory() as name:
        path, told_ = Path(name) / "r.db", list[str]()
        with Register(path) as made:
            made.add_all(filled())
            made._store.db.execute("UPDATE incident_rules SET digest = 'old'")
        with Register(path, tell=told_.append) as made:
            assert "--rebuild" in told_[0]
            made.incidents.rebuild()
            assert not made.incidents.outdated()


def _id(made: Register, source: str) -> str:
    return next(row.record.id for row in made.find() if row.article.source == source)


def test_an_edited_copy_is_no_second_origin() -> None:
    """A paper that prints another's report, cut by its last lines, says nothing new; a report of its own does."""
    story = [f"The {noun} of the port of Odesa was closed on that morning, as number {n} of the houses shook twice."
             for n, noun in enumerate(("pier", "gate", "crane", "bridge", "market", "school", "depot", "museum"))]
    body = "Missiles hit the port of Odesa on Monday.\n" + "\n".join(story)
    own = "On Monday the port of Odesa came under fire from missiles, says one who fled to the hills beside the sea."
    with register() as made:
        for name, words in (("The Post", body), ("The Herald", body[: len(body) * 4 // 5]), ("The Star", own)):
            made.add(result([strike(words, day(0), "Odesa")], source=f"{name}.txt", publisher=name))
        name = made.incidents.largest(1)[0][0]
        incident = made.incident(name)
        assert len(incident.reports) == 3
        assert len(incident.origins) == 2


def test_of_two_records_of_one_sentence_a_decision_is_about_the_one_that_was_named() -> None:
    """Both have the same evidence, by which a record is found again only where it is no longer shown."""
    words = "Drones of one side hit Lviv and Odesa"
    with register() as made:
        made.add(result([strike(words, day(0), "Lviv"), strike(words, day(0), "Odesa")], day(0), source="two.txt"))
        made.add(told(1, 0, 0))
        for row in list(made.find()):
            others = [other for other in made.find() if other.record.id != row.record.id]
            one, other = row.record.id, others[0].record.id
            if made.incident(one).id == made.incident(other).id:
                made.incidents.split(made.incident(one).id, [one], by="ana")
            else:
                made.incidents.merge(made.incident(one).id, made.incident(other).id, by="ana")
                assert made.incident(one).id == made.incident(other).id
            assert made._store.db.execute("SELECT count(*) FROM incident_alias").fetchone() == (0,)
