"""A situation report for paper: records by type, each with its sentence and the number of its source.

In: rows. Out: one HTML page without scripts, that asks for nothing from elsewhere. Same rows, same bytes.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib import resources

from markupsafe import Markup

from tocsin import __version__
from tocsin.export.dates import day_phrase, period_phrase
from tocsin.export.phrases import Field, fields, heading
from tocsin.export.templating import environment
from tocsin.knowledge.words import Words, words
from tocsin.register import ArticleRow, Row


@dataclass(frozen=True, slots=True)
class Item:
    """A record as the report prints it."""

    id: str
    heading: str
    status: str
    when: str | None
    fields: list[Field]
    quotes: list[str]
    source: int
    confidence: str
    for_review: bool


def lines(rows: Iterable[Row]) -> Iterator[str]:
    """The page."""
    say = words()
    sources: dict[str, tuple[int, ArticleRow]] = {}
    groups: dict[str, list[Item]] = {}
    days = []
    for row in rows:
        number, _ = sources.setdefault(row.article.id, (len(sources) + 1, row.article))
        groups.setdefault(row.data["type"], []).append(_item(row, number, say))
        days += [row.article.published] if row.article.published else []
    style = resources.files("tocsin.export").joinpath("templates", "sitrep.css").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    total = sum(len(items) for items in groups.values())
    yield environment("tocsin.export").get_template("sitrep.html").render(
        words=say, version=__version__, style=Markup(style), policy=f"default-src 'none'; style-src 'sha256-{digest}'",
        groups=[(say.name("type", kind), items) for kind, items in groups.items()],
        sources=[(number, article, day_phrase(article.published, say) if article.published else say("article.undated"))
                 for number, article in sources.values()],
        records=say("count.records", n=total), articles=say("count.articles", n=len(sources)),
        published=period_phrase(min(days), max(days), say) if days else None)


def _item(row: Row, number: int, say: Words) -> Item:
    record = row.record
    time = record.time
    return Item(
        record.id, ", ".join(heading(record, say)), say.name("status", record.status),
        period_phrase(time.earliest, time.latest, say, ahead=record.status in ("planned", "possible")),
        [one for one in fields(record, say) if one.slot not in ("time", "relations")],
        [" ".join(quote.exact.split()) for quote in record.evidence], number, f"{record.confidence:.2f}",
        record.confidence < say.put_forward)
