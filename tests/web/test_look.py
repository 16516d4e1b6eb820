"""What looking at the pages found: what stood in the way of a reader, and stands no more."""

from __future__ import annotations

import re
from pathlib import Path

from starlette.testclient import TestClient

from conftest import Client
from tocsin.register import Register
from toy import toy_result

TEXT = "Russia gives Tajikistan 12 tanks in Dushanbe on 2021-09-13, Norway said."


def plain(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_the_overview_answers_its_four_questions_in_order(web: TestClient) -> None:
    found = re.findall(r'<h2 id="(\w+)"', web.get("/").text)
    assert found[:4] == ["new", "doubt", "waits", "good"]


def test_one_sentence_of_several_outlets_is_new_once(client: Client, tmp_path: Path) -> None:
    path = tmp_path / "r.db"
    with Register(path) as register:
        for number in range(5):
            register.add(toy_result(f"{TEXT}\nEdition {number}.", f"{number}.txt"))
    page = client(path).get("/").text
    assert page.count("<q><bdi>Russia gives Tajikistan 12 tanks") == 1


def test_an_empty_page_has_the_command_with_the_register_in_it(client: Client, tmp_path: Path) -> None:
    path = tmp_path / "my register.db"
    Register(path).close()
    for address in ("/", "/records"):
        assert f"--register '{path}'".replace("'", "&#39;") in client(path).get(address).text
    there = client(path, token="t").get("/", headers={"authorization": "Bearer t"})
    assert str(tmp_path) not in there.text  # somebody else's machine is told no folders
    assert "my register.db" in there.text


def test_a_party_filter_reads_as_words_and_leads_to_its_page(web: TestClient) -> None:
    page = web.get("/records?party=supplier%3DRUS").text
    assert "Russia as supplier" in page
    assert '<a class="about" href="/parties/RUS">' in page
    assert "Russia or Belarus" in web.get("/records?party=RUS,BLR").text


def test_a_record_leads_to_the_pages_of_its_parties(web: TestClient) -> None:
    found = web.get("/api/v1/records?type=arms_transfer&party=supplier%3DDEU&limit=1").json()["records"][0]
    page = web.get(f"/records/{found['record']['id']}").text
    assert '<a href="/parties/DEU"><bdi>Germany</bdi></a> <span class="note">supplier</span>' in page
    assert web.get("/parties/DEU").status_code == 200


def test_the_other_records_of_an_article_are_told_apart_by_their_sentences(web: TestClient) -> None:
    rows = web.get("/api/v1/records?words=Leopard&limit=50").json()["records"]
    one = rows[0]["record"]["id"]
    others = web.get(f"/records/{one}").text.split('id="others"')[1]
    assert others.count("<q class=\"note\">") == others.count("<li>") > 0


def test_a_confidence_narrows_the_view_to_records_as_sure(web: TestClient) -> None:
    page = web.get("/records?columns=confidence,quote&limit=5").text
    links = re.findall(r'<td class="c-confidence".*?href="([^"]+)".*?<bdi>([\d.]+)</bdi>', page, re.DOTALL)
    assert len(links) == 5
    for link, shown in links:
        narrowed = web.get(link.replace("&amp;", "&"))
        assert narrowed.status_code == 200
        assert "min_confidence=" in link
        assert f"<bdi>{shown}</bdi>" in narrowed.text  # the record itself is among them


def test_a_phone_sorts_too(web: TestClient) -> None:
    page = web.get("/records?sort=count&type=arms_transfer").text
    menu = page.split('<details class="sorts">')[1].split("</details>")[0]
    assert plain(menu).startswith("Sorted by Number ↓")
    assert menu.count("<a ") == page.count('<th scope="col" class="c-') + 1  # all columns, and when it came
    assert 'sort=supplier&amp;ascending=yes' in menu
