"""Editions: the same register gives the same bytes, every change of a file is found, a difference names what changed."""

from __future__ import annotations

import csv
import hashlib
import json
import shutil
import subprocess
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tocsin.cli import app
from tocsin.errors import UsageError
from tocsin.export.edition import PAGES, SUMS, freeze
from tocsin.export.edition_diff import difference
from tocsin.export.editions import Opened
from tocsin.model import Record
from tocsin.register import Register
from toy import toy_result

GIFT = "Russia gives Tajikistan 12 tanks in Dushanbe on 2021-09-13."
RAID = "Latvia attacks Mali in Gao on 2020-01-05."
SECRET = "Nobody should find this sentence."


def built(path: Path, *texts: tuple[str, str]) -> Path:
    with Register(path) as register:
        for source, text in texts:
            register.add(toy_result(text, source=source))
    return path


def frozen(register: Path, path: Path, **options: bool) -> Opened:
    with Register(register, read_only=True) as opened:
        freeze(opened, path, **options)  # type: ignore[arg-type]
    return Opened(path)


@pytest.fixture
def register(tmp_path: Path) -> Path:
    return built(tmp_path / "r.db", ("in/b.txt", f"{GIFT}\n{SECRET}"), ("/home/ana/a.txt", RAID), ("c.txt", RAID))


def test_the_same_register_gives_the_same_bytes(tmp_path: Path, register: Path) -> None:
    for name in ("one.zip", "two.zip", "one", "two"):
        frozen(register, tmp_path / name)
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
    for file in (tmp_path / "one").iterdir():
        assert file.read_bytes() == (tmp_path / "two" / file.name).read_bytes()
    assert Opened(tmp_path / "one").number == Opened(tmp_path / "one.zip").number
    assert not list(tmp_path.glob("*.part*"))


def test_an_edition_holds_what_the_register_shows(tmp_path: Path, register: Path) -> None:
    with Register(register) as opened:
        wanted = {row.data["id"]: row.record for row in opened.find()}
        opened.reviews.judge(next(iter(wanted)), "reject", by="ana", note="wrong")
    edition = frozen(register, tmp_path / "e.zip")
    lines = list(edition.lines("records.jsonl"))
    assert {line["record"]["id"]: Record.model_validate(line["record"]) for line in lines} == dict(list(wanted.items())[1:])
    table = list(csv.DictReader(edition.content("records.csv").decode().splitlines()))
    assert [row["record"] for row in table] == [line["record"]["id"] for line in lines]
    done, = edition.lines("corrections.jsonl")
    assert (done["action"], done["by"], done["note"], done["record"]) == ("reject", "ana", "wrong", next(iter(wanted)))
    assert {one["coder"] for one in edition.lines("coders.jsonl")} == {"toy"}
    articles = list(edition.lines("articles.jsonl"))
    assert [one["id"] for one in articles] == sorted(one["id"] for one in articles)
    assert sorted(one["source"] for one in articles) == ["a.txt", "b.txt", "c.txt"]
    assert sum(one["duplicate_of"] is not None for one in articles) == 1
    assert edition.manifest["counts"] == {"records": 1, "articles": 3, "corrections": 1, "coders": 1}
    assert {*PAGES, "records.dictionary.csv", "README.md", "manifest.json"} <= set(edition.names)
    assert "# Codebook" in edition.content("codebook.md").decode()
    assert edition.number in edition.content("README.md").decode()


def test_texts_are_in_only_where_they_are_asked_for(tmp_path: Path, register: Path) -> None:
    plain, whole = frozen(register, tmp_path / "plain"), frozen(register, tmp_path / "whole", with_text=True)
    assert not any(SECRET in plain.content(name).decode() for name in plain.names)
    assert any(SECRET in line["text"] for line in whole.lines("texts.jsonl"))


def test_sums_are_those_of_the_usual_program(tmp_path: Path, register: Path) -> None:
    edition = frozen(register, tmp_path / "e")
    assert edition.faults() == []
    if shutil.which("sha256sum"):
        subprocess.run(["sha256sum", "--check", "--strict", "--quiet", SUMS], cwd=tmp_path / "e", check=True)
    for one in edition.manifest["files"]:
        assert hashlib.sha256(edition.content(one["name"])).hexdigest() == one["sha256"]


@pytest.mark.parametrize("name", ["records.jsonl", "README.md", "manifest.json", "method.md", "corrections.jsonl"])
def test_every_change_of_a_file_is_found(tmp_path: Path, register: Path, name: str) -> None:
    edition = frozen(register, tmp_path / "e")
    file = tmp_path / "e" / name
    file.write_text(file.read_text() + "\n")
    assert any(name in fault for fault in Opened(edition.path).faults())
    if name == "manifest.json":
        return
    file.unlink()
    assert any("missing" in fault for fault in Opened(edition.path).faults())
    (tmp_path / "e" / "more.txt").write_text("x")
    assert any("more.txt" in fault for fault in Opened(edition.path).faults())


