"""Importing a table into a register: each row that can be a record is stored, each that cannot is told with its line.

Rows that are there are passed over, so that a table is simply imported again after rows were added or mended.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from tocsin import __version__
from tocsin.errors import UsageError
from tocsin.knowledge.words import words
from tocsin.model import Result
from tocsin.pipeline.row_records import CODER, RowReader
from tocsin.pipeline.sheets import Sheet, SheetRow
from tocsin.register import Register, Run

_BATCH = 500  # rows stored at once


@dataclass(slots=True)
class Imported:
    """What became of the rows: how many went which way, and those that cannot be records, with the reason."""

    outcomes: Counter[str] = field(default_factory=Counter)
    records: int = 0
    rejected: list[tuple[SheetRow, str]] = field(default_factory=list)

    @property
    def rows(self) -> int:
        """Rows that were met."""
        return self.outcomes.total() + len(self.rejected)


def import_rows(register: Register | None, reader: RowReader) -> Imported:
    """Store the rows of a table; without a register they are only checked."""
    found = Imported()
    run = Run(CODER, __version__, hashlib.sha256(repr(reader.mapping).encode()).hexdigest())
    results = _results(reader, found)
    while batch := list(islice(results, _BATCH)):
        if register is None:
            found.outcomes["new"] += len(batch)
            continue
        for added in register.add_all(batch, run):
            found.outcomes[added.outcome] += 1
            found.records += added.records
    return found


def _results(reader: RowReader, found: Imported) -> Iterator[Result]:
    keys: dict[str, int] = {}  # the line of each, for of two rows with one key the later would replace the earlier
    for row in reader.sheet.rows:
        try:
            result = reader.result(row)
            key = result.article.extra.get("id")
            if key is not None and keys.setdefault(key, row.line) != row.line:
                raise UsageError(words()("import.key_twice", key=key, line=keys[key]))
        except UsageError as error:
            found.rejected.append((row, str(error)))
            continue
        yield result


def rejected_table(sheet: Sheet, found: Imported) -> str:
    """The rejected rows as they stand, with line and reason in front, to be mended and imported again."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(("line", "reason", *sheet.heads))
    for row, reason in found.rejected:
        writer.writerow((row.line, reason, *row.cells))
    return buffer.getvalue()
