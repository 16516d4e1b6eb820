"""Feeds and the catalogue: what they list, what is refused, what is said of what is none."""

from __future__ import annotations

import datetime as dt
import gzip
import json
import time
from contextlib import suppress
from pathlib import Path

import pytest

from tocsin.errors import InputError, KnowledgeError, UsageError
from tocsin.knowledge.loader import Tables
from tocsin.sources.catalog import KINDS, NEVER, catalogue, chosen
from tocsin.sources.feeds import Feed, feed_of

NOW = dt.datetime(2026, 3, 10, 12, tzinfo=dt.UTC).timestamp()
URL = "https://news.example/feed.xml"
RSS = """<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
<title>Example News</title><link>https://news.example/</link>
<item><title>Guns  arrived\nin Riga</title><link>https://news.example/a?utm_source=rss&amp;id=7#top</link>
<dc:creator>A. Ozols</dc:creator>
<pubDate>Tue, 10 Mar 2026 09:00:00 +0200</pubDate></item>
<item><title>Older</title><link>/b</link><pubDate>Mon, 09 Mar 2026 09:00:00 GMT</pubDate></item>
<item><title>Again</title><link>https://news.example/a?id=7</link></item>
<item><title>Long ago</title><link>https://news.example/c</link>
<pubDate>Mon, 09 Mar 2020 09:00:00 GMT</pubDate></item>
<item><title>A script</title><link>javascript:alert(1)</link></item>
<item><title>Undated</title><guid isPermaLink="true">https://news.example/d</guid></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Ministry</title>
<entry><title type="html">Drill &amp;amp; parade</title>
<link rel="alternate" href="https://mod.example/1"/><updated>2026-03-10T08:00:00Z</updated>
<author><name>Press office</name></author></entry></feed>"""
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Old form</title></channel><item><title>One</title>
<link>https://old.example/1</link><dc:date>2026-03-09</dc:date></item></rdf:RDF>"""
SITEMAP = """<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
xmlns:n="http://www.google.com/schemas/sitemap-news/0.9" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
<url><loc> https://map.example/1 </loc><image:image><image:loc>https://map.example/1.jpg</image:loc><image:title>No</image:title>
</image:image><n:news><n:publication><n:name>Map</n:name></n:publication><n:publication_date>2026-03-10T08:00:00+03:00
</n:publication_date><n:title>Tanks arrived</n:title></n:news></url>
<url><loc>https://map.example/2</loc><lastmod>2026-03-09</lastmod></url>
<url><loc>https://map.example/undated</loc></url></urlset>"""
INDEX = """<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<sitemap><loc>https://map.example/old.xml</loc><lastmod>2025-01-01</lastmod></sitemap>
<sitemap><loc>https://map.example/new.xml</loc><lastmod>2026-03-10</lastmod></sitemap></sitemapindex>"""


def read(content: str | bytes, url: str = URL, charset: str | None = None) -> Feed:
    return feed_of(content.encode() if isinstance(content, str) else content, url, now=NOW, charset=charset)


def test_rss_gives_its_items_once_newest_first() -> None:
    feed = read(RSS)
    assert (feed.kind, feed.title, feed.left) == ("rss", "Example News", 2)  # one too old, one that is a script
    assert [item.url for item in feed.items] == ["https://news.example/a?id=7", "https://news.example/b",
                                                 "https://news.example/d"]
    first = feed.items[0]
    assert (first.title, first.author, first.published) == ("Guns arrived in Riga", "A. Ozols", "2026-03-10T07:00:00+00:00")


def test_atom_and_rdf_give_theirs() -> None:
    feed = read(ATOM)
    assert feed.kind == "atom"
    assert [(i.url, i.title, i.author, i.published) for i in feed.items] == [
        ("https://mod.example/1", "Drill & parade", "Press office", "2026-03-10T08:00:00+00:00")]
    assert [(i.url, i.published) for i in read(RDF).items] == [("https://old.example/1", "2026-03-09T00:00:00+00:00")]


