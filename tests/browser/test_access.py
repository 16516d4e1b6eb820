"""axe finds nothing on any page: light and dark, on a phone and on a desk."""

from __future__ import annotations

import json
from importlib import resources
from typing import Any

import pytest
from playwright.sync_api import Page

from conftest import Open

AXE = resources.files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
TEXT = "Russia has sent 12 armoured vehicles to Tajikistan, the defence ministry said on Monday."


def faults(page: Page) -> list[str]:
    """What axe finds on a page with everything unfolded."""
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    page.evaluate(AXE)
    found: dict[str, Any] = page.evaluate("axe.run(document, { resultTypes: ['violations'] })")
    assert found["passes"], "axe looked at nothing"
    return [f"{page.url} {one['id']}: {one['help']} ({node['html'][:160]}: {node.get('failureSummary', '')[:300]})"
            for one in found["violations"] for node in one["nodes"][:3]]


ADDRESSES = ("/", "/records", "/records?type=arms_transfer&party=RUS&sort=when", "/records?type=military_exercise",
             "/records?words=nothingisfoundhere", "/records?page=90", "/parties/RUS", "/parties/NATO", "/parties/nobody",
             "/try", "/review", "/review?order=newest&which=open&edit=yes&type=arms_transfer", "/review/name",
             "/review?which=disputed", "/review/agreement", "/incidents", "/incidents?party=RUS&type=arms_transfer",
             "/incidents?words=nothingisfoundhere", "/review/incidents", "/records?copies_of=nothing")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1440])
def test_axe_finds_nothing(opener: Open, width: int, scheme: str) -> None:
    page, found = opener(width, scheme), list[str]()
    for address in ADDRESSES:
        page.goto(address)
        found += faults(page)
    for address in (*_of_a_record(page), *_incidents(page), *_of_copies(page)):
        page.goto(address)
        found += faults(page)
    with page.watch.expecting(400, 404):  # type: ignore[attr-defined]
        for address in ("/nothing", "/records?status=never", "/records/r_none"):
            page.goto(address)
            found += faults(page)
    page.goto("/try")
    page.fill("#text", TEXT)
    page.click("form.try button")
    page.wait_for_selector("article .record")
    found += faults(page)
    assert not found, "\n".join(found)


def _incidents(page: Page) -> list[str]:
    """Addresses of the incident of most reports and of one that may be another."""
    page.goto("/incidents")
    links = page.locator("a.open")
    largest = links.first.get_attribute("href")
    page.goto(f"/api/v1{largest}")
    found = [largest] if largest else []
    for number in range(8):
        page.goto("/incidents")
        address = links.nth(number).get_attribute("href")
        page.goto(address or "")
        if page.locator(".perhaps").count():
            return [*found, address or ""]
    return found


def _of_copies(page: Page) -> list[str]:
    """Addresses of the fullest of several articles with one text, of one that is a cut of it, and of the records of all."""
    page.goto("/api/v1/articles?limit=500")
    for one in json.loads(page.locator("body").inner_text())["articles"]:
        page.goto(f"/api/v1/articles/{one['id']}")
        group = json.loads(page.locator("body").inner_text())["copy_group"]
        if group and (cut := next((member["article"] for member in group["members"] if member["kind"] == "cut"), None)):
            for name in (cut, group["anchor"]):
                page.goto(f"/articles/{name}")
                assert page.locator(".copies details li").count() == len(group["members"]) - 1
            return [f"/articles/{cut}", f"/articles/{group['anchor']}", f"/records?copies_of={cut}"]
    raise AssertionError("the demo has no copies")


def _of_a_record(page: Page) -> list[str]:
    """Addresses of a record, its article, and how its sentence was read."""
    page.goto("/records?type=arms_transfer")
    record = page.locator("a.open").first.get_attribute("href")
    assert record
    page.goto(record)
    article = page.locator("p.meta a[href^='/articles/']").first.get_attribute("href")
    assert article
    return [record, article, f"{article}/explain?sentence=1", f"{article}/add",
            f"{article}/add?type=arms_transfer&at=60&to=70", record.replace("/records/", "/review?blind=yes&record=")]
