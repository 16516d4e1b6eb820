"""The guard: who may ask, from where and how much; what a browser may do; hostile words that never run."""

from __future__ import annotations

import asyncio
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient
from starlette.types import Message, Receive, Scope, Send

from handmade import article, party, record
from tocsin.export.templating import shown
from tocsin.model import EventPlace, EventTime, Published, Result, Source
from tocsin.register import Register
from tocsin.web.answers import refusal, safe_link
from tocsin.web.rates import Rates
from tocsin.web.safety import COOKIE, HEADERS, Guard
from tocsin.web.settings import Settings, is_loopback, settings_for

PAGES = ("/", "/records", "/records.csv", "/records.atom", "/try", "/nothing", "/records?status=x", "/static/app.css",
         "/api/v1/records", "/api/v1/openapi.json")


@pytest.mark.parametrize("address", PAGES)
def test_every_answer_has_the_headers_of_safety(web: TestClient, address: str) -> None:
    headers = web.get(address).headers
    for name, value in HEADERS.items():
        assert headers[name] == value
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["content-security-policy"].startswith("default-src 'none'")
    assert "server" not in headers


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "", "localhost@evil.example", "localhost:x",
                                  "192.168.1.5", "localhost/x", "[::2]"])
def test_another_name_is_refused(web: TestClient, host: str) -> None:
    answer = web.get("/", headers={"host": host})
    assert answer.status_code == 421
    assert "class=\"listed\"" not in answer.text


@pytest.mark.parametrize("host", ["localhost", "localhost:8765", "127.0.0.1:1", "[::1]:8765", "LOCALHOST"])
def test_the_names_of_this_machine_are_answered(web: TestClient, host: str) -> None:
    assert web.get("/try", headers={"host": host}).status_code == 200


