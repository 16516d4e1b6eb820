"""Review, walked by mouse and by key: accept, reject, edit, undo, next; two reviewers and how far they agree."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from conftest import Open
from serving import served
from tocsin.register import Register


@pytest.fixture
def copy(demo: Path, tmp_path: Path) -> Path:
    """A demo register of one's own, for what is changed."""
    shutil.copyfile(demo, tmp_path / "own.db")
    return tmp_path / "own.db"


@pytest.fixture
def desk(copy: Path) -> Iterator[str]:
    with served(copy) as address:
        yield address


def begun(page: Page, name: str, query: str = "?order=random") -> Page:
    """Sign in as a reviewer and open a queue."""
    page.goto("/review/name?back=/review")
    page.fill("main input[name=by]", name)
    page.click("main form.naming button")
    page.goto(f"/review{query}")
    expect(page.locator(".signed")).to_contain_text(name)
    return page


def in_sight(page: Page) -> str:
    """The id of the record that is to be judged."""
    return str(page.locator("form.verdict input[name=record]").get_attribute("value"))


def left(page: Page) -> int:
    return int(re.sub(r"\D", "", page.locator(".measure strong").inner_text()))


def state(path: Path, name: str) -> str | None:
    """What reviewers made of a record, as the register has it; None where nobody judged it or it is shown no more."""
    with Register(path, read_only=True) as register:
        history = register.reviews.history(name)
        return history.verdict.state if history and history.verdict else None


def strike(page: Page, key: str) -> None:
    """Strike a key that leads to another page."""
    with page.expect_navigation():
        page.keyboard.press(key)


def test_a_reviewer_judges_by_key_and_undoes(desk: str, opener: Open, copy: Path) -> None:
    page = begun(opener(base=desk), "Ada")
    first, waiting = in_sight(page), left(page)
    strike(page, "a")
    assert state(copy, first) == "accepted"
    assert left(page) == waiting - 1
    second = in_sight(page)
    assert second != first
    expect(page.locator(".flash")).to_contain_text("Accepted")
    strike(page, "r")
    assert state(copy, second) == "rejected"
    assert page.request.get(f"{desk}/api/v1/records?limit=500").json()["total"] + 1 == _all(copy)
    third = in_sight(page)
    strike(page, "u")
    assert state(copy, second) is None
    assert in_sight(page) == second
    expect(page.locator(".flash")).to_contain_text("Undone")
    strike(page, "n")
    assert in_sight(page) == third
    assert state(copy, second) is None
    page.go_back()
    assert in_sight(page) == second
    page.goto(f"/records/{first}")
    expect(page.locator("[aria-labelledby=history]")).to_contain_text("Ada")


def _all(copy: Path) -> int:
    with Register(copy, read_only=True) as register:
        return register.summary().records + 1


def test_a_reviewer_judges_by_mouse(desk: str, opener: Open, copy: Path) -> None:
    page = begun(opener(base=desk), "Ada")
    first = in_sight(page)
    page.fill("form.verdict input[name=note]", "The sentence says so <b>plainly</b>.")
    page.click("form.verdict button[value=accept]")
    page.locator(".flash form").wait_for()
    assert state(copy, first) == "accepted"
    page.goto(f"/records/{first}")
    expect(page.locator("[aria-labelledby=history]")).to_contain_text("<b>plainly</b>")
    page.go_back()
    page.click(".flash button[value=undo]")
    page.wait_for_url("**/review?*undone=*")
    assert state(copy, first) is None


def test_a_double_stroke_judges_one_record(desk: str, opener: Open, copy: Path) -> None:
    page = begun(opener(base=desk), "Ada")
    waiting = left(page)
    with page.expect_navigation():
        page.evaluate("""for (let n = 0; n < 3; n++)
            document.dispatchEvent(new KeyboardEvent("keydown", { key: "a", bubbles: true }))""")
    assert left(page) == waiting - 1


def test_an_edited_slot_stands_in_the_register(desk: str, opener: Open, copy: Path) -> None:
    page = begun(opener(base=desk), "Ada", "?order=newest&which=open&type=arms_transfer")
    name = in_sight(page)
    strike(page, "e")
    box = page.locator("[name='slot.status']")
    values = [str(one.get_attribute("value")) for one in box.locator("option").all()]
    other = next(value for value in values if value and value != box.input_value())
    box.select_option(other)
    page.click("button[value=save]")
    page.locator(".flash form").wait_for()
    assert state(copy, name) == "edited"
    told = page.request.get(f"{desk}/api/v1/records/{name}").json()
    assert told["record"]["status"] == other
    assert told["review"]["state"] == "edited"
    page.goto(f"/records?status={other}&type=arms_transfer&limit=500")
    assert page.locator(f"input[name=record][value='{name}']").count() == 1


