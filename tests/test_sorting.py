"""Every column of a table sorts: words by their alphabet, numbers by their size, no value last, ties as they came."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handmade import article, party
from tocsin.errors import UsageError
from tocsin.model import Coder, Count, EventTime, Materiel, Quote, Record, Result
from tocsin.register import Register, sort_index
from tocsin.register.sorting import by_number, key_of, order_names
from tocsin.register.store import migrations

SUPPLIERS = ("Norway", "Åland", "austria", None, "Norway", "Zambia", "“Iran”")


def transfer(number: int, supplier: str | None, count: int | None = None, **slots: Any) -> Result:
    """An article with one transfer."""
    said = f"{supplier or 'Somebody'} gives {count or 'some'} tanks to Latvia, as was told {number} times."
    text = article(said, title=slots.pop("title", f"Report {number}"), source=f"made/{number}.txt")
    roles = {"supplier": (party(said, supplier),) if supplier else (), "recipient": (party(said, "Latvia"),),
             "intermediary": ()}
    many = Count(min=count, max=count, kind="exact") if count else Count()
    item = Materiel.model_validate({"text": "tanks", "start": said.index("tanks"), "end": said.index("tanks") + 5,
                                    "class": "tank", "count": many})
    return Result(article=text, records=(Record(
        id=f"r_{number:012x}", type="arms_transfer", subtype=slots.pop("subtype", "delivery"), status="occurred",
        roles=roles, materiel=(item,), time=EventTime(), evidence=(Quote(start=0, end=len(said), exact=said),),
        confidence=0.5, coder=Coder(name="toy", version="1.0", rule="x"), **slots),))


@pytest.fixture
def register(tmp_path: Path) -> Any:
    with Register(tmp_path / "register.db") as opened:
        yield opened


def suppliers(register: Register, **asked: Any) -> list[str | None]:
    """The suppliers in the order asked for."""
    return [row.record.roles["supplier"][0].name if row.record.roles["supplier"] else None
            for row in register.find(**asked)]


def test_words_go_by_the_alphabet_and_what_has_none_comes_last(register: Register) -> None:
    register.add_all(transfer(number, name) for number, name in enumerate(SUPPLIERS))
    risen = ["Åland", "austria", "“Iran”", "Norway", "Norway", "Zambia", None]
    assert suppliers(register, sort="supplier", ascending=True) == risen
    assert suppliers(register, sort="supplier") == [*risen[-2::-1], None]


def test_numbers_go_by_their_size(register: Register) -> None:
    register.add_all(transfer(number, "Norway", count) for number, count in enumerate([100, None, 9, 3_000_000_000, 20]))
    counts = [row.record.materiel[0].count.min for row in register.find(sort="count")]
    assert counts == [3_000_000_000, 100, 20, 9, None]
    assert [row.record.materiel[0].count.min for row in register.find(sort="count", ascending=True)] == [
        9, 20, 100, 3_000_000_000, None]


def test_terms_go_by_the_names_that_are_shown(register: Register) -> None:
    register.add_all(transfer(number, "Norway", subtype=kind)
                     for number, kind in enumerate(["order", None, "delivery", "first_delivery"]))
    assert [row.record.subtype for row in register.find(sort="stage", ascending=True)] == [
        "delivery", "first_delivery", "order", None]


def test_copies_count_as_sources_as_they_come(register: Register) -> None:
    register.add_all(transfer(number, "Norway") for number in range(3))
    second = transfer(1, "Norway")
    copy = second.article.model_copy(update={"source": "elsewhere.txt", "id": "c" * 64})
    assert register.add(Result(article=copy)).outcome == "duplicate"
    assert [len(row.article.copies) for row in register.find(sort="sources")] == [1, 0, 0]
    assert [len(row.article.copies) for row in register.find(sort="sources", ascending=True)] == [0, 0, 1]


def test_pages_of_any_order_are_the_whole_once(register: Register) -> None:
    register.add_all(transfer(number, SUPPLIERS[number % 7], number % 4 or None) for number in range(40))
    for order in order_names():
        for ascending in (True, False):
            whole = [row.number for row in register.find(sort=order, ascending=ascending)]
            pages = [row.number for first in range(0, 40, 7)
                     for row in register.find(sort=order, ascending=ascending, limit=7, offset=first)]
            assert pages == whole, order
            assert sorted(whole) == list(range(1, 41)), order


def test_a_name_that_comes_later_finds_its_place(register: Register) -> None:
    register.add_all(transfer(number, name) for number, name in enumerate(["Zambia", "Austria"]))
    assert suppliers(register, sort="supplier", ascending=True) == ["Austria", "Zambia"]
    register.add(transfer(2, "Bhutan"))
    assert suppliers(register, sort="supplier", ascending=True) == ["Austria", "Bhutan", "Zambia"]


def test_what_is_rolled_back_leaves_no_number_behind(register: Register) -> None:
    with pytest.raises(ValueError, match="no more"):
        register.add_all(_then_fails())
    register.add_all(transfer(number, name) for number, name in enumerate(["Zambia", "Austria"]))
    assert suppliers(register, sort="supplier", ascending=True) == ["Austria", "Zambia"]


def _then_fails() -> Any:
    yield transfer(0, "Mali")
    raise ValueError("no more")


def test_an_unknown_order_is_refused(register: Register) -> None:
    with pytest.raises(UsageError, match="supplier"):
        register.find(sort="beauty")


def test_a_register_of_before_is_given_its_orders(tmp_path: Path) -> None:
    path = tmp_path / "register.db"
    with Register(path) as register:
        register.add_all(transfer(number, name, number or None) for number, name in enumerate(SUPPLIERS))
        orders = [[row.number for row in register.find(sort=order)] for order in order_names()]
        kept = [register._store.db.execute(f"SELECT * FROM {table}").fetchall() for table in ("sort_text", "sort_chunk")]
    older = sqlite3.connect(path)
    later = [step.sql for step in migrations()[4:]]
    for kind in ("VIEW", "TRIGGER", "INDEX", "TABLE"):  # a table takes its triggers and indexes with it
        for name in re.findall(rf"CREATE {kind} (\w+)", "\n".join(later)):
            older.execute(f"DROP {kind} {name}")
    older.execute("PRAGMA user_version = 4")
    older.commit()
    older.close()
    with Register(path) as register:
        assert [[row.number for row in register.find(sort=order)] for order in order_names()] == orders
        assert [register._store.db.execute(f"SELECT * FROM {table}").fetchall()
                for table in ("sort_text", "sort_chunk")] == kept


def test_another_register_at_the_same_path_has_its_own_alphabet(tmp_path: Path) -> None:
    for names in (["Zambia", "Austria"], ["Austria", "Zambia"], ["Mali", "Bhutan"]):
        path = tmp_path / "register.db"
        path.unlink(missing_ok=True)
        with Register(path) as register:
            register.add_all(transfer(number, name) for number, name in enumerate(names))
            assert suppliers(register, sort="supplier", ascending=True) == sorted(names)


def test_which_orders_begin_with_the_most() -> None:
    assert [by_number(name) for name in ("when", "count", "sources", "supplier", "quote")] == [
        True, True, True, False, False]
    assert {"supplier", "recipient", "host", "tester", "who", "where", "title"} <= set(order_names())


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 3 * sort_index.CHUNK), st.integers(1, 2**31 - 1)), max_size=60),
       st.booleans())
def test_chunks_keep_their_values_however_full_they_are(pairs: list[tuple[int, int]], full: bool) -> None:
    given_ = dict(pairs) if not full else {n: n + 1 for n in range(sort_index.CHUNK)}
    for form, none in ((sort_index.TEXTS, 0), (sort_index.NUMBERS, None)):
        values = sort_index._unpacked(b"", form)
        wanted = {at % sort_index.CHUNK: value for at, value in given_.items()}
        for at, value in wanted.items():
            values[at] = value
        again = sort_index._unpacked(sort_index._packed(values, form), form)
        assert {at: int(value) for at, value in enumerate(again) if value == value and value != none} == wanted


def test_signs_before_a_word_do_not_count() -> None:
    assert key_of("“Éire” and more") == "eire” and more"
    assert key_of("...") == ""
