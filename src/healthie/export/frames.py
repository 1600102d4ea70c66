"""Tables as Arrow, pandas, polars and Parquet: one Arrow table, handed on.

Start at `table_to_arrow`; the others are made from it, so that all hold equal values.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from healthie.extras import need

if TYPE_CHECKING:
    import os
    from typing import BinaryIO

    import pandas as pd
    import polars as pl
    import pyarrow as pa

    from healthie.export.table import Cell, Table

__all__ = ["table_to_arrow", "table_to_pandas", "table_to_parquet", "table_to_polars"]

_ARROW = {
    "text": "string",
    "word": "string",
    "integer": "int64",
    "number": "float64",
    "date": "date32",
    "boolean": "bool_",
}


def table_to_arrow(table: Table) -> pa.Table:
    """Return a table as `Table.to_arrow` does."""
    arrow = need("pyarrow", "Making an Arrow table", extra="tables")
    cells = zip(*table.rows, strict=True) if table.rows else ((),) * len(table.columns)
    fields, arrays = [], []
    for column, values in zip(table.columns, cells, strict=True):
        kind = getattr(arrow, _ARROW[column.type])()
        metadata = {"meaning": column.meaning} | ({"unit": column.unit} if column.unit else {})
        fields.append(arrow.field(column.name, kind, metadata=metadata))
        arrays.append(arrow.array([_number(value) for value in values], kind))
    return arrow.Table.from_arrays(arrays, schema=arrow.schema(fields, metadata={"name": table.name}))


def _number(cell: Cell) -> Any:  # noqa: ANN401  what pyarrow takes
    return float(cell) if isinstance(cell, Decimal) else cell


def table_to_pandas(table: Table) -> pd.DataFrame:
    """Return a table as `Table.to_pandas` does."""
    pandas = need("pandas", "Making a pandas frame", extra="tables")
    arrow = need("pyarrow", "Making a pandas frame", extra="tables")
    types = {
        arrow.string(): pandas.StringDtype(),
        arrow.int64(): pandas.Int64Dtype(),
        arrow.bool_(): pandas.BooleanDtype(),
    }
    return table_to_arrow(table).to_pandas(types_mapper=types.get, date_as_object=False)


def table_to_polars(table: Table) -> pl.DataFrame:
    """Return a table as `Table.to_polars` does."""
    polars = need("polars", "Making a polars frame", extra="tables")
    need("pyarrow", "Making a polars frame", extra="tables")
    frame: pl.DataFrame = polars.from_arrow(table_to_arrow(table))
    return frame


def table_to_parquet(table: Table, target: str | os.PathLike[str] | BinaryIO) -> None:
    """Write a table as `Table.to_parquet` does, to a path or to an open file."""
    need("pyarrow", "Writing Parquet files", extra="tables")
    need("pyarrow.parquet", "Writing Parquet files", extra="tables").write_table(table_to_arrow(table), target)
