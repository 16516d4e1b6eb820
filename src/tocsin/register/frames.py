"""Records as data frames: the columns of the CSV export, typed; lists stay lists.

In: rows of a register. Out: a frame of Polars, of pandas, or an Arrow table. Each needs its extra.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from tocsin.register.flat import Column, columns, values
from tocsin.register.needed import needed

if TYPE_CHECKING:
    from tocsin.register.register import Row


def arrow_schema(arrow: Any) -> Any:
    """The Arrow type of every column."""
    return arrow.schema([(column.name, _arrow_type(arrow, column)) for column in columns()])


def arrow_table(arrow: Any, rows: Iterable[Row]) -> Any:
    """Rows as an Arrow table."""
    return arrow.table(_by_column(rows), schema=arrow_schema(arrow))


def to_polars(rows: Iterable[Row]) -> Any:
    """Rows as a frame of Polars."""
    polars = needed("polars", "polars")
    schema = {column.name: _polars_type(polars, column) for column in columns()}
    return polars.DataFrame(_by_column(rows), schema=schema)


def to_pandas(rows: Iterable[Row]) -> Any:
    """Rows as a frame of pandas: numbers that can be missing as nullable ones, days as timestamps, lists as objects."""
    pandas = needed("pandas", "pandas")
    data = _by_column(rows)
    return pandas.DataFrame({column.name: _series(pandas, column, data[column.name]) for column in columns()})


def _by_column(rows: Iterable[Row]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {column.name: [] for column in columns()}
    for row in rows:
        have = values(row)
        for column in columns():
            found[column.name].append(_typed(column, have.get(column.name)))
    return found


def _typed(column: Column, value: Any) -> Any:
    """A value as its column has it: an empty list where there is nothing, days as days."""
    if column.type == "list":
        return [] if value is None else value
    if column.type == "day" and value is not None:
        try:
            return dt.date.fromisoformat(value[:10])
        except ValueError:
            return None
    return value


def _arrow_type(arrow: Any, column: Column) -> Any:
    if column.type == "list":
        return arrow.list_(arrow.int64() if column.of_numbers else arrow.string())
    if column.type == "number":
        return arrow.int64() if column.whole else arrow.float64()
    return arrow.date32() if column.type == "day" else arrow.string()


def _polars_type(polars: Any, column: Column) -> Any:
    if column.type == "list":
        return polars.List(polars.Int64 if column.of_numbers else polars.String)
    if column.type == "number":
        return polars.Int64 if column.whole else polars.Float64
    return polars.Date if column.type == "day" else polars.String


def _series(pandas: Any, column: Column, data: list[Any]) -> Any:
    if column.type == "number":
        return pandas.array(data, dtype="Int64" if column.whole else "Float64")
    if column.type == "day":
        return pandas.to_datetime(pandas.Series(data, dtype="object"))
    return pandas.Series(data, dtype="object" if column.type == "list" else "string")
