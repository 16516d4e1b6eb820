"""What is taken out of a page before its article is looked for, and what must stay."""

from __future__ import annotations

import lxml.html
import pytest

from tocsin.reading.glance import glance
from tocsin.reading.pruning import prune

LONG = "The ferry between the two islands will sail at eleven in the evening from the first week of June."
LINKS = "".join(f"<li><a href='/{n}'>Another story of the day, number {n}, with a headline that is long enough</a></li>"
                for n in range(6))


def _pruned(body: str) -> str:
    tree = lxml.html.document_fromstring(f"<html><body>{body}</body></html>")
    prune(tree, glance(tree, "").elements)
    return str(lxml.html.tostring(tree.find("body"), encoding="unicode"))


@pytest.mark.parametrize("box", [
    f"<ul>{LINKS}</ul>",
    f"<div><h3><a href='/'>More</a></h3><ul>{LINKS}</ul></div>",
    "<div><button>Share</button><span>Print</span><span>Mail</span><span>Save</span></div>",
    "<svg><g><path d='M0 0'/><path d='M1 1'/><path d='M2 2'/></g></svg>",
], ids=["links", "headed", "buttons", "drawing"])
def test_a_box_without_text_goes_and_what_follows_it_stays(box: str) -> None:
    assert _pruned(f"<div><p>{LONG}</p>{box}And after.</div>") == f"<body><div><p>{LONG}</p>And after.</div></body>"


@pytest.mark.parametrize("box", [
    "<div><div><div><div><p>Short.</p></div></div></div></div>",
    f"<div><div><div><div>{LONG}</div></div></div></div>",
    "<section><div><div><div><h2>What is next</h2></div></div></div></section>",
    "<div><span>3 June</span></div>",
    f"<table><tr><td>{LONG}</td><td>1</td></tr></table>",
], ids=["paragraph", "text", "heading", "small", "table"])
def test_what_may_be_of_the_article_stays(box: str) -> None:
    page = f"<article><p>{LONG}</p>{box}</article>"
    assert lxml.html.fromstring(page).text_content() == lxml.html.fromstring(_pruned(page)).text_content()
    assert box.count("<") == _pruned(page).count("<") - len(["<body>", "</body>", "<article>", "</article>", "<p>", "</p>"])


def test_a_heading_that_is_a_link_keeps_no_box() -> None:
    teaser = "<div><div><h3><a href='/x'>Elsewhere</a></h3><span>1 h</span></div></div>"
    assert "Elsewhere" not in _pruned(f"<p>{LONG}</p>{teaser}")
