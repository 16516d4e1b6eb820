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
from tocsin.export.incidents import INCIDENT_EXPORTERS
from tocsin.export.shapes import LeftOut
from tocsin.knowledge.words import words
from tocsin.register import Filters, Found, Register

_say = words()
_FORMATS = _say("help.export_format", formats=", ".join(EXPORTERS))
_TEXTS = [name for name, exporter in EXPORTERS.items() if exporter.with_text is not None]
_USUAL, _NOTE = ("csv", "jsonl"), ".left-out.csv"
_BY, _INCIDENTS = ("record", "incident"), 100  # incidents read at once
_BLOCK = 1 << 20  # bytes written at once


@f.filtered()
def export(
    format: Annotated[str, typer.Argument(metavar="FORMAT", help=_FORMATS, show_default=False)],
    filters: Filters,
    by: Annotated[str, typer.Option("--by", metavar="record|incident", help=_say(
        "help.export_by", formats=", ".join(INCIDENT_EXPORTERS)))] = "record",
    output: Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help=_say("help.export_output"))] = None,
    dictionary: Annotated[bool, typer.Option("--dictionary", help=_say("help.export_dictionary"))] = False,
    with_text: Annotated[bool, typer.Option("--with-text", help=_say("help.export_text",
                                                                         formats=", ".join(_TEXTS)))] = False,
    sort: f.Sort = "published",
    ascending: f.Ascending = False,
    limit: Annotated[int | None, typer.Option("--limit", metavar="N", min=0, help=_say("help.export_limit"),
                                              show_default=False)] = None,
    register: RegisterFile = REGISTER,
) -> None:
    """Write the records that fit."""
    if by not in _BY:
        raise UsageError(_say("export.unknown_by", value=by, known=", ".join(_BY)))
    exporter = EXPORTERS.get(format)
    if exporter is None:
        raise UsageError(_say("export.unknown", value=format, known=", ".join(EXPORTERS)))
    if by == "incident" and (format not in INCIDENT_EXPORTERS or with_text):
        raise UsageError(_say("export.not_by_incident", value=f"{format}{' --with-text' if with_text else ''}",
                              known=", ".join(INCIDENT_EXPORTERS)))
    if dictionary:
        write([(INCIDENT_EXPORTERS[format] if by == "incident" else exporter).dictionary()], output)
        return
    if with_text and exporter.with_text is None:
        raise UsageError(_say("export.no_text", value=format, known=", ".join(_TEXTS)))
    with Register(register, read_only=True, tell=complain) as opened:
        if by == "incident":
            _by_incident(opened, format, filters, limit, output)
            return
        found = opened.find(filters, sort=sort, ascending=ascending, limit=limit)
        left = LeftOut()
        texts = (lambda name: opened.article(name).text) if with_text else None
        write(lines_of(exporter, found, left, texts), output)
        if output is not None:
            _beside(format, exporter, found, left, output)
    _tell(left, _near(output, format, _NOTE) if output is not None else None)


def _by_incident(opened: Register, format: str, filters: Filters, limit: int | None, output: Path | None) -> None:
    """The incidents of the records that fit, those of most reports first."""
    exporter = INCIDENT_EXPORTERS[format]
    names = opened.incidents.names(filters, limit=limit)
    parts = (names[at:at + _INCIDENTS] for at in range(0, len(names), _INCIDENTS))
    write(exporter.lines(one for part in parts for one in opened.incidents.accounts(part)), output)
    if output is not None:
        path = _near(output, format, exporter.dictionary_ending)
        write([exporter.dictionary()], path)
        messages().print(_say("export.written", path=output, records=_say("count.incidents", n=len(names)), dictionary=path))


def _near(output: Path, format: str, ending: str) -> Path:
    """A file beside the one that is written, named for its format but for the usual ones."""
    named = "" if format in _USUAL or output.stem.endswith(f".{format}") else f".{format}"
    return output.with_name(f"{output.stem}{named}{ending}")


def _beside(format: str, exporter: Exporter, found: Found, left: LeftOut, output: Path) -> None:
    path = _near(output, format, exporter.dictionary_ending)
    write([exporter.dictionary()], path)
    records = _say("count.records", n=len(found) - len(left.rows))
    messages().print(_say("export.written", path=output, records=records, dictionary=path))
    note = _near(output, format, _NOTE)
    if left.rows:
        write(left.lines(), note)
    else:
        note.unlink(missing_ok=True)  # of an earlier export to the same file


def _tell(left: LeftOut, note: Path | None) -> None:
    """Say how many records do not fit the format, and why; which ones stands beside the file."""
    if not left.rows:
        return
    complain(_say("export.left", n=len(left.rows)))
    for reason, n in left.counts():
        complain(_say("export.left_reason", n=n, reason=reason))
    complain(_say("export.left_beside", path=note) if note is not None else _say("export.left_where"))


def write(parts: Iterable[str] | Iterable[bytes], path: Path | None) -> None:
    """Write to a file, whole or not at all, or to standard output."""
    if path is None:
        for part in parts:
            sys.stdout.buffer.write(_bytes(part))
        sys.stdout.buffer.flush()
        return
    partial = path.with_name(path.name + ".part")
    try:
        with partial.open("wb", buffering=_BLOCK) as file:
            file.writelines(map(_bytes, parts))
        os.replace(partial, path)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise UsageError(_say("error.cannot_write", path=path, reason=error.strerror or error)) from None
    except BaseException:
        partial.unlink(missing_ok=True)
        raise


def _bytes(part: str | bytes) -> bytes:
    return part.encode() if isinstance(part, str) else part
