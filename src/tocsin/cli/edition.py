"""``tocsin edition`` freezes a register so that it can be cited; ``tocsin diff`` says what changed between two editions."""

from __future__ import annotations

import json as json_
from pathlib import Path
from typing import Annotated

import typer

from tocsin.cli.app import FAILED
from tocsin.cli.ingest import REGISTER, RegisterFile
from tocsin.cli.terminal import complain, messages, output, words_of
from tocsin.export.edition import freeze
from tocsin.export.edition_diff import Changed, Difference, difference
from tocsin.export.editions import Opened
from tocsin.export.phrases import heading
from tocsin.knowledge.words import words
from tocsin.model import Record
from tocsin.register import Register

_say = words()
_OFFSETS = ("start", "end")
_SHOWN = 20  # records of a kind that are shown where not all are asked for


def edition(
    path: Annotated[Path, typer.Argument(metavar="PATH", help=_say("help.edition_path"), show_default=False)],
    title: Annotated[str | None, typer.Option("--title", metavar="WORDS", help=_say("help.edition_title"),
                                              show_default=False)] = None,
    with_text: Annotated[bool, typer.Option("--with-text", help=_say("help.edition_text"))] = False,
    check: Annotated[bool, typer.Option("--check", help=_say("help.edition_check"))] = False,
    register: RegisterFile = REGISTER,
) -> None:
    """Freeze the register, or check what was frozen."""
    if check:
        opened = Opened(path)
        faults = opened.faults()
        for fault in faults:
            complain(f"{path}: {fault}")
        if faults:
            raise typer.Exit(FAILED)
        messages().print(_say("edition.whole", path=path, number=opened.number))
        return
    with Register(register, read_only=True, create=False, tell=complain) as opened_register:
        made = freeze(opened_register, path, title=title, with_text=with_text)
    messages().print(_say("edition.made", path=path, number=made.number, records=_say("count.records", n=made.records),
                          articles=_say("count.articles", n=made.articles)))


def diff(
    before: Annotated[Path, typer.Argument(metavar="BEFORE", help=_say("help.diff_before"), show_default=False)],
    after: Annotated[Path, typer.Argument(metavar="AFTER", help=_say("help.diff_after"), show_default=False)],
    json: Annotated[bool, typer.Option("--json", help=_say("help.diff_json"))] = False,
    every: Annotated[bool, typer.Option("--all", help=_say("help.diff_all"))] = False,
) -> None:
    """Say what changed between two editions."""
    found = difference(Opened(before), Opened(after))
    if json:
        _as_json(found)
    else:
        _as_text(found, every=every)


def _as_json(found: Difference) -> None:
    """An object a line: records, then what else changed."""
    def put(**line: object) -> None:
        typer.echo(json_.dumps(line, ensure_ascii=False, separators=(",", ":")))

    for one in found.records:
        put(change=one.kind, what="record", slots=list(one.slots), before=one.before, after=one.after)
    for what, sets in (("article", found.articles), ("coder", found.coders)):
        for kind, names in sets.items():
            for name in names:
                put(change=kind, what=what, name=name)
    for line in found.corrections:
        put(change="added", what="correction", correction=line)
    for page in found.pages:
        put(change="changed", what="page", name=page)
    if found.recoded:
        put(change="recoded", what="record", n=found.recoded)


def _as_text(found: Difference, *, every: bool) -> None:
    screen = output()
    if found.none:
        screen.print(_say("diff.none"))
    for kind in ("added", "removed", "changed"):
        these = [one for one in found.records if one.kind == kind]
        if these:
            screen.print(_say(f"diff.{kind}", records=_say("count.records", n=len(these))))
        for one in these if every else these[:_SHOWN]:
            screen.print(words_of("  " + _told(one)))
            for slot in one.slots:
                screen.print(words_of("    " + _slot(one, slot)))
        if not every and len(these) > _SHOWN:
            screen.print(_say("diff.more", n=len(these) - _SHOWN))
    if found.recoded:
        screen.print(_say("diff.recoded", records=_say("count.records", n=found.recoded)))
    for what, sets in (("articles", found.articles), ("coders", found.coders)):
        if any(sets.values()):
            screen.print(_say(f"diff.{what}", added=len(sets["added"]), removed=len(sets["removed"])))
    if found.corrections:
        screen.print(_say("diff.corrections", n=len(found.corrections)))
    for page in found.pages:
        screen.print(_say("diff.page", name=page))


def _told(one: Changed) -> str:
    """A record in one line."""
    line = one.after if one.after is not None else one.before
    assert line is not None
    record = Record.model_validate(line["record"])
    who = ", ".join(dict.fromkeys(party.name for parties in record.roles.values() for party in parties))
    status = _say.name("status", record.status)
    return _say("diff.record", id=record.id, heading=", ".join(heading(record, _say)), status=status, who=who,
                title=line["article"]["title"] or line["article"]["source"])


def _slot(one: Changed, slot: str) -> str:
    assert one.before is not None
    assert one.after is not None
    before, after = (_short(line["record"].get(slot)) for line in (one.before, one.after))
    return _say("diff.slot", slot=slot, before=before, after=after)


def _short(value: object) -> str:
    """A value as one reads it: names and texts, not offsets."""
    if isinstance(value, dict):
        kept = {name: _short(part) for name, part in value.items() if name not in _OFFSETS and part not in (None, [])}
        listed = "; ".join(f"{name}: {part}" for name, part in kept.items())
        return next((kept[name] for name in ("name", "exact") if kept.get(name)), listed)
    if isinstance(value, list):
        return "; ".join(_short(part) for part in value) or _say("nothing")
    return _say("nothing") if value is None else str(value)
