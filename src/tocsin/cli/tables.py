"""Results as tables for people: per article its records, each with what fills its slots and the quote under it.

Wide terminals get one row of columns a record, narrow ones and pipes one line a slot; both say the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from tocsin.cli.terminal import safe, words_of
from tocsin.export.phrases import Field, confidence_phrase, fields, heading, published_phrase, title_of
from tocsin.knowledge.words import Words
from tocsin.model import Record, Result, Span
from tocsin.model.base import Model

_WIDE = 120  # columns from which a record is one row
_GROUPS = ("who", "what", "when", "where", "source")
_RATIOS = (5, 7, 7, 4, 4, 5)
_QUOTE = 600  # characters of a quote; a sentence of 20,000 words is cut


def article_table(result: Result, words: Words, width: int) -> RenderableType:
    """One article: title, problems, records or that there are none."""
    article = result.article
    about = " · ".join(part for part in (article.publisher, published_phrase(article, words), article.source) if part)
    parts: list[RenderableType] = [words_of(title_of(article, words), "bold"), words_of(about, "dim")]
    parts += [words_of(f"! {problem.stage}: {problem.message}", "yellow") for problem in result.problems]
    if not result.records:
        parts.append(Text(words("article.no_records")))
    elif width >= _WIDE:
        parts.append(_row([Text(words(f"slot.{g}"), "dim") for g in _GROUPS], Text(words("slot.record"), "dim")))
    numbers = {record.id: number for number, record in enumerate(result.records, 1)}
    parts += [record_table(number, record, words, width, numbers) for number, record in enumerate(result.records, 1)]
    return Group(*parts, Text())


def record_table(number: int, record: Record, words: Words, width: int,
                 numbers: dict[str, int] | None = None) -> RenderableType:
    """One record: its title, its slots by group, its words."""
    found = fields(record, words, numbers)
    cells = {group: _cell(group, record, [f for f in found if f.group == group], words) for group in _GROUPS}
    title = _title(number, record, words)
    body: list[RenderableType]
    if width >= _WIDE:
        body = [_row([cells[group] for group in _GROUPS], title)]
    else:
        body = [title, Padding(_stacked(cells, words), (0, 0, 0, 4))]
    return Group(*body, *(Padding(quote, (0, 0, 0, 4)) for quote in quotes(record, found)))


def quotes(record: Record, found: Sequence[Field]) -> Iterable[Text]:
    """The record's evidence, the words of its slots in bold."""
    for evidence in record.evidence:
        text = Text(safe(evidence.exact))
        for start, end in (span for field in found for span in field.spans):
            if evidence.start <= start and end <= evidence.end:
                text.stylize("bold", start - evidence.start, end - evidence.start)
        if len(text) > _QUOTE:
            text = text[:_QUOTE].append(" …")
        yield Text("“", "cyan").append_text(text).append("”")


def _title(number: int, record: Record, words: Words) -> Text:
    mark = words.get(f"mark.{record.status}") or ""
    title = Text(f"{number:>2} {mark} ")
    title.append(" · ".join([*heading(record, words)]), "bold")
    title.append(f" · {words.name('status', record.status)} · ")
    return title.append(confidence_phrase(record, words), "dim")


def _row(cells: Sequence[RenderableType], first: RenderableType) -> Table:
    row = Table.grid(expand=True, padding=(0, 2, 0, 0))
    for ratio in _RATIOS:
        row.add_column(ratio=ratio)
    row.add_row(first, *cells)
    return row


def _stacked(cells: dict[str, Text], words: Words) -> Table:
    lines = Table.grid(padding=(0, 2, 0, 0))
    lines.add_column(style="dim", no_wrap=True)
    lines.add_column()
    for group, cell in cells.items():
        if cell.plain:
            lines.add_row(words(f"slot.{group}"), cell)
    return lines


def _cell(group: str, record: Record, found: Sequence[Field], words: Words) -> Text:
    pair = words.directed(record.type)
    rest = [_value(field, labelled=group in ("who", "what") and field.slot != "materiel")
            for field in found if group != "who" or field.slot not in pair]
    if group == "who" and pair and any(field.slot in pair for field in found):
        sides = [_side([field for field in found if field.slot == role], words) for role in pair]
        rest.insert(0, sides[0].append(f" {words('arrow')} ").append_text(sides[1]))
    return Text("\n").join(rest) if rest else Text("")


def _side(found: Sequence[Field], words: Words) -> Text:
    if not found:
        return Text(words("nothing"))
    values = [_value(field, labelled=number == 0) for number, field in enumerate(found)]
    return Text(", ").join(values)


def _value(field: Field, *, labelled: bool) -> Text:
    value = Text(f"{field.label} ", "dim") if labelled else Text()
    value.append(safe(field.text))
    return value.append(f" ({safe(field.note)})", "dim") if field.note else value


def layer_table(result: Result, name: str, words: Words) -> RenderableType:
    """Mentions, times, places or attributions of an article as a plain table."""
    rows = [_layer_row(item, result.article.text) for item in getattr(result, name)]
    title = "\n" + words("read.layer", layer=words.name("layer", name), n=len(rows))
    table = Table(title=title, title_justify="left", title_style="bold", box=None, header_style="dim")
    for key in rows[0] if rows else ():
        table.add_column(words.name("column", key), overflow="fold")
    for row in rows:
        table.add_row(*(words_of("" if value is None else str(value)) for value in row.values()))
    return table


def _layer_row(item: Model, text: str) -> dict[str, object]:
    """The values of a layer's item: of spans their words, of the item's own span where it begins."""
    row: dict[str, object] = {}
    for key, value in item:
        if isinstance(value, Span):
            row[key] = text[value.start:value.end]
        elif key != "end":
            row[key] = value
    return row
