"""The command line: what is printed where, which exit status, and that no bad input ends in a traceback.

Most tests put a stand-in for the reader; those marked by ``real`` run the language model once for all of them.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from markupsafe import escape
from typer.testing import CliRunner
from typer.testing import Result as Ran

import tocsin.reader
from handmade import TEXT, result
from tocsin import __version__
from tocsin.cli import app
from tocsin.cli.flow import Failure, Options, confident, results
from tocsin.cli.terminal import safe
from tocsin.errors import KnowledgeError, ModelError
from tocsin.knowledge.loader import Tables
from tocsin.knowledge.words import words
from tocsin.model import Article, Problem, Result
from tocsin.schema import result_schema

REPORTS = Path(tocsin.__file__).parent / "demo" / "reports"
SENT = "Russia has sent 12 armoured vehicles to Tajikistan.\n"


class StandIn:
    """A reader without a model: the records of the handmade article for its text, none for any other."""

    def __init__(self, knowledge: Path | None = None, parser: Any = None) -> None:
        self.tables = Tables(knowledge)

    def read_article(self, article: Article, problems: list[Problem] | None = None,
                     layers: tuple[str, ...] = ()) -> Result:
        if "defect" in article.text:
            raise ZeroDivisionError("a defect")
        records = result().records if article.text == TEXT and "records" in layers else ()
        return Result(article=article, records=records, problems=tuple(problems or []))


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., Ran]:
    monkeypatch.setattr(tocsin.reader, "Reader", StandIn)
    monkeypatch.chdir(tmp_path)
    return lambda *arguments, **options: CliRunner().invoke(app, [str(a) for a in arguments], **options)


def write(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


# --- read -------------------------------------------------------------------------------------------------------------


def test_the_table_shows_every_slot_and_the_quote(run: Callable[..., Ran], tmp_path: Path) -> None:
    ran = run("read", write(tmp_path / "a.txt", TEXT), "--published", "2021-05-04")
    assert ran.exit_code == 0, ran.output
    flat = " ".join(ran.stdout.split())
    for said in (
        "Arms transfer · delivery · occurred · 0.93", "supplier Norway (NOR) → recipient Latvia (LVA)",
        "six howitzers (6 · artillery)", "about 500 shells (about 500 · ammunition)", "by 4 May 2021 (inferred)",
        "Ministry of Defence of Latvia (said) (LVA)", "⊘ Armed incident · shelling · denied", "killed at least 3",
        "◌ Military exercise · possible", "Oct 2021", "near Riga", "“It denied that Norwegian troops had shelled",
    ):
        assert said in flat, said


def test_a_wide_terminal_gets_one_row_a_record(run: Callable[..., Ran], tmp_path: Path) -> None:
    ran = run("read", write(tmp_path / "a.txt", TEXT), env={"COLUMNS": "160"})
    assert any("Norway" in line and "six howitzers" in line and "by 4 May" in line for line in ran.stdout.splitlines())


def test_an_article_without_records_says_so(run: Callable[..., Ran], tmp_path: Path) -> None:
    assert "No records." in run("read", write(tmp_path / "a.txt", "It rained in Riga.\n")).stdout


def test_json_lines_are_all_that_standard_output_holds(run: Callable[..., Ran], tmp_path: Path) -> None:
    folder = tmp_path / "in"
    write(folder / "a.txt", TEXT)
    write(folder / "b.txt", b"\x00\x01\x02" * 500)
    write(folder / "c.txt", "Nothing.\n")
    ran = run("read", folder, "--json")
    assert ran.exit_code == 1
    lines = [json.loads(line) for line in ran.stdout.splitlines()]
    assert [Path(line["article"]["source"]).name for line in lines] == ["a.txt", "c.txt"]
    assert list(lines[0]) == ["schema", "article", "records", "mentions", "times", "places", "attributions", "problems"]
    assert lines[0]["records"][0]["materiel"][0]["class"] == "artillery"
    assert "b.txt" in ran.stderr
    assert "Traceback" not in ran.stderr


def test_layers_that_are_not_asked_for_are_empty(run: Callable[..., Ran], tmp_path: Path) -> None:
    file = write(tmp_path / "a.txt", TEXT)
    line = json.loads(run("read", file, "--json", "--layers", "mentions").stdout)
    assert line["records"] == []
    assert len(json.loads(run("read", file, "--json").stdout)["records"]) == 3


def test_records_below_the_confidence_and_links_to_them_are_left_out() -> None:
    kept = confident(result(), 0.9)
    assert [record.id for record in kept.records] == ["r_1", "r_3"]
    assert [r.record for r in confident(result(), 0.3).records[1].relations] == ["r_1"]
    high = result().model_copy(update={"records": tuple(
        r.model_copy(update={"confidence": 0.99}) if r.id == "r_2" else r for r in result().records)})
    assert confident(high, 0.95).records[0].relations == ()


def test_the_html_page_is_written_and_named(run: Callable[..., Ran], tmp_path: Path) -> None:
    ran = run("read", write(tmp_path / "a.txt", TEXT), "--html", "out.html")
    assert ran.exit_code == 0
    assert "out.html: 1 article, 3 records" in ran.stdout
    assert "<!doctype html>" in (tmp_path / "out.html").read_text(encoding="utf-8")


def test_standard_input_is_read(run: Callable[..., Ran]) -> None:
    line = json.loads(run("read", "-", "--json", input=TEXT).stdout)
    assert line["article"]["text"] == TEXT
    assert line["article"]["source"] == "<stdin>"


@pytest.mark.parametrize(("arguments", "said"), [
    (["read"], "INPUT"), (["read", "a.txt", "--published", "yesterday"], "2021-09-13"),
    (["read", "a.txt", "--published", "2021-02-30"], "YYYY-MM-DD"),
    (["read", "a.txt", "--published", ""], "YYYY-MM-DD"), (["read", "a.txt", "--layers", "everything"], "mentions"),
    (["read", "a.txt", "--min-confidence", "2"], "0 to 1"), (["read", "a.txt", "--min-confidence", "nan"], "0 to 1"),
    (["read", "a.txt", "--json", "--html", "x"], "exclude"), (["read", "a.txt", "--html", "no/x.html"], "written"),
    (["read", "a.txt", "--html", "."], "written"), (["nonsense"], "nonsense"),
    (["read", "a.txt", "--nonsense"], "nonsense"), (["demo", "--html", "no/x.html"], "written"),
    (["explain", "a.txt", "--published", "soon"], "2021-09-13"),
])
def test_wrong_usage_is_status_2_and_says_what_would_work(
        run: Callable[..., Ran], arguments: list[str], said: str) -> None:
    Path("a.txt").write_text(SENT)
    ran = run(*arguments)
    assert ran.exit_code == 2
    assert said in ran.stderr
    assert ran.stdout == ""
    assert "Traceback" not in ran.stderr
    assert not list(Path().glob("*.html"))


def test_a_missing_input_is_status_1_and_the_others_are_read(run: Callable[..., Ran], tmp_path: Path) -> None:
    ran = run("read", "nowhere.txt", write(tmp_path / "a.txt", TEXT), "--json")
    assert ran.exit_code == 1
    assert "nowhere.txt" in ran.stderr
    assert len(ran.stdout.splitlines()) == 1


def test_a_defect_met_in_one_article_does_not_cost_the_others(run: Callable[..., Ran], tmp_path: Path) -> None:
    folder = tmp_path / "in"
    write(folder / "a.txt", "This one meets a defect.\n")
    write(folder / "b.txt", TEXT)
    ran = run("read", folder, "--json")
    assert ran.exit_code == 1
    assert "ZeroDivisionError" in ran.stderr
    assert len(ran.stdout.splitlines()) == 1


def test_a_table_or_model_that_cannot_be_used_is_status_3(
        run: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = write(tmp_path / "a.txt", TEXT)
    assert run("read", file, "--knowledge", "nowhere").exit_code == 3
    for error in (KnowledgeError("a table is wrong"), ModelError("no model")):
        def fail(*_: Any, error: Exception = error, **__: Any) -> Result:
            raise error
        monkeypatch.setattr(StandIn, "read_article", fail)
        ran = run("read", file)
        assert ran.exit_code == 3
        assert str(error) in ran.stderr


def test_a_table_of_ones_own_that_is_broken_is_named(run: Callable[..., Ran], tmp_path: Path) -> None:
    write(tmp_path / "mine" / "words.yaml", "a: [1, 2\n")
    ran = run("read", write(tmp_path / "a.txt", TEXT), "--knowledge", "mine")
    assert ran.exit_code == 3
    assert "words.yaml" in ran.stderr


def test_nothing_that_a_terminal_obeys_comes_from_an_article(run: Callable[..., Ran], tmp_path: Path) -> None:
    ran = run("read", write(tmp_path / "a.txt", "Red \x1b[31malert\x07 \u202eback\u202c [bold]x[/bold]\r\n"))
    assert not set(ran.stdout) & set("\x1b\x07\u202e\u202c\r")
    assert "[bold]x[/bold]" in ran.stdout
    assert safe("a\nb\u2028c\x9bd") == "a b\ufffdc\ufffdd"


def test_a_result_is_made_for_every_input_in_order(tmp_path: Path) -> None:
    names = [str(write(tmp_path / name, TEXT)) for name in ("b.txt", "a.txt")]
    found = list(results([names[0], "nowhere", names[1]], StandIn(), Options(), words()))  # type: ignore[arg-type]
    assert [f.source if isinstance(f, Failure) else f.article.source for f in found] == [names[0], "nowhere", names[1]]


# --- the process ------------------------------------------------------------------------------------------------------


def _process(*arguments: str, **options: Any) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, "-m", "tocsin", *arguments], stderr=subprocess.PIPE, text=True, **options)


def test_a_closed_pipe_is_no_traceback() -> None:
    with _process("schema", stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        said = process.stderr.read()
    assert (process.returncode, said) == (141, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no device that is always full")
def test_a_full_disk_is_named() -> None:
    with open("/dev/full", "wb") as full, _process("schema", stdout=full) as process:
        assert process.stderr is not None
        said = process.stderr.read()
    assert process.returncode == 3
    assert "cannot be written" in said
    assert "Traceback" not in said


def test_a_terminal_that_knows_ascii_only_is_no_traceback(tmp_path: Path) -> None:
    environment = os.environ | {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    ran = subprocess.run([sys.executable, "-m", "tocsin", "read", "caf\u00e9.txt"], env=environment,
                         capture_output=True, cwd=tmp_path, timeout=60, check=False)
    assert ran.returncode == 1
    assert b"Traceback" not in ran.stderr


def test_the_version_is_told(run: Callable[..., Ran]) -> None:
    assert run("--version").stdout == f"tocsin {__version__}\n"


def test_the_commands_are_those_that_are_built(run: Callable[..., Ran]) -> None:
    listed = run("--help").stdout.split("Commands:")[1]
    assert [line.split()[0] for line in listed.splitlines() if line.startswith("  ") and line[2] != " "] == [
        "read", "explain", "ingest", "follow", "find", "incident", "copies", "export", "edition", "diff", "evaluate",
        "serve", "demo", "doctor", "schema", "import", "review", "sources"]


# --- with the language model ------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The commands run once on a short text, with the model."""
    folder = tmp_path_factory.mktemp("real")
    file = str(write(folder / "a.txt", f"{SENT}\nIt rained in Dushanbe on Monday, the ministry said.\n"))
    page = str(folder / "demo.html")
    calls = {"json": ["read", file, "--json", "--published", "2021-09-13"], "layers": ["read", file, "--layers", "all"],
             "list": ["explain", file], "explain": ["explain", file, "--sentence", "1"],
             "beyond": ["explain", file, "--sentence", "99"],
             "demo": ["demo", "--html", page, "--register", str(folder / "demo.db")]}
    ran: dict[str, Any] = {name: CliRunner().invoke(app, call) for name, call in calls.items()}
    return ran | {"page": Path(page)}


