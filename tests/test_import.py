"""Tables into a register: every row becomes a record with its own provenance or is named with its line; nothing is lost."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from tocsin.cli import app
from tocsin.coding.verify import verify
from tocsin.errors import UsageError
from tocsin.export.csv import lines
from tocsin.knowledge.loader import Tables
from tocsin.pipeline.importing import Imported, import_rows
from tocsin.pipeline.row_records import RowReader
from tocsin.pipeline.sheets import mapping_of, read_sheet
from tocsin.register import Register
from tocsin.review.fill import Filler
from tocsin.review.slots import check

HAND = """No,From,To,What,How many,State,Day,Where,Told by
1,Norway,Latvia,howitzers,six,handed over,2021-05-04,Riga,
2,"France, Germany",Mali,armoured vehicles,12,promised,2022,,the Malian army
3,Norway,,=SUM(A1),,handed over,not told,,
"""
MAPPING = """name: Nordic transfers
columns:
  key: No
  roles.supplier: From
  roles.recipient: To
  materiel: What
  materiel.count: How many
  status: State
  time: Day
  place: Where
  attribution: Told by
set: {type: arms_transfer, subtype: delivery}
values:
  status: {handed over: occurred, promised: planned}
separator: ","
"""
# What a CSV row does not say: offsets in the article, who read it in which, the kind of a party (on which codes depend).
OWN_ALONE = {"record", "article", "title", "outlet", "source", "url", "version", "copies", "coder", "quote_start",
             "quote_end"}
BY_KIND = {"plover_event", "plover_mode", "cameo", "quad"}


@pytest.fixture(scope="module")
def filler() -> Filler:
    return Filler(Tables())


def reader(path: Path, filler: Filler, mapping: str | None = None) -> RowReader:
    file = None
    if mapping is not None:
        file = path.with_suffix(".yaml")
        file.write_text(mapping, encoding="utf-8")
    sheet = read_sheet(path)
    return RowReader(sheet, mapping_of(sheet, file), filler, path.name, "ana")


def imported(tmp_path: Path, filler: Filler, text: str = HAND, mapping: str | None = MAPPING) -> Imported:
    path = tmp_path / "t.csv"
    path.write_text(text, encoding="utf-8")
    with Register(tmp_path / "r.db") as register:
        return import_rows(register, reader(path, filler, mapping))


def rows(tmp_path: Path) -> list[Any]:
    with Register(tmp_path / "r.db") as register:
        return list(register.find(sort="added", ascending=True))


def test_a_hand_kept_table_becomes_records(tmp_path: Path, filler: Filler) -> None:
    found = imported(tmp_path, filler)
    assert (found.outcomes["new"], found.records, [row.line for row, _ in found.rejected]) == (2, 2, [4])
    first, second = (row.record for row in rows(tmp_path))
    assert [[p.country for p in first.roles[role]] for role in ("supplier", "recipient")] == [["NOR"], ["LVA"]]
    assert (first.type, first.subtype, first.status) == ("arms_transfer", "delivery", "occurred")
    item = first.materiel[0]
    assert (item.class_, item.count.min, item.count.max, item.count.kind, item.use) == (
        "artillery", 6, 6, "exact", "transferred")
    assert (first.time.earliest, first.time.latest, first.time.basis) == ("2021-05-04", "2021-05-04", "stated")
    assert (first.places[0].name, first.places[0].country, first.places[0].precision) == ("Riga", "LVA", "town")
    assert (first.codes["plover"]["event"], first.confidence) == ("AID", 1)
    assert [p.country for p in second.roles["supplier"]] == ["FRA", "DEU"]
    assert (second.status, second.time.earliest, second.time.latest) == ("planned", "2022-01-01", "2022-12-31")
    assert second.attribution[0].country == "MLI"


def test_a_row_never_passes_for_an_article(tmp_path: Path, filler: Filler) -> None:
    imported(tmp_path, filler)
    for row in rows(tmp_path):
        assert (row.record.coder.name, row.record.coder.rule) == ("import", "table/Nordic transfers")
        assert row.article.publisher == "Nordic transfers (imported table)"
        assert row.article.source.startswith("t.csv#")
        assert row.article.url is None
        with Register(tmp_path / "r.db") as register:
            article = register.article(row.article.id)
        assert article.extra["imported"] == {"table": "Nordic transfers", "line": int(article.extra["id"]) + 1, "by": "ana"}
        assert f"From: {row.record.roles['supplier'][0].text}" in article.text
        check(row.record, article.text)
        assert verify(row.record, article) == []


def test_a_changed_row_replaces_the_older_one_and_the_same_is_known(tmp_path: Path, filler: Filler) -> None:
    imported(tmp_path, filler)
    again = imported(tmp_path, filler, HAND.replace("howitzers,six", "howitzers,eight"))
    assert (again.outcomes["version"], again.outcomes["known"]) == (1, 1)
    assert sorted(row.record.materiel[0].count.max for row in rows(tmp_path)) == [8, 12]


def test_rows_without_a_key_are_known_by_their_words_wherever_they_stand(tmp_path: Path, filler: Filler) -> None:
    mapping = MAPPING.replace("  key: No\n", "")
    imported(tmp_path, filler, mapping=mapping)
    moved = HAND.replace("\n1,", "\n9,Norway,Mali,trucks,2,promised,2020,,\n1,")
    again = imported(tmp_path, filler, moved, mapping=mapping)
    assert (again.outcomes["new"], again.outcomes["duplicate"], len(rows(tmp_path))) == (1, 2, 3)


def test_the_own_csv_comes_back(tmp_path: Path, demo: Path, filler: Filler) -> None:
    with Register(demo, read_only=True) as register:
        text = "".join(lines(register.find()))
    found = imported(tmp_path, filler, text, None)
    assert found.rejected == []
    back = {row.article.source.split("#")[1]: row for row in rows(tmp_path)}
    before = list(csv.DictReader(io.StringIO(text, newline="")))
    assert list(back) == [line["record"] for line in before]
    after = list(csv.DictReader(io.StringIO("".join(lines(back.values())), newline="")))
    for old, new in zip(before, after, strict=True):
        assert {name: new[name] for name in new if name not in OWN_ALONE | BY_KIND} == {
            name: old[name] for name in old if name not in OWN_ALONE | BY_KIND}
    same = sum(all(old[name] == new[name] for name in BY_KIND) for old, new in zip(before, after, strict=True))
    assert same >= 0.98 * len(before)


@pytest.mark.parametrize(("line", "why"), [
    ("1,Norway,Latvia,howitzers,six,sold,2021,Riga,", "sold"),
    ("1,,,howitzers,six,promised,2021,,", "no recipient or supplier"),
    ("1,Norway,Latvia,howitzers,many or few,promised,2021,,", "one number"),
    ("1,Norway,Latvia,howitzers,six,promised,not told,,", "not told"),
    ("1,Norway,Latvia", "3 cells under 9 headings"),
    ("1,Norway,Latvia,a b,1,promised,2021,,,x", "10 cells under 9 headings"),
    ('1,Norway,Latvia,"tanks, guns","1",promised,2021,,', "1 parts where there are 2"),
])
def test_a_bad_row_is_named_and_stops_no_other(tmp_path: Path, filler: Filler, line: str, why: str) -> None:
    head, good = HAND.splitlines()[:2]
    found = imported(tmp_path, filler, f"{head}\n{line}\n\n2{good[1:]}\n")
    assert found.outcomes["new"] == 1
    (row, reason), = found.rejected
    assert row.line == 2
    assert why in reason


def test_a_key_that_stands_twice_loses_no_row(tmp_path: Path, filler: Filler) -> None:
    head, good = HAND.splitlines()[:2]
    found = imported(tmp_path, filler, f"{head}\n{good}\n{good.replace('six', 'ten')}\n")
    (row, reason), = found.rejected
    assert (row.line, "line 2 already" in reason) == (3, True)
    assert rows(tmp_path)[0].record.materiel[0].count.min == 6


def test_lines_are_those_of_the_file_whatever_a_cell_holds(tmp_path: Path, filler: Filler) -> None:
    head, good = HAND.splitlines()[:2]
    text = f'{head}\n1,"Nor\nway",Latvia,[tanks],2,promised,2021,,\n\n2{good[1:]}\n3,,,x,,promised,,,\n'
    found = imported(tmp_path, filler, text)
    assert [row.line for row, _ in found.rejected] == [6]
    assert {row.record.materiel[0].text for row in rows(tmp_path)} == {"[tanks]", "howitzers"}


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_other_delimiters_and_a_byte_order_mark(tmp_path: Path, filler: Filler, delimiter: str) -> None:
    text = "\ufeff" + "".join(delimiter.join(cells) + "\n" for cells in csv.reader(io.StringIO(HAND)))
    found = imported(tmp_path, filler, text)
    assert found.outcomes["new"] == 2


@pytest.mark.parametrize(("mapping", "said"), [
    (None, "--mapping"), ("columns: {roles.supplier: From}\n", "type must have a column"), ("a: 1\n", "is no mapping"),
    (MAPPING.replace("From", "Giver"), "'Giver'"), (MAPPING.replace("roles.supplier", "roles.giver"), "'roles.giver'"),
    (MAPPING.replace("materiel:", "arms:"), "'arms'"),
])
def test_a_mapping_that_cannot_be_is_refused(tmp_path: Path, filler: Filler, mapping: str | None, said: str) -> None:
    path = tmp_path / "t.csv"
    path.write_text(HAND)
    with pytest.raises(UsageError, match=said):
        reader(path, filler, mapping)


@pytest.mark.parametrize(("content", "said"), [
    (b"", "is empty"), (b"a,a\n1,2\n", "heading of its own"), (b"a,\xff\n", "not UTF-8"), (b'a,b\n"1', "no CSV table"),
])
def test_what_is_no_table_is_refused(tmp_path: Path, content: bytes, said: str) -> None:
    (tmp_path / "t.csv").write_bytes(content)
    with pytest.raises(UsageError, match=said):
        read_sheet(tmp_path / "t.csv")


def test_the_command_keeps_rejected_rows_to_be_mended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "t.csv").write_text(HAND)
    (tmp_path / "m.yaml").write_text(MAPPING)
    ran = CliRunner().invoke(app, ["import", "t.csv", "--mapping", "m.yaml", "--check"])
    assert (ran.exit_code, (tmp_path / "register.db").exists()) == (1, False)
    ran = CliRunner().invoke(app, ["import", "t.csv", "--mapping", "m.yaml"])
    said = " ".join(ran.stderr.split())
    assert ran.exit_code == 1
    assert "t.csv, line 4:" in said
    assert "2 new" in said
    rejected = tmp_path / "t.rejected.csv"
    row, = csv.DictReader(io.StringIO(rejected.read_text()))
    assert (row["line"], row["What"]) == ("4", "=SUM(A1)")
    rejected.write_text(rejected.read_text().replace("not told", "2020"))
    assert CliRunner().invoke(app, ["import", "t.rejected.csv", "--mapping", "m.yaml"]).exit_code == 0
    assert CliRunner().invoke(app, ["find", "--count"]).stdout == "3\n"


def test_what_a_mapping_may_name_is_explained() -> None:
    slots = Tables().mapping("import/slots.yaml")
    assert set(Tables().mapping("import/own.yaml")["columns"]) <= set(slots)
    assert all(slots.values())
