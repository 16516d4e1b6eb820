"""The body of a page: what trafilatura extracts, set right by the text that the page itself declares as its article.

It extracts quickly, from the page without what surely is none of the article; where what it found lacks most of the page's
paragraphs, it is asked for more, then to look thoroughly, at last at all of the page, which takes five times as long. A
declared text that holds what was extracted and a good deal more is taken instead; one that holds nearly all of it shows
which of the lines extracted are furniture.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

import trafilatura

from tocsin.reading.glance import Glance
from tocsin.reading.pruning import prune

_WORD = re.compile(r"\w+")
_SIGNS = re.compile(r"\W+")
_MORE = 1.2  # times the words of what was extracted: the declared text holds what was missed
_SHARED = 0.85  # of the words extracted that the declared text holds too: both are the same article
_WHOLE = 0.6  # of the words extracted: a declared text shorter than that is a summary
_KEPT = 0.9  # of the declared words that must be left when lines are taken out
_LINE = 60  # letters by which a line is looked for
_LONG = 1000  # letters in one line are an article whose paragraphs were lost
_MISSED = 0.3  # of the words of such paragraphs: where less was found quickly, something else was taken for the article


def extract_body(tree: Any, markup: str, seen: Glance, declared: str, complain: Callable[[str], None]) -> str:
    """The body of a page, paragraphs on lines of their own; empty where none was found. The tree, that of the markup, is of
    no use afterwards. ``seen`` is what stands on the page, ``declared`` the text that it declares."""
    prune(tree, seen.elements)
    found = ""
    for page, fast, more in ((tree, True, False), (tree, True, True), (tree, False, False), (markup, False, False)):
        found = _extracted(page, complain, fast=fast, more=more) or found
        if _is_whole(found, seen.paragraphs):
            break
    return _set_right(found, declared) if declared else found


def _is_whole(found: str, paragraphs: Sequence[str]) -> bool:
    """Whether what was found has paragraphs, and enough of those of the page, where these are not furniture alone."""
    if not found or (len(found) > _LONG and "\n" not in found):
        return False
    letters = sum(map(len, paragraphs))
    if 2 * sum(len(text) for text in paragraphs if text[:_LINE] in found) >= letters or 2 * letters < len(found):
        return True
    wanted = _words("\n".join(paragraphs))
    return (_words(found) & wanted).total() >= _MISSED * wanted.total()


def _extracted(page: Any, complain: Callable[[str], None], *, fast: bool, more: bool) -> str:
    try:
        return trafilatura.extract(page, include_comments=False, fast=fast, favor_recall=more) or ""
    except Exception as error:  # whatever a page does to the extractor, the other pages go on
        complain(f"the body could not be extracted: {error!r}")
        return ""


def _set_right(found: str, declared: str) -> str:
    ours, theirs = _words(found), _words(declared)
    shared = (ours & theirs).total()
    if theirs.total() >= _MORE * ours.total() and shared >= _SHARED * ours.total():
        return _paragraphs(declared)
    if theirs.total() >= _WHOLE * ours.total() and shared < ours.total():
        kept = _declared_lines(found, declared)
        if (_words(kept) & theirs).total() >= _KEPT * theirs.total():
            return kept
    return found


def _declared_lines(found: str, declared: str) -> str:
    """The lines that the declared text holds, and what stands before the first of them: a lead is often not part of it."""
    whole = _letters(declared)
    lines = found.split("\n")
    held = [not _letters(line) or _letters(line)[:_LINE] in whole for line in lines]
    first = next((number for number, line in enumerate(lines) if held[number] and len(line.split()) > 5), 0)
    return "\n".join(line for number, line in enumerate(lines) if held[number] or number < first)


def _paragraphs(text: str) -> str:
    """A declared text with one line break between paragraphs, as what is extracted has it."""
    return "\n".join(line.strip() for line in text.splitlines() if line.strip())


def _letters(text: str) -> str:
    return _SIGNS.sub("", text).casefold()


def _words(text: str) -> Counter[Any]:
    return Counter(_WORD.findall(text.casefold()))
