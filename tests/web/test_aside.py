"""What reads aside: it does as the reader here does, and no text can keep the application busy."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from slow import Slow

from conftest import Client
from handmade import article, result
from tocsin.errors import UsageError
from tocsin.register import Register
from tocsin.web.app import make_app
from tocsin.web.hands import Aside, Busy
from tocsin.web.settings import Settings
from tocsin.web.tried import Desk


@pytest.fixture
def aside() -> Any:
    hands = Aside(Slow, time=200)
    yield hands
    hands.close()


def test_it_reads_in_one_process_that_is_not_this(aside: Aside) -> None:
    first, second = (aside.read(article(text), []).article.author for text in ("one", "two"))
    assert first == second != str(os.getpid())
    assert aside.explain(article("Hello"), {"sentence": "1"}).number == 1


def test_what_is_refused_there_is_refused_here(aside: Aside) -> None:
    with pytest.raises(UsageError, match="not so"):
        aside.read(article("refuse"), [])
    with pytest.raises(RuntimeError, match="a defect"):
        aside.read(article("break"), [])
    with pytest.raises(UsageError, match="no such sentence"):
        aside.explain(article("Hello"), {"sentence": "7"})


def test_a_text_that_takes_too_long_is_given_up_and_the_next_is_read(aside: Aside) -> None:
    before = aside.read(article("one"), []).article.author
    aside._time = 0.5
    with pytest.raises(Busy, match="given up"):
        aside.read(article("sleep"), [])
    aside._time = 200
    after = aside.read(article("two"), []).article.author
    assert after != before
    with pytest.raises(ProcessLookupError):  # nothing of it goes on
        os.kill(int(before or 0), 0)


def test_a_process_that_dies_is_told_and_replaced(aside: Aside) -> None:
    with pytest.raises(Busy, match="ended before"):
        aside.read(article("die"), [])
    assert aside.read(article("one"), []).article.author


def test_what_reads_loads_while_the_form_is_filled(tmp_path: Path) -> None:
    from starlette.testclient import TestClient

    path, hands = tmp_path / "r.db", Aside(Slow, time=200, load=200)
    Register(path).close()
    with TestClient(make_app(Settings(path), Desk(hands=hands)), base_url="http://127.0.0.1:8765") as client:
        assert client.get("/").status_code == 200
        assert hands._process is None  # pages that only show load nothing
        assert client.get("/try").status_code == 200
        begun = hands._process
        assert begun is not None
        assert client.post("/api/v1/try", json={"text": "one"}).status_code == 200
        assert hands._process is begun
    assert not begun.is_alive()  # it ends with the application


def test_a_reader_that_is_not_loaded_yet_is_told(aside: Aside) -> None:
    aside._load = 0.0
    with pytest.raises(Busy, match="still being loaded"):
        aside.read(article("one"), [])
    aside._load = 200
    assert aside.read(article("one"), []).article.author  # the same process, loaded meanwhile


def test_the_page_says_that_a_text_took_too_long(tmp_path: Path) -> None:
    from starlette.testclient import TestClient

    path = tmp_path / "r.db"
    Register(path).close()
    desk = Desk(hands=Aside(Slow, time=0.5))
    with TestClient(make_app(Settings(path), desk), base_url="http://127.0.0.1:8765") as client:
        answer = client.post("/try", data={"text": "sleep on it"})
        assert (answer.status_code, "given up" in answer.text) == (503, True)
        answer = client.post("/api/v1/try", json={"text": "sleep on it"})
        assert (answer.status_code, answer.json()["status"]) == (503, 503)


def test_no_folder_of_this_machine_is_shown(client: Client, tmp_path: Path) -> None:
    path = tmp_path / "r.db"
    told = result()
    source = "/home/ann/secret folder/report.jsonl#a/7"
    with Register(path) as register:
        register.add(told.model_copy(update={"article": told.article.model_copy(update={"source": source})}))
    name, record = told.article.id, told.records[0].id
    here, there = client(path), client(path, token="t", any_address=True)
    page = here.get(f"/articles/{name}").text
    assert "<bdi title=\"/home/ann/secret folder/report.jsonl#a/7\">report.jsonl#a/7</bdi>" in page
    assert here.get(f"/api/v1/articles/{name}").json()["result"]["article"]["source"] == source
    token = {"authorization": "Bearer t"}
    for address in (f"/articles/{name}", f"/records/{record}", "/records", "/records.csv", "/records.jsonl",
                    "/records.atom", f"/records.jsonl?record={record}", "/api/v1/records", f"/api/v1/records/{record}",
                    "/api/v1/articles", f"/api/v1/articles/{name}", "/"):
        answer = there.get(address, headers=token)
        assert answer.status_code == 200
        assert "secret folder" not in answer.text, address
    assert "report.jsonl#a/7" in there.get(f"/articles/{name}", headers=token).text
