"""What is installed, and the JSON Schema: differences are found and named, results fit and others do not."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
from typer.testing import CliRunner

import tocsin
from handmade import result
from tocsin.cli import app
from tocsin.diagnosis import model, packages, table_files
from tocsin.knowledge.loader import Tables
from tocsin.knowledge.words import words
from tocsin.schema import result_schema


def write(path: Path, content: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")


def test_the_installed_model_is_the_known_one() -> None:
    found = model(Tables(), words())
    assert len(found) >= 3
    assert [finding.advice for finding in found if finding.advice] == []


def test_a_model_file_that_differs_is_named_with_what_to_do(tmp_path: Path) -> None:
    known = (Path(tocsin.__file__).parent / "knowledge" / "models.yaml").read_text(encoding="utf-8")
    write(tmp_path / "models.yaml", re.sub(r"parser\.onnx: [0-9a-f]{6}", "parser.onnx: 000000", known))
    wrong = [finding for finding in model(Tables(tmp_path), words()) if finding.advice]
    assert [finding.name for finding in wrong] == ["parser.onnx"]
    assert "pip install" in (wrong[0].advice or "")


def test_a_model_that_is_not_installed_is_told_with_what_to_do(tmp_path: Path) -> None:
    write(tmp_path / "models.yaml", "module: no_such_model_anywhere\n")
    found = model(Tables(tmp_path), words())
    assert len(found) == 1
    assert "pip install" in (found[0].advice or "")


def test_doctor_is_status_3_where_something_is_to_mend(tmp_path: Path) -> None:
    write(tmp_path / "mine" / "models.yaml", "module: no_such_model_anywhere\n")
    ran = CliRunner().invoke(app, ["doctor", "--knowledge", str(tmp_path / "mine")])
    assert ran.exit_code == 3
    assert "pip install" in ran.stdout


def test_every_requirement_is_looked_at() -> None:
    found = {finding.name: finding for finding in packages(words())}
    assert "onnxruntime" in found
    assert "pytest" not in found
    assert all(finding.advice is None for finding in found.values())


def test_every_table_is_counted(tmp_path: Path) -> None:
    write(tmp_path / "parties" / "mine.tsv", "name\tcountry\nA\tB\n# no\nC\tD\n")
    files = {table.file: table.rows for table in table_files(Tables(tmp_path))}
    assert files["words.yaml"] > 100
    assert files[str(tmp_path / "parties" / "mine.tsv")] == 2


def test_the_schema_fits_results_and_refuses_what_is_none() -> None:
    schema = json.loads(CliRunner().invoke(app, ["schema"]).stdout)
    check = jsonschema.Draft202012Validator(schema)
    good = result().model_dump(mode="json", by_alias=True)
    assert [error.message for error in check.iter_errors(good)] == []

    def broken(change: Callable[[dict[str, Any]], Any]) -> bool:
        bad = json.loads(json.dumps(good))
        change(bad)
        return not check.is_valid(bad)

    assert broken(lambda bad: bad.pop("times"))
    assert broken(lambda bad: bad["records"][0].pop("historical"))
    assert broken(lambda bad: bad["records"][0].update(type="space_launch"))
    assert broken(lambda bad: bad["records"][0].update(subtype="visit"))
    assert broken(lambda bad: bad["records"][0]["roles"].pop("intermediary"))
    assert broken(lambda bad: bad["records"][0]["roles"].update(host=[]))
    assert broken(lambda bad: bad["records"][0]["materiel"][0].update({"class": "spoon"}))


def test_the_schema_names_all_types_and_roles() -> None:
    schema = result_schema(Tables())
    record = schema["$defs"]["Record"]
    assert len(record["properties"]["type"]["enum"]) == len(record["allOf"]) == 12
    assert schema["required"] == list(schema["properties"])
