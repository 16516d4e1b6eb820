"""``tocsin demo``: reads the bundled reports, says what was found, writes a page. Asks and waits for nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from importlib import resources
from pathlib import Path
from typing import Annotated

import typer
from rich.padding import Padding
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table
from rich.text import Text

from tocsin.cli.app import FAILED
from tocsin.cli.flow import Failure, Options, results
from tocsin.cli.read import check_writable, told, write_page
from tocsin.cli.tables import record_table
from tocsin.cli.terminal import Terminal, messages, output, words_of
from tocsin.export.phrases import title_of
from tocsin.knowledge.words import Words, words
from tocsin.model import Record, Result

_say = words()
_PARTIES = 12
_EXAMPLES = 6


def demo(
    html: Annotated[Path, typer.Option("--html", metavar="FILE", help=_say("help.demo_html"))] = Path("demo.html"),
) -> None:
    """Read the sample reports."""
    check_writable(html, _say)
    found, failed = _read(_say)
    console = output()
    _summary(console, found, _say)
    write_page(found, html, _say)
    console.print(Text("\n" + _say("demo.page", path=html.resolve()), "bold"), soft_wrap=True)
    _next(console, _say)
    if failed:
        raise typer.Exit(FAILED)


def _read(say: Words) -> tuple[list[Result], int]:
    from tocsin.reader import Reader  # the tables take a second to load

    reader = Reader()
    with resources.as_file(resources.files("tocsin.demo").joinpath("reports")) as folder:
        files = sorted(str(file) for file in folder.glob("*.json"))
        output().print(say("demo.intro", reports=say("count.reports", n=len(files))), soft_wrap=True)
        bar = Progress(TextColumn(say("demo.reading")), BarColumn(), MofNCompleteColumn(),
                       TextColumn("{task.fields[now]}"), console=messages())
        found: list[Result] = []
        failed = 0
        with bar:
            task = bar.add_task("", total=len(files), now="")
            for item in results(files, reader, Options(layers=("records",)), say):
                if isinstance(item, Failure):
                    failed += told(item)
                else:
                    found.append(item)
                now = "" if isinstance(item, Failure) else title_of(item.article, say)[:50]
                bar.update(task, advance=1, now=now if len(found) + failed < len(files) else "")
    return found, failed


def _summary(console: Terminal, found: Sequence[Result], say: Words) -> None:
    records = [record for result in found for record in result.records]
    without = sum(not result.records for result in found)
    counts = {"records": say("count.records", n=len(records)), "articles": say("count.articles", n=len(found))}
    console.print(Text("\n" + say("demo.found", without=without, **counts), "bold"))
    if not records:
        return
    console.print(_by_type(records, say))
    console.print(_by_party(records, say))
    console.print(Text("\n" + say("demo.examples"), "bold"))
    for number, (result, record) in enumerate(_examples(found, say), 1):
        console.print(words_of(title_of(result.article, say), "dim"))
        console.print(Padding(record_table(number, record, say, console.width), (0, 0, 1, 0)))


def _by_type(records: Sequence[Record], say: Words) -> Table:
    """Types down, statuses across."""
    cells: Counter[tuple[str, str]] = Counter((record.type, record.status) for record in records)
    statuses = [s for s in ("occurred", "ongoing", "planned", "possible", "denied", "not_occurred")
                if any(status == s for _, status in cells)]
    table = _table("\n" + say("demo.by_type"))
    table.add_column("")
    for status in statuses:
        table.add_column(f"{say.get(f'mark.{status}') or ''} {say.name('status', status)}", justify="right")
    table.add_column(say("demo.total"), justify="right")
    for kind, total in Counter(record.type for record in records).most_common():
        numbers = [str(cells[kind, status] or "") for status in statuses]
        table.add_row(say.name("type", kind), *numbers, str(total))
    table.add_row(say("demo.total"), *(str(sum(cells[k, s] for k, s in cells if s == status)) for status in statuses),
                  str(len(records)), style="bold")
    return table


def _by_party(records: Sequence[Record], say: Words) -> Table:
    """The countries (or, for parties without one, the names) in most records, with the roles that they play."""
    found: dict[str, set[str]] = {}
    roles: dict[str, Counter[str]] = {}
    for record in records:
        for role, parties in record.roles.items():
            for party in parties:
                key = party.country if party.country and party.country != "IGO" else party.name
                found.setdefault(key, set()).add(record.id)
                roles.setdefault(key, Counter())[role] += 1
    table = _table("\n" + say("demo.by_party"))
    table.add_column(say("demo.party"))
    table.add_column(say("demo.records"), justify="right")
    table.add_column(say("demo.roles"))
    for key in sorted(found, key=lambda k: (-len(found[k]), k))[:_PARTIES]:
        played = ", ".join(f"{say.name('role', role)} {n}" for role, n in roles[key].most_common(4))
        table.add_row(words_of(key), str(len(found[key])), played)
    return table


def _examples(found: Sequence[Result], say: Words) -> list[tuple[Result, Record]]:
    """One record of each of the most frequent types, from different reports and of different status where there are."""
    every = [(result, record) for result in found for record in result.records]
    chosen: list[tuple[Result, Record]] = []
    kinds = [kind for kind, _ in Counter(record.type for _, record in every).most_common()]
    for kind in sorted(kinds, key=lambda kind: kind in say.listed("demo.last"))[:_EXAMPLES]:
        reports = {result.article.id for result, _ in chosen}
        statuses = {record.status for _, record in chosen}
        chosen.append(max((pair for pair in every if pair[1].type == kind), key=lambda pair: (
            pair[0].article.id not in reports, pair[1].status not in statuses, pair[1].confidence)))
    return chosen


def _table(title: str) -> Table:
    return Table(title=title, title_justify="left", title_style="bold", box=None, padding=(0, 2, 0, 0),
                 header_style="dim")


def _next(console: Terminal, say: Words) -> None:
    console.print(Text("\n" + say("demo.next"), "bold"))
    table = Table.grid(padding=(0, 3, 0, 2))
    for step in ("read", "json", "explain", "doctor"):
        table.add_row(Text(say(f"demo.next_{step}"), "cyan"), say(f"demo.next_{step}_why"))
    console.print(table)