def test_json_feed_gives_its_items() -> None:
    found = {"version": "https://jsonfeed.org/version/1.1", "title": "J", "items": [
        {"id": "1", "url": "https://j.example/1", "title": "One", "date_published": "2026-03-10T05:00:00-05:00",
         "authors": [{"name": "A"}, {"name": "B"}]}, {"id": "2", "content_text": "no address"}, "no object",
        {"id": "3", "url": 7, "authors": "x", "date_published": []}]}
    feed = read(json.dumps(found))
    assert (feed.kind, feed.left) == ("json", 2)
    assert [(i.url, i.author, i.published) for i in feed.items] == [
        ("https://j.example/1", "A, B", "2026-03-10T10:00:00+00:00")]


def test_a_news_sitemap_gives_its_pages_and_an_index_its_parts() -> None:
    feed = read(SITEMAP)
    assert (feed.kind, feed.left) == ("sitemap", 1)  # a page without a day may be of any year
    assert [(i.url, i.title, i.published) for i in feed.items] == [
        ("https://map.example/1", "Tanks arrived", "2026-03-10T05:00:00+00:00"),
        ("https://map.example/2", None, "2026-03-09T00:00:00+00:00")]
    assert read(INDEX).parts == ("https://map.example/new.xml", "https://map.example/old.xml")


def test_what_is_not_well_formed_is_read_all_the_same() -> None:
    broken = RSS.replace("Older", "Older & better < best").replace("</channel></rss>", "")
    assert [item.url for item in read(broken).items][:2] == ["https://news.example/a?id=7", "https://news.example/b"]
    assert len(read(SITEMAP[:SITEMAP.index("<url><loc>https://map.example/2")]).items) == 1  # cut off


@pytest.mark.parametrize("before", ["\n  ", "\ufeff", "<!-- hello -->"])
def test_what_stands_before_it_does_no_harm(before: str) -> None:
    text = before + (RSS if "<" not in before else RSS.partition("?>")[2])
    assert len(read(text).items) == 3


@pytest.mark.parametrize(("declared", "encoding", "beside"), [
    ("utf-8", "windows-1252", None), ("windows-1252", "windows-1252", None), ("utf-8", "utf-8", "iso-8859-1"),
    ("utf-8", "utf-8", "klingon"), ("utf-16", "utf-16", None), ("utf-8", "windows-1251", "windows-1251")])
def test_a_character_set_that_lies_costs_no_article(declared: str, encoding: str, beside: str | None) -> None:
    text = RSS.replace('encoding="utf-8"', f'encoding="{declared}"').replace("Older", "Ž" if "1251" not in encoding else "Ж")
    assert "https://news.example/b" in [item.url for item in read(text.encode(encoding), charset=beside).items]


def test_half_characters_and_days_far_ahead_cost_no_article() -> None:
    found = {"version": "https://jsonfeed.org/version/1.1", "title": "\ud800", "items": [
        {"url": "https://j.example/1", "title": "Guns \ud800", "authors": [{"name": "\udfff"}]},
        {"url": "https://j.example/\ud800", "title": "An address that is no text"},
        {"url": "https://j.example/2", "title": "Ahead", "date_published": "2150-01-01T00:00:00Z"},
        {"url": "https://j.example/3", "title": "Beyond", "date_published": "99999-01-01"}]}
    feed = read(json.dumps(found))
    assert ([item.url for item in feed.items], feed.left) == ([f"https://j.example/{n}" for n in (2, 1, 3)], 1)
    assert "".join(f"{item.title}{item.author}" for item in feed.items).isprintable()
    assert [item.published for item in feed.items] == ["2150-01-01T00:00:00+00:00", None, None]


BOMB = '<!DOCTYPE rss [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefghi", "bcdefghij", strict=True)) + "]>"
HTML = "<!DOCTYPE html><html><head><title>502</title></head><body>Bad gateway</body></html>"


