"""``tocsin sources list|check``: the catalogue of feeds; which of them answer is kept in the register.

    tocsin sources list --region africa --kind independent
    tocsin sources check tass_en https://example.org/feed
"""

from __future__ import annotations

import json as json_
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

from tocsin.cli.app import FAILED
from tocsin.cli.ingest import REGISTER, RegisterFile
from tocsin.cli.read import Knowledge, Private
from tocsin.cli.terminal import complain, output, safe
from tocsin.knowledge.loader import Tables
from tocsin.knowledge.words import words
from tocsin.pipeline.checking import check_sources
from tocsin.pipeline.clock import SystemClock
from tocsin.pipeline.follow import Manner
from tocsin.register import Register
from tocsin.sources.catalog import Source, catalogue, chosen

_say = words()
Names = Annotated[list[str] | None, typer.Argument(metavar="SOURCE", help=_say("help.follow_sources"), show_default=False)]
Region = Annotated[list[str] | None, typer.Option("--region", metavar="NAME", help=_say("help.region"), show_default=False)]
Language = Annotated[list[str] | None, typer.Option("--language", metavar="CODE", help=_say("help.language"),
                                                    show_default=False)]
Kind = Annotated[list[str] | None, typer.Option("--kind", metavar="NAME", help=_say("help.kind"), show_default=False)]
Json = Annotated[bool, typer.Option("--json", help=_say("help.json"))]
sources = typer.Typer(help=_say("help.sources"), rich_markup_mode=None, no_args_is_help=True)


@sources.command("list", help=_say("help.sources_list"))
def list_(names: Names = None, register: RegisterFile = REGISTER, region: Region = None, language: Language = None,
          kind: Kind = None, json: Json = False, knowledge: Knowledge = None) -> None:
    """List sources."""
    found = asked_sources(names or (), region, language, kind, knowledge)
    states = {}
    if register.exists():
        with Register(register, read_only=True, tell=complain) as opened:
            states = opened.followed.feeds()
    rows = []
    for source in found:
        state = states.get(source.url)
        rows.append(_row(source) | {"verified": (state.verified if state else None) or source.verified,
                                    "reason": state.reason if state else None})
    _show(rows, ("id", "kind", "language", "verified", "url"), as_json=json)


@sources.command("check", help=_say("help.sources_check"))
def check(names: Names = None, register: RegisterFile = REGISTER, region: Region = None, language: Language = None,
          kind: Kind = None, contact: Annotated[str, typer.Option("--contact", metavar="ADDRESS",
                                                                  help=_say("help.contact"))] = "",
          json: Json = False, allow_private: Private = False, knowledge: Knowledge = None) -> None:
    """Ask sources whether they answer."""
    found = asked_sources(names or (), region, language, kind, knowledge)
    manner = Manner(contact=contact, private=allow_private)
    with Register(register, tell=complain) as opened:
        rows = [_row(checked.source) | {"verified": checked.verified or checked.source.verified, "items": checked.items,
                                        "newest": checked.newest, "moved": checked.moved, "reason": checked.reason}
                for checked in check_sources(opened, found, manner, SystemClock(), words(knowledge))]
    _show(rows, ("id", "verified", "items", "newest", "moved", "reason"), as_json=json)
    if any(row["reason"] for row in rows):
        raise typer.Exit(FAILED)


def asked_sources(names: Sequence[str], region: list[str] | None, language: list[str] | None, kind: list[str] | None,
                  knowledge: Path | None) -> list[Source]:
    """The sources that a command line asks for."""
    return chosen(catalogue(Tables(knowledge)), names, regions=region or (), languages=language or (), kinds=kind or ())


def _row(source: Source) -> dict[str, Any]:
    return {"id": source.id, "name": source.name, "url": source.url, "country": source.country, "region": source.region,
            "language": source.language, "kind": source.kind, "verified": source.verified}


_UNFOLDED = 1000  # characters; longer than any row


def _show(rows: list[dict[str, Any]], columns: Sequence[str], *, as_json: bool) -> None:
    if as_json:
        for row in rows:
            sys.stdout.buffer.write(json_.dumps(row, ensure_ascii=False).encode() + b"\n")
        sys.stdout.buffer.flush()
        return
    table = Table(box=None, pad_edge=False)
    for column in columns:
        table.add_column(_say(f"sources.{column}"), overflow="fold")
    for row in rows:
        table.add_row(*(safe(str("" if row[column] is None else row[column])) for column in columns))
    console = output()
    if not console.is_terminal:  # a pipe or a file gets addresses that can be copied, not addresses folded for a screen
        console.width = _UNFOLDED
    console.print(table)
