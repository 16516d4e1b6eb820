"""Incidents, walked with and without script: from the list to a sentence, split and joined again, kept apart."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from conftest import Open, total
from serving import served


@pytest.fixture
def desk(demo: Path, tmp_path: Path) -> Iterator[str]:
    """A demo register of one's own, for what is changed."""
    shutil.copyfile(demo, tmp_path / "own.db")
    with served(tmp_path / "own.db") as address:
        yield address


def test_from_the_list_by_key_to_a_sentence_in_the_reader(page: Page) -> None:
    page.goto("/incidents")
    page.keyboard.press("j")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "/incidents/i_" in page.url
    words = page.locator(".reports blockquote q").first.inner_text().strip("“”").split()
    page.locator("details.joined").first.locator("summary").click()
    expect(page.locator("details.joined .reasons li").first).to_be_visible()
    page.locator(".reports blockquote a").first.click()
    page.wait_for_url("**/articles/*#*")
    anchor = re.search(r"#(\w+)$", page.url)
    assert anchor
    mark = page.locator(f"#{anchor[1]}")
    expect(mark).to_be_in_viewport()
    assert words[0] in mark.locator("xpath=ancestor-or-self::*[contains(@class, 'block')]").inner_text()


@pytest.mark.parametrize("script", [True, False])
def test_split_and_undone(opener: Open, desk: str, script: bool) -> None:
    page = opener(base=desk, script=script)
    page.goto("/incidents")
    before = total(page)
    page.locator("a.open").first.click()
    address = page.url
    reports = page.locator(".reports > li")
    count = reports.count()
    assert count > 1
    page.locator(".reports input[name=record]").last.check()
    page.locator("#split input[name=by]").fill("Ada")
    page.locator("#split input[name=note]").fill("of another day")
    page.locator("#split button").click()
    expect(reports).to_have_count(count - 1)
    expect(page.locator("#split .signed")).to_contain_text("Ada")
    expect(page.locator(".history")).to_contain_text("of another day")
    page.goto("/incidents")
    assert total(page) == before + 1
    page.goto(address)
    page.locator(".history button").click()
    expect(reports).to_have_count(count)
    page.goto("/incidents")
    assert total(page) == before


@pytest.mark.parametrize("width", [360, 1440, 2560])
def test_no_page_is_wider_than_its_window(opener: Open, width: int) -> None:
    page = opener(width)
    page.goto("/incidents")
    links = [page.locator("a.open").nth(number).get_attribute("href") or "" for number in range(4)]
    for address in ("/incidents", *links):
        page.goto(address)
        page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
