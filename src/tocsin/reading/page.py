"""Web pages: markup in, title, body and metadata out. The text of the article is title, an empty line, body."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Any

import lxml.html
import trafilatura

from tocsin.errors import InputError
from tocsin.model import Problem
from tocsin.model.article import DateBasis
from tocsin.reading.bodies import extract_body
from tocsin.reading.bylines import names_in
from tocsin.reading.dates import address_day, metadata_day
from tocsin.reading.glance import Dull, glance
from tocsin.reading.items import Item, declared, is_roundup, split
from tocsin.reading.metadata import Metadata, metadata_table, page_metadata
from tocsin.sources.formats import limits
from tocsin.sources.page import NOTHING_STATED, Stated

STAGE = "page"
ASIDE = "laid aside at a first look: the page's paragraphs are kept as they stand, and nothing of them is coded"
_HEADINGS = 300  # of a page that are looked at
# What an XML-based parser refuses to hold; in a page these are damage, never words.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_DAMAGE = bytes(code for code in range(128) if _UNPRINTABLE.match(chr(code)))  # those of one byte
_ALLOWED = b"\x0b\x0c\x1b"  # those that bytes of text may hold, too
_WHOLE = re.compile(r"<(?:html|body)\b", re.IGNORECASE)
_LINK = re.compile(r"<a\s", re.IGNORECASE)
_YEAR = re.compile(r"(?<![\d-])(?:19|20)\d\d(?![\d-])")
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")


@dataclass(frozen=True, slots=True)
class ExtractedPage:
    """The article of a page: ``text`` begins with the title, which ends at ``title_end`` (0: no title). ``items`` are
    its parts, where it is a live blog or a round-up. One that is ``laid_aside`` was not extracted: its text are the page's
    paragraphs as they stand."""

    text: str
    title_end: int
    metadata: Metadata
    items: tuple[Item, ...] = ()
    problems: tuple[Problem, ...] = ()
    laid_aside: bool = False


def extract_page(
    markup: str, where: str, stated: Stated = NOTHING_STATED, dull: Dull | None = None, *, whole: bool = False,
    utf8: bytes | None = None,
) -> ExtractedPage:
    """Find the article of a page, in parts where it has such, unless ``whole``. One whose texts are ``dull`` is laid aside.
    ``utf8``: the markup in UTF-8, where it came so and without control characters.

    Raises InputError where there is none.
    """
    clean, raw = _printable(markup, utf8)
    if clean.count("<") > limits().max_links and (links := len(_LINK.findall(clean))) > limits().max_links:
        raise InputError(f"{where}: the page holds {links:,} links; more than {limits().max_links:,} make no article")
    if clean.strip() and not _WHOLE.search(clean):  # a saved fragment: the extractor wants a document
        clean = f"<html><body><article>{clean}</article></body></html>"
        raw = clean.encode()
    try:
        tree = lxml.html.document_fromstring(raw, parser=_parser())
    except (ValueError, lxml.etree.LxmlError) as error:
        raise InputError(f"{where} is no web page that can be read: {error}") from error
    metadata = page_metadata(tree)
    problems: list[Problem] = []
    if stated.title:
        metadata.title = stated.title
    if stated.published and (day := metadata_day(stated.published)) is not None:
        metadata.days.insert(0, ("meta", day))
    if stated.listed and (day := metadata_day(stated.listed)) is not None:
        metadata.listed = day
    _settle_day(metadata, metadata_day(stated.fetched) if stated.fetched else None, problems)

    def complain(message: str) -> None:
        problems.append(Problem(stage=STAGE, message=message))

    seen = glance(tree, metadata.body)
    if dull is not None and dull([metadata.title or "", *seen.texts]):
        title, standing = metadata.title or "", "\n".join(seen.paragraphs or seen.texts)
        text = f"{title}\n\n{standing}" if title else standing
        complain(ASIDE)
        return ExtractedPage(text, len(title), metadata, problems=tuple(problems), laid_aside=True)
    found = islice(tree.iter("h2", "h3", "h4"), _HEADINGS) if metadata.title is None or is_roundup(metadata.title) else ()
    headings = [" ".join(element.itertext()) for element in found]
    items = () if whole else declared(metadata.updates)
    body = "\n".join(item.text for item in items) or extract_body(tree, clean, seen, metadata.body, complain)
    if not body.strip():
        raise InputError(f"{where}: no article was found in the page; save the article's text and give that")
    _complete(metadata, clean, problems)
    if not (stated.published or stated.listed):
        _date_anew(metadata, body, problems)
    title = metadata.title or ""
    text = f"{title}\n\n{_without_title(body, title)}" if title else body
    if not items and not whole:
        items = split(metadata.title, body, headings)
    return ExtractedPage(text, len(title), metadata, items, tuple(problems))


def _printable(markup: str, utf8: bytes | None) -> tuple[str, bytes]:
    """The markup without signs that are damage and without a declaration, and the same in UTF-8, which the parser reads
    faster. Nearly every page has no damage, which its bytes tell at once."""
    try:
        raw = utf8 or markup.encode()
    except UnicodeEncodeError:  # half a character
        raw = b"\0"
    damaged = any(sign in raw for sign in _ALLOWED) if utf8 else len(raw.translate(None, _DAMAGE)) != len(raw)
    if damaged or "\ufffe" in markup or "\uffff" in markup:
        markup = _UNPRINTABLE.sub("", markup)
        raw = markup.encode()
    if found := _DECLARATION.match(markup):
        markup = markup[found.end():]
        raw = markup.encode()
    return markup, raw


@lru_cache(maxsize=1)
def _parser() -> lxml.html.HTMLParser:
    return lxml.html.HTMLParser(encoding="utf-8")


def _settle_day(metadata: Metadata, fetched: dt.date | None, problems: list[Problem]) -> None:
    """The day of publication among those that the page states.

    The first stated goes before the others (JSON-LD, then meta, then the address), unless it lies after the day on which the
    page was fetched, or two of the others agree on an earlier one: then the page was dated anew. That they differ by more
    than the zones of the Earth account for is told.
    """
    address = address_day(metadata.url)
    days = list(metadata.days)
    if address:
        days.append(("url", address))
    if metadata.listed:
        days.append(("feed", metadata.listed))
    last = fetched + dt.timedelta(days=1) if fetched else None
    possible = [(basis, day) for basis, day in days if last is None or day <= last] or days
    if not possible:
        return
    basis, day = possible[0]
    counts = Counter(one for _, one in possible)
    agreed = min((one for one, count in counts.items() if count > 1 and one < day), default=None)
    if agreed is not None and counts[day] == 1:
        basis, day = next((found for found in possible if found[1] == agreed), possible[0])
    metadata.published, metadata.basis = day, basis
    others = sorted({one for _, one in days if abs((one - day).days) > 1})
    if others:
        told = ", ".join(map(str, others))
        problems.append(Problem(stage=STAGE, message=f"the page states other days, too ({told}); {day} ({basis}) was taken"))


def _date_anew(metadata: Metadata, body: str, problems: list[Problem]) -> None:
    """A page that is kept up to date for years ("What is the alliance?") tells of years after its first day: it is of the
    day on which it was last changed, and what "last month" means there is counted from that."""
    first, last = metadata.published, metadata.changed
    least = metadata_table()["kept_up"]
    if first is None or last is None or last.year - first.year < least["years"]:
        return
    later = [year for year in map(int, _YEAR.findall(body)) if first.year < year <= last.year]
    if len(later) >= least["told"]:
        metadata.published = last
        told = f"the page states {first} as its day, but tells of {max(later)}; {last}, when it was last changed, was taken"
        problems.append(Problem(stage=STAGE, message=told))


def _complete(metadata: Metadata, markup: str, problems: list[Problem]) -> None:
    """Fill what the page does not state: title, author and day from its text."""
    if metadata.published is not None and metadata.title:
        return
    try:
        guessed: Any = trafilatura.extract_metadata(markup)
    except Exception as error:
        problems.append(Problem(stage=STAGE, message=f"metadata could not be extracted: {error!r}"))
        return
    metadata.title = metadata.title or guessed.title
    metadata.author = metadata.author or ", ".join(names_in(guessed.author or "")) or None
    if metadata.published is None:
        _take_day(metadata, metadata_day(guessed.date), "text")


def _take_day(metadata: Metadata, day: dt.date | None, basis: DateBasis) -> None:
    if day is not None:
        metadata.published, metadata.basis = day, basis


def _without_title(body: str, title: str) -> str:
    first, _, rest = body.partition("\n")
    same = " ".join(first.split()).casefold() == " ".join(title.split()).casefold()
    return rest.lstrip("\n") if same and rest.strip() else body
