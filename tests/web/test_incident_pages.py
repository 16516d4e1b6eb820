"""Incidents on the pages: the register by incident, values side by side, decisions by hand."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from conftest import Client
from incidents_made import day, past, result
from struck import gift, named, strike, struck
from tocsin.knowledge.words import words
from tocsin.register import Register


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return struck(tmp_path / "register.db")


@pytest.fixture
def there(path: Path, client: Client) -> TestClient:
    return client(path)


@pytest.fixture
def names(path: Path) -> dict[str, str]:
    return named(path)


def plain(page: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def listed(page: str) -> list[str]:
    return re.findall(r'class="open" href="/incidents/(\w+)"', page)


def test_the_register_by_incident_has_the_largest_first_with_the_filters_of_records(
        there: TestClient, names: dict[str, str]) -> None:
    whole = listed(there.get("/incidents").text)
    assert set(whole[:2]) == {names["gift"], names["strike"]}
    assert whole[2:] == [names["later"]]
    assert listed(there.get("/incidents?type=arms_transfer").text) == [names["gift"]]
    assert listed(there.get("/incidents?status=planned").text) == [names["gift"]]  # whole, though one record fits
    assert listed(there.get("/incidents?since=2023-06").text) == [names["later"]]
    assert listed(there.get("/incidents?outlet=The+Mail&type=armed_incident").text) == [names["strike"]]
    page = plain(there.get("/incidents?type=armed_incident").text)
    assert "2 outlets, 2 origins" in page
    assert "2 incidents" in page
    assert words()("web.no_fit") in plain(there.get("/incidents?words=nosuchword").text)
    assert words()("web.first_page") in plain(there.get("/incidents?page=9").text)
    assert there.get("/incidents?sort=when").status_code == 400
    sent = there.get("/incidents?words=&party=RUS", follow_redirects=False)
    assert (sent.status_code, sent.headers["location"]) == (303, "/incidents?party=RUS")


def test_values_stand_side_by_side_by_who_says_them(there: TestClient, names: dict[str, str]) -> None:
    page = there.get(f"/incidents/{names['strike']}").text
    heads = re.findall(r'<th scope="col">(.*?)</th>', page)
    assert [plain(head) for head in heads[2:]] == ["The Post", "the defence ministry"]
    rows = {plain(name): (kind, [plain(cell) for cell in re.findall(r"<td.*?</td>", rest, re.DOTALL)]) for kind, name, rest
            in re.findall(r'<tr class="k-(\w+)"><th scope="row">(.*?)</th>(.*?)</tr>', page, re.DOTALL)}
    kind, cells = rows["killed"]
    assert kind == "disputed"
    assert cells[0] == "disputed 5 to 7"
    assert [cell.split()[0] for cell in cells[1:]] == ["5", "7"]
    assert rows["target"][0] == "agreed"
    assert rows["time"][1][1].startswith("1 May 2023")
    assert "2 reports, 2 outlets, 2 origins: The Post, the defence ministry" in plain(page)
    assert "graded F" in plain(page)


def test_a_plan_and_its_deed_are_one_course(there: TestClient, names: dict[str, str]) -> None:
    page = there.get(f"/incidents/{names['gift']}").text
    course = plain(page[page.index('<ol class="course">'):].partition("</ol>")[0])
    assert course == "2 May 2023 planned delivery 1 21 May 2023 occurred delivery 2"
    assert "first report 2 May 2023, last 21 May 2023" in plain(page)


def test_a_sentence_leads_into_the_reader_and_a_record_to_its_incident(there: TestClient, names: dict[str, str]) -> None:
    page = there.get(f"/incidents/{names['strike']}").text
    for link in re.findall(r'<blockquote><a href="(/articles/[^"]+)"', page):
        led = there.get(link, follow_redirects=False)
        article, _, anchor = led.headers["location"].partition("#")
        assert led.status_code == 303
        assert f'id="{anchor}"' in there.get(article).text
    of_record = re.findall(r'href="/records/(r_\w+)"', page)
    assert len(of_record) == 2
    assert f'href="/incidents/{names["strike"]}"' in there.get(f"/records/{of_record[1]}").text
    assert there.get(f"/incidents/{of_record[1]}", follow_redirects=False).headers["location"] == (
        f"/incidents/{names['strike']}")


def test_why_they_are_one_is_said_on_demand(there: TestClient, names: dict[str, str]) -> None:
    page = there.get(f"/incidents/{names['strike']}").text
    joined = page[page.index('id="why"'):].partition("</section>")[0]
    assert joined.count("<details") == 1
    assert "at the same place, Lviv" in plain(joined)


def test_what_is_split_is_apart_and_joined_again_by_undoing(there: TestClient, names: dict[str, str], path: Path) -> None:
    address = f"/incidents/{names['strike']}"
    picked = re.findall(r'name="record" value="(\w+)"', there.get(address).text)[1]
    done = there.post(address, data={"do": "split", "record": picked, "by": "Ada", "note": "another depot"})
    assert done.status_code == 200
    assert re.search(r"Ada split: report \d|Ada split", plain(done.text))
    assert "<q><bdi>another depot</bdi></q>" in done.text
    assert len(listed(there.get("/incidents?type=armed_incident").text)) == 3
    number = re.search(r'name="decision" value="(\d+)"', done.text)
    assert number
    there.cookies.clear()
    refused = there.post(address, data={"do": "undo", "decision": number[1], "by": "Ben"})
    assert refused.status_code == 400
    assert words()("web.review_not_yours", name="Ben") in plain(refused.text)
    undone = there.post(address, data={"do": "undo", "decision": number[1], "by": "Ada"})
    assert words()("web.incident_undone") in plain(undone.text)
    assert len(listed(there.get("/incidents?type=armed_incident").text)) == 2
    with Register(path, read_only=True) as register:
        assert [one.action for one in register.incidents.decisions()] == ["split", "undo"]


def test_two_incidents_are_merged_by_id_or_address_or_kept_apart(there: TestClient, names: dict[str, str]) -> None:
    address, later = f"/incidents/{names['strike']}", f"http://127.0.0.1:8765/incidents/{names['later']}"
    merged = there.post(address, data={"do": "merge", "other": later, "by": "Ada"})
    assert "3 reports" in plain(merged.text)
    assert there.get(f"/incidents/{names['later']}").url.path == merged.url.path
    again = there.post(address, data={"do": "merge", "other": names["later"], "by": "Ada"})
    assert again.status_code == 400
    assert "one incident already" in plain(again.text)
    there.post(merged.url.path, data={"do": "undo", "decision": "1"})  # the name is kept in a cookie
    apart = there.post(address, data={"do": "apart", "other": names["later"]})
    assert "Ada kept apart" in plain(apart.text)


@pytest.mark.parametrize(("given", "status"), [
    ({"do": "split", "by": "Ada"}, 400), ({"do": "split", "by": "Ada", "record": "i_nothing"}, 404),
    ({"do": "merge", "by": "Ada", "other": "i_nothing"}, 400), ({"do": "merge", "by": " ", "other": "later"}, 400),
    ({"do": "undo", "by": "Ada", "decision": "7"}, 400), ({"do": "burn", "by": "Ada"}, 400),
    ({"do": "apart", "by": "Ada", "other": "strike"}, 400),
    ({"do": "apart", "by": "Ada", "other": "later", "note": "x" * 2_001}, 400)])
def test_what_cannot_be_is_refused_and_nothing_is_decided(
        there: TestClient, names: dict[str, str], path: Path, given: dict[str, str], status: int) -> None:
    given = {key: names.get(value, value) for key, value in given.items()}
    assert there.post(f"/incidents/{names['strike']}", data=given).status_code == status
    with Register(path, read_only=True) as register:
        assert register.incidents.decisions() == []


def test_a_decision_from_another_site_or_without_the_token_is_refused(
        path: Path, client: Client, names: dict[str, str]) -> None:
    address, given = f"/incidents/{names['strike']}", {"do": "merge", "other": names["later"], "by": "Ada"}
    assert client(path).post(address, data=given, headers={"origin": "http://evil.example"}).status_code == 403
    afar = client(path, "http://192.168.1.5:8765", token="secret-token", any_address=True)
    assert afar.post(address, data=given).status_code == 401
    assert afar.get(address).status_code == 401


def test_there_is_no_such_incident(there: TestClient) -> None:
    assert there.get("/incidents/i_nothing").status_code == 404
    assert there.post("/incidents/i_nothing", data={"do": "split", "record": "x", "by": "Ada"}).status_code == 404


def test_hostile_words_stay_words(tmp_path: Path, client: Client) -> None:
    path, bad = tmp_path / "r.db", "<script>alert(1)</script>"
    with Register(path) as register:
        register.add(result([strike(f"{bad} struck Lviv.", 2)], day(1), f"{bad}.txt", bad))
        name = next(iter(register.incidents.find())).id
    there = client(path)
    there.post(f"/incidents/{name}", data={"do": "merge", "other": bad, "by": bad})
    for page in (there.get("/incidents"), there.get(f"/incidents/{name}"),
                 there.post(f"/incidents/{name}", data={"do": "merge", "other": bad, "by": bad, "note": bad})):
        assert "<script>alert" not in page.text
        assert "&lt;script&gt;alert(1)" in page.text


def test_folders_of_this_machine_are_not_told(tmp_path: Path, client: Client) -> None:
    path = tmp_path / "r.db"
    with Register(path) as register:
        for number, folder in enumerate(("/home/ada/secret", "/home/ben/secret")):
            made = result([strike(f"Drones struck a depot in Lviv, {number}.", 5)], day(1), f"{folder}/a.txt")
            register.add(made.model_copy(update={"article": made.article.model_copy(update={"publisher": None})}))
        found = next(iter(register.incidents.find()))
        assert len(found.reports) == 2
    there = client(path, token="t")
    for address in ("/incidents", f"/incidents/{found.id}", "/api/v1/incidents", f"/api/v1/incidents/{found.id}"):
        text = there.get(address, headers={"authorization": "Bearer t"}).text
        assert "secret" not in text, address
        assert "a.txt (2)" in text, address  # and two sources stay two


def test_every_page_of_the_demo_has_one_heading_and_links_that_lead_somewhere(web: TestClient, demo: Path) -> None:
    with Register(demo, read_only=True) as register:
        found = [one.id for one in register.incidents.find(limit=4)]
    for address in ("/incidents", "/incidents?party=RUS&limit=5", *(f"/incidents/{name}" for name in found)):
        page = web.get(address).text
        assert page.count("<h1") == 1, address
        ids = re.findall(r' id="([^"]+)"', page)
        assert len(ids) == len(set(ids)), address
        assert set(re.findall(r'href="#(\w+)"', page)) <= set(ids), address
        assert " style=" not in page
        for link in sorted({unescape(link) for link in re.findall(r'href="(/[^"#]*)', page)})[:60]:
            assert web.get(link).status_code == 200, (address, link)


def test_plans_called_off_and_stale_say_so_in_the_register_and_on_their_pages(tmp_path: Path, client: Client) -> None:
    path = tmp_path / "plans.db"
    with Register(path) as register:
        plan, off = "Germany will supply Ukraine with 14 tanks for its brigades", past(day(9))
        told = [gift(plan, "planned", 14), gift(plan.replace("will", "will not"), "not_occurred", 14, time=off)]
        for number, (one, on) in enumerate(zip(told, (0, 9), strict=True)):
            register.add(result([one], day(on), source=f"off{number}.txt", publisher=f"Paper {number}"))
        late = gift("Germany promised tanks to Ukraine in a year or more", "planned", 90)
        register.add(result([late], day(-900), source="late.txt", publisher="The Late Post"))
        found = {one.state: one for one in register.incidents.find()}
        assert set(found) == {"cancelled", "planned"}
        assert found["planned"].course.stale
    there, say = client(path), words()
    listing = plain(there.get("/incidents").text)
    assert say("incident.state.cancelled") in listing
    assert say("web.incident_stale") in listing
    assert say("incident.state.cancelled") in plain(there.get(f"/incidents/{found['cancelled'].id}").text)
    stale = say("incident.stale", day="").partition(" by ")[0]
    assert stale in plain(there.get(f"/incidents/{found['planned'].id}").text)
    assert stale not in plain(there.get(f"/incidents/{found['cancelled'].id}").text)