@pytest.mark.parametrize(("content", "said"), [
    (BOMB + "<rss><channel><item><title>&j;</title></item></channel></rss>", "entities"),
    (BOMB.replace("rss", "urlset") + "<urlset><url><loc>&j;</loc></url></urlset>", "entities"),
    ((BOMB + "<rss/>").encode("utf-16"), "entities"),
    ('<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel><title>&x;</title></channel></rss>', "entities"),
    ("<bad & broken>" + BOMB, "entities"), (HTML, "a web page and no feed"),
    ("\n<html><body>Sorry", "a web page and no feed"),
    ("<?xml version='1.0'?><!-- x --><html xmlns='http://www.w3.org/1999/xhtml'/>", "a web page and no feed"),
    ("", "empty"), (" \n", "empty"), ("Not found", "no feed"), ("{}", "no feed"), ('{"items": []}', "no feed"),
    ("[1]", "no feed"), ("{" * 100_000, "cannot be read"), ('{"a":' * 100_000, "cannot be read"), ("<svg/>", "no feed"),
    ("<rss>" * 100_000, "deeper"), ("<urlset>" + "<url>" * 100_000, "deeper"),
    ("<rss><channel>" + "<item/>" * 100_000 + "</channel></rss>", "more elements"),
    ("<rss><" + "x" * 1_000_001, "no well-formed"),
    (gzip.compress(b"<rss/>", mtime=0), "no feed"), (b"\0" * 1000, "no feed")])
def test_what_is_no_feed_is_told(content: str | bytes, said: str) -> None:
    began = time.process_time()
    with pytest.raises(InputError, match=said):
        read(content)
    assert time.process_time() - began < 5


@pytest.mark.parametrize("part", ["<item><", "<![CDATA[", "&#", "<!--", "<item>&amp", "'<a b=\""])
def test_a_damaged_feed_takes_no_long_time(part: str) -> None:
    began = time.process_time()
    with suppress(InputError):
        read("<rss><channel>" + part * (200_000 // len(part)))
    assert time.process_time() - began < 5  # at twice the length, what grows with the square takes four times as long


def test_the_catalogue_names_sixty_sources_and_more() -> None:
    sources = catalogue(Tables())
    assert len(sources) >= 60
    assert len({source.url for source in sources}) == len({source.id for source in sources}) == len(sources)
    assert {source.kind for source in sources} == set(KINDS)
    assert {source.verified for source in sources} == {NEVER}
    assert len({source.region for source in sources}) >= 7
    assert all(len(source.language) == 2 and len(source.country or "XXX") == 3 for source in sources)


def test_sources_are_chosen_by_what_they_are() -> None:
    sources = catalogue(Tables())
    assert [source.id for source in chosen(sources, ["tass_en", "https://a.example/rss"])] == ["tass_en", "https://a.example/rss"]
    ministries = chosen(sources, [], kinds=["official"], languages=["en"])
    assert ministries
    assert all(source.kind == "official" for source in ministries)
    for wrong in ({"names": ["nobody"]}, {"names": [], "regions": ["moon"]}, {"names": [], "kinds": ["blog"]}):
        with pytest.raises(UsageError):
            chosen(sources, **wrong)  # type: ignore[arg-type]


def test_a_source_is_added_by_a_row_and_makes_nothing_be_read_again(tmp_path: Path) -> None:
    (tmp_path / "sources").mkdir()
    own = tmp_path / "sources" / "catalog.yaml"
    own.write_text('- {id: mine, name: Mine, url: "https://mine.example/", region: europe, language: en, kind: official}\n'
                   '- {id: rt, name: Other, url: "https://rt.example/", region: asia, language: en, kind: agency}\n')
    found = {source.id: source for source in catalogue(Tables(tmp_path))}
    assert (found["mine"].verified, found["rt"].url) == (NEVER, "https://rt.example/")
    assert len(found) == len(catalogue(Tables())) + 1
    assert Tables(tmp_path).digest == Tables().digest
    for wrong in ("- {id: x, name: X}", "- {id: x, name: X, url: u, region: r, language: l, kind: official}",
                  '- {id: x, name: X, url: "https://x", region: r, language: l, kind: blog}',
                  '- {id: x, name: X, url: "https://x", region: r, language: l, kind: official, colour: red}'):
        own.write_text(wrong)
        with pytest.raises(KnowledgeError):
            catalogue(Tables(tmp_path))
