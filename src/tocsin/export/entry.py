"""An article as a page shows it: its text cut at every mark, its records as fields with links to their words.

In: a result. Out: an ``Entry`` for the templates (``templates/marks.html``). The static page and the reader of the web
application show the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from tocsin.export.marks import Mark, Run, laned, runs
from tocsin.export.phrases import Field, confidence_phrase, fields, heading, published_phrase, title_of
from tocsin.knowledge.words import Words
from tocsin.model import Article, Record, Result

Value = tuple[str, Field, str | None]  # a field with its key and the id of its words in the text
_FOLDED = frozenset({"caption", "teaser", "menu"})


@dataclass(frozen=True, slots=True)
class Stretch:
    """A block of the article cut into runs. ``words`` numbers its pieces for links."""

    kind: str
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """Blocks shown together: one coded block, or neighbours that are not coded and fold away."""

    folded: bool
    stretches: tuple[Stretch, ...]
    label: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """A record as shown: its fields grouped by label."""

    key: str
    number: int
    record: Record
    heading: list[str]
    confidence: str
    rows: list[tuple[str, list[Value]]]


@dataclass(frozen=True, slots=True)
class Entry:
    """An article as shown."""

    key: str
    article: Article
    title: str
    published: str
    passages: list[Passage]
    records: list[Shown]
    types: list[tuple[str, int]]
    problems: list[str]


def entry_of(key: str, result: Result, words: Words) -> Entry:
    """An article with its records; ``key`` begins every id that is made for it."""
    article = result.article
    numbers = {record.id: number for number, record in enumerate(result.records, 1)}
    listed = [(f"{key}r{number}", number, record, fields(record, words, numbers))
              for number, record in enumerate(result.records, 1)]
    marks = laned(mark for row in listed for mark in _marks(*row))
    passages = list(_passages(article, marks, words))
    anchors = _anchors(key, passages)
    return Entry(
        key, article, title_of(article, words), published_phrase(article, words), passages,
        [Shown(k, number, record, heading(record, words), confidence_phrase(record, words), _rows(k, found, anchors))
         for k, number, record, found in listed],
        Counter(record.type for record in result.records).most_common(),
        [f"{problem.stage}: {problem.message}" for problem in result.problems],
    )


def extract_of(key: str, article: Article, record: Record, words: Words,
               spans: Sequence[tuple[int, int]] | None = None) -> Entry:
    """The same for one record, and of the text its sentences alone, or the ``spans`` that are given."""
    whole = entry_of(key, Result(article=article, records=(record,)), words)
    shown, found = whole.records[0], fields(record, words, {record.id: 1})
    marks = laned(_marks(shown.key, 1, record, found))
    wanted = [(quote.start, quote.end) for quote in record.evidence] if spans is None else spans
    passages = [Passage(False, (Stretch("body", tuple(runs(start, min(end, len(article.text)), marks))),))
                for start, end in wanted if start < len(article.text)]
    anchors = _anchors(key, passages)
    return replace(whole, passages=passages, records=[replace(shown, rows=_rows(shown.key, found, anchors))])


def _marks(key: str, number: int, record: Record, found: Sequence[Field]) -> Iterator[Mark]:
    for quote in record.evidence:
        yield Mark(quote.start, quote.end, key, record.type, record.status, number, True)
    for n, field in enumerate(found, 1):
        for start, end in field.spans:
            yield Mark(start, end, f"{key}f{n}", record.type, record.status, number, False)


def _rows(key: str, found: Sequence[Field], anchors: dict[str, str]) -> list[tuple[str, list[Value]]]:
    rows: dict[str, list[Value]] = {}
    for n, field in enumerate(found, 1):
        name = f"{key}f{n}"
        rows.setdefault(field.label, []).append((name, field, anchors.get(name)))
    return list(rows.items())


def _passages(article: Article, marks: Sequence[Mark], words: Words) -> Iterator[Passage]:
    """Blocks in text order, neighbours that fold away taken together; what no block covers is shown as it stands."""
    held: list[Stretch] = []
    for start, end, kind in _blocks(article):
        stretch = Stretch(kind, tuple(runs(start, end, marks)))
        if kind in _FOLDED:
            held.append(stretch)
            continue
        if held:
            yield _folded(held, words)
            held = []
        yield Passage(False, (stretch,))
    if held:
        yield _folded(held, words)


def _folded(held: Sequence[Stretch], words: Words) -> Passage:
    kinds = ", ".join(dict.fromkeys(words.name("block", stretch.kind) for stretch in held))
    label = words("page.not_coded", kinds=kinds, blocks=words("count.blocks", n=len(held)))
    return Passage(True, tuple(held), label)


def _blocks(article: Article) -> Iterator[tuple[int, int, str]]:
    text, at = article.text, 0
    for block in sorted(article.blocks, key=lambda b: (b.start, b.end)):
        start, end = max(block.start, at), min(block.end, len(text))
        if text[at:start].strip():
            yield at, start, "body"
        if start < end:
            yield start, end, block.kind
            at = end
    if text[at:].strip():
        yield at, len(text), "body"


def _anchors(key: str, passages: Sequence[Passage]) -> dict[str, str]:
    """Where each field's words begin: the id of the first piece that shows them."""
    found: dict[str, str] = {}
    for passage in passages:
        for stretch in passage.stretches:
            for run in stretch.runs:
                for piece in run.pieces:
                    for mark in piece.slots:
                        found.setdefault(mark.key, f"{key}w{piece.start}")
    return found