def test_selected_words_fill_a_slot(desk: str, opener: Open, copy: Path) -> None:
    page = begun(opener(base=desk), "Ada", "?order=newest&which=open&type=arms_transfer&party=RUS")
    name = in_sight(page)
    strike(page, "e")
    button = page.locator("[data-fill='slot.roles.supplier'][data-fill-key]").first
    key = button.get_attribute("data-fill-key")
    word = page.locator(".text a.w", has_text="Russia").first
    words = select(page, word)
    page.keyboard.press(str(key))
    expect(page.locator("[name='slot.roles.supplier']")).to_have_value(words)
    page.locator("[name='slot.roles.recipient']").fill("")
    page.locator("button[value=save]").click()
    page.locator(".flash form").wait_for()
    given = page.request.get(f"{desk}/api/v1/records/{name}").json()["record"]["roles"]
    assert [party["text"] for party in given["supplier"]] == [words]
    assert given["recipient"] == []


def test_what_cannot_be_is_refused_in_place(desk: str, opener: Open, copy: Path) -> None:
    page = begun(opener(base=desk), "Ada", "?order=newest&which=open&type=arms_transfer")
    name = in_sight(page)
    strike(page, "e")
    page.locator("[name='slot.roles.supplier']").fill("Atlantis of the Northern Sea")
    with page.watch.expecting(400):  # type: ignore[attr-defined]
        page.click("button[value=save]")
        page.locator("p.wrong").first.wait_for()
    expect(page.locator("[name='slot.roles.supplier']")).to_have_value("Atlantis of the Northern Sea")
    assert state(copy, name) is None


def test_two_reviewers_disagree_and_it_is_shown(desk: str, opener: Open, copy: Path) -> None:
    ada, bob = begun(opener(base=desk), "Ada"), begun(opener(base=desk), "Bob")
    names = []
    for number in range(4):
        names.append(in_sight(ada))
        strike(ada, "a")
        bob.goto(f"/review?order=random&record={names[-1]}")
        assert in_sight(bob) == names[-1]
        strike(bob, "r" if number == 0 else "a")
    with Register(copy, read_only=True) as register:
        agreed = register.reviews.agreed()
        assert agreed.claims == 4
        assert agreed.alpha is not None
        assert register.reviews.rate().judged >= 4
    bob.goto("/review/agreement")
    expect(bob.locator("tfoot td").nth(2)).to_have_text("4")
    expect(bob.locator("tfoot td").nth(3)).to_have_text(f"{agreed.alpha:.2f}")
    bob.goto("/review?which=disputed")
    assert in_sight(bob) == names[0]
    expect(bob.locator(".said-by")).to_contain_text("Ada")
    expect(bob.locator(".measure")).to_contain_text(f"{agreed.alpha:.2f}")
    bob.goto("/")
    expect(bob.locator("[aria-labelledby=good]")).to_contain_text(re.compile(r"\d"))


def test_a_missed_record_is_added_from_selected_words(desk: str, opener: Open, copy: Path) -> None:
    page = begun(opener(base=desk), "Ada")
    before = _all(copy)
    page.goto("/records?type=arms_transfer&party=RUS")
    page.locator("a.open").first.click()
    page.locator("p.meta a[href^='/articles/']").first.click()
    select(page, page.locator(".text a.w", has_text="Russia").first)
    page.click("a[data-add]")
    page.locator("select[name=type]").select_option("arms_transfer")
    page.locator("form.choice button").click()
    page.locator("[data-fill='slot.roles.supplier'][data-fill-key]").first.wait_for()
    word = page.locator(".text a.w", has_text="Russia").first
    words = select(page, word)
    page.keyboard.press(str(page.locator("[data-fill='slot.roles.supplier'][data-fill-key]").first.get_attribute(
        "data-fill-key")))
    expect(page.locator("[name='slot.roles.supplier']")).to_have_value(words)
    with page.expect_navigation():
        page.keyboard.press("s")
    expect(page.locator("h1")).to_contain_text("Arms transfer")
    name = page.url.rpartition("/records/")[2].partition("?")[0]
    assert _all(copy) == before + 1
    told = page.request.get(f"{desk}/api/v1/records/{name}").json()
    assert told["review"]["state"] == "added"
    assert told["record"]["roles"]["supplier"][0]["text"] == words
    assert words in told["record"]["evidence"][0]["exact"]


def select(page: Page, word: Locator) -> str:
    """Select words of the text, as a mouse does."""
    word.evaluate("""one => { const range = document.createRange(); range.selectNodeContents(one);
                              getSelection().removeAllRanges(); getSelection().addRange(range); }""")
    return str(page.evaluate("getSelection().toString()"))


def test_the_queue_works_without_a_script(desk: str, opener: Open, copy: Path) -> None:
    page = begun(opener(base=desk, script=False), "Ada")
    first = in_sight(page)
    page.click("form.verdict button[value=accept]")
    assert in_sight(page) != first
    assert state(copy, first) == "accepted"
