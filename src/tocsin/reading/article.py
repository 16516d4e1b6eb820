"""Pages and texts to articles: decoding, blocks, title, day of publication, language, identity.

In: a raw page, or text with what is known of it. Out: the article, and the problems met on the way. The text of an
article equals the decoded input; nothing is cleaned.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from tocsin.errors import InputError
from tocsin.model import Article, Block, Problem, Published
from tocsin.model.article import DateBasis
from tocsin.reading.blocks import mark
from tocsin.reading.datelines import read_dateline
from tocsin.reading.dates import address_day, dated_line, future_problem, is_date_line, metadata_day, parse_published
from tocsin.reading.decode import Decoded, decode
from tocsin.reading.items import Item
from tocsin.reading.language import ENGLISH, language_of
from tocsin.reading.objects import read_object
from tocsin.sources.formats import limits
from tocsin.sources.page import RawPage

if TYPE_CHECKING:  # takes a second to load, and plain text does not need it
    from tocsin.reading.glance import Dull

Read = tuple[Article, list[Problem]]
_CODED = ("headline", "body")
PART = "page_part"  # the extra that names a part of a page
LAID_ASIDE = "laid_aside"  # the extra that says of a page that it was not extracted, for nothing on it is coded


def read_page(page: RawPage, *, published: dt.date | str | None = None, plain: bool = False) -> Read:
    """Read one page of whatever kind as one article.

    ``published``: the user's day, which goes before any that the page states. ``plain``: all of the text is body.
    Raises InputError where the page holds no article that can be read.
    """
    return read_parts(page, published=published, plain=plain, whole=True)[0]


def read_parts(page: RawPage, *, published: dt.date | str | None = None, plain: bool = False, whole: bool = False,
               dull: Dull | None = None) -> list[Read]:
    """The same with each part of a live blog or a round-up as an article of its own, unless ``whole``. A web page whose
    texts are ``dull`` is not extracted: its paragraphs are taken as they stand, and ``LAID_ASIDE`` says so."""
    day = None if published is None else parse_published(published)
    if isinstance(page.content, dict):
        return [_read_json(page, page.content, day, plain)]
    if page.kind == "pdf":
        return [_read_pdf(page, day, plain)]
    read = Decoded(page.content, []) if isinstance(page.content, str) else decode(
        page.content, page.where, markup=page.kind == "html")
    if page.kind == "html":
        return _read_html(page, read, day, plain, whole=whole, dull=dull)
    stated = page.stated
    said = None if day or not stated.published else metadata_day(stated.published)
    base = Article(id="", text_sha256="", source=page.source, url=page.url, title=stated.title, author=stated.author,
                   publisher=stated.publisher, text=read.text,
                   published=_published(day, "user") if day else _published(said, "meta"))
    article, more = _finish(base, plain=plain)
    if article.published.value is None and stated.listed:
        article = article.model_copy(update={"published": _published(metadata_day(stated.listed), "feed")})
    return [(article, read.problems + more)]


def _read_pdf(page: RawPage, day: dt.date | None, plain: bool) -> Read:
    from tocsin.reading.pdf import read_pdf

    found = read_pdf(page.content if isinstance(page.content, bytes) else b"", page.where)
    made = metadata_day(found.made) if found.made else None
    base = Article(id="", text_sha256="", source=page.source, url=page.url, title=page.stated.title, text=found.text,
                   author=page.stated.author, publisher=page.stated.publisher, published=_published(day, "user"))
    article, problems = _finish(base, plain=plain)
    if article.published.value is None and made is not None:
        article = article.model_copy(update={"published": _published(made, "meta")})
    elif article.published.value is None and page.stated.listed:
        article = article.model_copy(update={"published": _published(metadata_day(page.stated.listed), "feed")})
    return article, problems


def article_from_text(
    text: str, *, source: str = "<text>", title: str | None = None, url: str | None = None,
    published: dt.date | str | None = None, publisher: str | None = None, author: str | None = None,
    plain: bool = False, extra: dict[str, Any] | None = None,
) -> Read:
    """An article from its text and what is known of it; ``published`` is the user's day.

    Raises UsageError where the day is none, InputError where the text is too long or holds half characters.
    """
    day = None if published is None else parse_published(published)
    base = Article(id="", text_sha256="", source=source, url=url, title=title, author=author, publisher=publisher,
                   published=_published(day, "user"), text=text, extra=extra or {})
    return _finish(base, plain=plain)


def _read_json(page: RawPage, content: dict[str, Any], day: dt.date | None, plain: bool) -> Read:
    found = read_object(content, page.where)
    base = Article(id="", text_sha256="", source=page.source, url=found.url, title=found.title, author=found.author,
                   publisher=found.publisher, text=found.text, extra=found.extra,
                   published=_published(day, "user") if day else _published(found.published, "meta"))
    article, problems = _finish(base, plain=plain)
    return article, [*found.problems, *problems]


def _read_html(
    page: RawPage, read: Decoded, day: dt.date | None, plain: bool, *, whole: bool, dull: Dull | None
) -> list[Read]:
    from tocsin.reading.page import extract_page  # takes a second to load, and plain text does not need it

    found = extract_page(read.text, page.where, page.stated, dull, whole=whole, utf8=read.utf8)
    stated = found.metadata
    base = Article(id="", text_sha256="", source=page.source, url=_url(stated.url, page.url), title=stated.title,
                   author=stated.author or page.stated.author, publisher=stated.publisher or page.stated.publisher,
                   text=found.text, extra={LAID_ASIDE: True} if found.laid_aside else {},
                   published=_published(day, "user") if day else _published(stated.published, stated.basis))
    problems = [*read.problems, *found.problems]
    if whole or not found.items:
        article, more = _finish(base, plain=plain or found.laid_aside, title_end=found.title_end)
        return [(article, [*problems, *more])]
    return [_part(base, item, day, problems, plain=plain) for item in found.items]


def _part(page: Article, item: Item, day: dt.date | None, problems: list[Problem], *, plain: bool) -> Read:
    """A part of a page as an article of its own; what it does not say of itself is said of it by the page."""
    title = item.title or ""
    own = {} if day or item.published is None else {"published": _published(item.published, "json-ld")}
    base = page.model_copy(update={
        "title": title or page.title, "text": f"{title}\n\n{item.text}" if title else item.text,
        "extra": page.extra | {PART: item.key, "page_title": page.title}, **own})
    article, more = _finish(base, plain=plain, title_end=len(title))
    return article, [*problems, *more]


def _url(stated: str | None, fetched: str | None) -> str | None:
    """The address of a page: the one that it states. One that was fetched may state another of its own host only, so that
    no page passes for another's."""
    if stated is None or fetched is None:
        return stated or fetched
    hosts = [(urlsplit(url).hostname or "").removeprefix("www.") for url in (stated, fetched)]
    return stated if hosts[0] == hosts[1] else fetched