def test_a_sentence_becomes_a_record_with_all_its_layers(real: dict[str, Ran]) -> None:
    assert real["json"].exit_code == 0, real["json"].output
    line = json.loads(real["json"].stdout)
    text = line["article"]["text"]
    record = line["records"][0]
    assert (record["type"], record["status"]) == ("arms_transfer", "occurred")
    for name in ("mentions", "times", "places"):
        assert line[name], name
        assert all(text[item["start"]:item["end"]] == item["text"] for item in line[name])
    assert {"RUS", "TJK"} <= {mention["country"] for mention in line["mentions"]}
    said = line["attributions"][0]
    assert (said["source"]["text"], said["cue"]["text"], said["quoted"]) == ("the ministry", "said", False)
    assert text[said["content"]["start"]:said["content"]["end"]] == "It rained in Dushanbe on Monday"
    assert jsonschema.Draft202012Validator(result_schema(Tables())).is_valid(line)


def test_layers_are_shown_to_people_who_ask(real: dict[str, Ran]) -> None:
    assert real["layers"].exit_code == 0
    assert "Tajikistan" in real["layers"].stdout
    assert "attributions (1)" in real["layers"].stdout


def test_explain_lists_the_sentences_and_explains_one(real: dict[str, Ran]) -> None:
    assert "1  Russia has sent" in real["list"].stdout
    said = real["explain"].stdout
    for part in ("Sentence 1", "state:RUS", "nsubj", "send(subj=Russia", "arms_transfer/", "fired", "Arms transfer"):
        assert part in said, part
    assert real["beyond"].exit_code == 2
    assert "the article has" in real["beyond"].stderr


def test_the_demo_reads_all_reports_and_writes_its_page(real: dict[str, Any]) -> None:
    ran = real["demo"]
    assert ran.exit_code == 0, ran.output
    reports = len(list(REPORTS.glob("*.json")))
    for part in (f"{reports} articles", "By type and status", "Parties named most", "“", "demo.html", "tocsin find",
                 "tocsin export", "tocsin ingest"):
        assert part in ran.stdout, part
    markup = real["page"].read_text(encoding="utf-8")
    titles = {json.loads(file.read_text(encoding="utf-8"))["title"] for file in sorted(REPORTS.glob("*.json"))}
    assert all(str(escape(title)) in markup for title in titles)
