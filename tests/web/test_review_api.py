"""Reviews over the API: what the pages do, as JSON that is as its document says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient
from test_api import check

from handmade import result
from tocsin.register import Register

API = "/api/v1/review"


@pytest.fixture
def there(path: Path, client: Any) -> TestClient:
    found: TestClient = client(path)
    return found


@pytest.fixture
def document(there: TestClient) -> dict[str, Any]:
    found: dict[str, Any] = there.get("/api/v1/openapi.json").json()
    return found


def test_the_queue_a_judgement_the_history_and_an_undo(there: TestClient, document: dict[str, Any]) -> None:
    queue = there.get(f"{API}/queue?which=open&order=newest&limit=2").json()
    check(document, "Records", queue)
    assert (queue["total"], [row["record"]["id"] for row in queue["records"]]) == (3, ["r_3", "r_2"])
    rest = there.get(queue["links"]["next"]).json()
    assert [row["record"]["id"] for row in rest["records"]] == ["r_1"]
    done = there.post(f"{API}/judge", json={"record": "r_3", "action": "edit", "by": "Ada", "slot": "status",
                                            "value": "planned", "note": "so they say"})
    check(document, "Correction", done.json())
    assert (done.json()["slot"], done.json()["value"]) == ("status", "planned")
    assert there.get(f"{API}/queue?which=open").json()["total"] == 2
    history = there.get(f"{API}/records/r_3").json()
    check(document, "History", history)
    assert (history["verdict"]["state"], history["record"]["status"]) == ("edited", "planned")
    assert history["seen"]["record"]["status"] == "possible"
    assert there.post(f"{API}/undo", json={"by": "Ben", "correction": done.json()["id"]}).status_code == 400
    undone = there.post(f"{API}/undo", json={"by": "Ada"}).json()
    assert undone["id"] == done.json()["id"]
    assert there.get(f"{API}/records/r_3").json()["verdict"] is None
    assert there.get("/api/v1/records/r_3").json()["record"]["status"] == "possible"


def test_a_slot_is_filled_and_a_record_added_by_words(there: TestClient, document: dict[str, Any]) -> None:
    article = result().article
    there.post(f"{API}/judge", json={"record": "r_2", "action": "edit", "by": "Ada", "slot": "roles.target",
                                     "words": "Latvia"}).raise_for_status()
    target = there.get("/api/v1/records/r_2").json()["record"]["roles"]["target"]
    assert [(party["country"], article.text[party["start"]:party["end"]]) for party in target] == [("LVA", "Latvia")]
    added = there.post(f"{API}/add", json={
        "article": article.id, "by": "Ada", "type": "military_exercise",
        "slots": {"evidence": "It denied that Norwegian troops had shelled a village.", "status": "denied",
                  "roles.participant": "Norwegian troops", "time": "2021-05"}})
    check(document, "Correction", added.json())
    name = added.json()["record"]["id"]
    line = there.get(f"/api/v1/records/{name}").json()
    assert (line["record"]["status"], line["record"]["time"]["earliest"], line["review"]["state"]) == (
        "denied", "2021-05-01", "added")
    again = line["record"] | {"id": "r_x", "subtype": "naval"}
    assert there.post(f"{API}/add", json={"article": article.id, "by": "Ben", "record": again}).status_code in (200, 400)


def test_agreement_and_rate(there: TestClient, document: dict[str, Any]) -> None:
    for by, action in (("Ada", "accept"), ("Ben", "reject")):
        there.post(f"{API}/judge", json={"record": "r_1", "action": action, "by": by, "queue": "random"}).raise_for_status()
    found = there.get(f"{API}/agreement").json()
    check(document, "Agreement", found)
    assert found["agreed"] == {"claims": 1, "alpha": 0.0}
    assert (found["rate"]["judged"], found["rate"]["right"]) == (1, 0)
    assert [one["type"] for one in found["rates"]] == ["arms_transfer"]
    assert there.get(f"{API}/queue?which=disputed").json()["total"] == 1  # though the rejection hides it
    assert there.get(f"{API}/queue?which=second&by=Cid").json()["total"] == 1
    assert there.get(f"{API}/queue?which=second&by=Ada").json()["total"] == 0


@pytest.mark.parametrize(("address", "given", "status"), [
    ("judge", {"record": "r_9", "action": "accept", "by": "Ada"}, 404),
    ("judge", {"record": "r_1", "action": "accept", "by": " "}, 400),
    ("judge", {"record": "r_1", "action": "accept"}, 400),
    ("judge", {"record": "r_1", "action": "add", "by": "Ada"}, 400),
    ("judge", {"record": "r_1", "action": "edit", "by": "Ada", "slot": "status"}, 400),
    ("judge", {"record": "r_1", "action": "edit", "by": "Ada", "slot": "status", "value": "planned", "words": "x"}, 400),
    ("judge", {"record": "r_1", "action": "edit", "by": "Ada", "slot": "time", "value": {"earliest": "soon"}}, 400),
    ("judge", {"record": "r_1", "action": "edit", "by": "Ada", "slot": "personnel",
               "value": {"min": 10**30, "kind": "exact"}}, 400),
    ("judge", {"record": "r_1", "action": "edit", "by": "Ada", "slot": "evidence", "value": []}, 400),
    ("judge", {"record": "r_1", "action": "edit", "by": "Ada", "slot": "evidence",
               "value": [{"start": -5, "end": -1, "exact": "ober"}]}, 400),
    ("judge", {"record": "r_1", "action": "comment", "by": "Ada"}, 400),
    ("judge", {"record": "r_1", "action": "accept", "by": "Ada", "colour": "red"}, 400),
    ("judge", {"record": "r_1", "action": "accept", "by": "\ud800"}, 400),
    ("add", {"article": "0", "by": "Ada", "type": "fact"}, 404),
    ("add", {"article": "HERE", "by": "Ada"}, 400),
    ("add", {"article": "HERE", "by": "Ada", "type": "party"}, 400),
    ("add", {"article": "HERE", "by": "Ada", "type": "fact", "slots": {"status": "occurred"}}, 400),
    ("add", {"article": "HERE", "by": "Ada", "type": "fact", "slots": {"evidence": 1}}, 400),
    ("add", {"article": "HERE", "by": "Ada", "record": {"type": "fact"}}, 400),
    ("undo", {"by": "Ada"}, 400), ("undo", {"by": "Ada", "correction": 10**30}, 400),
    ("undo", {"by": "Ada", "correction": True}, 400)])
def test_what_cannot_be_is_refused_and_nothing_is_written(
        there: TestClient, path: Path, document: dict[str, Any], address: str, given: dict[str, Any], status: int) -> None:
    given = {name: result().article.id if value == "HERE" else value for name, value in given.items()}
    answer = there.post(f"{API}/{address}", content=json.dumps(given))
    assert answer.status_code == status, answer.text
    check(document, "Error", answer.json())
    with Register(path, read_only=True) as register:
        assert register.reviews.counts().corrections == 0


@pytest.mark.parametrize("address", ["judge", "add", "undo"])
@pytest.mark.parametrize("headers", [{"origin": "http://evil.example"}, {"sec-fetch-site": "same-site"}])
def test_a_change_from_another_site_is_refused(there: TestClient, path: Path, address: str, headers: dict[str, str]) -> None:
    given = {"record": "r_1", "action": "accept", "by": "Ada", "article": result().article.id, "type": "fact"}
    assert there.post(f"{API}/{address}", json=given, headers=headers).status_code == 403
    with Register(path, read_only=True) as register:
        assert register.reviews.counts().corrections == 0


def test_from_elsewhere_a_judgement_needs_the_token(path: Path, client: Any) -> None:
    there = client(path, "http://192.168.1.5:8765", token="secret-token", any_address=True)
    given = {"record": "r_1", "action": "accept", "by": "Ada"}
    assert there.post(f"{API}/judge", json=given).status_code == 401
    assert there.post(f"{API}/judge", json=given, headers={"authorization": "Bearer secret-token"}).status_code == 200
