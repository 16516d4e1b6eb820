"""The review pages without JavaScript: the queue in its address, decisions as forms, undo, two reviewers."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from starlette.testclient import TestClient

from tocsin.knowledge.words import words
from tocsin.register import Register


def plain(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def in_sight(answer: Any) -> str:
    """The record that a page of the queue shows."""
    return parse_qs(urlsplit(str(answer.url)).query).get("record", [""])[0]


def send(there: TestClient, page: Any, do: str, **more: str) -> Any:
    """Press a button of the decision: what its form holds, and which button."""
    form = re.search(r'<form class="verdict".*?</form>', page.text, re.DOTALL)
    assert form is not None
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form[0]))
    given = {name: value.replace("&amp;", "&") for name, value in fields.items()} | more
    return there.post("/review", data={"do": do, **given})


def test_a_decision_leads_to_the_next_record_and_undo_says_what_it_undid(path: Path, client: Any) -> None:
    there = client(path)
    first = there.get("/review?which=open&order=newest")
    assert in_sight(first) == "r_3"
    assert "3 left" in plain(first.text)
    second = send(there, first, "accept", by="Ada Lovelace")
    assert in_sight(second) == "r_2"
    assert "Accepted: Military exercise" in plain(second.text)
    assert "You judge as Ada Lovelace" in plain(second.text)
    third = send(there, second, "reject", note="somebody else's troops")
    assert in_sight(third) == "r_1"
    assert "1 left" in plain(third.text)
    with Register(path, read_only=True) as register:
        done = register.reviews.history("r_2").corrections  # type: ignore[union-attr]
    assert [(c.action, c.reviewer, c.note, c.queue) for c in done] == [
        ("reject", "Ada Lovelace", "somebody else's troops", "newest")]
    undone = send(there, third, "undo")
    assert in_sight(undone) == "r_2"
    assert "Undone: Armed incident · shelling is no longer rejected by you" in plain(undone.text)
    assert "2 left" in plain(undone.text)


def test_next_passes_over_a_record_and_comes_round_to_it(path: Path, client: Any) -> None:
    there = client(path)
    seen = []
    page = there.get("/review?which=open&order=newest")
    for _ in range(4):
        seen.append(in_sight(page))
        link = re.search(r'<a class="button" href="([^"]+)" data-key="n"', page.text)
        assert link is not None
        page = there.get(link[1].replace("&amp;", "&"))
    assert seen == ["r_3", "r_2", "r_1", "r_3"]


def test_what_is_marked_for_review_comes_and_the_bar_counts_it(path: Path, client: Any) -> None:
    there = client(path)
    assert "Review (1)" in there.get("/").text
    page = there.get("/review")
    assert in_sight(page) == "r_2"
    done = send(there, page, "reject", by="Ada")
    assert words()("review.queue_empty") in done.text
    assert "Review (" not in done.text
    assert 'value="undo"' in done.text


def test_without_a_name_nothing_is_decided_and_nothing_typed_is_lost(path: Path, client: Any) -> None:
    there = client(path)
    answer = send(there, there.get("/review"), "reject", note="not theirs")
    assert answer.status_code == 400
    assert words()("web.review_no_name") in answer.text
    assert 'value="not theirs"' in answer.text
    with Register(path, read_only=True) as register:
        assert register.reviews.counts().corrections == 0


@pytest.mark.parametrize("headers", [{"origin": "http://evil.example"}, {"sec-fetch-site": "cross-site"},
                                     {"origin": "null"}])
def test_a_decision_from_another_site_is_refused(path: Path, client: Any, headers: dict[str, str]) -> None:
    there = client(path)
    there.cookies.set("tocsin_reviewer", "Ada")
    answer = there.post("/review", data={"do": "reject", "record": "r_1"}, headers=headers)
    assert answer.status_code == 403
    with Register(path, read_only=True) as register:
        assert register.reviews.counts().corrections == 0


@pytest.mark.parametrize("back", ["//evil.example/x", "https://evil.example", "/\\evil.example", "javascript:alert(1)"])
def test_no_form_leads_to_another_site(path: Path, client: Any, back: str) -> None:
    answer = client(path).post("/review/name", data={"by": "Ada", "back": back}, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/review")


def test_only_draws_from_all_measure_the_coder(path: Path, client: Any) -> None:
    there = client(path)
    there.cookies.set("tocsin_reviewer", "Ada")
    send(there, there.get("/review?order=random&type=arms_transfer"), "accept")
    page = send(there, there.get("/review?order=random&which=marked"), "reject")
    with Register(path, read_only=True) as register:
        rate = register.reviews.rate()
    assert (rate.judged, rate.right) == (1, 0)
    # Of the three one is known to be right, the drawn one stands for the other two: 2/3, and from 1 - (1 + 2 * .793) / 3 on.
    assert "Error rate 67 % (14–67 %, 1 drawn by chance)" in plain(page.text)


def test_several_slots_are_edited_at_once_by_words(path: Path, client: Any) -> None:
    there = client(path)
    there.cookies.set("tocsin_reviewer", "Ada")
    page = there.get("/review?which=open&record=r_2&edit=yes")
    for label in ("initiator", "target", "time", "killed", "status"):
        assert re.search(rf">{label}\b", page.text), label
    done = there.post("/review", data={
        "do": "save", "record": "r_2", "view": "which=open", "next": "r_1", "slot.status": "occurred",
        "slot.roles.initiator": "Norwegian troops", "slot.roles.target": "Latvia; a village", "near.roles.target": "101",
        "slot.time": "2021-05-02/2021-05-03", "slot.casualties.killed": "about 500"})
    assert in_sight(done) == "r_1"
    assert "Edited: Armed incident" in plain(done.text)
    with Register(path, read_only=True) as register:
        record = register.record("r_2").record
        edits = register.reviews.history("r_2").corrections  # type: ignore[union-attr]
    assert record.status == "occurred"
    target = [(party.text, party.start, party.country) for party in record.roles["target"]]
    assert target == [("Latvia", 101, "LVA"), ("a village", 199, None)]
    assert (record.time.earliest, record.time.latest, record.time.basis) == ("2021-05-02", "2021-05-03", "corrected")
    assert (record.casualties.killed.min, record.casualties.killed.kind) == (500, "about")  # type: ignore[union-attr]
    assert [c.slot for c in edits] == ["status", "roles.target", "casualties", "time"]  # what was left alone is no edit


def test_what_cannot_be_is_told_beside_its_field_and_nothing_is_saved(path: Path, client: Any) -> None:
    there = client(path)
    typed = {"slot.roles.target": "Peru", "slot.time": "in October", "slot.materiel": "<b>six</b> howitzers"}
    answer = there.post("/review", data={"do": "save", "record": "r_2", "by": "Ada", "slot.status": "planned"} | typed)
    assert answer.status_code == 400
    assert set(re.findall(r'<p class="wrong" id="wrong\.([\w.]+)">', answer.text)) == {"roles.target", "materiel"}
    assert 'aria-describedby="wrong.roles.target"' in answer.text
    for said in ("Peru", "in October", "&lt;b&gt;six&lt;/b&gt; howitzers", "Ada"):
        assert f'value="{said}"' in answer.text
    assert re.search(r'<option value="planned" selected>', answer.text)
    with Register(path, read_only=True) as register:
        assert register.reviews.counts().corrections == 0


def test_an_edit_that_changes_nothing_is_none(path: Path, client: Any) -> None:
    answer = client(path).post("/review", data={"do": "save", "record": "r_1", "by": "Ada", "slot.status": "occurred",
                                                "slot.materiel": "six howitzers;  about 500 shells"})
    assert answer.status_code == 400
    assert words()("web.review_no_change") in answer.text
