"""A glance at a page: what stands on it as text, found without extracting the article from it.

In: a parsed page and the text that it declares. Out: its paragraphs, and whatever else is long; all of it is more than the
article: what speaks of nothing in it speaks of nothing in the article, which need not be extracted.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from lxml import etree

Dull = Callable[[Sequence[str]], bool]  # whether texts speak of nothing that is coded
_LONG = 8  # words of a paragraph that is no furniture
# Pages without <p> hold their text in boxes, between line breaks; what is short there are menus, what is linked other news.
_IN_BOXES = etree.XPath(
    "//body//text()[string-length() > 60][not(ancestor::p or parent::script or parent::style or parent::a"
    " or parent::noscript or parent::option or parent::textarea)]", smart_strings=False)


@dataclass(frozen=True, slots=True)
class Glance:
    """The texts of a page, each on one line: ``paragraphs`` in order, ``others`` that are long."""

    paragraphs: list[str]
    others: list[str]


def glance(tree: Any, declared: str) -> Glance:
    """What stands on a page. Of the text that it ``declared`` as its article the lines that are not on it count, too."""
    found = paragraphs(tree)
    standing = set(found)
    others = [" ".join(text.split()) for text in (*_IN_BOXES(tree), *declared.splitlines())]
    return Glance(found, [text for text in others if text and text not in standing])


def paragraphs(tree: Any) -> list[str]:
    """The paragraphs of a page that are no furniture."""
    found = (" ".join("".join(element.itertext()).split()) for element in tree.iter("p"))
    return [text for text in found if text.count(" ") >= _LONG - 1]
