"""Every export holds exactly the records of the view it was asked from, over all of its pages, in its order."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Page

from conftest import total

VIEWS = ("/records", "/records?type=arms_transfer&sort=when&ascending=yes", "/records?party=RUS&limit=7",
         "/records?status=denied&sort=confidence", "/records?words=missile&limit=5&columns=quote&columns=status")


def shown(page: Page, view: str) -> list[str]:
    """Ids of the records of a view, gathered by clicking through all of its pages."""
    page.goto(view)
    found: list[str] = []
    while True:
        found += [str(row.get_attribute("value")) for row in page.locator("input[name=record]").all()]
        following = page.locator("a[rel=next]")
        if not following.count():
            return found
        with page.expect_navigation():  # a click alone may return before the next page's rows are there
            following.click()


def downloaded(page: Page, link: str) -> str:
    with page.expect_download() as download:
        page.locator(link).click()
    return Path(download.value.path()).read_text(encoding="utf-8")


@pytest.mark.parametrize("view", VIEWS)
def test_exports_hold_what_the_view_shows(page: Page, view: str) -> None:
    names = shown(page, view)
    page.goto(view)
    assert len(names) == len(set(names)) == total(page) > 0
    rows = list(csv.DictReader(io.StringIO(downloaded(page, ".export a[href^='/records.csv']"))))
    assert [row["record"] for row in rows] == names
    lines = [json.loads(line) for line in downloaded(page, ".export a[href^='/records.jsonl']").splitlines()]
    assert [line["record"]["id"] for line in lines] == names
    assert [row["type"] for row in rows] == [line["record"]["type"] for line in lines]
    feed = page.request.get(page.url.partition("/records")[0] + str(
        page.locator(".export a[href^='/records.atom']").get_attribute("href"))).text()
    entries = ElementTree.fromstring(feed).findall("{http://www.w3.org/2005/Atom}entry")
    first = [str(row.get_attribute("value")) for row in page.locator("input[name=record]").all()]
    assert [str(entry.findtext("{http://www.w3.org/2005/Atom}id")).rpartition(":")[2] for entry in entries] == first


def test_picked_records_are_exported_alone(page: Page) -> None:
    page.goto("/records?party=RUS")
    boxes = page.locator("input[name=record]")
    picked = [str(boxes.nth(n).get_attribute("value")) for n in (1, 3)]
    for n in (1, 3):
        boxes.nth(n).check()
    rows = list(csv.DictReader(io.StringIO(downloaded(page, "p.picked button:not([formaction])"))))
    assert [row["record"] for row in rows] == picked
