"""Web pages: which of several headlines, days and authors is taken, what is body, and pages that hold several articles."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest

from archives import PARAGRAPH
from tocsin.model import Article, Problem
from tocsin.reading import Reading, article_from_text, read_pages
from tocsin.reading.datelines import credited_agency, named_agency, read_dateline
from tocsin.reading.language import surely_foreign
from tocsin.reading.titles import Titles, headline
from tocsin.register.address import address_of
from tocsin.sources import RawPage, Stated

BODY = "".join(f"<p>{PARAGRAPH}The {word} of them was unloaded by the crew in the port of Riga.</p>"
               for word in ("first", "second", "third", "fourth"))


def markup(body: str = BODY, head: str = "", title: str = "Howitzers for Latvia", data: Any = None) -> bytes:
    script = f"<script type='application/ld+json'>{json.dumps(data)}</script>" if data is not None else ""
    return (f"<!DOCTYPE html><html><head><title>{title}</title>{head}{script}</head>"
            f"<body><article><h1>Howitzers for Latvia</h1>{body}</article></body></html>").encode()


def read(content: bytes, **options: Any) -> list[tuple[Article, list[Problem]]]:
    return read_pages(RawPage("a.html", "html", content, **options), Reading())


def only(content: bytes, **options: Any) -> Article:
    ((article, _),) = read(content, **options)
    return article


@pytest.mark.parametrize(("stated", "wanted"), [
    (Titles(), None),
    (Titles(window="Guns for Latvia | Example"), "Guns for Latvia"),
    (Titles(window="Guns for Latvia today - Example Times", site="Example Times"), "Guns for Latvia today"),
    (Titles(window="Guns for Latvia today - The Example", headings=["Guns for Latvia today"]), "Guns for Latvia today"),
    (Titles(declared="Guns for Latvia", social="Six guns!", window="Six guns! | Example"), "Guns for Latvia"),
    (Titles(declared="Guns for Latvia: all facts", social="Six guns for Riga", window="Guns for Latvia: all facts"),
     "Six guns for Riga"),
    (Titles(social="Six guns for Riga", headings=["World", "Log in or register", "Six guns for Riga"]), "Six guns for Riga"),
    (Titles(headings=["Most read today", "Weather for Riga"]), None),
    (Titles(social="Guns – what for? Officials explain", headings=["Guns"]), "Guns – what for? Officials explain"),
])
def test_the_headline_for_readers_is_taken(stated: Titles, wanted: str | None) -> None:
    assert headline(stated) == wanted


@pytest.mark.parametrize(("head", "body", "wanted"), [
    ("<meta name=author content='Ann Writer'>", "", "Ann Writer"),
    ("<meta name=author content='Example Times'><meta property=og:site_name content='The Example Times'>",
     "<div class=byline>By Ann Writer and Bo van Dyk</div>", "Ann Writer, Bo van Dyk"),
    ("<meta name=author content='a.writer@example.org'>", "<span rel=author>Ann Writer</span>", "Ann Writer"),
    ("<meta name=author content='newsroom'>", "<div class=author-box>Follow us for more of the news of the day</div>",
     "newsroom"),
    ("", "<p class=byline>Published 5 May 2021</p>", None),
])
def test_the_author_is_a_person_where_the_page_names_one(head: str, body: str, wanted: str | None) -> None:
    assert only(markup(body + BODY, head)).author == wanted


def dated(*days: str, url: str = "https://example.org/a", fetched: str | None = None) -> tuple[Article, list[str]]:
    keys = ("article:published_time", "og:published_time")
    head = f"<link rel=canonical href='{url}'>" + "".join(
        f"<meta property='{key}' content='{day}'>" for key, day in zip(keys, days[1:], strict=False))
    data = {"@type": "NewsArticle", "datePublished": days[0]} if days and days[0] else None
    ((article, problems),) = read(markup(head=head, data=data), stated=Stated(fetched=fetched))
    return article, [problem.message for problem in problems if "other days" in problem.message]


def test_days_that_differ_are_weighed_and_told() -> None:
    article, told = dated("2021-05-05T10:00:00Z", "2021-05-05")
    assert (article.published.value, article.published.basis, told) == ("2021-05-05", "json-ld", [])
    article, told = dated("2021-05-09", "2021-05-05", url="https://example.org/2021/05/05/a")
    assert (article.published.value, article.published.basis) == ("2021-05-05", "meta")  # dated anew: two agree
    assert "2021-05-09" in told[0]
    assert dated("2021-05-09", "2021-05-05")[0].published.value == "2021-05-09"  # one against one: the first
    assert dated("2031-05-09", "2021-05-05", fetched="2021-05-06T00:00:00Z")[0].published.value == "2021-05-05"
    article, told = dated("", url="https://example.org/2021/05/05/a")
    assert (article.published.value, article.published.basis, told) == ("2021-05-05", "url", [])


@pytest.mark.parametrize(("first", "last", "told", "wanted"), [
    ("2012-05-10", "2026-03-02", "Latvia joined in 2024, and Malta in 2025.", "2026-03-02"),
    ("2012-05-10", "2026-03-02", "Latvia joined in 2004, and Malta in 2025.", "2012-05-10"),  # one may be a plan
    ("2012-05-10", "2026-03-02", "Latvia will join in 2030, and Malta in 2031.", "2012-05-10"),
    ("2024-12-30", "2025-01-02", "Latvia joins in 2025, and Malta in 2025.", "2024-12-30"),
    ("2012-05-10", None, "Latvia joined in 2024, and Malta in 2025.", "2012-05-10"),
])
def test_a_page_kept_up_for_years_is_of_its_last_change(first: str, last: str | None, told: str, wanted: str) -> None:
    data = {"@type": "NewsArticle", "datePublished": first, "dateModified": last}
    ((article, problems),) = read(markup(f"{BODY}<p>{told} {PARAGRAPH}</p>", data=data))
    assert article.published.value == wanted
    assert any(str(last) in problem.message for problem in problems) is (wanted == last)


def test_a_day_that_the_feed_or_the_user_states_stays() -> None:
    data = {"@type": "NewsArticle", "datePublished": "2012-05-10", "dateModified": "2026-03-02"}
    page = markup(f"{BODY}<p>Latvia joined in 2024, and Malta in 2025. {PARAGRAPH}</p>", data=data)
    assert only(page, stated=Stated(listed="2012-05-10")).published.value == "2012-05-10"
    ((article, _),) = read_pages(RawPage("a.html", "html", page), Reading(published=dt.date(2013, 1, 1)))
    assert article.published.value == "2013-01-01"


def test_a_declared_body_shows_what_was_missed_and_what_is_furniture() -> None:
    words = [f"{PARAGRAPH}The {word} of them was unloaded by the crew in the port of Riga."
             for word in ("first", "second", "third", "fourth")]
    data = {"@type": "NewsArticle", "articleBody": "\n\n".join(words)}
    missed = only(markup(f"<p>{words[0]}</p>", data=data))
    assert all(word in missed.text for word in ("second", "fourth"))
    more = BODY + "<p>Sign up for our letter about all that moves in the ports of the Baltic, every morning at eight.</p>"
    assert "Sign up" in only(markup(more)).text
    assert "Sign up" not in only(markup(more, data=data)).text
    assert "Sign up" in only(markup(more, data={"@type": "NewsArticle", "articleBody": words[0]})).text  # a summary


def test_a_live_blog_that_declares_its_updates_is_split() -> None:
    updates = [{"@type": "BlogPosting", "headline": f"Update {n}", "articleBody": f"<p>{PARAGRAPH}</p><p>Number {n}.</p>",
                "datePublished": f"2021-05-0{n}T10:00:00Z", "url": f"https://example.org/live#p{n}"} for n in (3, 2, 1)]
    data = {"@type": "LiveBlogPosting", "headline": "Riga live", "liveBlogUpdate": updates, "datePublished": "2021-05-01"}
    found = read(markup(data=data, head="<link rel=canonical href='https://example.org/live'>"))
    articles = [article for article, _ in found]
    assert [(one.title, one.published.value) for one in articles] == [
        ("Update 3", "2021-05-03"), ("Update 2", "2021-05-02"), ("Update 1", "2021-05-01")]
    assert articles[0].text == f"Update 3\n\n{PARAGRAPH.strip()}\nNumber 3."
    assert [address_of(one) for one in articles] == [f"https://example.org/live#p{n}" for n in (3, 2, 1)]


def test_a_declared_live_blog_needs_no_extraction(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tocsin.reading.page.extract_body", lambda *given: pytest.fail("extracted"))
    updates = [{"@type": "BlogPosting", "headline": f"Update {n}", "articleBody": PARAGRAPH} for n in (2, 1)]
    data = {"@type": "LiveBlogPosting", "headline": "Riga live", "liveBlogUpdate": updates}
    assert [article.title for article, _ in read(markup("<p>Loading</p>", data=data))] == ["Update 2", "Update 1"]


def test_a_live_blog_is_split_at_its_times_and_a_round_up_at_its_headings() -> None:
    live = "".join(f"<p>{hour}:05 GMT</p><p>{PARAGRAPH}</p>" for hour in (14, 13, 12, 11))
    assert len(read(markup(live))) == 4
    assert len(read(markup(live.replace("11:05 GMT", "Later").replace("12:05", "Noon")))) == 1
    brief = "".join(f"<h2>{place} gets guns</h2><p>{PARAGRAPH}</p>" for place in ("Latvia", "Estonia", "Lithuania"))
    found = read(markup(brief, title="News in brief: the Baltic").replace(b"<h1>Howitzers for Latvia", b"<h1>News in brief"))
    assert [article.title for article, _ in found] == ["Latvia gets guns", "Estonia gets guns", "Lithuania gets guns"]
    assert {article.extra["page_part"] for article, _ in found} == {"latviagetsguns", "estoniagetsguns", "lithuaniagetsguns"}
    assert len(read(markup(brief))) == 1  # headings alone make no round-up


@pytest.mark.parametrize(("words", "place", "day", "agency"), [
    ("DUSHANBE, Sept 11 (Reuters) —", "DUSHANBE", "2021-09-11", "Reuters"),
    ("RIGA, Latvia (AP) -", "RIGA, Latvia", None, "AP"),
    ("RIGA, Latvia (AP) _", "RIGA, Latvia", None, "AP"),
    ("MOSCOW, 3 December 2020 (TASS) -", "MOSCOW", "2020-12-03", "TASS"),
    ("ANKARA/BERLIN, Jan 2 (Reuters) -", "ANKARA/BERLIN", "2022-01-02", "Reuters"),
    ("BEIJING, Dec. 31 (Xinhua) --", "BEIJING", "2021-12-31", "Xinhua"),
    ("Seoul, Sept. 12 (AFP/Yonhap) --", "Seoul", "2021-09-12", "AFP"),
    ("KYIV (The Daily Example) —", "KYIV", None, None),
])
def test_a_dateline_is_taken_apart(words: str, place: str, day: str | None, agency: str | None) -> None:
    near = dt.date(2022, 1, 1) if "Jan" in words or "31" in words else dt.date(2021, 9, 14)
    assert read_dateline(words).as_extra(near) == {"place": place, "date": day, "agency": agency}


def test_an_article_keeps_its_dateline() -> None:
    text = f"Howitzers for Latvia\n\nRIGA, May 4, 2021 (Reuters) — {PARAGRAPH}\n\n{PARAGRAPH}"
    article, _ = article_from_text(text)
    assert article.extra == {"dateline": {"place": "RIGA", "date": "2021-05-04", "agency": "Reuters"}}
    assert (article.published.value, article.published.basis) == ("2021-05-04", "text")
    assert article_from_text(text.replace("RIGA, May 4, 2021 (Reuters) — ", ""))[0].extra == {}


@pytest.mark.parametrize(("line", "agency"), [
    ("Source: Xinhua", "Xinhua"), ("Reporting by Reuters in Riga", "Reuters"), ("© Agence France-Presse", "AFP"),
    ("The Associated Press contributed to this report.", "AP"), ("Source: the ministry", None), ("AP is a state", None),
])
def test_a_credit_names_its_agency(line: str, agency: str | None) -> None:
    assert credited_agency(line) == agency


def test_names_of_agencies_are_not_found_in_other_words() -> None:
    assert [named_agency(words) for words in ("reuters", "aa", "AA", "PAP smear", "Reuters/AP")] == [
        "Reuters", None, "Anadolu", None, "Reuters"]


def test_what_lies_too_deep_in_declared_data_states_nothing() -> None:
    deep = '{"@type": "NewsArticle", "headline": "Guns for Latvia", "author": ' + "[" * 400 + '"Ann Ode"' + "]" * 400 + "}"
    found = only(markup(BODY, head=f"<script type='application/ld+json'>{deep}</script>"))
    assert (found.author, PARAGRAPH.strip() in found.text) == (None, True)


def test_half_a_character_in_declared_data_costs_its_string_alone() -> None:
    data = '{"@type": "NewsArticle", "publisher": {"name": "Baltic \\ud83d"}, "author": {"name": "Ann Ode \\ud83d\\ude00"}}'
    found = only(markup(BODY, head=f"<script type='application/ld+json'>{data}</script>"))
    assert (found.author, found.publisher) == ("Ann Ode \U0001f600", None)


def test_a_short_text_in_other_letters_is_foreign_and_a_short_one_in_latin_ones_may_be_english() -> None:
    assert surely_foreign("ja", "\u5730\u9707\u304c\u3042\u3063\u305f\u3002M6.6")
    assert not surely_foreign("nl", "Army de-mines Lviv")


@pytest.mark.parametrize("sign", ["\x01", "\x0b", "\x0c", "\x1b", "\ufffe"])
def test_signs_that_are_damage_cost_themselves_alone(sign: str) -> None:
    page = markup(BODY.replace("second", f"sec{sign}ond"))
    assert only(page).text == only(markup(BODY)).text
    ((article, _),) = read_pages(RawPage("a.html", "html", page.decode()), Reading())
    assert article.text == only(markup(BODY)).text
