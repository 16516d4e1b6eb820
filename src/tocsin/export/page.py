"""One self-contained page: results in, HTML out. The text with its evidence marked, the records beside it.

Everything that comes from an article is escaped; the page asks for nothing from outside, and its security policy lets
only its own style and script run. The same results give the same page, byte for byte.
"""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from jinja2 import BaseLoader, Environment, StrictUndefined
from markupsafe import Markup

from tocsin import __version__
from tocsin.export.marks import Mark, Run, laned, runs
from tocsin.export.phrases import Field, confidence_phrase, fields, heading, published_phrase, title_of
from tocsin.knowledge.words import Words
from tocsin.model import Article, Record, Result

Value = tuple[str, Field, str | None]  # a field with its key and the id of its words in the text
_FOLDED = frozenset({"caption", "teaser", "menu"})
# Characters that HTML cannot carry or that would break the page: C0 and C1 controls but tab and line feed, surrogates.
_UNSHOWN = dict.fromkeys([*range(9), 11, 12, *range(14, 32), *range(127, 160), *range(0xD800, 0xE000)], "\ufffd")
_UNSHOWN[13] = ""  # of a line end that is two characters


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


def render(results: Iterable[Result], words: Words) -> str:
    """The page for any number of results."""
    entries = [_entry(n, result, words) for n, result in enumerate(results, 1)]
    style, script = _part("page.css"), _part("page.js")
    total = sum(len(entry.records) for entry in entries)
    types = dict.fromkeys(kind for entry in entries for kind, _ in entry.types)
    return _environment().from_string(_part("page.html")).render(
        entries=entries, words=words, version=__version__, types=types,
        articles=words("count.articles", n=len(entries)), records=words("count.records", n=total),
        style=Markup(style), script=Markup(script), policy=_policy(style, script),
        statuses=["occurred", "ongoing", "planned", "possible", "denied", "not_occurred"],
    )


def _entry(n: int, result: Result, words: Words) -> Entry:
    key, article = f"a{n}", result.article
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


@cache
def _environment() -> Environment:
    found = Environment(autoescape=True, loader=BaseLoader(), undefined=StrictUndefined, trim_blocks=True,
                        lstrip_blocks=True, keep_trailing_newline=True)
    found.filters["shown"] = shown
    return found


def shown(value: Any) -> str:
    """Text with the characters that no page can carry replaced."""
    return str(value).translate(_UNSHOWN)


@cache
def _part(name: str) -> str:
    return resources.files("tocsin.export").joinpath("templates", name).read_text(encoding="utf-8")


def _policy(style: str, script: str) -> str:
    """The security policy: nothing is fetched, and only this style and this script run."""
    digests = (base64.b64encode(hashlib.sha256(part.encode()).digest()).decode() for part in (style, script))
    rules = "default-src 'none'; style-src 'sha256-{}'; script-src 'sha256-{}'; base-uri 'none'; form-action 'none'"
    return rules.format(*digests)
