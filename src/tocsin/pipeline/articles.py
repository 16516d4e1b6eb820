"""From the names of inputs to articles, read but not coded. One that cannot be read is a failure; the others go on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from tocsin.errors import InputError, KnowledgeError
from tocsin.knowledge.words import Words
from tocsin.model import Article, Problem
from tocsin.reading import read_page
from tocsin.sources import FailedSource, open_sources


@dataclass(frozen=True, slots=True)
class Failure:
    """An input that could not be read, and why."""

    source: str
    message: str


class How(Protocol):
    """How to read: day of publication, whether menus are looked for, whether private networks may be asked."""

    @property
    def published(self) -> dt.date | None: ...

    @property
    def plain(self) -> bool: ...

    @property
    def private(self) -> bool: ...


def articles(inputs: Sequence[str], how: How, words: Words) -> Iterator[tuple[Article, list[Problem]] | Failure]:
    """Every article of the inputs, in order."""
    for page in open_sources(inputs, private=how.private):
        if isinstance(page, FailedSource):
            yield Failure(page.source, str(page.error))
            continue
        try:
            yield read_page(page, published=how.published, plain=how.plain)
        except InputError as error:
            yield Failure(page.source, str(error))
        except KnowledgeError:
            raise
        except Exception as error:  # a defect met in one article must not cost the others
            yield defect(page.source, error, words)


def defect(source: str, error: Exception, words: Words) -> Failure:
    """A failure that is the program's own fault."""
    return Failure(source, words("error.internal", source=source, kind=type(error).__name__, reason=error))


def origin(source: str) -> str:
    """What to open to read a source again: its file, where the source is an object of one (``file.jsonl#id``)."""
    for name in (source, source.rpartition("#")[0]):
        try:
            if name and Path(name).exists():
                return name
        except (OSError, ValueError):
            continue
    return source
