"""Reading: text is never altered, furniture is marked and body is not, days carry their basis, hostile input is met."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.errors import InputError, UsageError
from tocsin.knowledge.loader import Tables
from tocsin.model import Article, Problem
from tocsin.reading import article_from_text, parse_published, read_page
from tocsin.reading.dates import address_day, dated_line, future_problem, metadata_day
from tocsin.reading.decode import decode
from tocsin.reading.furniture import furniture
from tocsin.reading.lines import Unit
from tocsin.sources import RawPage
from tocsin.sources.formats import limits

PAGE = """World News

examplewire
  • youtube
  • facebook

Norway sends guns to strengthen Latvia’s border troops

Norway sends howitzers and shells to Latvia (File Photo)
By Ann Author and Bo Writer

RIGA, May 4 (Examplewire) — Norway has sent six howitzers to Latvia, the ministry of defence said on Tuesday.

Also read:  Oslo and Riga agree on a budget

The package includes:
• 6 howitzers
• 2,000 shells

It is the third delivery this year.
"""


def kinds(text: str, **options: Any) -> list[tuple[str, str]]:
    """What each block of a text is, with its words."""
    article, _ = article_from_text(text, **options)
    return [(block.kind, text[block.start:block.end]) for block in article.blocks]


def of_kind(kind: str, text: str, **options: Any) -> list[str]:
    return [words for found, words in kinds(text, **options) if found == kind]


def read(content: bytes | str | dict[str, Any], kind: Any = "text", **options: Any) -> tuple[Article, list[Problem]]:
    return read_page(RawPage("a.txt", kind, content), **options)


def test_a_page_saved_as_text_is_told_apart_from_its_furniture() -> None:
    assert kinds(PAGE) == [
        ("menu", "World News\n\nexamplewire\n  • youtube\n  • facebook"),
        ("headline", "Norway sends guns to strengthen Latvia’s border troops"),
        ("caption", "Norway sends howitzers and shells to Latvia (File Photo)"),
        ("byline", "By Ann Author and Bo Writer"),
        ("dateline", "RIGA, May 4 (Examplewire) —"),
        ("body", "Norway has sent six howitzers to Latvia, the ministry of defence said on Tuesday."),
        ("teaser", "Also read:  Oslo and Riga agree on a budget"),
        ("body", "The package includes:"), ("body", "• 6 howitzers"), ("body", "• 2,000 shells"),
        ("body", "It is the third delivery this year."),
    ]


def test_plain_takes_all_as_body() -> None:
    assert {kind for kind, _ in kinds(PAGE, plain=True)} == {"body"}
    assert "".join("".join(words for _, words in kinds(PAGE, plain=True)).split()) == "".join(PAGE.split())


@pytest.mark.parametrize(("section", "row"), [
    (section, row) for section in ("menu", "caption", "teaser")
    for row in Tables().mapping("reading/furniture.yaml")[section]["patterns"]
])
def test_patterns_match_their_examples_and_nothing_that_is_body(section: str, row: dict[str, Any]) -> None:
    rules = furniture()
    assert {line: rules.kind(Unit(0, len(line), line, rules.bullets)) for line in row["examples"]} == dict.fromkeys(
        row["examples"], section)
    assert [line for line in row.get("not", ()) if rules.kind(Unit(0, len(line), line, rules.bullets))] == []


@pytest.mark.parametrize("text", [
    "Remarks on the pact\nQ Will you send troops?\nTHE MINISTER: Yes — we will. NATO — the alliance — agrees on it.",
    "Current events: 3 May 2021\nLatvia–Norway relations\nNorway recalls its envoy to Latvia. (AFP via WION)\nSport\n",
    "Aid for Latvia\nThe package includes:\n600 missiles;\nFive helicopters;\nSecure radios; and\nDemining equipment.",
    "By Friday, the troops had left the town of Cesis, officials said.\nOn May 9 – Victory Day – the army paraded.",
    "Letter to parliament\nDear Mr. Speaker:\nI have sent 90 soldiers to Latvia.\nSincerely,\nANN AUTHOR",
])
def test_releases_digests_and_transcripts_lose_nothing(text: str) -> None:
    assert {kind for kind, _ in kinds(text)} <= {"headline", "body"}


@pytest.mark.parametrize("text", ["Norway has sent six howitzers to Latvia.", "Norway sends six howitzers to Latvia"])
def test_a_single_sentence_is_body(text: str) -> None:
    assert kinds(text) == [("body", text)]


def test_a_known_title_is_the_headline_and_what_stands_before_it_is_menu() -> None:
    text = "Example\nAbroad\nGuns for Riga\nNorway has sent six howitzers to Latvia."
    assert kinds(text, title="guns for  Riga")[:3] == [
        ("menu", "Example\nAbroad"), ("headline", "Guns for Riga"),
        ("body", "Norway has sent six howitzers to Latvia."),
    ]


def test_a_title_that_is_not_in_the_text_is_metadata_only() -> None:
    text = "Norway has sent six howitzers to Latvia. It is the third delivery."
    article, _ = article_from_text(text, title="Guns for Riga")
    assert (article.title, article.text) == ("Guns for Riga", text)
    assert kinds(text, title="Guns for Riga") == [("body", text)]


def test_a_list_of_links_ends_where_the_body_goes_on() -> None:
    text = ("Guns for Riga\nNorway has sent six howitzers to Latvia.\nRelated articles\n- Oslo and Riga talk\n"
            "Berlin waits\nLatvia thanked Norway for the guns on Tuesday.")
    assert of_kind("teaser", text) == ["Related articles", "- Oslo and Riga talk", "Berlin waits"]
    assert of_kind("body", text)[-1] == "Latvia thanked Norway for the guns on Tuesday."


@pytest.mark.parametrize(("line", "dateline"), [
    ("RIGA, May 4 (Reuters) - Norway has sent six howitzers to Latvia.", "RIGA, May 4 (Reuters) -"),
    ("OSLO — Norway has sent six howitzers to Latvia, it said.", "OSLO —"),
    ("New Delhi, Sep 13 (ANI): India has sent six howitzers to Latvia.", "New Delhi, Sep 13 (ANI):"),
    ("ST. LOUIS, Mo. (AP) -- Norway has sent six howitzers to Latvia.", "ST. LOUIS, Mo. (AP) --"),
    ("OSLO, Norway (AP) _ ``Norway has sent six howitzers to Latvia,'' it said.", "OSLO, Norway (AP) _"),
    ("RIGA - Norway has sent six howitzers to Latvia, it said.", "RIGA -"),
    ("RIGA, Latvia -- Norway has sent six howitzers to Latvia, it said.", "RIGA, Latvia --"),
    ("NATO - The alliance has sent six howitzers to Latvia, it said.", None),
    ("NATO — It has sent six howitzers to Latvia, it said.", None),
    ("NEW DELHI: India has sent six howitzers to Latvia, it said.", None),
    ("Norway – The ministry has sent six howitzers to Latvia.", None),
    ("On May 4 – Monday – Norway sent six howitzers to Latvia.", None),
])
def test_a_dateline_is_cut_from_its_paragraph(line: str, dateline: str | None) -> None:
    assert of_kind("dateline", f"Guns for Riga\n\n{line}") == ([dateline] if dateline else [])


def test_wrapped_lines_are_one_paragraph_and_listed_lines_are_not() -> None:
    wrapped = ("Norway sends guns\n\nNorway has sent six howitzers and a large consignment of\nshells to Latvia, "
               "the ministry of defence in Riga said on\nTuesday. It is the third delivery.\n")
    assert len(of_kind("body", wrapped)) == 1
    listed = "Guns\nNorway sends six guns.\nSweden sends two tanks.\nDenmark sends four trucks."
    assert len(of_kind("body", listed)) == 3


@pytest.mark.parametrize("text", [
    "", " \n\r\n\t", "\ufeff", "a\0b", "\x07\x1b[31mred\x1b[0m alert at the border.", "\u202eRiga\u202c\u200f\u200e",
    "Nor\u00adway sent guns.\r\nAlso read: more\r\rNext", "Cafe\u0301 de\u0301livre\u0301",
    "ALL GUNS SENT\n\nNORWAY SENT GUNS.", "•\n•\n•", "Also read:", "By", "—", "(", "-" * 5000, "a " * 5000,
    "word\u2028other\u2029third\x0bfourth\x0cfifth\x85",
])
@pytest.mark.parametrize("plain", [False, True])
def test_hostile_texts_are_kept_as_they_are(text: str, plain: bool) -> None:
    article, problems = article_from_text(text, plain=plain)
    assert article.text == text
    assert bool(article.blocks) == bool(text.strip())
    assert ("there is no text to read" in [problem.message for problem in problems]) == (not text.strip())


LINES = st.sampled_from([
    *PAGE.split("\n"), "", "Share", "(Photo: A)", "OSLO — Norway has sent six guns to Latvia.", "•", "\t",
])
TEXTS = st.one_of(st.text(max_size=300), st.lists(LINES, max_size=30).map("\n".join), st.lists(LINES).map("\r\n".join))


@given(TEXTS, st.one_of(st.none(), st.text(max_size=20), LINES), st.booleans())
def test_blocks_lie_in_the_text_in_order_apart_and_cover_all(text: str, title: str | None, plain: bool) -> None:
    article, _ = article_from_text(text, title=title, plain=plain)
    assert article.text == text
    end = 0
    for block in article.blocks:
        assert end <= block.start < block.end <= len(text)
        assert text[end:block.start].strip() == ""
        assert text[block.start:block.end] == text[block.start:block.end].strip()
        end = block.end
    assert text[end:].strip() == ""


@pytest.mark.parametrize(("content", "text", "problem"), [
    (b"plain", "plain", None),
    ("Türkiye\r\n".encode(), "Türkiye\r\n", None),
    (b"\xef\xbb\xbfT\xc3\xbcrkiye", "Türkiye", None),
    ("\ufeffTürkiye".encode("utf-16-le"), "Türkiye", None),
    ("\ufeffTürkiye".encode("utf-16-be"), "Türkiye", None),
    ("“Türkiye” said – no".encode("cp1252"), "“Türkiye” said – no", "Windows-1252"),
    (b"a\x81b\xe9", "a\x81bé", "Windows-1252"),
    ("Türkiye, Genç, Muş, İzmir — “ö”".encode()[:-2], "Türkiye, Genç, Muş, İzmir — “ö\ufffd", "damaged UTF-8"),
])
def test_bytes_are_decoded_and_guesses_are_told(content: bytes, text: str, problem: str | None) -> None:
    article, problems = read(content)
    assert article.text == text
    told = [found.message for found in problems if found.stage == "decode"]
    assert told == [] if problem is None else problem in told[0]


@pytest.mark.parametrize(("content", "said"), [
    (b"%PDF-1.7 ...", "PDF"), (b"PK\x03\x04...", "ZIP"), (b"abc\0def", "null bytes"),
    (bytes(range(1, 32)) * 9, "control"),
    ("Türkiye sends guns to the border".encode("utf-16-le"), "UTF-16 without a mark"),
])
def test_what_is_no_text_is_refused_with_its_name(content: bytes, said: str) -> None:
    with pytest.raises(InputError, match=said):
        read(content)


@pytest.mark.parametrize(("declared", "encoding"), [
    ("iso-8859-9", "cp1254"), ("windows-1251", "cp1251"), ("koi8-r", "koi8-r"),
])
def test_a_page_may_declare_its_character_set(declared: str, encoding: str) -> None:
    word = "Muş" if encoding == "cp1254" else "Минск"
    text, problems, _ = decode(f'<html><head><meta charset="{declared}">{word}'.encode(encoding), "a", markup=True)
    assert (text[-len(word):], problems) == (word, [])


@given(st.binary(max_size=400))
def test_no_bytes_break_reading(content: bytes) -> None:
    try:
        article, _ = read(content)
    except InputError:
        return
    assert article.text_sha256 == hashlib.sha256(article.text.encode()).hexdigest()


def test_too_long_a_text_is_refused_with_the_limit_and_a_way_out() -> None:
    most = limits().max_characters
    with pytest.raises(InputError, match=f"{most:,} are read at once; split it"):
        article_from_text("a" * (most + 1))


def test_half_a_character_is_refused() -> None:
    with pytest.raises(InputError, match="lone surrogate"):
        article_from_text("Guns for \ud800 Riga")


def test_an_article_is_known_by_its_source_and_text() -> None:
    one, same, other = (article_from_text("Guns.", source=source)[0] for source in ("a", "a", "b"))
    assert one.id == same.id != other.id
    assert one.text_sha256 == other.text_sha256 == hashlib.sha256(b"Guns.").hexdigest()


@pytest.mark.parametrize(("value", "day"), [
    ("2021-09-13", "2021-09-13"), (" 2021-09-13 ", "2021-09-13"), ("2021-09-13T23:30:00+05:00", "2021-09-13"),
    ("2021-09-13T01:30:00Z", "2021-09-13"), ("2021-09-13 10:30", "2021-09-13"),
    ("2021-09-13T10:30:00.123-0500", "2021-09-13"),
    (dt.date(2021, 9, 13), "2021-09-13"), (dt.datetime(2021, 9, 13, 23, tzinfo=dt.UTC), "2021-09-13"),
])
def test_a_users_day_is_read(value: Any, day: str) -> None:
    assert parse_published(value).isoformat() == day


@pytest.mark.parametrize("value", ["", "yesterday", "13.09.2021", "2021-02-30", "2021-13-01", "2021-09", "20210913",
                                   "0021-09-13", "9999-01-01", "2021-09-13x", "٢٠٢١-٠٩-١٣x", 20210913, None])
def test_what_is_no_day_is_refused_with_what_would_work(value: Any) -> None:
    with pytest.raises(UsageError, match="YYYY-MM-DD"):
        parse_published(value)


def test_a_day_in_the_future_is_used_and_told() -> None:
    today = dt.date(2021, 9, 13)
    assert future_problem(dt.date(2021, 9, 14), today) is None
    assert future_problem(dt.date(2021, 9, 15), today) is not None
    article, problems = article_from_text("Guns arrived.", published="2199-01-01")
    assert article.published.value == "2199-01-01"
    assert [problem.stage for problem in problems] == ["published"]


@pytest.mark.parametrize(("line", "day"), [
    ("Friday, May 4, 2021", "2021-05-04"), ("4 May 2021", "2021-05-04"),
    ("Published: 4th May 2021, 10:30 GMT", "2021-05-04"),
    ("Posted on May 4, 2021 at 9:15 a.m. EDT", "2021-05-04"), ("2021-05-04 10:30", "2021-05-04"),
    ("Last updated: 4 May 2021", None), ("4 May", None), ("May 2021", None), ("31 February 2021", None),
    ("Talks were held on 4 May 2021", None), ("", None),
])
def test_a_line_that_is_nothing_but_a_date_gives_its_day(line: str, day: str | None) -> None:
    assert dated_line(line) == (dt.date.fromisoformat(day) if day else None)


def test_days_are_found_in_metadata_and_addresses() -> None:
    wanted = dt.date(2021, 5, 4)
    for value in ("2021-05-04T10:00:00+02:00", "20210504", "Tue, 04 May 2021 10:00:00 GMT", "May 4, 2021"):
        assert metadata_day(value) == wanted
    assert metadata_day("soon") is None
    assert metadata_day(1620122400) is None
    assert address_day("https://example.org/2021/05/04/guns") == wanted
    assert address_day("https://example.org/2021/guns-55") is None


def test_the_day_of_a_text_comes_from_the_user_its_address_or_a_line_above_the_body() -> None:
    text = "Guns for Riga\n\nTuesday, May 4, 2021\n\nNorway has sent six howitzers to Latvia."
    address = "https://example.org/2021/05/05/guns"

    def found(published: str | None, url: str | None) -> tuple[str | None, str]:
        day = article_from_text(text, published=published, url=url)[0].published
        return day.value, day.basis

    assert found("2021-05-06", address) == ("2021-05-06", "user")
    assert found(None, address) == ("2021-05-05", "url")
    assert found(None, None) == ("2021-05-04", "text")
    assert article_from_text("Guns arrived.")[0].published.basis == "none"


def test_an_object_keeps_what_it_does_not_know() -> None:
    content = {"text": "Guns arrived.", "title": "T", "published": "2021-05-04T10:00:00Z", "id": "k7", "desk": [1]}
    article, problems = read(content, "json")
    assert (article.title, article.published.value, article.published.basis) == ("T", "2021-05-04", "meta")
    assert (article.extra, problems) == ({"id": "k7", "desk": [1]}, [])
    assert read(content, "json", published=dt.date(2021, 5, 9))[0].published.basis == "user"


@pytest.mark.parametrize(("content", "said"), [
    ({"body": "Guns."}, "no `text` .keys found: 'body'"), ({"text": 5}, "`text` is a number"),
    ({"text": None}, "is null"),
    ({"text": "Guns.", "title": ["a"]}, "`title` is a list"), ({"text": "\ud800"}, "surrogate"),
])
def test_a_wrong_object_is_named_with_its_line(content: dict[str, Any], said: str) -> None:
    with pytest.raises(InputError, match=f"x.jsonl#3, line 3.*{said}"):
        read_page(RawPage("x.jsonl#3", "json", content, "line 3"))


def test_an_unreadable_day_costs_the_day_and_not_the_article() -> None:
    article, problems = read({"text": "Guns arrived.", "published": "last week", "author": ["A B", "C D"]}, "json")
    assert (article.published.value, article.author) == (None, "A B, C D")
    assert [problem.stage for problem in problems] == ["published"]


def page(head: str = "", body: str = "") -> str:
    story = "<p>Norway has sent six howitzers to Latvia, the ministry of defence in Riga said on Tuesday.</p>"
    return f"<html><head>{head}</head><body><nav>Home</nav><article>{body}{story}</article></body></html>"


def test_a_page_is_title_empty_line_body_and_json_ld_goes_first() -> None:
    data = {"@graph": [{"@type": "Organization", "name": "X"}, {
        "@type": ["NewsArticle"], "headline": "Guns &amp; Riga", "datePublished": "2021-05-04T23:30:00+05:00",
        "author": [{"name": "Ann Author"}, {"name": "Bo Writer"}], "publisher": {"name": "Example"}}]}
    head = (f'<script type="application/ld+json">{json.dumps(data)}</script><meta property="og:title" content="Other">'
            '<meta property="article:published_time" content="2020-01-01">'
            '<link rel="canonical" href="https://example.org/a">')
    article, _ = read(page(head, "<h1>Guns &amp; Riga</h1>").encode(), "html")
    assert article.text.startswith("Guns & Riga\n\nNorway has sent six howitzers")
    assert article.text.count("Guns & Riga") == 1
    assert [block.kind for block in article.blocks] == ["headline", "body"]
    assert (article.published.value, article.published.basis) == ("2021-05-04", "json-ld")
    assert (article.author, article.publisher, article.url) == ("Ann Author, Bo Writer", "Example", "https://example.org/a")


def test_meta_elements_come_next_and_broken_json_ld_is_passed_over() -> None:
    head = ('<script type="application/ld+json">{broken</script><meta property="og:title" content="Guns for Riga">'
            '<meta name="article:published_time" content="2021-05-04T08:00:00Z">')
    article, _ = read(page(head), "html")
    assert (article.title, article.published.value, article.published.basis) == ("Guns for Riga", "2021-05-04", "meta")


def test_an_address_gives_the_day_that_a_page_does_not_state() -> None:
    article, _ = read(page('<link rel="canonical" href="https://example.org/2021/05/04/a"><title>Guns</title>'), "html")
    assert (article.published.value, article.published.basis) == ("2021-05-04", "url")


@pytest.mark.parametrize("markup", ["", "<html></html>", "<html><body>" + "<div>" * 5000 + "x" + "</div>" * 5000])
def test_a_page_without_an_article_is_named(markup: str) -> None:
    with pytest.raises(InputError, match=r"a\.txt"):
        read(markup, "html")


def test_a_saved_fragment_and_control_characters_are_no_obstacle() -> None:
    article, _ = read("<p>Norway has\x01 sent six howitzers to Latvia.</p>", "html")
    assert article.text == "Norway has sent six howitzers to Latvia."
