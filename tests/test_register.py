"""The register: what goes in comes out whole, once, and is found by every filter."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest

from handmade import result
from tocsin.errors import RegisterError, UsageError
from tocsin.model import Record
from tocsin.register import Register, Run
from toy import toy_result

GIVES = "Russia gives Tajikistan 12 tanks in Dushanbe on 2021-09-13, Norway said."
ATTACKS = "Latvia attacks Mali in Gao on 2020-01-05."
PERHAPS = "Perhaps Norway meets Latvia in Riga on 2022-03-01."
ALL = {"gives", "attacks", "meets"}
TEXT = f"{GIVES}\n{ATTACKS}\n{PERHAPS}\n"


@pytest.fixture
def register(tmp_path: Path) -> Any:
    with Register(tmp_path / "register.db") as opened:
        yield opened


def test_a_record_comes_out_as_it_went_in(register: Register) -> None:
    given = result()
    assert register.add(given).outcome == "new"
    found = {row.record.id: row.record for row in register.find()}
    assert found == {record.id: record for record in given.records}
    assert register.article(given.article.id) == given.article


def test_the_same_article_again_changes_nothing(register: Register) -> None:
    register.add(toy_result(TEXT))
    again = register.add(toy_result(TEXT))
    assert (again.outcome, again.records, register.find().total) == ("known", 0, 2)


def test_a_newer_coder_adds_a_reading_and_is_shown(register: Register) -> None:
    register.add(toy_result(TEXT, version="1.0"))
    assert register.add(toy_result(TEXT, version="2.0")).outcome == "reread"
    assert {row.record.coder.version for row in register.find()} == {"2.0"}
    assert register.find().total == 3
    assert register.summary().readings == 2


def test_an_older_coder_that_comes_late_is_kept_but_not_shown(register: Register) -> None:
    register.add(toy_result(TEXT, version="2.0"))
    register.add(toy_result(TEXT, version="1.0"))
    assert {row.record.coder.version for row in register.find()} == {"2.0"}


def test_versions_are_ordered_as_numbers(register: Register) -> None:
    for version in ("9.0", "10.0"):
        register.add(toy_result(TEXT), Run("toy", version))
    shown = {row.number for row in register.find()}
    assert min(shown) == 3  # those of the second reading


def test_a_changed_text_is_a_new_version_with_what_changed(register: Register) -> None:
    first = register.add(toy_result(TEXT))
    second = register.add(toy_result(f"Correction.\n{GIVES.replace('12', '15')}\n{ATTACKS}\nNorway meets Mali.\n"))
    assert (second.outcome, second.replaces) == ("version", first.article)
    changes = register.changes(first.article, second.article)
    assert sorted((c.kind, c.slots) for c in changes) == [("added", ()), ("changed", ("materiel", "evidence"))]
    assert register.find().total == 3
    assert {row.article.version for row in register.find()} == {2}
    assert register.versions(second.article) == [first.article, second.article]
    assert register.article(first.article).text == TEXT


def test_a_text_that_comes_back_is_the_newest_again(register: Register) -> None:
    first = register.add(toy_result(TEXT))
    register.add(toy_result(ATTACKS))
    back = register.add(toy_result(TEXT))
    assert (back.outcome, back.records) == ("version", 0)
    assert {row.article.id for row in register.find()} == {first.article}
    assert register.find().total == 2


def test_two_files_of_one_address_do_not_take_turns(register: Register) -> None:
    url = "https://example.org/story"
    for _ in range(2):
        register.add(toy_result(TEXT, "crawl-1.txt", url=url))
        register.add(toy_result(ATTACKS, "crawl-2.txt", url=url))
    assert [row.article.source for row in register.find()] == ["crawl-2.txt"]


def test_objects_known_only_by_their_line_have_no_versions(register: Register) -> None:
    register.add(toy_result(TEXT, "all.jsonl#3"))
    assert register.add(toy_result(ATTACKS, "all.jsonl#3")).outcome == "new"
    assert register.add(toy_result(GIVES, "all.jsonl#a17", extra={"id": "a17"})).outcome == "new"
    assert register.add(toy_result(PERHAPS, "all.jsonl#a17", extra={"id": "a17"})).outcome == "version"


def test_a_copy_is_linked_and_adds_no_record(register: Register) -> None:
    original = register.add(toy_result(TEXT, "a.txt"))
    copy = register.add(toy_result(TEXT, "b.txt"))
    assert (copy.outcome, copy.records, copy.duplicate_of) == ("duplicate", 0, original.article)
    assert register.find().total == 2
    assert {row.article.copies for row in register.find()} == {(copy.article,)}
    assert register.article(copy.article).text == TEXT
    assert register.article(copy.article).duplicate_of == original.article


def test_records_stay_while_a_copy_of_their_text_stands(register: Register) -> None:
    register.add(toy_result(TEXT, "a.txt"))
    register.add(toy_result(TEXT, "b.txt"))
    register.add(toy_result("Nothing.", "a.txt"))
    assert register.find().total == 2
    register.add(toy_result("Nothing at all.", "b.txt"))
    assert register.find().total == 0


def test_without_texts_quotes_are_kept_and_found(tmp_path: Path) -> None:
    with Register(tmp_path / "r.db", keep_text=False) as register:
        added = register.add(toy_result(f"{TEXT}\nThe weather was fine.", title="A day"))
        assert register.article(added.article).text == ""
        assert register.count(words="tanks") == 1
        assert register.count(words="weather") == 0
        assert b"weather" not in b"".join(file.read_bytes() for file in tmp_path.iterdir())


def test_an_error_leaves_nothing_behind(register: Register) -> None:
    def results() -> Any:
        yield toy_result(TEXT)
        raise ValueError("a defect")

    with pytest.raises(ValueError, match="defect"):
        register.add_all(results())
    assert list(register.articles()) == []
    assert register.add(toy_result(TEXT)).records == 2
    assert register.count(party="TJK") == 1


@pytest.mark.parametrize(("asked", "expected"), [
    ({"type": "arms_transfer"}, {"gives"}), ({"type": ["arms_transfer", "meeting"]}, {"gives", "meets"}),
    ({"party": "RUS"}, {"gives"}), ({"party": "Russia"}, {"gives"}), ({"party": "Kremlin"}, {"gives"}),
    ({"party": "RUS,MLI"}, {"gives", "attacks"}), ({"party": ["RUS", "TJK"]}, {"gives"}), ({"party": ["RUS", "MLI"]}, set()),
    ({"party": "supplier=RUS"}, {"gives"}), ({"party": "recipient=RUS"}, set()),
    ({"party": "rus", "role": "supplier"}, {"gives"}),
    ({"role": "target"}, {"attacks"}), ({"place": "Riga"}, {"meets"}), ({"place": "Latvia"}, {"meets"}),
    ({"place": "riga"}, {"meets"}), ({"status": "possible"}, {"meets"}), ({"materiel": "tank"}, {"gives"}),
    ({"said_by": "Norway"}, {"gives"}), ({"said_by": "NOR"}, {"gives"}), ({"outlet": "the toy times"}, ALL),
    ({"since": "2021"}, {"gives", "meets"}), ({"until": "2020-01-05"}, {"attacks"}), ({"until": "2020-01-04"}, set()),
    ({"since": "2021-09", "until": "2021-09"}, {"gives"}), ({"reported_since": "2021-09-15"}, set()),
    ({"reported_until": "2021-09-14"}, ALL), ({"min_confidence": 0.6}, {"attacks", "meets"}),
    ({"historical": True}, set()),
    ({"box": (50, 20, 60, 30)}, {"meets"}), ({"box": (10, 170, 40, 80)}, {"gives", "attacks"}),
    ({"words": "tanks"}, ALL), ({"words": "Tank -rain"}, ALL),
    ({"words": "tanks -Gao"}, set()), ({"words": '"gives Tajikistan"'}, ALL),
    ({"words": '"Tajikistan gives"'}, set()), ({"words": "Dush*"}, ALL),
    ({"words": "tanks OR rain"}, set()), ({"words": "title:tanks"}, set()),
])
def test_the_filter_finds_what_fits_and_nothing_else(register: Register, asked: dict[str, Any], expected: set[str]) -> None:
    register.add(toy_result(TEXT, version="2.0"))
    verbs = {"arms_transfer": "gives", "armed_incident": "attacks", "meeting": "meets"}
    assert {verbs[row.record.type] for row in register.find(**asked)} == expected


def test_a_state_finds_its_ministries_forces_and_office_holders(register: Register) -> None:
    register.add(result())  # Norwegian troops; the Latvian defence ministry as source
    assert register.count(party="NOR", type="armed_incident") == 1
    assert register.count(said_by="Latvia") == 1


def test_a_body_finds_its_own_bodies(register: Register) -> None:
    given = toy_result(GIVES)
    force = {"id": "igo:KFOR", "country": "IGO", "name": "Kosovo Force"}
    party = given.records[0].roles["supplier"][0].model_copy(update=force)
    record = given.records[0].model_copy(update={"roles": {**given.records[0].roles, "supplier": (party,)}})
    register.add(given.model_copy(update={"records": (record,)}))
    assert register.count(party="NATO") == register.count(party="igo:NATO") == register.count(party="Kosovo Force") == 1
    assert register.count(party="EU") == 0


def test_pages_are_parts_of_the_whole_in_order(register: Register) -> None:
    for number in range(30):
        day = f"2021-{number % 12 + 1:02}-{number % 28 + 1:02}"
        register.add(toy_result(f"Russia attacks Mali on {day}. {number}", f"{number}.txt"))
    whole = [row.number for row in register.find(sort="when")]
    days = [row.record.time.earliest for row in register.find(sort="when")]
    assert days == sorted(days, reverse=True)
    assert [row.number for at in range(0, 30, 7) for row in register.find(sort="when", limit=7, offset=at)] == whole
    assert [row.record.time.earliest for row in register.find(sort="when", ascending=True)] == sorted(days)


def test_records_without_a_day_come_last_either_way(register: Register) -> None:
    register.add(toy_result("Russia attacks Mali. Norway attacks Mali on 2020-01-01."))
    for ascending in (True, False):
        assert [row.record.time.earliest for row in register.find(sort="when", ascending=ascending)] == ["2020-01-01", None]


def test_a_period_finds_no_record_without_a_day(register: Register) -> None:
    register.add(toy_result("Russia attacks Mali."))
    assert register.count(since="1900") == register.count(until="2100") == 0


@pytest.mark.parametrize("asked", [
    {"nonsense": 1}, {"status": "maybe"}, {"since": "last week"}, {"until": "2021-02-30"}, {"min_confidence": 2},
    {"box": (1, 2, 0, 4)}, {"words": "!?"}, {"sort": "size"},
])
def test_what_cannot_be_asked_is_named(register: Register, asked: dict[str, Any]) -> None:
    with pytest.raises(UsageError):
        register.find(**asked)


@pytest.mark.parametrize("words", ['"', "NEAR(a b)", "a AND", "x:y*", "'; DROP TABLE record; --", "*", "^a", "a\"b", "{a}"])
def test_no_words_are_taken_for_operators(register: Register, words: str) -> None:
    register.add(toy_result(TEXT))
    try:
        assert register.count(words=words) in (0, 2)
    except UsageError:
        assert not any(character.isalnum() for character in words)


def test_an_unknown_id_is_named(register: Register) -> None:
    with pytest.raises(RegisterError, match="r_none"):
        register.record("r_none")
    with pytest.raises(RegisterError, match="nothing"):
        register.article("nothing")


def test_a_version_that_has_no_order_is_refused(register: Register) -> None:
    with pytest.raises(RegisterError, match="newest"):
        register.add(toy_result(TEXT), Run("toy", "newest"))


def test_every_statement_of_find_uses_an_index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Register(tmp_path / "r.db") as register:
        register.add(toy_result(TEXT))
    with Register(tmp_path / "r.db", read_only=True) as register:
        said: list[str] = []
        register._store.db.set_trace_callback(said.append)
        list(register.find(party="RUS", type="arms_transfer", since="2020", place="Dushanbe", words="tanks", role="supplier",
                           box=(30, 60, 40, 70), said_by="Norway", min_confidence=0.1))
        register._store.db.set_trace_callback(None)
        with sqlite3.connect(tmp_path / "r.db") as db:
            for statement in {s for s in said if s.startswith("SELECT") and "%_" not in s and "'main'" not in s}:
                for row in db.execute(f"EXPLAIN QUERY PLAN {statement}"):
                    assert not row[3].startswith("SCAN") or "VIRTUAL TABLE" in row[3] or "CONSTANT" in row[3], statement


def test_a_row_is_a_valid_record(register: Register) -> None:
    register.add(toy_result(TEXT))
    row = register.record(next(iter(register.find())).data["id"])
    assert isinstance(row.record, Record)
    assert register.article(row.article.id).text[row.record.evidence[0].start:].startswith(row.record.evidence[0].exact)
