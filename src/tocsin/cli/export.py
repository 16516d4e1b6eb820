"""``tocsin export``: the filtered view of a register as a file, and nothing else, with a data dictionary beside it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from tocsin.cli import filters as f
from tocsin.cli.ingest import REGISTER, RegisterFile
from tocsin.cli.terminal import complain, messages
from tocsin.errors import UsageError
from tocsin.export.exporters import EXPORTERS, Exporter, lines_of
from tocsin.knowledge.words import words
from tocsin.register import Found, Register

_say = words()
_FORMATS = _say("help.export_format", formats=", ".join(EXPORTERS))
_BLOCK = 1 << 20  # characters written at once


def export(
    format: Annotated[str, typer.Argument(metavar="FORMAT", help=_FORMATS, show_default=False)],
    asked: f.Words_ = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help=_say("help.export_output"))] = None,
    dictionary: Annotated[bool, typer.Option("--dictionary", help=_say("help.export_dictionary"))] = False,
    type: f.Type = None,
    subtype: f.Subtype = None,
    party: f.Party = None,
    role: f.Role = None,
    place: f.Place = None,
    since: f.Since = None,
    until: f.Until = None,
    reported_since: f.ReportedSince = None,
    reported_until: f.ReportedUntil = None,
    status: f.Status = None,
    min_confidence: f.Confidence = None,
    historical: f.Historical = None,
    materiel: f.MaterielClass = None,
    said_by: f.SaidBy = None,
    outlet: f.Outlet = None,
    box: f.Box = None,
    article: f.ArticleId = None,
    sort: f.Sort = "published",
    ascending: f.Ascending = False,
    limit: Annotated[int | None, typer.Option("--limit", metavar="N", min=0, help=_say("help.export_limit"),
                                              show_default=False)] = None,
    register: RegisterFile = REGISTER,
) -> None:
    """Write the records that fit."""
    exporter = EXPORTERS.get(format)
    if exporter is None:
        raise UsageError(_say("export.unknown", value=format, known=", ".join(EXPORTERS)))
    if dictionary:
        _write([exporter.dictionary()], output)
        return
    filters = f.filters_of({
        "words": asked, "type": type, "subtype": subtype, "party": party, "role": role, "place": place, "since": since,
        "until": until, "reported_since": reported_since, "reported_until": reported_until, "status": status,
        "min_confidence": min_confidence, "historical": historical, "materiel": materiel, "said_by": said_by,
        "outlet": outlet, "box": box, "article": article})
    with Register(register, read_only=True, tell=complain) as opened:
        found = opened.find(filters, sort=sort, ascending=ascending, limit=limit)
        _write(lines_of(exporter, found), output)
        if output is not None:
            _beside(exporter, found, output)


def _beside(exporter: Exporter, found: Found, output: Path) -> None:
    path = output.with_name(output.stem + exporter.dictionary_ending)
    _write([exporter.dictionary()], path)
    records = _say("count.records", n=len(found))
    messages().print(_say("export.written", path=output, records=records, dictionary=path))


def _write(parts: Iterable[str], path: Path | None) -> None:
    """Write to a file, whole or not at all, or to standard output."""
    if path is None:
        for part in parts:
            sys.stdout.buffer.write(part.encode())
        sys.stdout.buffer.flush()
        return
    partial = path.with_name(path.name + ".part")
    try:
        with partial.open("w", encoding="utf-8", newline="", buffering=_BLOCK) as file:
            file.writelines(parts)
        os.replace(partial, path)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise UsageError(_say("error.cannot_write", path=path, reason=error.strerror or error)) from None