@pytest.mark.parametrize("headers", [
    {"origin": "http://evil.example"}, {"origin": "null"}, {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site"}, {"origin": "http://127.0.0.1:9999"}, {"origin": "http://localhost:8765"}])
@pytest.mark.parametrize("address", ["/try", "/api/v1/try"])
def test_a_change_from_elsewhere_is_refused(web: TestClient, address: str, headers: dict[str, str]) -> None:
    assert web.post(address, data={"text": "x"}, headers=headers).status_code == 403


@pytest.mark.parametrize(("site", "mode", "status"), [
    ("cross-site", "no-cors", 403), ("same-site", "cors", 403), ("cross-site", "navigate", 200),
    ("same-origin", "cors", 200), ("none", "navigate", 200)])
def test_another_site_may_link_to_a_page_and_not_load_it(web: TestClient, site: str, mode: str, status: int) -> None:
    assert web.get("/try", headers={"sec-fetch-site": site, "sec-fetch-mode": mode}).status_code == status


def test_a_browser_may_name_the_origin_of_our_own_forms(web: TestClient) -> None:
    """With a policy of "no-referrer" it sends `Origin: null` with a form, and every change would be refused."""
    page = web.get("/try")
    assert page.headers["referrer-policy"] == "same-origin"
    assert '<meta name="referrer" content="same-origin">' in page.text


def test_a_change_from_our_own_page_or_from_a_program_is_carried_out(web: TestClient) -> None:
    own = {"origin": "http://127.0.0.1:8765", "sec-fetch-site": "same-origin"}
    assert web.post("/try", data={"text": "Nothing."}, headers=own).status_code == 200
    assert web.post("/api/v1/try", json={"text": "Nothing."}).status_code == 200


@pytest.mark.parametrize(("method", "address"), [("POST", "/records"), ("DELETE", "/records/r_1"), ("PUT", "/"),
                                                 ("POST", "/api/v1/records"), ("GET", "/api/v1/try")])
def test_what_is_read_only_cannot_be_changed(web: TestClient, method: str, address: str) -> None:
    assert web.request(method, address).status_code in (404, 405)


def test_off_this_machine_a_token_is_needed(demo: Path, client: Any) -> None:
    there = client(demo, "http://192.168.1.5:8765", token="secret-token", any_address=True)
    assert there.get("/").status_code == 401
    assert there.get("/static/app.js").status_code == 401
    assert there.get("/api/v1/records", headers={"authorization": "Bearer wrong"}).status_code == 401
    assert there.get("/api/v1/records", headers={"authorization": "Bearer secret-token"}).status_code == 200
    assert there.get("/?token=wrong").status_code == 401
    assert there.post("/try?token=secret-token", data={"text": "x"}).status_code == 401
    entered = there.get("/records?token=secret-token&type=basing", follow_redirects=False)
    assert (entered.status_code, entered.headers["location"]) == (303, "/records?type=basing")
    cookie = entered.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "secret-token" not in cookie
    assert there.cookies[COOKIE]
    assert there.get("/records?type=basing").status_code == 200
    away = there.get("http://192.168.1.5:8765//evil.example?token=secret-token", follow_redirects=False)
    assert away.headers["location"] == "/evil.example"
    assert there.get("/", headers={"host": "evil.example"}).status_code == 421


def test_the_token_is_needed_on_every_address_but_this_machines() -> None:
    assert all(map(is_loopback, ("127.0.0.1", "localhost", "::1", "[::1]", "127.9.9.9")))
    assert not any(map(is_loopback, ("0.0.0.0", "::", "192.168.1.5", "example.org")))
    made = settings_for(Path("x.db"), "0.0.0.0", "t")
    assert made.token == "t"
    assert made.any_address


def test_too_much_is_refused(demo: Path, client: Any) -> None:
    small = client(demo, most_body=1000, most_url=200)
    assert small.post("/try", data={"text": "x" * 2000}).status_code == 413
    assert small.post("/try", content=iter([b"text=", b"x" * 2000]),
                      headers={"content-type": "application/x-www-form-urlencoded"}).status_code == 413
    assert small.get("/records?words=" + "x" * 300).status_code == 414
    assert small.post("/try", content=b"x", headers={"content-length": "-1"}).status_code == 413


def test_too_often_is_refused_and_then_allowed_again(demo: Path, client: Any) -> None:
    often = client(demo, rate=0.001, burst=5, heavy=3)
    assert [often.get("/try").status_code for _ in range(6)] == [200] * 5 + [429]
    now = [0.0]
    rates = Rates(2, 4, clock=lambda: now[0])
    assert [rates.take("a") for _ in range(5)] == [True] * 4 + [False]
    assert rates.take("b")
    now[0] = 1.0
    assert [rates.take("a") for _ in range(3)] == [True, True, False]


def ask(guarded: Guard, receive: Receive, method: str = "GET") -> list[Message]:
    """Ask an application directly; gives what it sent."""
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    scope: Scope = {"type": "http", "method": method, "path": "/api/v1/x", "raw_path": b"/api/v1/x", "query_string": b"",
                    "headers": [(b"host", b"localhost")], "client": ("1.2.3.4", 1), "server": ("localhost", 80),
                    "scheme": "http", "http_version": "1.1", "root_path": ""}
    asyncio.run(guarded(scope, receive, send))
    return sent


async def silent() -> Message:
    await asyncio.sleep(30)
    return {"type": "http.disconnect"}


def test_a_body_that_does_not_come_is_given_up() -> None:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        raise AssertionError

    sent = ask(Guard(app, Settings(Path("x.db"), body_time=0.05), refusal), silent, "POST")
    assert sent[0]["status"] == 408


def test_an_answer_that_takes_too_long_is_given_up() -> None:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await asyncio.sleep(30)

    sent = ask(Guard(app, Settings(Path("x.db"), answer_time=0.05), refusal), silent)
    assert sent[0]["status"] == 503


class Tags(HTMLParser):
    """All tags of a page with their attributes."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


HOSTILE = [
    "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "' autofocus onfocus='alert(1)", "javascript:alert(1)",
    "</textarea><svg onload=alert(1)>", "{{ 7 * 7 }} {% include 'x' %}", "\u202egnp.exe\u202c\u2066x\u2069",
    "x\u0000\u0007\u001b[31my", "&lt;script&gt;", "=HYPERLINK(1)", "a,b=c", "../../etc/passwd", "]]><b>",
]


def planted(hostile: str) -> Result:
    """An article all of whose words are hostile."""
    text = f"{hostile} sent tanks to {hostile} today."
    who = party(text, hostile)
    place = EventPlace(text=hostile, start=0, end=len(hostile), name=hostile, admin1=hostile, precision="town", role="site")
    said = Source(text=hostile, start=0, end=len(hostile), name=hostile, kind="person", verb=hostile)
    base = record("r_1", "arms_transfer", text, text, {"supplier": (who,), "recipient": (who,), "intermediary": ()},
                  subtype=hostile, places=(place,), attribution=(said,), time=EventTime(text=hostile, edtf=hostile))
    about = article(text, title=hostile, publisher=hostile, author=hostile, source=hostile, url=hostile,
                    published=Published(value="2021-05-04", basis="user"))
    return Result(article=about, records=(base,))


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_words_are_shown_and_never_obeyed(tmp_path: Path, client: Any, hostile: str) -> None:
    given = planted(hostile)
    with Register(tmp_path / "register.db") as register:
        register.add(given)
    there = client()
    pages = ["/", "/records", f"/articles/{given.article.id}", "/records/r_1", "/records?type=arms_transfer",
             "/records?columns=" + "title,outlet,said_by,where,who,when"]
    answers = [there.get(page) for page in pages]
    answers += [there.get("/records", params={"words": hostile, "outlet": hostile, "party": hostile}),
                there.get("/parties/" + "".join(f"%{byte:02x}" for byte in hostile.encode())),
                there.post("/try", data={"text": hostile, "published": hostile})]
    for answer in answers:
        assert answer.status_code in (200, 400), (answer.url, answer.text)
        tags = Tags(answer.text).tags
        assert [attrs.get("src") for tag, attrs in tags if tag == "script"] == ["/static/app.js"]
        assert not {tag for tag, _ in tags} & {"img", "b", "iframe", "object", "style", "base"}
        names = {name for _, attrs in tags for name in attrs}
        assert not [name for name in names if name.startswith("on") or name in ("style", "srcdoc", "autofocus")]
        for _, attrs in tags:
            for name in ("href", "src", "action", "formaction"):
                assert (attrs.get(name) or "/").startswith(("/", "#")), attrs
        assert not re.search("[\u202a-\u202e\u2066-\u2069\x00-\x08\x1b]", answer.text)
    assert shown(hostile) in re.sub("<[^>]*>", "", answers[3].text).replace("&lt;", "<").replace("&gt;", ">").replace(
        "&#34;", '"').replace("&#39;", "'").replace("&amp;", "&")


@pytest.mark.parametrize(("url", "safe"), [
    ("https://example.org/a?b", True), ("http://example.org", True), ("javascript:alert(1)", False),
    ("data:text/html,x", False), ("//example.org", False), ("https:", False), ("http://[", False), ("", False),
    ("file:///etc/passwd", False), (None, False), ("JAVASCRIPT:alert(1)", False), ("https://example.org/\u202e", False)])
def test_a_link_leads_to_the_web_and_nowhere_else(url: str | None, safe: bool) -> None:
    assert (safe_link(url) is not None) == safe


def test_pages_ask_for_nothing_from_elsewhere() -> None:
    import tocsin.web

    folder = Path(tocsin.web.__file__).parent
    for file in [*folder.glob("templates/*.html"), *folder.glob("static/*")]:
        text = file.read_text(encoding="utf-8").replace('xmlns="http://www.w3.org/2000/svg"', "")
        assert not re.search(r"https?://|url\(|@import|\sstyle=|<style|javascript:|\|safe", text), file
