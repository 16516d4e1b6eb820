"""One record as a reviewer sees it: its sentence in the paragraph, its slots, what others said, both versions where its
evidence changed.

In: an open register and the id of a record. Out: ``Sight`` for the templates.
"""

from __future__ import annotations

from dataclasses import dataclass

from tocsin.export.around import around
from tocsin.export.entry import Entry, extract_of
from tocsin.knowledge.words import words
from tocsin.model import Article, Record
from tocsin.register import Row
from tocsin.register.history import History
from tocsin.review import Verdict
from tocsin.web.judging import Judging
from tocsin.web.library import Library


@dataclass(frozen=True, slots=True)
class Sight:
    """``entry`` is the record with the paragraphs around its sentences. ``before`` is the reviewed version where the
    evidence changed since, with its own article; ``gone`` where the coder has none in its place. ``said`` is what each
    reviewer made of it; ``veiled`` that others' judgements are kept from who has not judged yet;
    ``newest`` is the id of the text that stands at the article's address now."""

    row: Row
    article: Article
    entry: Entry
    history: History | None
    before: Entry | None
    gone: bool
    said: tuple[tuple[str, Verdict], ...]
    veiled: bool
    newest: str

    @property
    def record(self) -> Record:
        """The record in sight."""
        return self.entry.records[0].record


def sight(library: Library, name: str, asked: Judging, by: str) -> Sight:
    """A record as a reviewer sees it. NotThere where there is none of this id."""
    row = library.record(name)
    article = library.register.article(row.article.id)
    history = library.register.reviews.history(name)
    said = dict(history.by_reviewer) if history is not None else {}
    others = any(one != by for one in said)
    veiled = others and by not in said and bool(asked.blind or asked.queue == "second")
    versions = library.register.versions(row.article.id)
    return Sight(row, article, _entry("a1", article, row.record), history, _before(library, history),
                 gone=history is not None and history.changed and library.register.reviews.shown(name) is None,
                 said=() if veiled else tuple(said.items()), veiled=veiled,
                 newest=versions[-1] if versions else row.article.id)


def _before(library: Library, history: History | None) -> Entry | None:
    if history is None or not history.changed or history.verdict is None:
        return None
    return _entry("b1", library.register.article(history.verdict.article), history.verdict.record)


def _entry(key: str, article: Article, record: Record) -> Entry:
    return extract_of(key, article, record, words(), around(article.text, record))
