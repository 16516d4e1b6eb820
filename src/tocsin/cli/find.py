"""``tocsin find``: records of a register that fit all filters, as a table with quotes or as JSON lines."""

from __future__ import annotations

import json as json_
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.padding import Padding

from tocsin.cli import filters as f
from tocsin.cli.incident import print_line
from tocsin.cli.ingest import REGISTER, RegisterFile
from tocsin.cli.tables import record_table
from tocsin.cli.terminal import Terminal, complain, output, words_of
from tocsin.export.dates import day_phrase
from tocsin.export.jsonl import line_of
from tocsin.incidents import as_json as as_json_data
from tocsin.knowledge.words import Words, words
from tocsin.register import ArticleRow, Filters, Found, Register, Row

_say = words()
_PAGE = 20


@f.filtered()
def find(
    filters: Filters,
    sort: f.Sort = "published",
    ascending: f.Ascending = False,
    limit: Annotated[int, typer.Option("--limit", metavar="N", min=0, help=_say("help.find_limit"))] = _PAGE,
    offset: Annotated[int, typer.Option("--offset", metavar="N", min=0, help=_say("help.find_offset"))] = 0,
    count: Annotated[bool, typer.Option("--count", help=_say("help.find_count"))] = False,
    json: Annotated[bool, typer.Option("--json", help=_say("help.find_json"))] = False,
    incidents: Annotated[bool, typer.Option("--incidents", help=_say("help.find_incidents"))] = False,
    register: RegisterFile = REGISTER,
) -> None:
    """Find records."""
    with Register(register, read_only=True, tell=complain) as opened:
        found = opened.find(filters, sort=sort, ascending=ascending, limit=0 if count else limit,
                            offset=offset)
        if count:
            output().print(found.total)
        elif incidents:
            _incidents(opened, found, register, as_json=json)
        elif json:
            _json(found)
        else:
            _table(found, register, offset, words())


def _incidents(opened: Register, found: Found, path: Path, *, as_json: bool) -> None:
    """The incidents in which the records of a page stand, each once, in the order of its first record."""
    say, of = words(), opened.incidents.of(found.numbers)
    names = [*dict.fromkeys(of[number] for number in found.numbers if number in of)]
    console = output()
    for name in names:
        if as_json:
            sys.stdout.buffer.write(json_.dumps(as_json_data(opened.incident(name)), ensure_ascii=False).encode() + b"\n")
        else:
            print_line(console, opened.incident(name), say)
    sys.stdout.buffer.flush()
    if not as_json:
        key = "find.incidents" if names else "find.none"
        console.print(say(key, path=path, n=len(names), records=say("count.records", n=len(found))), soft_wrap=True)


def _json(found: Found) -> None:
    for row in found:
        sys.stdout.buffer.write(line_of(row).encode() + b"\n")
    sys.stdout.buffer.flush()


def _table(found: Found, path: Path, offset: int, say: Words) -> None:
    console = output()
    for number, row in enumerate(found, offset + 1):
        print_row(console, number, row, say)
    shown = {"first": f"{offset + 1:,}", "last": f"{offset + len(found):,}", "total": f"{found.total:,}"}
    key = "find.none" if not found.total else "find.past" if not len(found) else "find.shown"
    console.print(say(key, path=path, **shown), soft_wrap=True)


def print_row(console: Terminal, number: int, row: Row, say: Words) -> None:
    """One record under the line of its article."""
    console.print(words_of(about(row.article, say), "dim"), soft_wrap=True)
    console.print(Padding(record_table(number, row.record, say, console.width), (0, 0, 1, 0)))


def about(article: ArticleRow, say: Words) -> str:
    """Title, day, outlet and source of an article on one line."""
    day = day_phrase(article.published, say) if article.published else say("article.undated")
    copies = [say("find.copies", n=len(article.copies))] if article.copies else []
    version = [say("find.version", n=article.version)] if article.version > 1 else []
    title = " ".join((article.title or say("article.untitled")).split())
    return " · ".join(part for part in (title, day, article.publisher, article.source, *version, *copies) if part)
