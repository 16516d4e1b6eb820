"""``tocsin copies``: articles that have one text, who had it first, and in what each differs."""

from __future__ import annotations

import json as json_
import sys
from typing import Annotated

import typer
from rich.text import Text

from tocsin.cli.ingest import REGISTER, RegisterFile
from tocsin.cli.terminal import Terminal, output
from tocsin.export.copies import group_json, told_of
from tocsin.knowledge.words import words
from tocsin.register import Register
from tocsin.register.copy_groups import CopyGroup

_say = words()


def copies(
    article: Annotated[str | None, typer.Argument(metavar="ARTICLE", help=_say("help.copies_article"),
                                                  show_default=False)] = None,
    register: RegisterFile = REGISTER,
    limit: Annotated[int, typer.Option("--limit", metavar="N", help=_say("help.copies_limit"))] = 20,
    json: Annotated[bool, typer.Option("--json", help=_say("help.copies_json"))] = False,
) -> None:
    """Show articles that have one text, whole, cut or edited."""
    with Register(register, read_only=True) as opened:
        if article is None:
            found = opened.copy_groups(limit)
        else:
            opened.article(article)  # RegisterError where there is none
            group = opened.copy_group(article)
            found = [group] if group else []
        if json:
            for group in found:
                sys.stdout.buffer.write(json_.dumps(group_json(opened, group, _say), ensure_ascii=False).encode() + b"\n")
            return
        console = output()
        if not found:
            console.print(_say("copies.none" if article is None else "copies.alone"))
        for group in found:
            _show(console, opened, group)


def _show(console: Terminal, register: Register, group: CopyGroup) -> None:
    first = next(one for one in group.members if one.article == group.earliest)
    unknown = _say("copies.unknown")
    head = _say("copies.head", copies=_say("count.copies", n=len(group.members)), title=first.title or unknown,
                published=first.published or unknown, publisher=first.publisher or first.source,
                agency=group.agency or unknown)
    console.print(Text(head, "bold"), soft_wrap=True)
    for one in group.members:
        about = " \u00b7 ".join(part for part in (one.published, one.publisher or one.source, one.article[:12]) if part)
        console.print(Text(f"  {about}"), soft_wrap=True)
        if one.article != group.anchor and (difference := told_of(register, one.article, group, _say)):
            console.print(Text(f"    {difference}", "dim"), soft_wrap=True)
