"""The large gazetteer: sorted, credited, small, found by any spelling."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
import yaml

from tocsin.errors import KnowledgeError
from tocsin.knowledge.gazetteer import FILE, HEADER, Gazetteer, key_of


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer()


def test_the_file_is_sorted_small_credited_and_the_one_that_the_digest_names() -> None:
    data = FILE.read_bytes()
    assert len(data) < 25_000_000
    assert data.startswith(HEADER.encode())
    assert b"GeoNames" in data[:400]
    assert b"CC BY 4.0" in data[:400]
    lines = data.splitlines()
    body = [line for line in lines if not line.startswith(b"#")]
    assert body == sorted(body)
    assert lines[-len(body) :] == body
    assert hashlib.sha256(data).hexdigest() == yaml.safe_load(FILE.with_suffix(".yaml").read_text())["sha256"]


@pytest.mark.parametrize(
    ("name", "division", "feature"),
    [("Zürich", "CH.ZH", "PPLA"), ("ZURICH", "CH.ZH", "PPLA"), ("Saint Louis", "US.MO", "PPLA2"),
     ("St. Louis", "US.MO", "PPLA2"), ("Kanawha County", "US.WV", "ADM2"),
     ("Oxfordshire", "GB.ENG", "ADM2"), ("Ohio", "US.OH", "ADM1")],
)  # fmt: skip
def test_a_name_is_found_in_any_spelling(name: str, division: str, feature: str, gazetteer: Gazetteer) -> None:
    assert (division, feature) in {(e.division, e.feature) for e in gazetteer.named(name)}


def test_the_most_populous_bearer_comes_first(gazetteer: Gazetteer) -> None:
    people = [e.population for e in gazetteer.named("Springfield")]
    assert len(people) > 10
    assert people == sorted(people, reverse=True)


def test_every_line_can_be_found(gazetteer: Gazetteer) -> None:
    lines = [ln.split("\t") for ln in FILE.read_text(encoding="utf-8").splitlines() if ln[0] not in "#="]
    for row in [lines[0], *lines[:: len(lines) // 300], lines[-1]]:
        assert row[7] in {str(e.id or "") for e in gazetteer.named(row[0])}
    assert gazetteer.named("Nosuchtown") == ()
    assert gazetteer.named("...") == ()
    assert key_of("") == ""


def test_divisions_have_names_and_countries(gazetteer: Gazetteer) -> None:
    assert gazetteer.division("US.CA") == "California"
    assert gazetteer.division("RU.49") == "Murmansk"
    assert gazetteer.division("XX.00") is None
    assert {e.country for e in gazetteer.named("Pristina")} >= {"XKX"}


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="gazetteer"):
        Gazetteer(tmp_path / "none.txt")
