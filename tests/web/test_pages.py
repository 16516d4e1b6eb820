"""The pages on the demo register: each answers, shows what it should, and every link on it leads somewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from itertools import pairwise
from pathlib import Path
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from tocsin.knowledge.words import words
from tocsin.register import Register, Row
from tocsin.web.visits import COOKIE, Visit, of

LINK = re.compile(r'href="([^"]*)"')


@pytest.fixture(scope="module")
def rows(demo: Path) -> list[Row]:
    with Register(demo, read_only=True) as register:
        return list(register.find())


def links(page: str) -> set[str]:
    return {unescape(link).partition("#")[0] for link in LINK.findall(page)}


def addresses(rows: list[Row]) -> Iterator[str]:
    yield from ("/", "/records", "/records?type=arms_transfer", "/records?party=RUS&party=UKR&status=denied",
                "/records?columns=when,quote", "/records?words=nosuchword", "/records?page=99", "/parties/RUS",
                "/parties/igo:NATO", "/parties/person:vladimir-putin", "/parties/Nobody%20at%20all", "/try")
    for row in rows[::45]:
        yield f"/records/{row.data['id']}"
        yield f"/articles/{row.article.id}"


def test_every_page_answers_with_one_heading_and_a_main_part(web: TestClient, rows: list[Row]) -> None:
    for address in addresses(rows):
        answer = web.get(address)
        assert answer.status_code == 200, address
        assert answer.text.count("<h1") == 1, address
        assert '<main id="main"' in answer.text
        levels = [int(level) for level in re.findall(r"<h([1-6])", answer.text)]
        assert all(after - before <= 1 for before, after in pairwise(levels)), (address, levels)


def test_ids_on_a_page_are_unique(web: TestClient, rows: list[Row]) -> None:
    for address in addresses(rows):
        ids = re.findall(r' id="([^"]+)"', web.get(address).text)
        assert len(ids) == len(set(ids)), address


def test_every_link_of_a_page_leads_somewhere(web: TestClient, rows: list[Row]) -> None:
    starts = ["/", "/records?type=military_exercise", f"/articles/{rows[0].article.id}", f"/records/{rows[0].data['id']}",
              "/parties/RUS"]
    found = {link for start in starts for link in links(web.get(start).text)}
    asked = sorted(link for link in found if link.startswith("/") and "/explain" not in link)
    assert len(asked) > 100
    for link in asked:
        assert web.get(link).status_code == 200, link
    assert not [link for link in found if link and not link.startswith(("/", "http"))]


def test_the_register_has_the_columns_of_the_trade(web: TestClient) -> None:
    page = web.get("/records?type=arms_transfer").text
    heads = re.findall(r'<th scope="col" class="c-(\w+)"', page)
    assert heads == ["when", "supplier", "recipient", "what", "count", "stage", "status", "sources", "quote"]
    heads = re.findall(r'<th scope="col" class="c-(\w+)"', web.get("/records?columns=quote,outlet").text)
    assert heads == ["quote", "outlet"]
    assert web.get("/records?columns=colour").status_code == 400


def test_a_cell_filters_on_click(web: TestClient) -> None:
    page = web.get("/records?type=arms_transfer").text
    assert "/records?type=arms_transfer&party=supplier%3DDEU" in links(page)
    assert "Germany" in web.get("/records?type=arms_transfer&party=supplier%3DDEU").text


def test_pages_of_a_view_follow_each_other(web: TestClient, rows: list[Row]) -> None:
    shown, address = [], "/records?limit=100"
    while address:
        page = web.get(address).text
        shown += re.findall(r'name="record" value="(\w+)"', page)
        found = re.search(r'rel="next" href="([^"]+)"', page)
        address = unescape(found[1]) if found else ""
    assert shown == [row.data["id"] for row in rows]


def test_a_form_with_empty_boxes_leads_to_the_short_address(web: TestClient) -> None:
    answer = web.get("/records?words=&party=RUS&since=&type=statement", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/records?type=statement&party=RUS")


def test_the_reader_marks_the_words_of_every_record(web: TestClient, rows: list[Row]) -> None:
    page = web.get(f"/articles/{rows[0].article.id}").text
    assert page.count('class="record t-') == sum(row.article.id == rows[0].article.id for row in rows)
    assert 'class="ev lane0' in page
    assert 'href="#a1r1f1"' in page


def test_a_record_shows_its_sentence_its_codes_and_how_to_cite_it(web: TestClient, rows: list[Row]) -> None:
    row = next(row for row in rows if row.data["codes"].get("cameo"))
    page = web.get(f"/records/{row.data['id']}").text
    text = " ".join(unescape(re.sub(r"<[^>]+>", "", page)).split())
    for said in (row.data["codes"]["cameo"], row.data["coder"]["rule"], f"http://127.0.0.1:8765/records/{row.data['id']}",
                 row.article.title or "", f"{row.data['confidence']:.2f}"):
        assert said in text
    assert row.data["evidence"][0]["exact"].split()[0] in text


def test_a_party_has_its_names_offices_and_memberships(web: TestClient) -> None:
    putin = web.get("/parties/person:vladimir-putin").text
    assert "7 May 2012" in putin
    assert "president" in putin
    assert "Collective Security Treaty Organization" in web.get("/parties/RUS").text
    for name in ("Russia", "Kremlin", "state:RUS"):
        assert web.get(f"/parties/{name}").url.path == "/parties/RUS"
    assert web.get("/parties/NATO").url.path == "/parties/igo:NATO"


def test_the_counts_of_a_party_are_what_the_links_show(web: TestClient) -> None:
    for found in web.get("/api/v1/parties/RUS").json()["roles"]:
        address = f"/api/v1/records?type={found['type']}&party={quote(found['role'] + '=RUS')}&limit=1"
        assert web.get(address).json()["total"] == found["records"], found


def test_an_unknown_address_says_so(web: TestClient) -> None:
    for address in ("/nothing", "/records/r_0", "/articles/0", "/articles/0/explain", "/static/nothing.js"):
        answer = web.get(address)
        assert answer.status_code == 404, address
        assert words()("web.error_404") in answer.text


def test_a_sentence_is_explained(web: TestClient, rows: list[Row]) -> None:
    row = rows[0]
    page = web.get(f"/articles/{row.article.id}/explain?at={row.data['evidence'][0]['start']}").text
    assert row.data["coder"]["rule"] in unescape(page)
    assert words()("explain.fired") in page
    assert web.get(f"/articles/{row.article.id}/explain?sentence=999").status_code == 404
    assert web.get(f"/articles/{row.article.id}/explain?sentence=x").status_code == 400


def test_a_pasted_text_is_read_and_not_stored(web: TestClient, demo: Path) -> None:
    before = demo.stat().st_mtime_ns
    page = web.post("/try", data={"text": "Norway handed six howitzers to Latvia.", "published": "2021-05-05"})
    assert page.status_code == 200
    assert "Arms transfer" in page.text
    assert "by 5 May 2021" in page.text
    assert demo.stat().st_mtime_ns == before
    assert web.post("/try", data={"text": " "}).status_code == 400
    assert web.post("/try", data={"text": "x", "published": "soon"}).status_code == 400


def test_an_empty_register_says_what_to_do(client) -> None:  # type: ignore[no-untyped-def]
    empty = client()
    for address in ("/", "/records"):
        assert "tocsin ingest" in empty.get(address).text
    assert empty.get("/parties/RUS").status_code == 200
    assert empty.get("/api/v1/overview").json()["records"] == 0


class Asking:
    """A request with a cookie and nothing else."""

    def __init__(self, cookie: str) -> None:
        self.cookies = {COOKIE: cookie}


@pytest.mark.parametrize(("cookie", "visit"), [
    ("", Visit(0, True)), ("nonsense", Visit(0, True)), ("0.450.1000", Visit(0, True)),
    ("0.450.-5", Visit(0, True)), ("300.450.1000", Visit(300, False))])
def test_what_is_new_is_what_came_after_the_last_visit(cookie: str, visit: Visit) -> None:
    assert of(Asking(cookie), now=1500) == visit  # type: ignore[arg-type]


def test_a_visit_ends_after_half_an_hour() -> None:
    assert of(Asking("0.450.1000"), now=4000) == Visit(450, False)  # type: ignore[arg-type]
