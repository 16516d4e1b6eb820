"""\"Try it\" with the address of a page: fetched, read, and stored only when told to."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from conftest import Client
from test_fetch import Host, Site, answer, host  # noqa: F401 - a fixture
from tocsin.cli import app
from tocsin.reading import read_page
from tocsin.register import Register
from tocsin.sources import FailedSource, RawPage, open_sources

NEWS = """<!doctype html><html lang="en"><head><title>Six howitzers for Latvia | The Baltic Post</title>
<meta property="og:title" content="Six howitzers for Latvia"><meta property="og:site_name" content="The Baltic Post">
<meta property="article:published_time" content="2021-05-05T10:00:00Z"></head><body><nav><a href="/">Home</a></nav>
<article><h1>Six howitzers for Latvia</h1><p>Norway handed six howitzers to Latvia on Tuesday, the defence ministry in
Riga said. The guns were brought to Adazi by train.</p><p>Latvia had asked for them in March, and the two countries have
trained together since.</p></article></body></html>"""
THEIRS, LATIN = '<link rel="canonical" href="https://example.org/theirs">', "text/html; charset=iso-8859-13"


@pytest.fixture
def site(host: Host) -> Site:  # noqa: F811
    return host({"/news": answer(NEWS.encode()), "/more": answer(NEWS.replace("six", "nine").encode()),
                 "/gone": answer(b"", status="404 Not Found"), "/empty": answer(b"<html><body></body></html>"),
                 "/stolen": answer(NEWS.replace("<head>", f"<head>{THEIRS}").encode()),
                 "/latin": answer(NEWS.replace("Adazi", "Ādaži").encode("iso-8859-13"), kind=LATIN)})


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "r.db"


def test_the_page_of_an_address_is_read_and_not_stored(client: Client, site: Site, path: Path) -> None:
    page = client(path, private=True).post("/try", data={"url": f"{site.url}/news"})
    assert page.status_code == 200
    for part in ("Six howitzers for Latvia", "The Baltic Post", "5 May 2021", "Arms transfer", "Keep it in the register"):
        assert part in page.text, part
    with Register(path) as register:
        assert register.summary().articles == 0


def test_what_was_shown_is_stored_when_told_to(client: Client, site: Site, path: Path) -> None:
    with client(path, private=True) as there:
        page = there.post("/try", data={"url": f"{site.url}/news"})
        kept = re.search(r'name="keep" value="(\w+)"', page.text)
        assert kept is not None
        site.close()  # it is not fetched again
        answered = there.post("/try", data={"keep": kept[1]}, follow_redirects=False)
        assert (answered.status_code, answered.headers["location"]) == (303, f"/articles/{kept[1]}")
        assert "The Baltic Post" in there.get(answered.headers["location"]).text
    with Register(path) as register:
        article = register.article(kept[1])
        assert (article.url, article.source) == (f"{site.url}/news",) * 2
        assert (article.publisher, article.published.value, article.published.basis) == (
            "The Baltic Post", "2021-05-05", "meta")
        assert register.count(type="arms_transfer", party="recipient=LVA") >= 1


def test_pasted_texts_are_stored_one_beside_the_other(client: Client, path: Path) -> None:
    with client(path) as there:
        for text in ("Norway handed six howitzers to Latvia.", "Norway handed nine tanks to Estonia."):
            page = there.post("/try", data={"text": text})
            kept = re.search(r'name="keep" value="(\w+)"', page.text)
            assert kept is not None
            assert there.post("/try", data={"keep": kept[1]}, follow_redirects=False).status_code == 303
    with Register(path) as register:
        assert register.summary().articles == 2
        assert register.find().total == 2  # neither is taken for a version of the other


def test_a_pasted_text_notes_the_address_that_is_given_with_it(client: Client, path: Path) -> None:
    given = {"text": "Norway handed six howitzers to Latvia.", "url": "https://example.org/2021/05/05/guns"}
    with client(path) as there:
        read = there.post("/api/v1/try", json=given).json()
        assert read["article"]["url"] == given["url"]
        assert read["article"]["published"] == {"value": "2021-05-05", "basis": "url"}
        assert there.post("/api/v1/try", json=given | {"url": "javascript:alert(1)"}).status_code == 400


def test_what_is_remembered_no_more_is_told(client: Client) -> None:
    answered = client().post("/try", data={"keep": "0" * 64})
    assert answered.status_code == 400
    assert "read it once more" in answered.text


@pytest.mark.parametrize(("path_", "found"), [("/gone", "404 Not Found"), ("/empty", "no article was found")])
def test_a_page_that_cannot_be_had_is_told_and_the_address_stays(client: Client, site: Site, path_: str, found: str) -> None:
    answered = client(private=True).post("/try", data={"url": site.url + path_})
    assert answered.status_code == 400
    assert found in answered.text
    assert f'value="{site.url}{path_}"' in answered.text


def test_private_addresses_are_refused_unless_the_server_was_told(client: Client, site: Site) -> None:
    for address in (site.url, "http://169.254.169.254/latest/meta-data", "http://localhost/", "file:///etc/passwd"):
        answered = client().post("/try", data={"url": address})
        assert answered.status_code == 400
        assert 'role="alert"' in answered.text
        assert client().post("/api/v1/try", json={"url": address}).json()["status"] == 400
    assert site.asked == []


def test_programs_read_and_store_a_page(client: Client, site: Site, path: Path) -> None:
    with client(path, private=True) as there:
        read = there.post("/api/v1/try", json={"url": f"{site.url}/news"}).json()
        assert read["article"]["publisher"] == "The Baltic Post"
        assert read["records"]
        assert there.get("/api/v1/records").json()["total"] == 0
        there.post("/api/v1/try", json={"url": f"{site.url}/news", "store": True})
        assert there.get("/api/v1/records").json()["total"] == len(read["records"])
        assert there.post("/api/v1/try", json={"published": "2021-05-05"}).status_code == 400


# --- the command line -------------------------------------------------------------------------------------------------


@pytest.fixture
def sources() -> Callable[..., list[Any]]:
    return lambda *given, **how: list(open_sources(given, **how))


def test_an_address_is_a_source(site: Site, sources: Callable[..., list[Any]]) -> None:
    page, gone = sources(f"{site.url}/news", f"{site.url}/gone", private=True)
    assert isinstance(page, RawPage)
    article, _ = read_page(page)
    assert (article.source, article.url) == (f"{site.url}/news", f"{site.url}/news")
    assert article.title == "Six howitzers for Latvia"
    assert isinstance(gone, FailedSource)
    assert "404" in str(gone.error)
    assert "private network" in str(sources(site.url)[0].error)


def test_a_page_passes_for_no_other_site(site: Site, sources: Callable[..., list[Any]]) -> None:
    article, _ = read_page(sources(f"{site.url}/stolen", private=True)[0])
    assert article.url == f"{site.url}/stolen"


def test_the_set_that_is_declared_beside_a_page_is_used(site: Site, sources: Callable[..., list[Any]]) -> None:
    article, problems = read_page(sources(f"{site.url}/latin", private=True)[0])
    assert "Ādaži" in article.text
    assert problems == []


def test_ingest_takes_addresses_and_keeps_their_versions(site: Site, tmp_path: Path) -> None:
    file = str(tmp_path / "r.db")
    call = ["ingest", "--register", file, "--json", "--allow-private", f"{site.url}/news"]
    first = json.loads(CliRunner().invoke(app, call).stdout)
    assert (first["new"], first["failed"]) == (1, 0)
    site._pages["/news"] = site._pages["/more"]
    again = json.loads(CliRunner().invoke(app, call).stdout)
    assert (again["new"], again["version"]) == (0, 1)


def test_read_takes_an_address_and_says_what_is_refused(site: Site) -> None:
    ran = CliRunner().invoke(app, ["read", "--json", "--layers", "records", site.url])
    assert ran.exit_code == 1
    assert "private network" in ran.stderr
    assert "--allow-private" in ran.stderr
