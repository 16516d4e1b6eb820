"""What may be one incident: pairs in the browser, decided one after another."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from conftest import Client
from tocsin.knowledge.words import words
from tocsin.register import Register


@pytest.fixture
def path(demo: Path, tmp_path: Path) -> Path:
    """A demo register of one's own."""
    shutil.copyfile(demo, tmp_path / "own.db")
    return tmp_path / "own.db"


@pytest.fixture
def there(path: Path, client: Client) -> TestClient:
    return client(path)


def pairs(page: str) -> list[tuple[str, str]]:
    other = r'<input type="hidden" name="other" value="(\w+)"'
    return re.findall(rf'action="/incidents/(\w+)" aria-labelledby="\w+">{other}', page)


def test_the_pairs_are_those_of_the_register_page_by_page(there: TestClient, path: Path) -> None:
    with Register(path, read_only=True) as register:
        expected = [(pair.incident, pair.other_incident) for pair in register.incidents.unsure(1_000)]
    assert expected
    found, page = list[tuple[str, str]](), 1
    while here := pairs(there.get(f"/review/incidents?page={page}").text):
        found += here
        page += 1
    assert found == expected
    assert words()("incident.unsure_none") in there.get("/review/incidents?page=999").text
    assert there.get("/review/incidents?party=RUS").status_code == 400


@pytest.mark.parametrize("action", ["merge", "apart"])
def test_a_pair_that_was_decided_waits_no_more_until_it_is_undone(there: TestClient, path: Path, action: str) -> None:
    before = pairs(there.get("/review/incidents").text)
    one, other = before[0]
    given = {"do": action, "other": other, "by": "Ada", "back": "/review/incidents"}
    done = there.post(f"/incidents/{one}", data=given)
    assert done.url.path == "/review/incidents"
    assert before[0] not in pairs(done.text)
    assert f"</bdi> {words().name('action', action)}" in done.text
    number = re.search(r'name="decision" value="(\d+)"', done.text)
    assert number
    undone = there.post(f"/incidents/{one}", data={"do": "undo", "decision": number[1], "back": "/review/incidents?page=1"})
    assert undone.url.path == "/review/incidents"
    assert pairs(undone.text) == before
    with Register(path, read_only=True) as register:
        assert [made.action for made in register.incidents.decisions()] == [action, "undo"]


def test_a_form_leads_back_to_no_other_site(there: TestClient) -> None:
    one, other = pairs(there.get("/review/incidents").text)[0]
    answer = there.post(f"/incidents/{one}", data={"do": "apart", "other": other, "by": "Ada", "back": "//evil.example/"},
                        follow_redirects=False)
    assert answer.headers["location"].startswith(f"/incidents/{one}?done=")
