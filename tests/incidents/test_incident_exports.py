"""The register by incident as a file: exactly the filtered view, read back by the formats' own readers."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from typer.testing import CliRunner

from incidents_made import day, result
from tocsin.cli import app
from tocsin.export.incidents import INCIDENT_EXPORTERS
from tocsin.incidents import as_json
from tocsin.register import Register

VIEWS: list[dict[str, Any]] = [{}, {"type": "armed_incident"}, {"status": "planned"}, {"outlet": "The Mail"},
                               {"type": "fact", "party": "TJK"}]


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from struck import strike, struck

    made = struck(tmp_path_factory.mktemp("struck") / "register.db")
    with Register(made) as register:
        register.add(result([strike("=cmd says that a raid killed two.", 2, 90)], day(91), "odd.txt", "=HYPERLINK(1)"))
    return made


def written(name: str, path: Path, view: dict[str, Any]) -> bytes:
    exporter = INCIDENT_EXPORTERS[name]
    if exporter.package:
        pytest.importorskip(exporter.package)
    with Register(path, read_only=True) as register:
        found = register.incidents.accounts(register.incidents.names(**view))
    return b"".join(part.encode() if isinstance(part, str) else part for part in exporter.lines(found))


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def ids(name: str, data: bytes) -> list[str]:
    if name == "csv":
        return [row["incident"] for row in rows_of(data.decode())]
    if name == "jsonl":
        return [json.loads(line)["id"] for line in data.decode().splitlines()]
    openpyxl = pytest.importorskip("openpyxl")
    sheet = openpyxl.load_workbook(io.BytesIO(data))["incidents"]
    return [row[0].value for row in sheet.iter_rows(min_row=2)]


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("name", INCIDENT_EXPORTERS)
def test_a_format_holds_exactly_the_incidents_of_the_view(path: Path, name: str, view: dict[str, Any]) -> None:
    with Register(path, read_only=True) as register:
        wanted = [one.id for one in register.incidents.find(limit=500, **view)]
    assert ids(name, written(name, path, view)) == wanted
    assert bool(wanted) == (view != VIEWS[-1])


def test_a_row_has_ranges_origins_grade_and_what_is_disputed(path: Path) -> None:
    rows = {row["quote"]: row for row in rows_of(written("csv", path, {}).decode())}
    strike = rows["Five died in Lviv when drones struck a depot."]
    assert (strike["killed_min"], strike["killed_max"]) == ("5", "7")
    assert "casualties.killed" in strike["disputed"]
    assert (strike["reports"], strike["origins"], strike["state"]) == ("2", "2", "occurred")
    assert strike["grade"] == "F3"
    assert strike["target"] == "Ukraine"
    assert len(strike["records"].split("; ")) == len(strike["articles"].split("; ")) == 2
    gift = next(row for row in rows.values() if row["type"] == "arms_transfer")
    assert (gift["supplier"], gift["recipient"]) == ("Germany", "Ukraine")
    assert (gift["materiel_class"], gift["materiel_min"], gift["materiel_max"]) == ("tank", "14", "14")
    assert [step.split(" ")[1] for step in gift["history"].split("; ")] == ["planned", "occurred"]


def test_words_of_other_people_are_no_formulas(path: Path) -> None:
    odd = next(row for row in rows_of(written("csv", path, {}).decode()) if "cmd" in row["quote"])
    assert odd["quote"].startswith("'=")
    assert odd["outlets"].startswith("'=")


def test_lines_are_whole_incidents_as_their_schema_says(path: Path) -> None:
    schema = json.loads(INCIDENT_EXPORTERS["jsonl"].dictionary())
    jsonschema.Draft202012Validator.check_schema(schema)
    lines = [json.loads(line) for line in written("jsonl", path, {}).decode().splitlines()]
    for line in lines:
        jsonschema.validate(line, schema)
    with Register(path, read_only=True) as register:
        whole = [json.loads(json.dumps({"schema": 1, **as_json(one)})) for one in register.incidents.find()]
    assert lines == whole
    assert not jsonschema.Draft202012Validator(schema).is_valid({**lines[0], "state": "rumoured"})


def test_the_dictionary_tells_every_column(path: Path) -> None:
    told = [row["column"] for row in rows_of(INCIDENT_EXPORTERS["csv"].dictionary())]
    heads = written("csv", path, {}).decode().splitlines()[0].split(",")
    assert [name for name in told if name != "*"] == heads


def test_the_command_line_writes_the_view_with_its_dictionary(path: Path, tmp_path: Path) -> None:
    out = tmp_path / "war.csv"
    ran = CliRunner().invoke(app, ["export", "csv", "--by", "incident", "--type", "armed_incident", "-o", str(out),
                                   "--register", str(path)])
    assert ran.exit_code == 0, ran.output
    assert out.read_bytes() == written("csv", path, {"type": "armed_incident"})
    assert (tmp_path / "war.dictionary.csv").read_text(encoding="utf-8").startswith("column,type,meaning")
    few = CliRunner().invoke(app, ["export", "jsonl", "--by", "incident", "--limit", "1", "--register", str(path)])
    assert len(few.stdout.splitlines()) == 1
    for wrong in (["stix", "--by", "incident"], ["csv", "--by", "week"], ["csv", "--by", "incident", "--with-text"]):
        assert CliRunner().invoke(app, ["export", *wrong, "--register", str(path)]).exit_code != 0
