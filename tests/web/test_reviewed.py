"""What reviewers made of records, as the pages show it: the corrected record, who did what, and how right the coder was."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from handmade import result
from tocsin.knowledge.words import words
from tocsin.register import Register


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A register with a record accepted, one edited with a hostile note, and one rejected."""
    path = tmp_path / "register.db"
    with Register(path) as register:
        register.add(result())
        register.reviews.judge("r_1", "accept", by="Ada")
        register.reviews.judge("r_3", "edit", by="Ben", slot="status", value="planned", note="<script>alert(1)</script>")
        register.reviews.judge("r_2", "reject", by="Ada", note="somebody else's troops")
    return path


def plain(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_a_record_page_tells_what_was_done_by_whom(path: Path, client: Any) -> None:
    there = client(path)
    assert "It stands as accepted, by Ada" in plain(there.get("/records/r_1").text)
    edited = there.get("/records/r_3").text
    assert "It stands as edited, by Ben" in plain(edited)
    assert "(frame military_exercise/hand), edited by Ben, record r_3" in plain(edited)
    assert "status set to" in edited
    assert "<script>alert" not in edited
    assert "&lt;script&gt;alert(1)" in edited
    assert 'class="status s-planned"' in edited


def test_the_reader_and_the_register_show_what_stands(path: Path, client: Any) -> None:
    there, given = client(path), result()
    page = there.get(f"/articles/{given.article.id}").text
    assert "2 records" in plain(page)
    assert "/records/r_2" not in page
    assert page.index("/records/r_1") < page.index("/records/r_3")
    table = there.get("/records").text
    assert "/records/r_2" not in table
    rows = {row["record"]["id"]: row["review"] for row in there.get("/api/v1/records").json()["records"]}
    assert {name: review["state"] for name, review in rows.items()} == {"r_1": "accepted", "r_3": "edited"}


def test_the_overview_says_how_good_the_coder_is(path: Path, client: Any) -> None:
    there = client(path)
    assert words()("web.good_none") in there.get("/").text
    with Register(path) as register:
        register.reviews.judge("r_1", "accept", by="Cid", queue="random")
    page = plain(there.get("/").text)
    assert "Of 1 records drawn at random 1 were right" in page


def test_a_record_that_nobody_judged_says_so(tmp_path: Path, client: Any) -> None:
    with Register(tmp_path / "register.db") as register:
        register.add(result())
    assert words()("web.history_none") in client().get("/records/r_1").text
