"""Parquet for DuckDB, Polars, R: the columns of the CSV export, typed, and each record whole as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from tempfile import TemporaryFile
from typing import Any

from tocsin.export import csv
from tocsin.export.jsonl import line_of
from tocsin.export.shapes import dictionary as described
from tocsin.register import Row
from tocsin.register.flat import columns
from tocsin.register.frames import arrow_schema, arrow_table
from tocsin.register.needed import needed

_GROUP = 20_000  # rows of a row group
_BLOCK = 1 << 20
CONTRACT = "contract"


def lines(rows: Iterable[Row]) -> Iterator[bytes]:
    """The file in blocks; it is written aside first, for its end says where everything stands."""
    arrow = needed("pyarrow", "parquet")
    writer_of = needed("pyarrow.parquet", "parquet").ParquetWriter
    schema = arrow_schema(arrow).append(arrow.field(CONTRACT, arrow.string()))
    told: Mapping[str, str] = {column.name: column.about for column in columns()}
    schema = schema.with_metadata({f"about.{name}": about for name, about in told.items()})
    ahead = iter(rows)
    with TemporaryFile() as file:
        with writer_of(file, schema, compression="zstd") as writer:
            while group := list(islice(ahead, _GROUP)):
                writer.write_table(_table(arrow, group, schema))
        file.seek(0)
        while block := file.read(_BLOCK):
            yield block


def _table(arrow: Any, group: list[Row], schema: Any) -> Any:
    table = arrow_table(arrow, group)
    return table.append_column(schema.field(CONTRACT), arrow.array([line_of(row) for row in group])).cast(schema)


def dictionary() -> str:
    """The data dictionary: the columns of the CSV export, and what this file has besides."""
    return csv.dictionary() + "".join(described("parquet").splitlines(keepends=True)[1:])
