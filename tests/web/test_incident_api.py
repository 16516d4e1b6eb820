"""Incidents over the API: what the pages show and do, as JSON that is as its document says."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient
from test_api import check

from conftest import Client
from struck import named, struck
from tocsin.incidents import as_json
from tocsin.register import Register

API = "/api/v1"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return struck(tmp_path / "register.db")


@pytest.fixture
def there(path: Path, client: Client) -> TestClient:
    return client(path)


@pytest.fixture
def names(path: Path) -> dict[str, str]:
    return named(path)


@pytest.fixture
def document(there: TestClient) -> dict[str, Any]:
    found: dict[str, Any] = there.get(f"{API}/openapi.json").json()
    return found


def test_a_page_of_incidents_and_one_of_them(there: TestClient, names: dict[str, str], path: Path,
                                             document: dict[str, Any]) -> None:
    page = there.get(f"{API}/incidents?limit=2").json()
    check(document, "Incidents", page)
    rest = there.get(page["links"]["next"]).json()
    assert page["total"] == rest["total"] == 3
    assert [one["report_count"] for one in page["incidents"] + rest["incidents"]] == [2, 2, 1]
    assert [one["id"] for one in there.get(f"{API}/incidents?type=arms_transfer").json()["incidents"]] == [names["gift"]]
    one = there.get(f"{API}/incidents/{names['strike']}?why=yes").json()
    check(document, "Incident", one)
    assert len(one["why"]) == 1
    with Register(path, read_only=True) as register:
        whole = as_json(register.incident(names["strike"]))
    assert {key: one[key] for key in ("id", "state", "first_report")} == {
        key: whole[key] for key in ("id", "state", "first_report")}
    killed = next(slot for slot in one["values"] if slot["slot"] == "casualties.killed")
    assert (killed["standing"], killed["low"], killed["high"]) == ("disputed", 5, 7)
    assert there.get(f"{API}/incidents/{names['strike']}").json()["why"] == []
    error = there.get(f"{API}/incidents/i_nothing")
    assert error.status_code == 404
    check(document, "Error", error.json())


def test_split_undo_merge(there: TestClient, names: dict[str, str], document: dict[str, Any]) -> None:
    def ask(**given: Any) -> Any:
        return there.post(f"{API}/review/incidents", json={"incident": names["strike"], "by": "Ada"} | given)

    reports = there.get(f"{API}/incidents/{names['strike']}").json()["reports"]
    split = ask(action="split", records=[reports[1]["record"]], note="another depot")
    check(document, "IncidentDecision", split.json())
    assert there.get(f"{API}/incidents").json()["total"] == 4
    assert ask(action="undo", decision=split.json()["id"], by="Ben").status_code == 400
    assert ask(action="undo", decision=split.json()["id"]).json()["id"] == split.json()["id"]
    assert there.get(f"{API}/incidents").json()["total"] == 3
    ask(action="merge", other=names["later"]).raise_for_status()
    merged = there.get(f"{API}/incidents/{names['later']}").json()
    assert len(merged["reports"]) == 3
    assert [one["action"] for one in merged["decisions"]] == ["split", "undo", "merge"]


@pytest.mark.parametrize(("given", "status"), [
    ({"action": "merge"}, 400), ({"action": "split", "records": []}, 400), ({"action": "split", "records": [1]}, 400),
    ({"action": "undo"}, 400), ({"action": "undo", "decision": 10**30}, 400), ({"action": "burn"}, 400),
    ({"action": "merge", "other": "i_nothing"}, 400), ({"action": "merge", "other": "later", "by": " "}, 400),
    ({"action": "merge", "other": "later", "incident": "i_nothing"}, 404), ({"action": "merge", "other": 1}, 400)])
def test_what_cannot_be_is_refused(there: TestClient, names: dict[str, str], document: dict[str, Any],
                                   given: dict[str, Any], status: int) -> None:
    asked = {"incident": names["strike"], "by": "Ada"} | given
    asked = {key: names.get(value, value) if isinstance(value, str) else value for key, value in asked.items()}
    answer = there.post(f"{API}/review/incidents", json=asked)
    assert answer.status_code == status, answer.text
    check(document, "Error", answer.json())


def test_from_another_site_nothing_is_decided(there: TestClient, names: dict[str, str]) -> None:
    given = {"incident": names["strike"], "action": "merge", "other": names["later"], "by": "Ada"}
    answer = there.post(f"{API}/review/incidents", json=given, headers={"origin": "http://evil.example"})
    assert answer.status_code == 403


@pytest.mark.parametrize("query", ["", "?type=arms_transfer", "?status=planned", "?type=armed_incident&outlet=The+Mail"])
def test_a_view_by_incident_is_exported_as_it_is_shown(there: TestClient, query: str) -> None:
    shown = [one["id"] for one in there.get(f"{API}/incidents{query}").json()["incidents"]]
    lines = there.get(f"/incidents.jsonl{query}").text.splitlines()
    assert [json.loads(line)["id"] for line in lines] == shown
    table = there.get(f"/incidents.csv{query}")
    assert table.headers["content-disposition"] == 'attachment; filename="tocsin.incidents.csv"'
    assert [row["incident"] for row in csv.DictReader(io.StringIO(table.text, newline=""))] == shown
    page = there.get(f"/incidents{query}").text
    assert f'href="/incidents.csv{query.replace("&", "&amp;")}"' in page
    assert there.get("/incidents.jsonl.dictionary").json()["title"] == "Tocsin incident"
    assert there.get("/incidents.csv?colour=red").status_code == 400


def test_others_get_no_folders_of_this_machine(path: Path, client: Client) -> None:
    with Register(path) as register:
        register._store.db.execute("UPDATE article SET source = '/home/ana/secret/' || source, publisher = NULL")
    far = client(path, token="abc")
    got = far.get("/incidents.jsonl", headers={"authorization": "Bearer abc"}).text
    assert "g2.txt" in got
    assert "secret" not in got