def _finish(base: Article, *, plain: bool, title_end: int = 0) -> Read:
    """Fill what follows from the text itself."""
    _check(base)
    problems: list[Problem] = []
    blocks = mark(base.text, title=base.title, plain=plain, title_end=title_end)
    if not blocks:
        problems.append(Problem(stage="reading", message="there is no text to read"))
    published = base.published
    if published.value is None:
        published = _found_day(base, blocks)
    elif (future := future_problem(dt.date.fromisoformat(published.value))) is not None:
        problems.append(future)
    coded = "\n".join(base.text[block.start:block.end] for block in blocks if block.kind in _CODED)
    language = language_of(coded)
    if language not in (ENGLISH, None):
        message = f"the text seems to be in the language {language!r}; only English is coded"
        problems.append(Problem(stage="language", message=message))
    digest = hashlib.sha256(base.text.encode()).hexdigest()
    article = base.model_copy(update={
        "id": hashlib.sha256(f"{base.source}\0{base.text}".encode()).hexdigest(), "text_sha256": digest,
        "title": base.title or _headline(base.text, blocks), "published": published, "language": language,
        "blocks": blocks, "extra": _with_dateline(base, blocks, published),
    })
    return article, problems


def _with_dateline(article: Article, blocks: tuple[Block, ...], published: Published) -> dict[str, Any]:
    """The extras of an article with the parts of its dateline, where it has one with a place or an agency."""
    if "dateline" in article.extra:
        return article.extra
    near = dt.date.fromisoformat(published.value) if published.value else None
    for block in blocks:
        if block.kind != "dateline":
            continue
        words = article.text[block.start:block.end]
        if not is_date_line(words):
            parts = read_dateline(words).as_extra(near)
            if parts["agency"] or (parts["place"] and parts["date"]):
                return article.extra | {"dateline": parts}
    return article.extra


def _check(article: Article) -> None:
    most = limits().max_characters
    if len(article.text) > most:
        found = f"{article.source}: the text has {len(article.text):,} characters, and {most:,} are read at once"
        raise InputError(f"{found}; split it into articles, one a file or one object a line (.jsonl)")
    for name in ("source", "text", "title", "url", "author", "publisher"):
        try:
            (getattr(article, name) or "").encode()
        except UnicodeEncodeError as error:
            found = f"half a character (a lone surrogate) at {error.start} of the {name}"
            raise InputError(f"{article.source!a}: {found}; save it as UTF-8") from error


def _found_day(article: Article, blocks: tuple[Block, ...]) -> Published:
    """The day in the article's address, else that of a line above the body that is nothing but a date, else that of a
    dateline with a year."""
    day = address_day(article.url)
    if day is not None:
        return _published(day, "url")
    for block in blocks:
        if block.kind == "body":
            break
        if block.kind == "dateline" and (day := dated_line(article.text[block.start:block.end])):
            return _published(day, "text")
    for block in blocks:
        if block.kind == "dateline" and (day := read_dateline(article.text[block.start:block.end]).date(None)):
            return _published(day, "text")
    return Published()


def _published(day: dt.date | None, basis: DateBasis) -> Published:
    return Published() if day is None else Published(value=day.isoformat(), basis=basis)


def _headline(text: str, blocks: tuple[Block, ...]) -> str | None:
    return next((text[block.start:block.end] for block in blocks if block.kind == "headline"), None)
