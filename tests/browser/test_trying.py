"""A text or an address is tried: what it gives is stored when told to, and no address of this machine is asked."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from playwright.sync_api import expect

from conftest import Open, total
from serving import served

TEXT = "Estonia handed four patrol boats to Ghana on Monday, the ministry said.\n\nPhoto: a patrol boat"


def test_what_is_tried_is_stored_when_told_to(opener: Open, demo: Path, tmp_path: Path) -> None:
    copy = tmp_path / "own.db"
    shutil.copyfile(demo, copy)
    with served(copy) as address:
        page = opener(base=address)
        page.goto("/try")
        page.fill("#text", TEXT)
        page.fill("input[name=published]", "2024-01-03")
        page.locator("form.try button").click()
        expect(page.locator("article .record")).to_have_count(1)
        page.locator("form.keep button").click()
        expect(page).to_have_url(re.compile(r"/articles/[0-9a-f]+"))
        expect(page.locator("article .record")).to_have_count(1)
        page.goto("/records?party=GHA&type=arms_transfer")
        assert total(page) == 1
        page.goto("/")
        expect(page.locator("[aria-labelledby=new]")).to_contain_text("Estonia")


def test_an_address_of_this_machine_is_not_asked(opener: Open, site: str) -> None:
    page = opener()
    page.goto("/try")
    page.fill("#url", f"{site}/api/v1/overview")
    with page.watch.expecting(400):  # type: ignore[attr-defined]
        page.locator("form.try button").click()
        expect(page.locator("[role=alert]")).to_contain_text("127.0.0.1")
    expect(page.locator("#url")).to_have_value(f"{site}/api/v1/overview")
