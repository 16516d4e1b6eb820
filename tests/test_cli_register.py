"""``ingest``, ``find`` and ``export`` on the command line, with the toy coder."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from typer.testing import CliRunner
from typer.testing import Result as Ran

import tocsin.reader
from tocsin.cli import app
from tocsin.coding.matching.frames import FrameSet
from tocsin.export.csv import dictionary, headings, lines
from tocsin.export.exporters import EXPORTERS
from tocsin.export.jsonl import dictionary as line_schema
from tocsin.knowledge.loader import Tables
from tocsin.register import Register
from toy import ToyReader, toy_result

TEXT = ("Russia gives Tajikistan 12 tanks in Dushanbe on 2021-09-13, Norway said.\n"
        "Latvia attacks Mali in Gao on 2020-01-05.\n")
Run = Callable[..., Ran]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    monkeypatch.setattr(tocsin.reader, "Reader", lambda knowledge: ToyReader())
    monkeypatch.chdir(tmp_path)
    return lambda *arguments, **options: CliRunner().invoke(app, [str(a) for a in arguments], **options)


@pytest.fixture
def filled(run: Run, tmp_path: Path) -> Run:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(TEXT)
    (tmp_path / "in" / "b.txt").write_text(f"{TEXT}Norway meets Mali.\n")
    (tmp_path / "in" / "copy.txt").write_text(TEXT)
    (tmp_path / "in" / "bad.txt").write_bytes(b"\0\1\2\0")
    run("ingest", "in")
    return run


def test_ingest_says_what_became_of_the_inputs(run: Run, filled: Run) -> None:
    ran = run("ingest", "in")
    assert ran.exit_code == 1
    assert "register.db: 4 articles met (3 known, 1 failed), 0 records added" in ran.stdout
    assert "--retry-failed" in ran.stdout
    assert "bad.txt is binary" in ran.stderr


def test_the_summary_as_json_is_all_that_standard_output_holds(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    ran = run("ingest", "a.txt", "--json", "--register", "other.db")
    line = json.loads(ran.stdout)
    assert (ran.exit_code, line["new"], line["records"], line["failures"]) == (0, 1, 2, [])


def test_standard_input_is_ingested(run: Run) -> None:
    assert "1 new" in run("ingest", "-", input=TEXT).stdout
    assert run("find", "--count").stdout == "2\n"


def test_retry_without_input_tries_what_failed(filled: Run, tmp_path: Path) -> None:
    (tmp_path / "in" / "bad.txt").write_text("Russia attacks Mali.")
    ran = filled("ingest", "--retry-failed")
    assert (ran.exit_code, "1 article met (1 new), 1 record added" in ran.stdout) == (0, True)
    assert "met (nothing)" in filled("ingest", "--retry-failed").stdout


def test_find_shows_records_with_article_and_quote(filled: Run) -> None:
    ran = filled("find", "--party", "Russia", "--type", "arms_transfer", "--limit", "1")
    flat = " ".join(ran.stdout.split())
    for part in ("Arms transfer", "supplier Russia (RUS) → recipient Tajikistan (TJK)", "in/b.txt",
                 "“Russia gives Tajikistan 12 tanks in Dushanbe on 2021-09-13, Norway said.”", "1–1 of 2"):
        assert part in flat, part
    assert "1 copy elsewhere" in filled("find", "--limit", "4").stdout


def test_find_says_that_nothing_fits_or_is_left(filled: Run) -> None:
    assert "no record fits" in filled("find", "--party", "CHN").stdout
    assert "none of them so far down" in filled("find", "--offset", "99").stdout


def test_find_combines_words_and_filters(filled: Run) -> None:
    assert filled("find", "tanks", "gao", "--type", "armed_incident", "--count").stdout == "2\n"
    assert filled("find", "tanks", "--party", "supplier=RUS", "--place", "Dushanbe", "--since", "2021", "--until", "2021-12",
                  "--said-by", "NOR", "--role", "recipient", "--status", "occurred", "--count").stdout == "2\n"
    assert filled("find", "--type", "meeting", "--type", "armed_incident", "--count").stdout == "3\n"
    assert filled("find", "--box", "10,-5,20,5", "--no-historical", "--count").stdout == "2\n"


def test_json_lines_hold_to_their_schema(filled: Run) -> None:
    validator = jsonschema.Draft202012Validator(json.loads(line_schema()))
    for command in (("find", "--json"), ("export", "jsonl")):
        found = [json.loads(line) for line in filled(*command).stdout.splitlines()]
        assert len(found) == 5
        for line in found:
            assert not [e.message for e in validator.iter_errors(line) if "enum" not in str(e.schema_path)]


@pytest.mark.parametrize(("arguments", "said", "status"), [
    (["ingest"], "nothing to ingest", 2), (["find", "--status", "maybe"], "unknown status", 2),
    (["find", "--box", "1,2"], "no box", 2), (["find", "--since", "soon"], "no day", 2),
    (["find", "--sort", "size"], "unknown order", 2), (["find", "--register", "none.db"], "there is no register", 3),
    (["export", "xls"], "known are csv, jsonl", 2), (["export", "csv", "-o", "no/where.csv"], "cannot be written", 2),
    (["ingest", "in", "--workers", "0"], "0 workers", 2), (["ingest", "in", "--register", "in"], "cannot be opened", 3),
    (["find", "--min-confidence", "3"], "no confidence", 2),
])
def test_what_cannot_be_done_is_said_without_a_traceback(filled: Run, arguments: list[str], said: str, status: int) -> None:
    ran = filled(*arguments)
    assert said in ran.stderr
    assert ran.exit_code == status
    assert "Traceback" not in ran.output


def test_the_export_is_the_filtered_view_in_its_order(filled: Run) -> None:
    asked = ("--type", "arms_transfer", "--sort", "when", "--ascending")
    shown = [json.loads(line)["record"]["id"] for line in filled("find", "--json", *asked).stdout.splitlines()]
    for limit in ([], ["--limit", "1"]):
        rows = list(csv.DictReader(io.StringIO(filled("export", "csv", *asked, *limit).stdout)))
        assert [row["record"] for row in rows] == shown[:1 if limit else None]


def test_the_export_writes_its_dictionary_beside_it(filled: Run, tmp_path: Path) -> None:
    ran = filled("export", "csv", "-o", "out.csv")
    assert "out.csv: 5 records" in " ".join(ran.stderr.split())
    with (tmp_path / "out.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    with (tmp_path / "out.dictionary.csv").open(newline="", encoding="utf-8") as file:
        meanings = {row["column"]: row["meaning"] for row in csv.DictReader(file)}
    assert set(meanings) == {*rows[0], "text", "*"}
    assert all(meanings.values())
    gift = next(row for row in rows if row["type"] == "arms_transfer")
    assert [gift[name] for name in ("supplier", "recipient_country", "materiel_min", "place", "latitude", "said_by")] == [
        "Russia", "TJK", "12", "Dushanbe", "38.54", "Norway"]
    assert filled("export", "csv", "--dictionary").stdout == dictionary().replace("\r\n", "\n")


def test_every_role_of_the_codebook_has_its_columns() -> None:
    roles = {role for spec in FrameSet(Tables()).types.values() for role in spec.roles}
    assert {role for role in roles if role in headings() and f"{role}_country" in headings()} == roles


@pytest.mark.parametrize("title", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1"])
def test_no_cell_is_run_by_a_spreadsheet(tmp_path: Path, title: str) -> None:
    with Register(tmp_path / "r.db") as register:
        register.add(toy_result(TEXT, title=title, source=f"{title}.txt", publisher=title))
        rows = list(csv.DictReader(io.StringIO("".join(lines(register.find())), newline="")))
    for name in ("title", "outlet", "source"):
        assert rows[0][name].startswith("'"), name
        assert rows[0][name][1:].startswith(title)


def test_numbers_below_zero_stay_numbers(tmp_path: Path) -> None:
    with Register(tmp_path / "r.db") as register:
        register.add(toy_result("Latvia attacks Mali in Gao."))
        rows: list[dict[str, Any]] = list(csv.DictReader(io.StringIO("".join(lines(register.find())))))
    assert rows[0]["longitude"] == "-0.04"


def test_an_export_that_fails_leaves_the_older_file(filled: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "out.csv").write_text("older")

    def fails(rows: Any) -> Any:
        yield "half"
        raise OSError(28, "No space left on device")

    monkeypatch.setitem(EXPORTERS, "csv", replace(EXPORTERS["csv"], lines=fails))
    ran = filled("export", "csv", "-o", "out.csv")
    assert (ran.exit_code, "No space left" in ran.stderr) == (2, True)
    assert (tmp_path / "out.csv").read_text() == "older"
    assert not list(tmp_path.glob("*.part"))
