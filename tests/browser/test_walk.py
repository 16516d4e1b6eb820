"""The numbered parts of the application, walked as an analyst walks them: overview, register, reader, record, party, API."""

from __future__ import annotations

import json
import re
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Page, Route, expect

from conftest import Open, total
from tocsin.knowledge.words import words as said


def test_the_overview_leads_to_what_it_counts(page: Page) -> None:
    page.goto("/")
    expect(page.locator("h1")).to_contain_text("records")
    for heading in ("new", "doubt", "good", "pairs", "weeks"):
        expect(page.locator(f"#{heading}")).to_be_visible()
    pair = page.locator("[aria-labelledby=pairs] td.n a").first
    told = int(pair.inner_text())
    pair.click()
    assert total(page) == told > 0
    page.go_back()
    count = page.locator("table.weeks td.n.s a").first
    told, address = int(count.inner_text()), count.get_attribute("href")
    count.click()
    assert total(page) == told > 0
    assert address
    assert page.url.endswith(address)


def test_the_overview_tells_what_came_since_the_last_visit(page: Page) -> None:
    page.goto("/")
    first = page.locator("[aria-labelledby=new] .figure").inner_text()
    page.context.add_cookies([cookie | {"value": "0.5.1"} for cookie in page.context.cookies()
                              if cookie["name"] == "tocsin_seen"])  # type: ignore[list-item]
    page.goto("/")  # the last visit, long ago, saw the records up to number 5
    assert page.locator("[aria-labelledby=new] .figure").inner_text() != first
    expect(page.locator("[aria-labelledby=new] .figure")).to_contain_text("since")


def test_filters_narrow_say_so_in_the_address_and_are_taken_off(page: Page) -> None:
    page.goto("/records")
    all_of = total(page)
    facet = page.locator("#facets li", has=page.locator("a[href*='type=arms_transfer']")).first
    told = int(facet.locator(".n").inner_text())
    facet.locator("a").click()
    assert total(page) == told < all_of
    assert parse_qs(urlsplit(page.url).query) == {"type": ["arms_transfer"]}
    page.locator("form.ask input[name=party]").fill("Russia")
    page.locator("form.ask button").click()
    narrowed = total(page)
    assert 0 < narrowed < told
    assert parse_qs(urlsplit(page.url).query) == {"type": ["arms_transfer"], "party": ["Russia"]}
    page.get_by_role("link", name="without Russia").click()
    assert total(page) == told
    page.locator("ul.chips li").last.locator("a").click()  # all of them
    assert total(page) == all_of


def test_back_and_forward_give_the_views_again(page: Page) -> None:
    page.goto("/records")
    states = [(page.url, total(page))]
    for click in ("#facets a[href*='type=arms_transfer']", "#facets a[href*='status=']", "th a"):
        page.locator(click).first.click()
        states.append((page.url, total(page)))
    assert len({url for url, _ in states}) == 4
    for url, count in reversed(states[:-1]):
        page.go_back()
        assert (page.url, total(page)) == (url, count)
    for url, count in states[1:]:
        page.go_forward()
        assert (page.url, total(page)) == (url, count)


def test_an_address_opened_afresh_gives_the_same_view(opener: Open) -> None:
    page = opener()
    page.goto("/records?party=RUS")
    page.locator("#facets a[href*='status=']").first.click()
    page.locator("th a").first.click()
    page.locator("details.columns summary").click()
    page.locator("details.columns input[value=outlet]").check()
    page.locator("details.columns button").click()
    there = opener()
    there.goto(page.url)
    assert there.locator("main").inner_text() == page.locator("main").inner_text()
    assert there.locator("th.c-outlet").count() == 1


def test_a_cell_that_can_filter_does_on_click(page: Page) -> None:
    page.goto("/records")
    before = total(page)
    cell = page.locator("td a.sets").first
    words = cell.inner_text()
    cell.click()
    assert 0 < total(page) <= before
    assert page.locator("ul.chips").count() == 1
    assert words in page.locator("table.records-table").inner_text()


