"""Whatever comes into a register in whatever order: nothing is lost, nothing doubled, and what is shown is what should be.

A second, slow account of the same history is kept in plain dictionaries and compared with what the register says.
"""

from __future__ import annotations

import os
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tocsin.model import Record
from tocsin.register import Register, Run
from tocsin.register.rollups import rebuild
from toy import ingest, state, toy_result

LINES = ["Russia gives Tajikistan 12 tanks in Dushanbe on 2021-09-13.", "Perhaps Norway meets Latvia in Riga.",
         "Latvia attacks Mali in Gao on 2020-01-05, Norway said.", "It rained.", "Russia attacks Mali."]
TEXTS = st.lists(st.sampled_from(LINES), min_size=0, max_size=4).map("\n".join)
SOURCES = st.sampled_from(["a.txt", "b.txt", "c.txt", "all.jsonl#1", "<stdin>"])
VERSIONS = st.sampled_from(["1.0", "2.0"])
ADDS = st.lists(st.tuples(SOURCES, TEXTS, VERSIONS), max_size=12)


class Account:
    """What a register should show, told the slow way."""

    def __init__(self) -> None:
        self.articles: dict[tuple[str, str], None] = {}
        self.read: dict[str, dict[str, Any]] = {}  # text → version of the coder → result
        self.newest: dict[str, str] = {}  # source → text

    def add(self, source: str, text: str, version: str) -> None:
        original = next((s for s, t in self.articles if t == text), source)
        self.articles[source, text] = None
        self.newest[source] = text
        if source == original:
            self.read.setdefault(text, {}).setdefault(version, toy_result(text, source, version))

    def shown(self) -> list[Record]:
        """Records of every text that still stands somewhere, by its newest coder."""
        standing = {t for s, t in self.articles if s in ("<stdin>", "all.jsonl#1") or self.newest[s] == t}
        return [record for text in standing if text in self.read for record in self.read[text][max(self.read[text])].records]


@contextmanager
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)


@settings(max_examples=25, deadline=None)
@given(ADDS)
def test_what_is_shown_follows_from_what_was_added(adds: list[tuple[str, str, str]]) -> None:
    account = Account()
    with folder() as place, Register(place / "r.db") as register:
        for source, text, version in adds:
            register.add(toy_result(text, source, version), Run("toy", version))
            account.add(source, text, version)
        expected = {record.id: record for record in account.shown()}
        found = [row.record for row in register.find()]
        assert Counter(record.id for record in found) == Counter(expected.keys())
        assert all(record == expected[record.id] for record in found)
        articles = [(row.source, register.article(row.id).text) for row in register.articles()]
        assert sorted(articles) == sorted(account.articles)
        for source, text in account.articles:
            for record in register.records(toy_result(text, source).article.id):
                assert all(text[quote.start:quote.end] == quote.exact for quote in record.evidence)


@settings(max_examples=20, deadline=None)
@given(ADDS)
def test_counts_kept_on_write_are_those_of_the_records(adds: list[tuple[str, str, str]]) -> None:
    with folder() as place, Register(place / "r.db") as register:
        for source, text, version in adds:
            register.add(toy_result(text, source, version), Run("toy", version))
        kept = rollups(register)
        with register._store.writing() as db:
            rebuild(db)
        assert rollups(register) == kept
        assert register.summary().records == register.find().total


FILTERS = st.fixed_dictionaries({}, optional={
    "type": st.sampled_from(["arms_transfer", "armed_incident", "meeting"]),
    "party": st.sampled_from(["RUS", "MLI", "target=MLI", "RUS,NOR"]), "place": st.sampled_from(["Gao", "TJK"]),
    "status": st.sampled_from(["occurred", "possible"]), "since": st.sampled_from(["2020", "2021-01"]),
    "until": st.sampled_from(["2020-12", "2022"]), "min_confidence": st.sampled_from([0.0, 0.6]),
    "said_by": st.just("NOR"), "words": st.sampled_from(["tanks", "rained", "Mali -Riga"])})


