"""Articles that changed, that stand elsewhere too, that had problems, and of which no text is kept."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from handmade import result
from tocsin.knowledge.words import words
from tocsin.model import Published
from tocsin.register import Register
from toy import toy_result

FIRST = "Russia gives Tajikistan 12 tanks in Dushanbe on 2021-09-13, Norway said."
THEN = "Russia gives Tajikistan 15 tanks in Dushanbe on 2021-09-13, Norway said.\nLatvia attacks Mali in Gao on 2020-01-05."


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "register.db"


def plain(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_versions_are_listed_with_what_changed(path: Path, client: Any) -> None:
    old, new = (toy_result(text, "https://example.org/a", url="https://example.org/a") for text in (FIRST, THEN))
    with Register(path) as register:
        register.add_all([old, new])
    there = client()
    page = there.get(f"/articles/{new.article.id}").text
    assert "2 versions" in page
    assert f'href="/articles/{old.article.id}"' in page
    assert "changed: Arms transfer" in plain(page)
    assert "added: Armed incident" in plain(page)
    assert 'href="https://example.org/a" rel="noreferrer noopener nofollow"' in page
    assert words()("web.changes") not in there.get(f"/articles/{old.article.id}").text
    assert new.article.id in there.get("/").text


def test_a_copy_leads_to_the_first_and_shows_its_records(path: Path, client: Any) -> None:
    first, copy = toy_result(FIRST, "a.txt", publisher="The First"), toy_result(FIRST, "b.txt", publisher="The Second")
    with Register(path) as register:
        register.add_all([first, copy])
    there = client()
    assert "The Second" in there.get(f"/articles/{first.article.id}").text
    page = there.get(f"/articles/{copy.article.id}").text
    assert words()("web.is_copy") in page
    assert f'href="/articles/{first.article.id}"' in page
    assert "12 tanks" in page
    assert there.get(f"/api/v1/articles/{first.article.id}").json()["copies"] == [copy.article.id]
    cell = there.get("/records").text.partition('data-label="Sources">')[2].partition("</td>")[0]
    assert plain(cell) == "2"


def test_problems_in_reading_are_told(path: Path, client: Any) -> None:
    given = result()
    with Register(path) as register:
        register.add(given)
    page = client().get(f"/articles/{given.article.id}").text
    assert "reading: the text has no byline" in page
    assert "Not coded: caption (1 passage)" in page


def test_without_its_text_an_article_shows_its_quotes(path: Path, client: Any) -> None:
    given = result()
    with Register(path, keep_text=False) as register:
        register.add(given)
    there = client()
    page = there.get(f"/articles/{given.article.id}").text
    assert words()("web.no_text") in page
    for record in given.records:
        assert record.evidence[0].exact in page
        assert record.evidence[0].exact in there.get(f"/records/{record.id}").text
    assert there.get(f"/articles/{given.article.id}/explain").status_code == 200


def test_failures_are_counted(path: Path, client: Any) -> None:
    from tocsin.register.failures import Failure

    with Register(path) as register:
        register.add(toy_result(FIRST))
        register.failures.keep(Failure("bad.txt", "bad.txt", "binary"))
    assert "1 input could not be read" in client().get("/").text


def test_what_waits_to_be_seen_is_counted_since_the_last_visit(path: Path, client: Any) -> None:
    with Register(path) as register:
        register.add(toy_result(FIRST))
    there = client()
    assert words()("web.new_first") in there.get("/").text
    there.cookies.clear()
    before = {"cookie": "tocsin_seen=0.1.1000"}  # a visit long ago that saw the one record
    assert words()("web.new_none") in there.get("/", headers=before).text
    with Register(path) as register:
        register.add(toy_result(THEN, "c.txt"))
    there.cookies.clear()
    assert "2 records since your last visit" in there.get("/", headers=before).text
    with Register(path) as register:  # a correction is no news
        register.reviews.judge(next(iter(register.find(sort="added", ascending=True))).record.id, "edit", by="ann",
                               slot="status", value="planned")
    assert "2 records since your last visit" in there.get("/", headers=before).text


SAID = [f"The {one} reached the harbour in convoy number {number} while the minister praised depot {number * 7}."
        for number, one in enumerate(("frigate", "brigade", "pilot", "radar", "general", "rocket", "engine", "valley"))]


def copied(path: Path) -> dict[str, str]:
    """A register with a text, a cut of it under another headline, and a text of its own; the ids."""
    whole = toy_result("\n".join([FIRST, *SAID]), "whole.txt", publisher="The First", title="Twelve tanks <b>arrive</b>",
                       published=Published(value="2021-09-14", basis="meta"))
    cut = toy_result("\n".join([FIRST, *SAID[:5]]), "cut.txt", publisher="The Second", title="Tanks in the capital",
                     published=Published(value="2021-09-13", basis="meta"))
    alone = toy_result(THEN, "alone.txt")
    with Register(path) as register:
        register.add_all([whole, cut, alone])
    return {"whole": whole.article.id, "cut": cut.article.id, "alone": alone.article.id}


def test_a_near_copy_says_of_which_text_and_but_for_what(path: Path, client: Any) -> None:
    ids = copied(path)
    there = client()
    page = there.get(f"/articles/{ids['cut']}").text
    assert f'<a href="/articles/{ids["whole"]}"><bdi>Twelve tanks &lt;b&gt;arrive&lt;/b&gt;</bdi></a>' in page
    told = "same text as Twelve tanks &lt;b&gt;arrive&lt;/b&gt; but for another headline, 3 sentences left out"
    assert told in plain(page)
    assert "1 other article has this text" in page
    assert "first known" in plain(page).partition("1 other article")[0]  # by its day, whatever came first here
    page = there.get(f"/articles/{ids['whole']}").text
    assert "The fullest of 2 articles with this text" in page
    assert "The Second · 13 Sep 2021 · first known same text as this one but for another headline, 3 sentences left out" \
        in plain(page)
    assert 'class="problems copies"' not in there.get(f"/articles/{ids['alone']}").text


def test_the_table_says_which_articles_are_copies(path: Path, client: Any) -> None:
    copied(path)
    page = client().get("/records").text
    cells = [plain(cell.partition("</td>")[0]) for cell in page.split('data-label="Sources">')[1:]]
    assert sorted(cells) == ["1", "1", "1 copy, one of 2", "1 first of 2 with this text"]


def test_without_texts_a_near_copy_is_named_all_the_same(path: Path, client: Any) -> None:
    whole, cut = ("\n".join([FIRST, *said]) for said in (SAID * 9, (SAID * 9)[:50]))
    both = [toy_result(text, f"{number}.txt", title=f"Story {number}") for number, text in enumerate((whole, cut))]
    with Register(path, keep_text=False) as register:
        register.add_all(both)
        assert register.copy_group(both[1].article.id) is not None
    page = plain(client().get(f"/articles/{both[1].article.id}").text)
    assert f"{words()('web.copies_of')} Story 0" in page


def test_the_interface_gives_the_group_and_filters_by_it(path: Path, client: Any) -> None:
    ids = copied(path)
    there = client()
    found = there.get(f"/api/v1/articles/{ids['cut']}").json()["copy_group"]
    assert (found["anchor"], found["earliest"], found["agency"]) == (ids["whole"], ids["cut"], None)
    assert [(one["article"], one["kind"]) for one in found["members"]] == [(ids["cut"], "cut"), (ids["whole"], "same")]
    told = "same text as \u201cTwelve tanks <b>arrive</b>\u201d but for another headline, 3 sentences left out"
    assert [(one["told"] or "")[:len(told)] for one in found["members"]] == [told, ""]
    assert there.get(f"/api/v1/articles/{ids['alone']}").json()["copy_group"] is None
    for asked in ("whole", "cut"):
        articles = there.get(f"/api/v1/articles?copies_of={ids[asked]}&limit=1").json()
        assert (articles["total"], articles["articles"][0]["id"]) == (2, ids["whole"])
        records = there.get(f"/api/v1/records?copies_of={ids[asked]}").json()["records"]
        assert {one["article"]["id"] for one in records} == {ids["whole"], ids["cut"]}
        assert f"/records?copies_of={ids[asked]}" in there.get(f"/articles/{ids[asked]}").text
    assert {one["article"]["id"] for one in there.get(f"/api/v1/records?copies_of={ids['alone']}").json()["records"]} == {
        ids["alone"]}
    assert there.get("/api/v1/records?copies_of=nothing").json()["total"] == 0
    page = there.get(f"/records?copies_of={ids['cut']}").text
    assert f"<title>2 records · {ids['cut'][:12]} ·" in page
    assert f"copies_of={ids['cut']}" in there.get(f"/api/v1/articles?copies_of={ids['cut']}&limit=1").json()["links"]["next"]


def test_folders_of_this_machine_are_not_told_with_a_group(path: Path, client: Any) -> None:
    with Register(path) as register:
        both = [toy_result("\n".join([FIRST, *said]), f"/home/ann/{len(said)}.txt") for said in (SAID, SAID[:5])]
        register.add_all(both)
    at = f"/api/v1/articles/{both[0].article.id}"
    assert [one["source"] for one in client().get(at).json()["copy_group"]["members"]] == [
        "/home/ann/8.txt", "/home/ann/5.txt"]
    other = client(token="secret").get(at, headers={"authorization": "Bearer secret"}).json()
    assert [one["source"] for one in other["copy_group"]["members"]] == ["8.txt", "5.txt"]
