"""The page and the phrases on it: text escaped, every span marked, links that lead somewhere. No language model."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser
from importlib import resources
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handmade import TEXT, article, party, record, result
from tocsin.export.marks import Mark, laned, runs
from tocsin.export.page import render
from tocsin.export.phrases import fields
from tocsin.export.templating import shown
from tocsin.knowledge.loader import Tables
from tocsin.knowledge.words import words
from tocsin.model import Article, Quote, Record, Result

VOID = {"meta", "br", "hr", "img", "input", "link"}
SAY = words()
CSS = resources.files("tocsin.export").joinpath("templates", "page.css").read_text(encoding="utf-8")


class Page(HTMLParser):
    """Parses a page: fails on tags that do not balance; keeps ids, links, and the text under each key and class."""

    def __init__(self, markup: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[tuple[str, dict[str, str | None]]] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: list[str] = []
        self.by_key: dict[str, str] = {}
        self.by_class: dict[str, str] = {}
        self.raw: dict[str, str] = {}
        self.attributes: list[dict[str, str | None]] = []
        self.feed(markup)
        self.close()
        assert not self.open, f"never closed: {[tag for tag, _ in self.open]}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        assert len(found) == len(attrs), f"an attribute twice: {attrs}"
        self.tags.append(tag)
        self.attributes.append(found)
        if found.get("id"):
            self.ids.append(found["id"] or "")
        if tag == "a" and found.get("href"):
            self.links.append(found["href"] or "")
        if tag not in VOID:
            self.open.append((tag, found))

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        last, _ = self.open.pop()
        assert last == tag, f"</{tag}> closes <{last}>"

    def handle_data(self, data: str) -> None:
        if self.open:
            self.raw[self.open[-1][0]] = self.raw.get(self.open[-1][0], "") + data
        in_ref = any("ref" in (a.get("class") or "").split() for _, a in self.open)
        in_text = any((a.get("class") or "") == "text" for _, a in self.open)
        if in_text and not in_ref:
            for _, found in self.open:
                for key in (found.get("data-k") or "").split():
                    self.by_key[key] = self.by_key.get(key, "") + data
        for _, found in self.open:
            for name in (found.get("class") or "").split():
                if not in_ref:
                    self.by_class[name] = self.by_class.get(name, "") + data


def page(*results: Result) -> Page:
    return Page(render(results, SAY))


def made(text: str, spans: list[tuple[int, int]], evidence: list[tuple[int, int]]) -> Result:
    """A result over any text whose record rests on the given spans; the title is not the text's."""
    about = Article(id="x", text_sha256="x", source="s", title="t", text=text)
    parties = tuple(party(text, text[a:b]).model_copy(update={"start": a, "end": b}) for a, b in spans)
    base = record("r_1", "statement", text, text[evidence[0][0]:evidence[0][1]], {"speaker": parties})
    quotes = tuple(Quote(start=a, end=b, exact=text[a:b]) for a, b in evidence)
    return Result(article=about, records=(base.model_copy(update={"evidence": quotes}),))


# --- the page ---------------------------------------------------------------------------------------------------------


def test_every_slot_and_every_evidence_is_marked_with_its_words() -> None:
    given = result()
    found = page(given)
    for number, item in enumerate(given.records, 1):
        marked = found.by_key[f"a1r{number}"]
        assert marked == "".join(e.exact for e in item.evidence)
        for n, field in enumerate(fields(item, SAY), 1):
            if field.spans:
                start, end = min(s for s, _ in field.spans), max(e for _, e in field.spans)
                assert found.by_key[f"a1r{number}f{n}"] == given.article.text[start:end]


def test_every_link_leads_to_an_id_of_the_page_and_ids_are_unique() -> None:
    found = page(result(), result())
    assert len(set(found.ids)) == len(found.ids)
    assert {link.removeprefix("#") for link in found.links} <= set(found.ids)
    assert all(link.startswith("#") for link in found.links)


def test_the_text_of_the_article_stands_on_the_page_unchanged() -> None:
    found = page(result())
    blocks = "".join(found.by_class[f"b-{kind}"] for kind in ("headline", "caption"))
    assert blocks == "Norway hands Latvia six howitzersPhoto: a howitzer on a lorry"
    for part in TEXT.split("\n\n"):
        assert part in found.by_class["block"]


def test_what_is_not_coded_is_folded_and_says_what_it_is() -> None:
    found = page(result())
    assert "Not coded: caption (1 passage)" in found.by_class["folded"]


HOSTILE = [
    '<script>alert(1)</script>', '"><img src=x onerror=alert(1)>', "</section></body></html>", "<!-- --> ]]> <![CDATA[",
    "{{ words }} {% for %} %s {0}", "&lt;b&gt; &amp; &#x3c;", "\u202eolleh\u202c \u0000 \x1b[31m \ud800 \x85",
    "'' onmouseover='x",
]


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_text_is_shown_and_never_obeyed(hostile: str) -> None:
    text = f"{hostile} sent tanks to {hostile} today."
    given = made(text, [(0, len(hostile))], [(0, len(text))])
    about = given.article.model_copy(update={
        "title": hostile, "publisher": hostile, "author": hostile, "source": hostile, "url": hostile})
    found = page(given.model_copy(update={"article": about}), result())
    assert found.tags.count("script") == found.tags.count("style") == 1
    assert not any(name.startswith("on") or name in ("style", "src") for a in found.attributes for name in a)
    assert shown(text) in found.by_class["block"]
    assert found.by_key["a1r1f1"] == shown(hostile)
    assert "img" not in found.tags


