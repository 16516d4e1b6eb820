"""Hostile articles and records in a real browser: their words are shown and never run, on no page, in no export.

Each of the words calls ``ran`` where it runs (``watch.py``), shows a dialog, or asks another host: each is a fault.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Page

from conftest import Open
from handmade import article, party, record
from serving import served
from tocsin.cli.read import write_page
from tocsin.export.templating import shown
from tocsin.knowledge.words import words
from tocsin.model import EventPlace, EventTime, Published, Result, Source
from tocsin.register import Register

HOSTILE = {
    "script": "<script>ran(1)</script>",
    "image": "<img src=x onerror=ran(2)>",
    "attribute": "\"><svg onload=ran(3)><a href=\"javascript:ran(3)\" autofocus onfocus=\"ran(3)",
    "apostrophe": "' autofocus tabindex=0 onfocus='ran(4)",
    "address": "javascript:ran(5)//https://evil.example/",
    "frame": "<iframe srcdoc=\"<script>parent.ran(6)</script>\"></iframe><object data=\"data:text/html,x\"></object>",
    "closing": "</textarea></title></style></script><script>ran(7)</script><style>*{background:url(https://evil.example/)}",
    "template": "{{ ''.__class__.__mro__ }} {% for x in [1] %}{{ x }}{% endfor %} ${ran(8)} <%= ran(8) %>",
    "bidi": "\u202eexe.gpj\u202c \u2066right\u2069 \u200fleft\u200e",
    "control": "x\u0001\u0007\u001b[31m\u0000y\u2028\u2029ran(9)",
    "entity": "&lt;script&gt;ran(10)&lt;/script&gt;&#x3c;img src=x onerror=ran(10)&#x3e;",
    "cdata": "]]><script xmlns=\"http://www.w3.org/1999/xhtml\">ran(11)</script><![CDATA[",
    "formula": "=HYPERLINK(\"https://evil.example\",\"x\")",
    "long": "w" * 3_000,
    "meta": "<meta http-equiv=refresh content=\"0;url=https://evil.example/\"><base href=\"https://evil.example/\">",
    "link": "<link rel=stylesheet href=https://evil.example/x.css><form action=https://evil.example/><button>ok</button>",
}
COLUMNS = "".join(f"&columns={name}" for name in ("title", "outlet", "said_by", "where", "who", "when", "quote"))


def planted(name: str, hostile: str) -> Result:
    """An article all of whose words are hostile, with a record of which every value is."""
    text = f"{hostile} sent tanks to {hostile} today."
    who = party(text, hostile)
    place = EventPlace(text=hostile, start=0, end=len(hostile), name=hostile, admin1=hostile, precision="town", role="site")
    said = Source(text=hostile, start=0, end=len(hostile), name=hostile, kind="person", verb=hostile)
    made = record(f"r_{name}", "arms_transfer", text, text, {"supplier": (who,), "recipient": (who,), "intermediary": ()},
                  subtype=hostile, places=(place,), attribution=(said,), time=EventTime(text=hostile, edtf=hostile))
    about = article(text, title=hostile, publisher=hostile, author=hostile, source=hostile, url=hostile,
                    published=Published(value="2021-05-04", basis="user"))
    return Result(article=about, records=(made,))


@pytest.fixture(scope="module")
def given() -> dict[str, Result]:
    return {name: planted(name, hostile) for name, hostile in HOSTILE.items()}


@pytest.fixture(scope="module")
def hostile_site(tmp_path_factory: pytest.TempPathFactory, given: dict[str, Result]) -> Iterator[str]:
    path = tmp_path_factory.mktemp("hostile") / "register.db"
    with Register(path) as register:
        register.add_all(given.values())
        for row in list(register.find()):
            register.reviews.judge(row.record.id, "comment", by=HOSTILE["script"], note=HOSTILE["image"])
    with served(path) as address:
        yield address


def stirred(page: Page) -> None:
    """Touch all that could wake a hostile word: unfold, hover, focus."""
    page.evaluate("""() => {
        for (const one of document.querySelectorAll("details")) one.open = true;
        for (const one of document.querySelectorAll("a, input, [tabindex], [data-k]")) {
            one.focus?.({ preventScroll: true });
            one.dispatchEvent(new PointerEvent("pointerover", { bubbles: true }));
        }
    }""")
    assert page.evaluate("""() => [...document.querySelectorAll(
            "script, img, iframe, object, embed, base, style, svg, link")]
        .filter(one => !one.matches("svg.spark, script[src='/static/app.js'], link[href^='/']"))
        .map(one => one.outerHTML)""") == []
    assert page.evaluate("""() => [...document.querySelectorAll("*")].flatMap(one => [...one.attributes])
        .filter(one => one.name.startsWith("on") || /^\\s*javascript:/i.test(one.value)
                       && ["href", "src", "action", "formaction"].includes(one.name)).map(one => one.name)""") == []


def wide(page: Page) -> list[str]:
    """What makes a page wider than its window."""
    found: list[str] = page.evaluate("""() => document.documentElement.scrollWidth <= innerWidth + 1 ? [] :
        [String(document.documentElement.scrollWidth), ...[...document.querySelectorAll("main *, footer *")]
            .filter(one => one.scrollWidth > innerWidth && !one.closest(".wide")).slice(-4)
            .map(one => one.outerHTML.slice(0, 90))]""")
    return found


@pytest.mark.parametrize("width", [390, 1440])
def test_hostile_words_never_run_on_any_page(hostile_site: str, opener: Open, given: dict[str, Result], width: int) -> None:
    page = opener(width, base=hostile_site)
    addresses = ["/", "/records", f"/records?type=arms_transfer{COLUMNS}", "/review?which=open",
                 "/review?order=random", "/review/agreement"]
    for name, result in given.items():
        addresses += [f"/articles/{result.article.id}", f"/records/r_{name}", f"/review?which=open&record=r_{name}&edit=yes",
                      f"/articles/{result.article.id}/add",
                      f"/parties/{quote(HOSTILE[name][:300], safe='')}", f"/records?party={quote(HOSTILE[name][:300])}"]
    with page.watch.expecting(400, 404):  # type: ignore[attr-defined]
        for address in addresses:
            page.goto(address)
            stirred(page)
            assert page.url.startswith(hostile_site)
            assert not wide(page), f"{address} is too wide: {wide(page)}"


def test_hostile_words_are_shown_as_they_are(hostile_site: str, opener: Open, given: dict[str, Result]) -> None:
    page = opener(base=hostile_site)
    for name, result in given.items():
        page.goto(f"/articles/{result.article.id}")
        told = page.locator(".text").first.evaluate("one => one.textContent")
        assert shown(HOSTILE[name]) in told, name
        assert not re.search("[\u202a-\u202e\u2066-\u2069\x00-\x08\x1b]", page.content()), name


def test_a_hostile_text_is_tried_and_explained(hostile_site: str, opener: Open, given: dict[str, Result]) -> None:
    page = opener(base=hostile_site)
    for name in ("script", "attribute", "closing", "bidi"):
        page.goto("/try")
        page.fill("#text", given[name].article.text + "\n\nNorway handed six howitzers to Latvia.")
        page.click("form.try button")
        page.locator("article .text").wait_for()
        stirred(page)
        page.goto(f"/articles/{given[name].article.id}/explain?sentence=1")
        stirred(page)
        page.goto(f"/articles/{given[name].article.id}")
        page.locator("a[data-explain]").first.click()
        page.locator("[data-explained]").wait_for()
        stirred(page)


def test_exports_and_feeds_are_harmless_when_opened(hostile_site: str, opener: Open, tmp_path: Path) -> None:
    page = opener(base=hostile_site, own=("file://", "chrome:", "view-source:", "data:"))
    texts = {kind: page.request.get(f"{hostile_site}/records.{kind}").text() for kind in ("csv", "jsonl", "atom")}
    rows = list(csv.DictReader(io.StringIO(texts["csv"])))
    assert len(rows) == len(HOSTILE)
    assert not [cell for row in rows for cell in row.values() if cell and cell[0] in "=+@\t\r"]
    ElementTree.fromstring(texts["atom"])
    with page.watch.expecting(400, 404):  # type: ignore[attr-defined]
        page.goto("/records.atom")
        page.goto("/api/v1/records")
        for kind, name in (("csv", "a.txt"), ("jsonl", "b.txt"), ("atom", "c.xml")):
            file = tmp_path / name
            file.write_text(texts[kind], encoding="utf-8")
            page.goto(file.as_uri())
            assert page.evaluate("document.scripts.length") == 0


def test_the_static_page_is_harmless(opener: Open, tmp_path: Path, given: dict[str, Result], site: str) -> None:
    file = tmp_path / "page.html"
    write_page([*given.values()], file, words())
    page = opener(own=(file.as_uri(),))
    page.goto(file.as_uri())
    page.evaluate("""() => {
        for (const one of document.querySelectorAll("details")) one.open = true;
        for (const one of document.querySelectorAll("a, [tabindex], [data-k]")) {
            one.focus?.(); one.dispatchEvent(new PointerEvent("pointerover", { bubbles: true }));
        }
    }""")
    assert page.locator("article").count() == len(given)
    assert page.evaluate("document.querySelectorAll('img, iframe, object, base, svg, form').length") == 0
