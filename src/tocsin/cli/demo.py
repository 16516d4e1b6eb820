"""``tocsin demo``: a register built from the bundled reports, a summary of it, a page, and on a terminal the
application that shows it. Asks nothing, and waits for nobody where nobody looks: without a terminal, or with ``CI`` set.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections import Counter
from importlib import resources
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table
from rich.text import Text

from tocsin.cli.app import FAILED
from tocsin.cli.find import print_row
from tocsin.cli.ingest import make_reader
from tocsin.cli.read import check_writable, write_page
from tocsin.cli.serve import show
from tocsin.cli.terminal import Terminal, complain, messages, output, words_of
from tocsin.knowledge.words import Words, words
from tocsin.model import Result
from tocsin.pipeline import How, Ingest, Tally, run_of
from tocsin.register import Register, Row, Summary

_say = words()
_NAME = "tocsin"
_PARTIES = 12
_NEWEST = 5
_NOT_CI = ("", "0", "false", "no")
_STATUSES = ("occurred", "ongoing", "planned", "possible", "denied", "not_occurred")


def demo(
    html: Annotated[Path, typer.Option("--html", metavar="FILE", help=_say("help.demo_html"))] = Path("demo.html"),
    register: Annotated[Path, typer.Option("--register", metavar="FILE", help=_say("help.demo_register"))
                        ] = Path("demo.db"),
    serve: Annotated[bool | None, typer.Option("--serve/--no-serve", help=_say("help.demo_serve"), show_default=False),
                     ] = None,
) -> None:
    """Build a register from the sample reports, and show it."""
    check_writable(html, _say)
    console = output()
    with Register(register, tell=complain) as opened:
        tally = _built(opened, console, _say)
        _summary(console, opened, _say)
        write_page(_results(opened), html, _say)
    console.print(Text("\n" + _say("demo.page", path=html.resolve(), register=register.resolve()), "bold"),
                  soft_wrap=True)
    _next(console, register, _say)
    if _somebody_looks() if serve is None else serve:
        console.print()
        show(register)
    if tally.failures:
        raise typer.Exit(FAILED)


def _somebody_looks() -> bool:
    """Whether a person sits before this program, and can end it."""
    return sys.stdout.isatty() and os.environ.get("CI", "").lower() in _NOT_CI


def _built(register: Register, console: Terminal, say: Words) -> Tally:
    with resources.as_file(resources.files("tocsin.demo").joinpath("reports")) as folder:
        files = sorted(str(file) for file in folder.glob("*.json"))
        console.print(say("demo.intro", reports=say("count.reports", n=len(files))), soft_wrap=True)
        job = Ingest(register, run_of(None), make_reader, say)
        bar = Progress(TextColumn(say("demo.reading")), BarColumn(), MofNCompleteColumn(),
                       TextColumn("{task.fields[now]}"), console=messages())
        with bar:
            task = bar.add_task("", total=len(files), now="")
            for number, step in enumerate(job.ingest(files, How()), 1):
                if step.failure is not None:
                    complain(say("error.prefix", message=step.failure.message))
                bar.update(task, advance=1, now=Path(step.source).stem if number < len(files) else "")
    return job.tally


def _results(register: Register) -> list[Result]:
    """The articles with their records, copies left out: as a reader gives them."""
    articles = [register.article(row.id) for row in register.articles()]
    return [Result(article=article, records=tuple(register.records(article.id)))
            for article in articles if article.duplicate_of is None]


def _summary(console: Terminal, register: Register, say: Words) -> None:
    held = register.summary()
    counts = {"records": say("count.records", n=held.records), "articles": say("count.articles", n=held.articles)}
    console.print(Text("\n" + say("demo.found", copies=held.copies, **counts), "bold"))
    if not held.records:
        return
    console.print(_by_type(held, say))
    console.print(_by_party(held, say))
    console.print(Text("\n" + say("demo.newest"), "bold"))
    for number, row in enumerate(_newest(register), 1):
        print_row(console, number, row, say)


def _by_type(held: Summary, say: Words) -> Table:
    """Types down, statuses across."""
    statuses = [s for s in _STATUSES if any(status == s for _, status in held.by_type)]
    table = _table("\n" + say("demo.by_type"), gap=1)
    table.add_column("", no_wrap=True)
    for status in statuses:
        table.add_column(f"{say.get(f'mark.{status}') or ''} {say.name('status', status)}", justify="right")
    table.add_column(say("demo.total"), justify="right")
    totals: Counter[str] = Counter()
    for (kind, _), records in held.by_type.items():
        totals[kind] += records
    for kind, total in totals.most_common():
        numbers = [str(held.by_type.get((kind, status)) or "") for status in statuses]
        table.add_row(say.name("type", kind), *numbers, str(total))
    sums = (sum(n for (_, status), n in held.by_type.items() if status == asked) for asked in statuses)
    table.add_row(say("demo.total"), *map(str, sums), str(held.records), style="bold")
    return table


def _by_party(held: Summary, say: Words) -> Table:
    """The countries (or, for parties without one, the names) that play most parts, with these parts."""
    table = _table("\n" + say("demo.by_party"))
    table.add_column(say("demo.party"))
    table.add_column(say("demo.roles"))
    for party in sorted(held.by_party, key=lambda p: (-sum(held.by_party[p].values()), p))[:_PARTIES]:
        roles = Counter(held.by_party[party]).most_common(5)
        table.add_row(words_of(party), ", ".join(f"{say.name('role', role)} {n}" for role, n in roles))
    return table


def _newest(register: Register) -> list[Row]:
    """The newest records, one from each article: what it says with most confidence."""
    chosen: dict[str, Row] = {}
    for row in register.find(limit=_NEWEST * 20):
        if row.article.id not in chosen and len(chosen) == _NEWEST:
            break
        best = chosen.get(row.article.id)
        if best is None or row.data["confidence"] > best.data["confidence"]:
            chosen[row.article.id] = row
    return list(chosen.values())


def _table(title: str, gap: int = 2) -> Table:
    return Table(title=title, title_justify="left", title_style="bold", box=None, padding=(0, gap, 0, 0),
                 header_style="dim")


def _next(console: Terminal, register: Path, say: Words) -> None:
    """What to try next: each command on a line of its own, so that it can be copied."""
    console.print(Text("\n" + say("demo.next"), "bold"))
    for step in ("serve", "find", "denied", "export", "ingest", "explain"):
        console.print(Text("  " + say(f"demo.next_{step}_why"), "dim"), soft_wrap=True)
        command = say(f"demo.next_{step}", register=register, tocsin=_program())
        console.print(Text(f"    {command}", "cyan"), soft_wrap=True)


def _program() -> str:
    """How this program is called here: by name where the shell finds it, else by its path."""
    beside = Path(sys.executable).with_name(_NAME)
    return _NAME if shutil.which(_NAME) or not beside.exists() else os.path.relpath(beside)
