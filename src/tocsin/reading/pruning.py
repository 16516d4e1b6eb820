"""The boxes of a page that hold nothing of an article, taken out before the article is looked for.

In: a parsed page. Out: the same tree without menus, lists of links, pictures and scripts: two thirds of the elements of a
news page, each of which the extractor would weigh. A box stays where it holds a paragraph or a long stretch of text that is
no link, or a heading; and so do small ones, among which are dates and names.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import Any

from tocsin.reading.glance import is_linked

_BOXES = frozenset([
    "article", "div", "figure", "form", "header", "main", "ol", "picture", "section", "style", "table", "ul", "video"])
_FURNITURE = ("aside", "button", "dialog", "footer", "iframe", "menu", "nav", "noscript", "svg")
"""What the extractor takes out whatever it holds; it does so late, after it has copied the page and searched through it."""
_SMALL = 4  # elements


def prune(tree: Any, telling: Iterable[Any]) -> None:
    """Take out of a tree the boxes that hold nothing of its article; the text that follows one stays. ``telling`` are the
    elements that hold long texts."""
    for box in list(tree.iter(*_FURNITURE)):
        box.drop_tree()
    kept = set()
    unlinked = (one for one in telling if not is_linked(one))
    headings = (one for one in tree.iter("h2", "h3", "h4") if one.find(".//a") is None)
    for element in (*unlinked, *tree.iter("p", "h1"), *headings):
        while element is not None and element not in kept:
            kept.add(element)
            element = element.getparent()
    for box in [child for element in kept for child in element
                if child.tag in _BOXES and child not in kept and _is_large(child)]:
        box.drop_tree()


def _is_large(box: Any) -> bool:
    return next(islice(box.iter(), _SMALL - 1, None), None) is not None
