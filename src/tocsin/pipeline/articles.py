"""From the names of inputs to articles, read but not coded. One that cannot be read is a failure; the others go on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeVar

from tocsin.errors import InputError
from tocsin.knowledge.words import Words
from tocsin.model import Article, Problem
from tocsin.pipeline.apart import read_apart
from tocsin.pipeline.first_look import FirstLook
from tocsin.reading import Reading
from tocsin.sources import FailedSource, Passed, RawPage, as_given, is_address, open_sources, whence


@dataclass(frozen=True, slots=True)
class Failure:
    """An input that could not be read, and why."""

    source: str
    message: str


class How(Protocol):
    """How to read: day of publication, whether menus are looked for, whether private networks may be asked, which columns of
    tables hold what."""

    @property
    def published(self) -> dt.date | None: ...

    @property
    def plain(self) -> bool: ...

    @property
    def private(self) -> bool: ...

    @property
    def columns(self) -> Mapping[str, str]: ...


@dataclass(frozen=True, slots=True)
class Met:
    """An article as read. ``page`` is that of the last article of a page: with it all of the page has been read."""

    article: Article
    problems: list[Problem]
    page: RawPage | None = None


@dataclass(frozen=True, slots=True)
class Unread:
    """A page that could not be read, and why."""

    page: RawPage
    failure: Failure


Seen = TypeVar("Seen")


def articles(inputs: Sequence[str], how: How, words: Words) -> Iterator[Met | Failure]:
    """Every article of the inputs, in order. What archives hold besides articles is passed over."""
    opened = open_sources(inputs, private=how.private, columns=how.columns)
    for item in stream(opened, how, words, lambda page: None):
        if isinstance(item, Unread):
            yield item.failure
        elif isinstance(item, Met | Failure):
            yield item


def stream(opened: Iterator[RawPage | FailedSource | Passed], how: How, words: Words,
           seen: Callable[[RawPage], Seen | None],
           look: FirstLook | None = None) -> Generator[Met | Unread | Failure | Passed | Seen, None, None]:
    """The articles of pages with all that is met; a page of which ``seen`` has something to say is not read, and that is
    given. One with nothing to code at a first ``look`` is not extracted."""
    offered = (page if not isinstance(page, RawPage) or (known := seen(page)) is None else known for page in opened)
    for item, found in read_apart(offered, Reading(how.published, how.plain, look), words):
        if isinstance(item, FailedSource):
            yield Failure(item.source, str(item.error))
        elif found is None:
            yield item
        elif isinstance(found, InputError):
            yield Unread(item, Failure(item.source, str(found)))
        elif isinstance(found, Exception):  # a defect met in one article must not cost the others
            yield Unread(item, defect(item.source, found, words))
        else:
            for number, (article, problems) in enumerate(found, 1):
                yield Met(article, problems, item if number == len(found) else None)


def defect(source: str, error: Exception, words: Words) -> Failure:
    """A failure that is the program's own fault."""
    return Failure(source, words("error.internal", source=source, kind=type(error).__name__, reason=error))


def origin(source: str) -> str:
    """What to open to read a source again: its file, where the source is an object of one (``file.jsonl#id``), or of an
    archive within one (``file.wacz!archive/data.warc.gz#290``); so of a file of the web. A file whose name is no UTF-8 is
    named as it was written out."""
    if is_address(source):
        return whence(source)
    file = source.rpartition("#")[0]
    for name in (source, file, file.rpartition("!")[0], source.rpartition("!")[0]):
        try:
            if name and (Path(name).exists() or Path(as_given(name)).exists()):
                return name
        except (OSError, ValueError):
            continue
    return source


def input_of(kept: str) -> str:
    """What to open for an input that was kept with a failure."""
    try:
        return kept if is_address(kept) or Path(kept).exists() or not Path(as_given(kept)).exists() else as_given(kept)
    except (OSError, ValueError):
        return kept
