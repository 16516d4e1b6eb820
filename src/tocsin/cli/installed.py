"""``tocsin doctor`` and ``tocsin schema``: what is installed, and the form of what comes out."""

from __future__ import annotations

import json
import platform
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import typer
from rich.table import Table
from rich.text import Text

from tocsin import __version__
from tocsin.cli.app import UNUSABLE
from tocsin.cli.read import Knowledge
from tocsin.cli.terminal import Terminal, output
from tocsin.diagnosis import Finding, arsenal, model, packages, table_files
from tocsin.errors import TocsinError
from tocsin.knowledge.loader import Tables
from tocsin.knowledge.words import Words, words


def doctor(knowledge: Knowledge = None) -> None:
    """Say what is installed, and what to mend."""
    say, console = words(knowledge), output()
    tables = Tables(knowledge)
    _versions(console, say)
    installed, files = packages(say), model(tables, say)
    _packages(console, installed, say)
    _model(console, files, say)
    advice = [finding.advice for finding in [*installed, *files] if finding.advice]
    advice += [say("doctor.mend_tables", reason=error) for error in _tables(console, tables, say)]
    if not advice:
        advice += _loading(knowledge)
    if not advice:
        console.print(Text(say("doctor.good"), "bold"))
        return
    console.print(Text(say("doctor.bad", n=len(advice)), "bold"))
    for line in advice:
        console.print(f"- {line}", soft_wrap=True)
    raise typer.Exit(UNUSABLE)


def _versions(console: Terminal, say: Words) -> None:
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_row(say("doctor.tocsin"), f"{__version__} ({Path(__file__).parents[1]})")
    python = f"{platform.python_implementation()} {platform.python_version()} ({sys.executable})"
    table.add_row(say("doctor.python"), python)
    table.add_row(say("doctor.platform"), platform.platform())
    console.print(table)


def _packages(console: Terminal, found: Sequence[Finding], say: Words) -> None:
    table = _headed(say("doctor.installed"), [say("doctor.package"), say("doctor.version"), say("doctor.wanted")])
    for finding in found:
        table.add_row(finding.name, Text(finding.found, "red" if finding.advice else ""), finding.wanted)
    console.print(table)


def _model(console: Terminal, found: Sequence[Finding], say: Words) -> None:
    console.print(Text("\n" + say("doctor.model"), "bold"))
    for finding in found:
        state = Text(say("doctor.differs"), "red") if finding.advice else Text(say("doctor.ok"))
        line = Text(f"{finding.name:<32}").append_text(state).append(f"  {finding.found}")
        console.print(line, soft_wrap=True)  # a digest on one line can be copied and compared
    good = sum(finding.advice is None for finding in found)
    console.print(say("doctor.model_files", n=len(found), ok=good))


def _tables(console: Terminal, tables: Tables, say: Words) -> Iterator[TocsinError]:
    """Print the tables; give the error where one of them cannot be read."""
    table = _headed(say("doctor.tables"), [say("doctor.file"), say("doctor.rows")])
    table.columns[1].justify = "right"
    try:
        for file in table_files(tables):
            table.add_row(file.file, f"{file.rows:,}")
        weapons = arsenal(tables)
    except TocsinError as error:
        yield error
        weapons = None
    console.print(table)
    if weapons is not None:
        console.print(say("doctor.weapons", n=f"{weapons.designations:,}", families=f"{weapons.families:,}",
                          names=f"{weapons.names:,}", bare=f"{weapons.bare:,}"), soft_wrap=True)
    console.print(say("doctor.digest", digest=tables.digest), soft_wrap=True)


def _loading(knowledge: Path | None) -> list[str]:
    """What goes wrong when everything is loaded as for reading."""
    from tocsin.language.trees import TreeParser
    from tocsin.reader import Reader

    try:
        parser = TreeParser(Tables(knowledge))
        Reader(knowledge, parser)
        parser.load()
    except TocsinError as error:
        return [str(error)]
    return []


def _headed(title: str, columns: Sequence[str]) -> Table:
    table = Table(title=f"\n{title}", title_justify="left", title_style="bold", box=None, padding=(0, 2, 0, 0),
                  header_style="dim")
    for column in columns:
        table.add_column(column, overflow="fold")
    return table


def schema(knowledge: Knowledge = None) -> None:
    """Print the JSON Schema."""
    from tocsin.schema import result_schema

    text = json.dumps(result_schema(Tables(knowledge)), ensure_ascii=False, indent=2)
    sys.stdout.buffer.write(text.encode() + b"\n")
    sys.stdout.buffer.flush()
