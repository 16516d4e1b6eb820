"""Parquet files of articles: a path in, one page for each row out, a few rows in memory at a time. Needs ``pyarrow``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tocsin.errors import InputError
from tocsin.sources.columns import Columns, chosen
from tocsin.sources.meter import metered
from tocsin.sources.page import FailedSource, RawPage, failed
from tocsin.sources.tables import row_page

_ROWS = 64  # read at once
_PLAIN = (str, int, float, bool, type(None))


def parquet_pages(source: str, path: Path, columns: Columns) -> Iterator[RawPage | FailedSource]:
    """A page for each row. Raises InputError where pyarrow is not installed."""
    try:
        from pyarrow import ArrowException
        from pyarrow.parquet import ParquetFile
    except ImportError:
        raise InputError(f"{source} is a Parquet file, and what reads it is not installed; "
                         "install it with: pip install 'tocsin[parquet]'") from None
    number, size = 0, path.stat().st_size
    try:
        with ParquetFile(path) as file, metered(path, lambda: size * number // max(1, file.metadata.num_rows)):
            found = chosen(file.schema_arrow.names, columns)
            if "text" not in found:
                names = ", ".join(map(repr, file.schema_arrow.names[:12])) or "none"
                yield failed(source, f"no column holds the text (columns found: {names}); name it: --column text=COLUMN")
                return
            for batch in file.iter_batches(batch_size=_ROWS):
                for row in batch.to_pylist():
                    number += 1
                    yield row_page(source, number, {name: _plain(value) for name, value in row.items()}, found)
    except (ArrowException, OSError, ValueError) as error:
        yield failed(source, f"the file is damaged or cut off after row {number} ({_first_line(error)}); get it again")


def _plain(value: Any) -> Any:
    """A value as JSON has it; None for what JSON has not."""
    if isinstance(value, dt.date | dt.datetime):
        return value.isoformat()
    if isinstance(value, list) and all(isinstance(one, _PLAIN) for one in value):
        return value
    return value if isinstance(value, _PLAIN) else None


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0][:200]