@settings(max_examples=25, deadline=None)
@given(ADDS, FILTERS)
def test_filters_together_find_what_each_of_them_finds(adds: list[tuple[str, str, str]], asked: dict[str, Any]) -> None:
    with folder() as place, Register(place / "r.db") as register:
        for source, text, version in adds:
            register.add(toy_result(text, source, version), Run("toy", version))
        each = [{row.number for row in register.find(**{name: value})} for name, value in asked.items()]
        every = {row.number for row in register.find()}
        assert {row.number for row in register.find(**asked)} == every.intersection(*each)
        fits = {row.number for row in register.find() if fitting(row.record, asked)}
        plain = {name: value for name, value in asked.items() if name != "words"}
        assert {row.number for row in register.find(**plain)} == fits


def fitting(record: Record, asked: dict[str, Any]) -> bool:
    """The filters but for words, told from the record itself."""
    pairs = {(role, p.country) for role, parties in record.roles.items() for p in parties}
    checks = {
        "type": lambda v: record.type == v, "status": lambda v: record.status == v,
        "party": lambda v: any(c in v.split("=")[-1].split(",") and v.partition("=")[0] in (role, v) for role, c in pairs),
        "place": lambda v: any(v in (p.name, p.country) for p in record.places),
        "since": lambda v: bool(record.time.latest and record.time.latest >= v),
        "until": lambda v: bool(record.time.earliest and record.time.earliest[:len(v)] <= v),
        "min_confidence": lambda v: record.confidence >= v,
        "said_by": lambda v: any(source.country == v for source in record.attribution),
    }
    return all(checks[name](value) for name, value in asked.items() if name in checks)


SHOWN = ("shown", "by_type", "by_party", "failed")
STEPS = st.lists(st.one_of(
    st.tuples(st.just("write"), st.sampled_from(["a.txt", "b.txt", "c.txt"]),
              st.one_of(TEXTS, TEXTS.map(lambda text: f"{text}\ndefect"), st.just("\0\1\0"))),
    st.tuples(st.just("ingest"), VERSIONS, st.booleans()),
    st.tuples(st.just("retry"), VERSIONS, st.booleans())), max_size=10)


@settings(max_examples=20, deadline=None)
@given(STEPS)
def test_after_any_history_one_more_ingest_completes_it_and_a_second_changes_nothing(steps: list[tuple[Any, ...]]) -> None:
    with folder() as place, folder() as other:
        news, path = place / "news", place / "r.db"
        news.mkdir()
        (news / "a.txt").write_text("Norway meets Mali.")
        try:
            for kind, name, value in steps:
                if kind == "write":
                    (news / name).write_text(value)
                    continue
                os.environ["TOY_DEFECT"] = "1" if value else ""
                ingest(path, [str(news)] if kind == "ingest" else [], name, again=kind == "retry")
            os.environ["TOY_DEFECT"] = ""
            last = ingest(path, [str(news)], "2.0", again=True).tally
            assert all("null bytes" in failure.message for failure in last.failures)
            whole, again = state(path), ingest(path, [str(news)], "2.0").tally
            assert (again.records, again.outcomes.keys() <= {"known"}) == (0, True)
            assert state(path) == whole
            fresh = ingest(other / "r.db", [str(news)], "2.0").tally
            assert [f.message for f in fresh.failures] == [f.message for f in last.failures]
            if not last.failures:  # a file that cannot be read any more keeps what it held before
                undisturbed = state(other / "r.db")
                assert {key: whole[key] for key in SHOWN} == {key: undisturbed[key] for key in SHOWN}
        finally:
            os.environ.pop("TOY_DEFECT", None)


def rollups(register: Register) -> dict[str, list[Any]]:
    with register._store.reading() as db:
        tables = ("rollup_type", "rollup_party", "rollup_dyad", "rollup_place")
        return {table: db.execute(f"SELECT * FROM {table}").fetchall() for table in tables}
