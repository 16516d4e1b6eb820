"""``tocsin read``: articles in; a table for people, JSON lines for programs, or one page out."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated

import typer

from tocsin.cli.app import FAILED
from tocsin.cli.flow import Failure, Options, parse_layers, results
from tocsin.cli.tables import article_table, layer_table
from tocsin.cli.terminal import complain, output
from tocsin.errors import UsageError
from tocsin.knowledge.words import Words, words
from tocsin.layers import LAYERS
from tocsin.model import Result
from tocsin.reading import parse_published
from tocsin.sources.columns import parse_columns

_say = words()
Published = Annotated[str | None, typer.Option("--published", metavar="DATE", help=_say("help.published"))]
Plain = Annotated[bool, typer.Option("--plain", help=_say("help.plain"))]
Private = Annotated[bool, typer.Option("--allow-private", help=_say("help.allow_private"))]
Thorough = Annotated[bool, typer.Option("--thorough", help=_say("help.thorough"))]
Knowledge = Annotated[Path | None, typer.Option("--knowledge", metavar="DIR", help=_say("help.knowledge"))]
Column = Annotated[list[str] | None, typer.Option("--column", metavar="FIELD=COLUMN", help=_say("help.column"))]


def read(
    inputs: Annotated[list[str], typer.Argument(metavar="INPUT", help=_say("help.inputs"), show_default=False)],
    published: Published = None,
    plain: Plain = False,
    json: Annotated[bool, typer.Option("--json", help=_say("help.json"))] = False,
    html: Annotated[Path | None, typer.Option("--html", metavar="FILE", help=_say("help.html"))] = None,
    layers: Annotated[str | None, typer.Option("--layers", metavar="NAMES", help=_say("help.layers"))] = None,
    min_confidence: Annotated[
        float, typer.Option("--min-confidence", metavar="P", help=_say("help.min_confidence"), show_default=False),
    ] = 0.0,
    thorough: Thorough = False,
    allow_private: Private = False,
    column: Column = None,
    knowledge: Knowledge = None,
) -> None:
    """Read articles and show their records."""
    if json and html:
        raise UsageError(_say("error.json_or_html"))
    if not 0 <= min_confidence <= 1:
        raise UsageError(_say("error.confidence", value=min_confidence))
    asked = parse_layers(layers, _say) if layers or json else ("records",)
    options = Options(parse_published(published) if published is not None else None, plain, asked, min_confidence,
                      allow_private, parse_columns(column or ()))
    if html:
        check_writable(html, _say)
    say = words(knowledge)
    found = _started(inputs, knowledge, options, say, thorough=thorough)
    failed = _json(found) if json else _page(found, html, say) if html else _tables(found, asked, say)
    if failed:
        raise typer.Exit(FAILED)


def _started(
    inputs: Sequence[str], knowledge: Path | None, options: Options, say: Words, *, thorough: bool
) -> Iterator[Result | Failure]:
    from tocsin.reader import Reader  # the tables take a second to load; wrong usage is told before

    reader = Reader(knowledge, thorough=True) if thorough else Reader(knowledge)
    yield from results(inputs, reader, options, say)


def _json(found: Iterator[Result | Failure]) -> int:
    failed = 0
    for item in found:
        if isinstance(item, Failure):
            failed += told(item)
            continue
        sys.stdout.buffer.write(item.model_dump_json(by_alias=True).encode() + b"\n")
        sys.stdout.buffer.flush()
    return failed


def _tables(found: Iterator[Result | Failure], layers: Sequence[str], say: Words) -> int:
    console, failed = output(), 0
    for item in found:
        if isinstance(item, Failure):
            failed += told(item)
            continue
        console.print(article_table(item, say, console.width))
        for name in LAYERS[1:]:
            if name in layers:
                console.print(layer_table(item, name, say))
    return failed


def _page(found: Iterator[Result | Failure], path: Path, say: Words) -> int:
    read_ones: list[Result] = []
    failed = 0
    for item in found:
        if isinstance(item, Failure):
            failed += told(item)
        else:
            read_ones.append(item)
    write_page(read_ones, path, say)
    total = sum(len(result.records) for result in read_ones)
    counts = {"articles": say("count.articles", n=len(read_ones)), "records": say("count.records", n=total)}
    output().print(say("read.written", path=path, **counts), soft_wrap=True)
    return failed


def told(failure: Failure) -> int:
    """Name a failed input on standard error; 1, to be added up."""
    complain(words()("error.prefix", message=failure.message))
    return 1


def check_writable(path: Path, say: Words) -> None:
    """UsageError where a file cannot be written, told before the work and not after it. Leaves no file behind."""
    existed = path.exists()
    try:
        with path.open("ab"):
            pass
        if not existed:
            path.unlink()
    except OSError as error:
        raise UsageError(say("error.cannot_write", path=path, reason=error.strerror or error)) from None


def write_page(found: Sequence[Result], path: Path, say: Words) -> None:
    """Write the page of the results."""
    from tocsin.export.page import render

    try:
        path.write_text(render(found, say), encoding="utf-8")
    except OSError as error:
        raise UsageError(say("error.cannot_write", path=path, reason=error.strerror or error)) from None
