"""The first look at web pages: what is laid aside is not extracted, what may hold a record always is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from test_relevance import FERRY, SHELLED
from tocsin.cli.app import app
from tocsin.pipeline.first_look import FirstLook
from tocsin.reading import LAID_ASIDE, Reading, page, read_pages
from tocsin.register import Register
from tocsin.sources import RawPage

QUIET = [" ".join(part.split()) for part in FERRY.split(". ")]
QUICK = Reading(dull=FirstLook())


def _page(*parts: str, head: str = "", title: str = "Late sailing") -> RawPage:
    body = "".join(parts)
    markup = f"<html><head><title>{title}</title>{head}</head><body>{body}</body></html>"
    return RawPage("page.html", "html", markup.encode())


def _paragraphs(texts: list[str]) -> str:
    return "".join(f"<p>{text}.</p>" for text in texts)


def _aside(found: RawPage) -> bool:
    return bool(read_pages(found, QUICK)[0][0].extra.get(LAID_ASIDE))


def test_a_page_on_a_ferry_is_not_extracted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page, "extract_body", lambda *given: pytest.fail("extracted"))
    (article, problems), *rest = read_pages(_page(_paragraphs(QUIET)), QUICK)
    assert (article.extra, article.title, article.language, rest) == ({LAID_ASIDE: True}, "Late sailing", "en", [])
    assert [problem.message for problem in problems] == [page.ASIDE]
    assert article.text.splitlines()[2:] == [f"{text}." for text in QUIET if len(text.split()) >= 8]


def test_a_page_on_a_shelling_is_read_as_without_the_look() -> None:
    found = _page(_paragraphs([*QUIET, SHELLED]))
    assert read_pages(found, QUICK) == read_pages(found, Reading())
    assert not _aside(found)


@pytest.mark.parametrize("boxes", [
    f"<div>{SHELLED}<br><br>{QUIET[1]}</div>",
    f"<table><tr><td>{SHELLED}</td></tr></table>",
    f"<ul><li><b>{SHELLED}</b></li></ul>",
], ids=["breaks", "table", "list"])
def test_text_outside_of_paragraphs_counts(boxes: str) -> None:
    assert not _aside(_page(_paragraphs(QUIET), boxes))


def test_what_is_only_linked_or_in_a_script_does_not_count() -> None:
    assert _aside(_page(_paragraphs(QUIET), f"<a href='/x'>{SHELLED}</a><script>var text = '{SHELLED}'</script>"))


def test_text_that_a_page_declares_counts() -> None:
    declared = json.dumps({"@type": "NewsArticle", "headline": "Late sailing", "articleBody": SHELLED})
    assert not _aside(_page(_paragraphs(QUIET), head=f"<script type='application/ld+json'>{declared}</script>"))


def test_a_headline_counts() -> None:
    assert not _aside(_page(_paragraphs(QUIET), title="Army shells rebels after airstrike kills three soldiers"))


def test_a_short_page_is_always_extracted() -> None:
    assert not _aside(_page(_paragraphs(QUIET[:2])))


def test_a_page_in_another_language_is_laid_aside_and_counted_by_it(tmp_path: Path) -> None:
    german = [
        "Die Fähre fährt ab der ersten Woche im Juni auch um elf Uhr am Abend, sagte der Leiter der Reederei",
        "Die Armee teilte mit, dass die Rebellen in der Nacht die Stadt am Hafen mit Raketen beschossen haben",
        "Im vergangenen Jahr fuhren mehr als zweihunderttausend Menschen mit den Booten, und viele hatten ein Rad dabei",
        "Der Rat der Stadt bezahlt in diesem Sommer die Hälfte der Kosten und zählt danach, wie viele Plätze besetzt sind",
    ]
    found = _page(_paragraphs(german), title="Die Fähre")
    assert _aside(found)
    summary = _ingested(tmp_path, found)
    assert (summary["languages"], summary["laid_aside"]) == ({"de": 1}, 0)


def test_ingest_tells_how_many_and_thorough_reads_them(tmp_path: Path) -> None:
    told = "Houthi rebels shelled the Yemeni town of Mokha on Monday, killing three soldiers"
    quiet, shelled = _page(_paragraphs(QUIET)), _page(_paragraphs([*QUIET, told]), title="Town shelled")
    summary = _ingested(tmp_path, quiet, shelled)
    assert (summary["new"], summary["laid_aside"]) == (2, 1)
    assert summary["records"] >= 1
    assert _ingested(tmp_path, quiet, shelled)["known"] == 2
    summary = _ingested(tmp_path, quiet, shelled, options=["--thorough"])
    assert (summary["known"], summary["laid_aside"]) == (0, 0)
    with Register(tmp_path / "r.db") as register:
        assert not [row for row in register.articles() if LAID_ASIDE in register.article(row.id).extra]


def _ingested(folder: Path, *pages: RawPage, options: list[str] | None = None) -> dict[str, object]:
    """The summary of an ingest of pages."""
    news = folder / "news"
    news.mkdir(exist_ok=True)
    for number, found in enumerate(pages):
        assert isinstance(found.content, bytes)
        (news / f"{number}.html").write_bytes(found.content)
    done = CliRunner().invoke(app, ["ingest", str(news), "--register", str(folder / "r.db"), "--json", *(options or [])])
    summary: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    return summary


def _teasers(count: int) -> str:
    told = "Rebels shelled the harbour town, killing three soldiers, the army said"
    return "".join(f"<div class='card'><div><div><div><div><span>{told}, number {n}</span></div></div></div></div></div>"
                   for n in range(count))


def test_teasers_beside_a_page_of_paragraphs_do_not_count() -> None:
    article = f"<main><div>{_paragraphs(QUIET)}</div></main>"
    assert _aside(_page(article, _teasers(3)))
    assert not _aside(_page(article, _teasers(20)))  # so many may be the article itself


def test_a_box_among_the_paragraphs_counts() -> None:
    inside = f"<div><ul><li><span><b>{SHELLED}</b></span></li></ul></div>"
    assert not _aside(_page(f"<main><div>{_paragraphs(QUIET)}{inside}</div></main>"))