def test_the_register_by_key(page: Page) -> None:
    page.goto("/records")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    page.keyboard.press("j")
    second = page.locator("tr[data-row]").nth(1)
    expect(second).to_be_focused()
    page.keyboard.press("x")
    expect(second.locator("input[name=record]")).to_be_checked()
    name = second.locator("input[name=record]").get_attribute("value")
    with page.expect_download() as download:
        page.keyboard.press("e")
    assert f"record={name}" in download.value.url
    second.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/records/{name}")
    page.go_back()
    page.keyboard.press("/")
    expect(page.locator("#search")).to_be_focused()
    page.keyboard.type("howitzer j")
    expect(page.locator("#search")).to_have_value("howitzer j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/records?words=howitzer*")


def test_a_view_is_saved_and_found_again(page: Page) -> None:
    page.goto("/records?status=denied")
    page.locator("details.saved summary").click()
    page.locator("details.saved input[name=name]").fill("Denials <b>")
    page.locator("details.saved button").first.click()
    page.goto("/records")
    page.locator("details.saved summary").click()
    page.locator("details.saved li a", has_text="Denials <b>").click()
    page.wait_for_url("**/records?status=denied")
    page.locator("details.saved summary").click()
    page.locator("details.saved li button").click()
    expect(page.locator("details.saved li")).to_have_count(0)


def test_words_and_fields_of_the_reader_light_up_together(page: Page) -> None:
    page.goto("/records?type=arms_transfer")
    page.locator("td.c-title a, a.open").first.click()
    page.locator("p.meta a[href^='/articles/']").first.click()
    field = page.locator(".records dd a.v").first
    target = (field.get_attribute("href") or "").removeprefix("#")
    words = page.locator(f"[id='{target}']")
    expect(words).not_to_have_class(re.compile(r"\blit\b"))
    field.hover()
    expect(words).to_have_class(re.compile(r"\blit\b"))
    page.mouse.move(0, 0)
    page.keyboard.press("Escape")
    expect(words).not_to_have_class(re.compile(r"\blit\b"))
    words.hover()
    key = (words.get_attribute("data-k") or "").split()[0]
    expect(page.locator(f".records [data-k='{key}']").first).to_have_class(re.compile(r"\blit\b"))
    page.mouse.move(0, 0)
    page.keyboard.press("Escape")
    field.focus()  # by key: Tab leads from field to field
    expect(words).to_have_class(re.compile(r"\blit\b"))
    page.keyboard.press("Enter")
    assert page.url.endswith(f"#{target}")


def test_every_field_of_a_reader_can_be_reached_by_key(page: Page) -> None:
    page.goto("/records?type=arms_transfer")
    page.locator("a.open").first.click()
    count = page.locator(".records dd a.v").count()
    reached = set()
    for _ in range(200):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.closest('dd')?.id"))
        if page.evaluate("document.activeElement === document.body"):
            break
    assert len(reached - {None, ""}) >= count > 0


def test_a_sentence_is_explained_in_place_and_on_its_page(page: Page) -> None:
    page.goto("/records?type=arms_transfer")
    page.locator("a.open").first.click()
    link = page.locator("a[data-explain]").first
    link.click()
    shown = page.locator("[data-explained]")
    expect(shown.locator("code").first).to_be_visible()
    expect(link).to_have_attribute("aria-expanded", "true")
    frame = page.locator(".why dd").first.inner_text().split(" · ")[0].removeprefix("frame ")
    assert frame in shown.inner_text()
    link.click()
    expect(shown).to_have_count(0)
    page.goto(link.evaluate("one => one.href"))
    assert frame in page.locator("[data-explained]").inner_text()
    page.locator("ol.sentences a").nth(1).click()
    assert "sentence=2" in page.url


def test_a_record_shows_every_slot_its_words_and_how_to_cite_it(page: Page, site: str) -> None:
    page.goto("/records?type=arms_transfer&min_confidence=0.5")
    page.locator("a.open").first.click()
    name = page.url.rpartition("/")[2]
    given = json.loads(page.request.get(f"{site}/api/v1/records/{name}").text())["record"]
    told = page.locator("main").inner_text()
    for parties in given["roles"].values():
        for party in parties:
            assert party["name"] in told
    for quote in given["evidence"]:
        assert " ".join(quote["exact"].split())[:60] in " ".join(told.split())
    for words in (name, given["coder"]["rule"], f"{given['confidence']:.2f}", given["codes"]["cameo"]):
        assert words is None or words in told
    expect(page.locator("p.cite")).to_contain_text(f"{site}/records/{name}")
    expect(page.locator("#history")).to_be_visible()


