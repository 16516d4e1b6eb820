"""Web pages: markup in, title, body and metadata out. The text of the article is title, an empty line, body."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any

import lxml.html
import trafilatura

from tocsin.errors import InputError
from tocsin.model import Problem
from tocsin.model.article import DateBasis
from tocsin.reading.dates import address_day, metadata_day
from tocsin.reading.metadata import Metadata, page_metadata
from tocsin.sources.page import NOTHING_STATED, Stated

STAGE = "page"
# What an XML-based parser refuses to hold; in a page these are damage, never words.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_WHOLE = re.compile(r"<(?:html|body)\b", re.IGNORECASE)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")


@dataclass(frozen=True, slots=True)
class ExtractedPage:
    """The article of a page: ``text`` begins with the title, which ends at ``title_end`` (0: no title)."""

    text: str
    title_end: int
    metadata: Metadata
    problems: tuple[Problem, ...] = ()


def extract_page(markup: str, where: str, stated: Stated = NOTHING_STATED) -> ExtractedPage:
    """Find the article of a page.

    Raises InputError where there is none.
    """
    clean = _DECLARATION.sub("", _UNPRINTABLE.sub("", markup))
    if clean.strip() and not _WHOLE.search(clean):  # a saved fragment: the extractor wants a document
        clean = f"<html><body><article>{clean}</article></body></html>"
    try:
        tree = lxml.html.document_fromstring(clean)
    except (ValueError, lxml.etree.LxmlError) as error:
        raise InputError(f"{where} is no web page that can be read: {error}") from error
    metadata = page_metadata(tree)
    if stated.title:
        metadata.title = stated.title
    if stated.published:
        _take_day(metadata, metadata_day(stated.published), "meta")
    problems: list[Problem] = []
    body = _body(clean, problems)
    if not body.strip():
        raise InputError(f"{where}: no article was found in the page; save the article's text and give that")
    _complete(metadata, clean, problems)
    title = metadata.title or ""
    text = f"{title}\n\n{_without_title(body, title)}" if title else body
    return ExtractedPage(text, len(title), metadata, tuple(problems))


def _body(markup: str, problems: list[Problem]) -> str:
    try:
        precise = trafilatura.extract(markup, favor_precision=True, include_comments=False)
        return precise or trafilatura.extract(markup, include_comments=False) or ""
    except Exception as error:  # whatever a page does to the extractor, the other pages go on
        problems.append(Problem(stage=STAGE, message=f"the body could not be extracted: {error!r}"))
        return ""


def _complete(metadata: Metadata, markup: str, problems: list[Problem]) -> None:
    """Fill what the page does not state: the day from its address, else title, author and day from its text."""
    if metadata.published is None and (day := address_day(metadata.url)):
        metadata.published, metadata.basis = day, "url"
    if metadata.published is not None and metadata.title:
        return
    try:
        guessed: Any = trafilatura.extract_metadata(markup)
    except Exception as error:
        problems.append(Problem(stage=STAGE, message=f"metadata could not be extracted: {error!r}"))
        return
    metadata.title = metadata.title or guessed.title
    metadata.author = metadata.author or guessed.author
    if metadata.published is None:
        _take_day(metadata, metadata_day(guessed.date), "text")


def _take_day(metadata: Metadata, day: dt.date | None, basis: DateBasis) -> None:
    if day is not None:
        metadata.published, metadata.basis = day, basis


def _without_title(body: str, title: str) -> str:
    first, _, rest = body.partition("\n")
    same = " ".join(first.split()).casefold() == " ".join(title.split()).casefold()
    return rest.lstrip("\n") if same and rest.strip() else body
