"""A glance at a page: what stands on it as text, found without extracting the article from it.

In: a parsed page and the text that it declares. Out: its paragraphs, and whatever else is long; all of it is more than the
article: what speaks of nothing in it speaks of nothing in the article, which need not be extracted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from lxml import etree

Dull = Callable[[Sequence[str]], bool]  # whether texts speak of nothing that is coded
_MANY = 0.5  # times the words of the paragraphs: so many others are not furniture alone
_LONG = 8  # words of a paragraph that is no furniture
# Pages without <p> hold their text in boxes, between line breaks; what is short there are menus, what is linked other news.
_LONG_IN_BOX = 60  # characters
_WITH_LONG_TEXT = etree.XPath("//body//text()[string-length() > 50]/..")
_HOST = 2  # paragraphs in an element, among which is the article
_NEAR = 5  # levels below such an element: a list or a table in the article
_NO_TEXT = frozenset(["script", "style", "noscript", "option", "textarea"])


@dataclass(frozen=True, slots=True)
class Glance:
    """The texts of a page, each on one line: ``paragraphs`` in order, long texts in boxes ``beside`` them, ``others`` that
    are long; ``declared`` those that it declares as its article and does not show as paragraphs. ``elements`` hold long
    texts."""

    paragraphs: list[str]
    beside: list[str]
    others: list[str]
    declared: list[str]
    elements: list[Any]

    @property
    def texts(self) -> list[str]:
        """Those among which the article is. The others of a page of paragraphs are its captions and teasers."""
        words, more = (sum(text.count(" ") + 1 for text in texts) for texts in (self.paragraphs, self.others))
        return [*self.paragraphs, *self.beside, *self.declared, *(self.others if more > _MANY * words else ())]


def glance(tree: Any, declared: str) -> Glance:
    """What stands on a page that ``declared`` a text as its article."""
    found = [(element, text) for element in tree.iter("p")
             if (text := _line("".join(element.itertext()))).count(" ") >= _LONG - 1]
    hosts = {host for host, count in Counter(element.getparent() for element, _ in found).items() if count >= _HOST}
    standing = {"", *(text for _, text in found)}
    long = [element for element in _WITH_LONG_TEXT(tree) if element.tag not in _NO_TEXT]
    beside: list[str] = []
    others: list[str] = []
    for element in long:
        if texts := [text for text in map(_line, _in_box(element)) if text not in standing]:
            near = islice(element.iterancestors(), _NEAR)
            (others if hosts.isdisjoint((element, *near)) else beside).extend(texts)
    lines = [text for text in map(_line, declared.splitlines()) if text not in standing]
    return Glance([text for _, text in found], beside, others, lines, long)


def is_linked(element: Any) -> bool:
    """Whether an element is a link or stands in one."""
    return element.tag == "a" or _within(element, "a")


def _in_box(element: Any) -> list[str]:
    """The long texts of an element that stand in no paragraph and are no link."""
    if element.tag in ("a", "p"):
        return []
    texts = (element.text, *(child.tail for child in element))
    long = [text for text in texts if text and len(text) > _LONG_IN_BOX]
    return long if long and not _within(element, "p") else []


def _within(element: Any, tag: str) -> bool:
    return next(element.iterancestors(tag), None) is not None


def _line(text: str) -> str:
    return " ".join(text.split())
