"""``tocsin import``: a table kept by hand, or our own CSV, into a register, each row with its own provenance."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tocsin.cli.app import FAILED
from tocsin.cli.export import write
from tocsin.cli.ingest import REGISTER, RegisterFile
from tocsin.cli.terminal import complain, messages
from tocsin.knowledge.loader import Tables
from tocsin.knowledge.words import words
from tocsin.pipeline.importing import import_rows, rejected_table
from tocsin.pipeline.row_records import RowReader
from tocsin.pipeline.sheets import mapping_of, read_sheet
from tocsin.register import Register
from tocsin.review.fill import Filler

_say = words()
_TOLD = 20  # bad rows that are named on the terminal; all are in the file


def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help=_say("help.import_file"), show_default=False)],
    mapping: Annotated[Path | None, typer.Option("--mapping", metavar="YAML", help=_say("help.import_mapping"),
                                                 show_default=False)] = None,
    by: Annotated[str | None, typer.Option("--by", metavar="NAME", help=_say("help.import_by"), show_default=False)] = None,
    check: Annotated[bool, typer.Option("--check", help=_say("help.import_check"))] = False,
    register: RegisterFile = REGISTER,
) -> None:
    """Take the rows of a table as records."""
    sheet = read_sheet(file)
    reader = RowReader(sheet, mapping_of(sheet, mapping), Filler(Tables()), file.name, by)
    if check:
        found = import_rows(None, reader)
        counts = _say("import.checked", n=found.outcomes.total())
    else:
        with Register(register, tell=complain) as opened:
            found = import_rows(opened, reader)
        counts = ", ".join(_say(f"import.{name}", n=n) for name, n in sorted(found.outcomes.items())) or _say("nothing")
    messages().print(_say("import.done", path=file, rows=_say("count.rows", n=found.rows), counts=counts,
                          records=_say("count.records", n=found.records)))
    if not found.rejected:
        return
    path = file.with_name(f"{file.stem}.rejected.csv")
    write([rejected_table(sheet, found)], path)
    for row, reason in found.rejected[:_TOLD]:
        complain(_say("import.rejected", path=file, line=row.line, reason=reason))
    complain(_say("import.rejected_all", n=len(found.rejected), path=path))
    raise typer.Exit(FAILED)
