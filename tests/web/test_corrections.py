"""Corrections from other pages than the queue: record and reader; missed records, agreement, gold, changed evidence."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
import yaml
from test_judging import in_sight, plain, send

from handmade import TEXT, article, result
from tocsin.knowledge.words import words
from tocsin.model import Result
from tocsin.register import Register


@pytest.fixture
def there(path: Path, client: Any) -> Any:
    found = client(path)
    found.cookies.set("tocsin_reviewer", "Ada")
    return found


def test_a_record_page_judges_and_takes_back_any_decision_of_ones_own(there: Any, path: Path) -> None:
    with Register(path) as register:
        register.reviews.judge("r_1", "comment", by="Ben", note="who says so?")
    page = there.post("/review", data={"do": "accept", "record": "r_1", "back": "/records/r_1", "note": "plain"})
    assert page.url.path == "/records/r_1"
    assert "Accepted: Arms transfer" in plain(page.text)
    there.post("/review", data={"do": "reject", "record": "r_1", "back": "/records/r_1"})
    page = there.get("/records/r_1")  # a rejected record keeps its page
    offered = re.findall(r'name="correction" value="(\d+)"', page.text)
    assert offered == ["2", "3"]  # not Ben's comment
    page = there.post("/review", data={"do": "undo", "correction": "2", "back": "/records/r_1"})
    assert "Undone: Arms transfer · delivery is no longer accepted by you" in plain(page.text)
    assert re.findall(r'name="correction" value="(\d+)"', there.get("/records/r_1").text) == ["3"]
    refused = there.post("/review", data={"do": "undo", "correction": "1", "back": "/records/r_1"})
    assert refused.status_code == 400
    assert words()("web.review_not_yours", name="Ada") in refused.text


def test_a_missed_record_is_added_by_words_of_the_article(there: Any) -> None:
    name = result().article.id
    assert f'href="/articles/{name}/add"' in there.get(f"/articles/{name}").text
    at = TEXT.index("troops had")
    form = there.get(f"/articles/{name}/add?type=armed_incident&at={at}&to={at + 6}").text
    sentence = "It denied that Norwegian troops had shelled a village."
    assert f">{sentence}</textarea>" in form
    wrong = there.post(f"/articles/{name}/add", data={"type": "armed_incident", "slot.evidence": sentence,
                                                      "slot.roles.target": "Peru", "slot.casualties.killed": "six"})
    assert wrong.status_code == 400
    assert 'value="Peru"' in wrong.text
    assert 'id="wrong.roles.target"' in wrong.text
    added = there.post(f"/articles/{name}/add", data={
        "type": "armed_incident", "slot.evidence": sentence, "slot.status": "denied", "slot.subtype": "shelling",
        "slot.roles.initiator": "Norway", "note": "missed"})
    assert added.url.path.startswith("/records/r_")
    assert "It stands as added, by Ada" in plain(added.text)
    table = there.get("/api/v1/records?status=denied").json()["records"]
    assert [row["review"] and row["review"]["state"] for row in table].count("added") == 1


@pytest.mark.parametrize(("data", "status"), [
    ({"type": "armed_incident", "slot.evidence": ""}, 400), ({"type": "nothing", "slot.evidence": "Norway"}, 400),
    ({"type": "fact", "slot.evidence": "words that stand nowhere"}, 400)])
def test_a_missed_record_that_cannot_be_is_refused(there: Any, path: Path, data: dict[str, str], status: int) -> None:
    assert there.post(f"/articles/{result().article.id}/add", data=data).status_code == status
    assert there.post("/articles/0/add", data=data).status_code in (400, 404)
    with Register(path, read_only=True) as register:
        assert register.reviews.counts().corrections == 0


def test_an_addition_from_another_site_is_refused(there: Any) -> None:
    data = {"type": "fact", "slot.evidence": "Norway"}
    answer = there.post(f"/articles/{result().article.id}/add", data=data, headers={"origin": "http://evil.example"})
    assert answer.status_code == 403


def test_two_reviewers_disagree_and_the_queue_shows_it(there: Any, client: Any, path: Path) -> None:
    send(there, there.get("/review?which=open&record=r_1"), "accept")
    ben = client(path)
    ben.cookies.set("tocsin_reviewer", "Ben")
    second = ben.get("/review?which=second")
    assert in_sight(second) == "r_1"
    assert words()("web.review_veiled") in second.text
    assert "Ada" not in plain(second.text)  # what she said does not nudge him
    send(ben, second, "reject")
    disputed = there.get("/review?which=disputed")
    assert in_sight(disputed) == "r_1"  # though his rejection hides it elsewhere
    assert "Ada accepted" in plain(disputed.text)
    assert "Ben rejected" in plain(disputed.text)
    assert "Ada accepted · Ben rejected" in plain(there.get("/records/r_1").text)
    page = plain(there.get("/review/agreement").text)
    assert "Arms transfer 1 0.00" in page
    assert "disputed 1" in page
    send(ben, ben.get("/review?which=disputed"), "accept")
    assert words()("review.queue_empty") in there.get("/review?which=disputed").text


def test_hidden_confidence_is_not_on_the_page_and_stays_hidden(there: Any) -> None:
    page = there.get("/review?which=open&record=r_2&blind=yes")
    assert 'class="confidence"' not in page.text
    assert in_sight(page) == "r_2"
    assert 'class="confidence"' in there.get("/review?which=open&record=r_2").text
    assert "blind=yes" in str(send(there, page, "accept").url)


def test_gold_of_what_was_reviewed_whole(there: Any) -> None:
    assert zipfile.ZipFile(io.BytesIO(there.get("/review/gold.zip").content)).namelist() == []
    for name, do in (("r_1", "accept"), ("r_2", "reject"), ("r_3", "accept")):
        there.post("/review", data={"do": do, "record": name})
    answer = there.get("/review/gold.zip")
    assert answer.headers["content-type"] == "application/zip"
    archive = zipfile.ZipFile(io.BytesIO(answer.content))
    text, table = sorted(archive.namelist(), reverse=True)[1], sorted(archive.namelist())[1]
    assert archive.read(text).decode() == TEXT
    assert [one["type"] for one in yaml.safe_load(archive.read(table))["records"]] == ["arms_transfer", "military_exercise"]
    assert answer.content == there.get("/review/gold.zip").content


def later(gone: bool) -> Result:
    """The same address with a text that lacks the last paragraph, or the delivery, too."""
    text = TEXT[:TEXT.index("\n\nThe two armies")] if not gone else "Norway hands Latvia nothing\n\nSo it said."
    first = result().records[0].model_copy(update={"id": "r_7", "subtype": "offer"})
    return Result(article=article(text, url="https://example.org/a"), records=() if gone else (first,))


@pytest.mark.parametrize("gone", [False, True])
def test_changed_evidence_comes_back_with_both_versions(tmp_path: Path, client: Any, gone: bool) -> None:
    path = tmp_path / "changed.db"
    given = result()
    with Register(path) as register:
        register.add(given.model_copy(update={"article": given.article.model_copy(update={"url": "https://example.org/a"})}))
        changes = {"roles.recipient": [given.records[2].roles["participant"][0].model_dump(mode="json")]}
        register.reviews.edit("r_1", changes, by="Ada")
        register.add(later(gone))
    there = client(path)
    there.cookies.set("tocsin_reviewer", "Ada")
    assert "1 back" in plain(there.get("/review").text)
    page = there.get("/review?which=changed")
    assert page.status_code == 200
    before, now = page.text.index('id="before"'), page.text.index('id="now"')
    assert "armies of Norway and Latvia" in plain(page.text[before:now])
    after = plain(page.text[now:])
    assert "armies" not in after
    assert (words()("web.review_gone") in after) == gone
    assert ("Accept" in after) == (not gone)
    assert ("Arms transfer · offer" in after) == (not gone)
    done = send(there, page, "reject" if gone else "accept")
    assert words()("review.queue_empty") in done.text


def test_an_added_record_leaves_the_coders_own_of_the_same_sentence_alone(there: Any, path: Path) -> None:
    quote = result().records[1].evidence[0].exact
    there.post(f"/articles/{result().article.id}/add", data={
        "type": "armed_incident", "slot.evidence": quote, "slot.roles.initiator": "Latvia"}).raise_for_status()
    with Register(path, read_only=True) as register:
        found = [row.record for row in register.find(type="armed_incident")]
    assert sorted(party.text for one in found for party in one.roles["initiator"]) == ["Latvia", "Norwegian troops"]


def test_who_accepts_what_another_edited_agrees_with_him(there: Any, client: Any, path: Path) -> None:
    there.post("/review", data={"do": "save", "record": "r_3", "slot.status": "planned"})
    ben = client(path)
    ben.cookies.set("tocsin_reviewer", "Ben")
    send(ben, ben.get("/review?which=second"), "accept")
    with Register(path, read_only=True) as register:
        found = register.reviews.history("r_3")
        agreed = register.reviews.agreed()
        assert register.record("r_3").record.status == "planned"
        assert len(register.reviews.queue("newest", which="disputed")) == 0
    assert found is not None
    assert {name: said.record.status for name, said in found.by_reviewer.items()} == {"Ada": "planned", "Ben": "planned"}
    assert (agreed.claims, agreed.alpha) == (1, None)  # no value but one: nothing to compare chance with
    there.post("/review", data={"do": "undo"})
    with Register(path, read_only=True) as register:
        assert register.record("r_3").record.status == "planned"  # Ben accepted it so