def test_a_forged_manifest_is_found(tmp_path: Path, register: Path) -> None:
    """Even where SHA256SUMS was made anew: the number no longer is that of the files."""
    edition = frozen(register, tmp_path / "e")
    records, sums = tmp_path / "e" / "records.jsonl", tmp_path / "e" / SUMS
    before = hashlib.sha256(records.read_bytes()).hexdigest()
    records.write_text("")
    sums.write_text(sums.read_text().replace(before, hashlib.sha256(b"").hexdigest()))
    assert Opened(edition.path).faults()


def test_an_edition_is_never_written_over(tmp_path: Path, register: Path) -> None:
    frozen(register, tmp_path / "e")
    with pytest.raises(UsageError, match="there already"):
        frozen(register, tmp_path / "e")
    (tmp_path / "no").mkdir()
    with pytest.raises(UsageError, match="no edition"):
        Opened(tmp_path / "no")
    with pytest.raises(UsageError, match="no edition"):
        Opened(register)


def test_a_difference_names_what_was_added_removed_and_changed(tmp_path: Path, register: Path) -> None:
    before = frozen(register, tmp_path / "before.zip")
    assert difference(before, frozen(register, tmp_path / "same")).none
    with Register(register) as opened:
        gift = next(row for row in opened.find() if row.data["type"] == "arms_transfer")
        raid = next(row for row in opened.find() if row.data["type"] == "armed_incident")
        opened.reviews.judge(gift.data["id"], "edit", by="ana", slot="status", value="planned")
        opened.reviews.judge(raid.data["id"], "reject", by="ana")
        opened.add(toy_result("Norway meets Mali.", source="d.txt"))
    found = difference(before, frozen(register, tmp_path / "after.zip"))
    told = {one.kind: (one.after or one.before or {})["record"]["type"] for one in found.records}
    assert told == {"added": "meeting", "removed": "armed_incident", "changed": "arms_transfer"}
    changed = next(one for one in found.records if one.kind == "changed")
    assert changed.slots == ("status",)
    assert (len(found.corrections), [len(part) for part in found.articles.values()]) == (2, [1, 0])
    back = difference(Opened(tmp_path / "after.zip"), before)
    assert sorted(one.kind for one in back.records) == ["added", "changed", "removed"]


def test_a_claim_is_followed_into_a_changed_text(tmp_path: Path) -> None:
    path = built(tmp_path / "r.db", ("a.txt", f"{GIFT}\n{RAID}"))
    before = frozen(path, tmp_path / "before")
    built(path, ("a.txt", f"News of the day.\n{GIFT}\n{RAID.replace('Gao', 'Riga')}"))
    found = difference(before, frozen(path, tmp_path / "after"))
    assert sorted((one.kind, (one.after or one.before or {})["record"]["type"]) for one in found.records) == [
        ("added", "armed_incident"), ("removed", "armed_incident")]


def test_the_commands(tmp_path: Path, register: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def run(*arguments: str, status: int = 0) -> str:
        ran = CliRunner().invoke(app, list(arguments))
        assert ran.exit_code == status, ran.output
        return " ".join(ran.output.split())

    monkeypatch.chdir(tmp_path)
    assert "2 records of 3 articles" in run("edition", "one.zip", "--register", "r.db", "--title", "Arms, first edition")
    assert "whole and unchanged" in run("edition", "one.zip", "--check")
    with Register(register) as opened:
        name = next(row.data["id"] for row in opened.find() if row.data["type"] == "arms_transfer")
        opened.reviews.judge(name, "edit", by="ana", slot="status", value="planned")
    run("edition", "two", "--register", "r.db")
    assert "nothing changed" in run("diff", "one.zip", "one.zip")
    said = run("diff", "one.zip", "two")
    assert "1 record changed" in said
    assert "status: occurred → planned" in said
    assert "1 correction added" in said
    lines = [json.loads(line) for line in CliRunner().invoke(app, ["diff", "one.zip", "two", "--json"]).stdout.splitlines()]
    assert [(line["change"], line["what"]) for line in lines] == [("changed", "record"), ("added", "correction")]
    (tmp_path / "two" / "records.csv").write_text("x")
    assert "records.csv was changed" in run("edition", "two", "--check", status=1)
    assert "no edition" in run("diff", "one.zip", "r.db", status=2)
    assert "there is no register" in run("edition", "three", "--register", "none.db", status=3)