@given(st.data())
@settings(max_examples=80, deadline=None)
def test_any_text_and_any_spans_give_balanced_tags_and_marked_words(data: st.DataObject) -> None:
    text = data.draw(st.text(min_size=1, max_size=60))
    borders = st.tuples(st.integers(0, len(text) - 1), st.integers(1, 30)).map(
        lambda pair: (pair[0], min(len(text), sum(pair))))
    spans = data.draw(st.lists(borders, max_size=5))
    evidence = data.draw(st.lists(borders, min_size=1, max_size=3))
    given = made(text, spans, evidence)
    if not text.strip():
        return
    found = page(given)
    assert shown(text) == found.by_class["block"]
    for number, (start, end) in enumerate(spans, 1):
        assert found.by_key.get(f"a1r1f{number}", "") == shown(text[start:end])  # what cannot be shown has no mark


@given(st.integers(1, 40), st.lists(st.tuples(st.integers(0, 39), st.integers(0, 12), st.booleans()), max_size=8))
def test_runs_cover_the_stretch_once_and_every_mark_wholly(length: int, drawn: list[tuple[int, int, bool]]) -> None:
    marks = laned(Mark(a, min(a + n, length), f"k{i}", "t", "occurred", i, evidence)
                  for i, (a, n, evidence) in enumerate(drawn) if a < length)
    found = runs(0, length, marks)
    pieces = [(p.start, p.end) for run in found for p in run.pieces]
    assert [c for a, b in pieces for c in range(a, b)] == list(range(length))
    for mark in marks:
        covered = {c for run in found for p in run.pieces for c in range(p.start, p.end)
                   if mark in (run.evidence if mark.evidence else p.slots)}
        assert covered == set(range(mark.start, mark.end))
        if mark.evidence and mark.end > mark.start:
            assert sum(mark in run.ends for run in found) == 1


def test_the_policy_lets_only_the_pages_own_style_and_script_run() -> None:
    found = page(result())
    policy = next(a["content"] or "" for a in found.attributes if a.get("http-equiv") == "Content-Security-Policy")
    for part in ("style", "script"):
        digest = base64.b64encode(hashlib.sha256(found.raw[part].encode()).digest()).decode()
        assert f"{part}-src 'sha256-{digest}'" in policy
    assert "default-src 'none'" in policy
    assert not re.search(r"https?:|url\(|@import", found.raw["style"] + found.raw["script"])


def test_the_same_results_give_the_same_page() -> None:
    assert render([result()], SAY) == render([result()], SAY)


def test_a_page_of_many_articles_lists_them_with_their_counts() -> None:
    empty = Result(article=article(title="Nothing here"))
    found = page(result(), empty)
    assert "nav" in found.tags
    assert "3 records" in found.by_class["meta"]
    assert "No records." in found.by_class["none"]
    assert "nav" not in page(result()).tags


def test_a_page_without_articles_says_so() -> None:
    assert "No article was read." in render([], SAY)


def test_structure_is_there_for_those_who_do_not_see_it() -> None:
    found = page(result(), result())
    assert [tag for tag in found.tags if tag in ("h1", "main", "nav")] == ["h1", "nav", "main"]
    assert found.attributes[0]["lang"] == "en"
    levels = [int(tag[1]) for tag in found.tags if re.fullmatch("h[1-6]", tag)]
    assert all(after - before <= 1 for before, after in pairwise(levels))


def _luminance(colour: str) -> float:
    parts = [int(colour[i:i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def _contrast(one: str, other: str) -> float:
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark", "print"])
def test_words_stand_out_from_what_is_behind_them(theme: str) -> None:
    themes = re.findall(r":root \{(.*?)\}", CSS, re.DOTALL)
    assert len(themes) == 3
    colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", themes[0]))
    colours |= dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", themes[["light", "dark", "print"].index(theme)]))
    pairs = [("ink", "paper"), ("muted", "paper"), ("ink", "panel"), ("muted", "panel"), ("accent", "paper"),
             ("lit-ink", "lit"), ("paper", "ink")]
    pairs += [(name, "paper") for name in colours if name.startswith("c-")]
    pairs += [("on-type", name) for name in colours if name.startswith("c-")]
    faint = {pair: _contrast(colours[pair[0]], colours[pair[1]]) for pair in pairs}
    assert {pair: ratio for pair, ratio in faint.items() if ratio < 4.5} == {}


def test_every_record_type_has_a_line_of_its_own() -> None:
    styles = re.findall(r"\.t-(\w+) \{ --c: [^;]+; (--line: \w+; --thick: [\d.]+px)", CSS)
    types = {file.parent.name for file in Tables().files("frames/*/type.yaml")}
    assert {name for name, _ in styles} == types
    assert len({style for _, style in styles}) == len(types)
    assert len({SAY(f"letter.{name}") for name in types}) == len(types)


def test_records_of_a_type_that_nobody_listed_are_shown_as_well() -> None:
    text = "Gamma moved."
    odd: dict[str, Any] = {"roles": {"mover": (party(text, "Gamma"),)}}
    strange: Record = record("r_1", "space_launch", text, text, odd["roles"])
    found = page(Result(article=article(text), records=(strange,)))
    assert "space launch" in found.by_class["record"]
