"""Incidents on the command line: shown, explained, decided about."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from test_incident_register import filled, gift
from typer.testing import CliRunner
from typer.testing import Result as Ran

from incidents_made import day, result
from tocsin.cli import app
from tocsin.register import Register

Run = Callable[..., Ran]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TOCSIN_REVIEWER", "ana")
    with Register("register.db") as register:
        register.add_all(filled())

    def call(*arguments: str) -> Ran:
        return CliRunner().invoke(app, list(arguments))

    return call


def name_of(run: Run) -> str:
    return run("incident").stdout.split()[0]


def test_the_list_names_incidents_and_one_is_shown_with_its_reports_and_why(run: Run) -> None:
    assert "2 incidents, 1 of several reports" in run("incident").stdout
    shown = run("incident", name_of(run), "--why").stdout
    assert "3 reports, 3 outlets, 3 origins" in shown or "3 reports, 2 outlets, 2 origins" in shown
    assert "disputed, 5 to 7" in shown
    assert "Why they are one" in shown
    assert "at the same place, Lviv" in shown


def test_json_is_one_object_with_what_is_shown(run: Run) -> None:
    data = json.loads(run("incident", name_of(run), "--json", "--why").stdout)
    assert data["state"] == "occurred"
    assert len(data["reports"]) == 3
    assert {reason["words"] for pair in data["why"] for reason in pair["reasons"]}
    assert run("incident", "--json").exit_code == 2
    assert run("incident", "i_none").exit_code == 3


def test_hands_split_undo_merge_and_see_what_waits(run: Run) -> None:
    name = name_of(run)
    record = json.loads(run("incident", name, "--json").stdout)["reports"][-1]["record"]
    assert run("review", "split", name, record, "--note", "another raid").exit_code == 0
    assert len(json.loads(run("incident", name, "--json").stdout)["reports"]) == 2
    assert "another raid" in run("review", "decisions").stdout
    assert "undone" in run("review", "rejoin").stdout
    assert len(json.loads(run("incident", name, "--json").stdout)["reports"]) == 3
    assert run("review", "rejoin").exit_code == 2
    waiting = run("review", "unsure").stdout
    assert "different places" in waiting
    other = next(line.split()[0] for line in waiting.splitlines() if line.startswith("i_") and not line.startswith(name))
    assert run("review", "apart", name, other).exit_code == 0
    assert run("review", "unsure").stdout.strip() == "Nothing waits for a decision."
    assert run("review", "merge", name, other).exit_code == 0
    assert len(json.loads(run("incident", other, "--json").stdout)["reports"]) == 4


def test_find_gives_incidents_and_own_grades_count(run: Run, tmp_path: Path) -> None:
    assert "2 incidents of the 4 records of this page" in run("find", "--incidents").stdout
    lines = run("find", "--incidents", "--json").stdout.splitlines()
    assert [json.loads(line)["id"] for line in lines]
    (tmp_path / "own" / "incidents").mkdir(parents=True)
    (tmp_path / "own" / "incidents" / "grading.yaml").write_text("reliability: {Paper 0: B}\n")
    name = name_of(run)
    assert "graded F" in run("incident", name).stdout
    assert "as Paper 0 was graded" in run("incident", name, "--knowledge", "own").stdout
    assert "all incidents made anew" in run("incident", "--rebuild").stdout


def test_plans_called_off_and_stale_say_so_on_the_list_and_shown(run: Run) -> None:
    plan = "Germany will supply Ukraine with 14 Leopard tanks for its brigades"
    off = [(plan, "planned", 0), (plan.replace("will", "will not"), "not_occurred", 9)]
    with Register("register.db") as register:
        for number, (words, status, on) in enumerate(off):
            register.add(result([gift(words, status, 14, day(on))], day(on), source=f"off{number}.txt"))
        for number in range(2):
            register.add(result([gift(f"Germany promises 90 tanks to Ukraine, as {number} says", "planned", 90, day(-900))],
                                day(-900), source=f"late{number}.txt"))
    listing = run("incident").stdout
    assert "called off" in listing
    assert "stale" in listing
    for line in listing.splitlines():
        if "called off" in line:
            assert "called off" in run("incident", line.split()[0]).stdout
        if "planned" in line:
            assert "stale: it was to happen by" in run("incident", line.split()[0]).stdout