def test_a_party_counts_what_its_links_show(page: Page) -> None:
    page.goto("/parties/Russia")
    page.wait_for_url("**/parties/RUS")
    assert page.locator("[aria-labelledby=newest] li").count() > 0
    rows = page.locator("[aria-labelledby=roles] td.n a")
    told = [(int(row.inner_text()), row.get_attribute("href")) for row in rows.all()[:4]]
    assert told
    for count, address in told:
        page.goto(str(address))
        assert total(page) == count
    page.goto("/parties/RUS")
    expect(page.locator("svg.spark")).to_be_visible()
    page.locator("main a[href^='/parties/']").first.click()
    expect(page.locator("h1")).to_be_visible()


def test_pages_lead_to_the_api_that_shows_the_same(page: Page, site: str) -> None:
    page.goto("/records?type=arms_transfer")
    told = json.loads(page.request.get(f"{site}/api/v1/records?type=arms_transfer").text())
    assert told["total"] == total(page)
    shown = [row.get_attribute("value") for row in page.locator("input[name=record]").all()]
    assert [row["record"]["id"] for row in told["records"]] == shown
    page.locator("footer a[href='/api/v1/openapi.json']").click()
    assert json.loads(page.locator("body").inner_text())["openapi"].startswith("3.1")
    tag = page.request.get(f"{site}/api/v1/records").headers["etag"]
    assert page.request.get(f"{site}/api/v1/records", headers={"if-none-match": tag}).status == 304


def test_a_pasted_text_shows_its_records_and_is_not_stored(page: Page, site: str) -> None:
    before = page.request.get(f"{site}/api/v1/overview").json()
    page.goto("/try")
    page.fill("#text", "Norway handed six howitzers to Latvia on Monday, the ministry said.\n\nPhoto: a howitzer")
    page.fill("input[name=published]", "2024-01-03")
    page.locator("form.try button").click()
    record = page.locator("article .record")
    expect(record).to_have_count(1)
    expect(record).to_contain_text("Norway")
    expect(record).to_contain_text("1 Jan 2024")
    record.locator("dd a.v").first.hover()
    assert page.locator(".text .lit").count() > 0
    assert page.request.get(f"{site}/api/v1/overview").json() == before
    page.goto("/records?words=howitzers&party=LVA")
    assert total(page) == 0 or "Norway handed six howitzers" not in page.locator("main").inner_text()
    page.goto("/try")
    with page.watch.expecting(400):  # type: ignore[attr-defined]
        page.fill("#text", "   ")
        page.locator("form.try button").click()
        expect(page.locator("[role=alert]")).to_be_visible()


def test_every_page_works_without_its_script(opener: Open) -> None:
    page = opener(script=False)
    page.goto("/records")
    before = total(page)
    page.locator("#facets a[href*='type=']").first.click()
    assert 0 < total(page) < before
    page.locator("a.open").first.click()
    expect(page.locator(".records dl")).to_be_visible()
    page.locator("a[data-explain]").first.click()
    expect(page.locator("[data-explained]")).to_be_visible()
    page.goto("/try")
    page.fill("#text", "Norway handed six howitzers to Latvia.")
    page.locator("form.try button[type=submit], form.try button:not([type])").first.click()
    expect(page.locator("article .record")).to_have_count(1)


def test_a_page_that_is_long_in_coming_says_that_it_works(page: Page) -> None:
    page.goto("/records")
    held: list[Route] = []
    page.route("**/records?*", lambda route: held.append(route))
    expect(page.locator("#working")).to_have_text("")
    told = page.evaluate("""() => new Promise((done) => {  // what a test asks while a page is awaited would wait for it, too
        document.querySelector("#facets a").click();
        const looking = setInterval(() => {
            const place = document.querySelector("#working");
            if (!place.textContent) return;
            clearInterval(looking);
            const box = place.getBoundingClientRect();
            done([place.textContent, box.width > 0 && box.top >= 0 && box.bottom <= innerHeight]);
        }, 20);
    })""")
    assert told == [said()("web.working"), True]
    held[0].continue_()
    page.wait_for_url("**/records?*")
    expect(page.locator("#working")).to_have_text("")
    page.unroute("**/records?*")
    page.go_back()
    expect(page.locator("#working")).to_have_text("")
    with page.expect_download():
        page.locator("#export").click()
    page.wait_for_timeout(800)  # a file is saved and not come to
    expect(page.locator("#working")).to_have_text("")
