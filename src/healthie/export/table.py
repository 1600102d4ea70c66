"""A table: columns with a name, a type, a meaning and a unit, rows of plain values, and the formats it is handed on in.

Start at `Table`. What `Report.to_pandas` and the like write, what `healthie.facts_table`, `healthie.panel` and
`healthie.compare` return, is one. Each format is a file beside this one and is imported when it is asked for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal

from healthie.records import plain

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator

    import pandas as pd
    import polars as pl
    import pyarrow as pa

__all__ = ["Cell", "Column", "ColumnType", "Table", "clean", "plain_cell"]

ColumnType = Literal["text", "word", "integer", "number", "date", "boolean"]
Cell = str | int | float | Decimal | date | bool | None

# UTF-8 has no lone surrogates, and every format is UTF-8.
_SURROGATES = re.compile("[\ud800-\udfff]")
_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    Attributes
    ----------
    name : str
        The same in every format.
    type : {"text", "word", "integer", "number", "date", "boolean"}
        ``word`` is text out of a closed list of healthie's own words; ``number`` is a decimal in Python and a float64
        in frames and files.
    meaning : str
        One sentence, and what an empty cell means.
    unit : str
        What the numbers are counted in, where all are in one unit.
    """

    name: str
    type: ColumnType
    meaning: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under typed columns.

    Attributes
    ----------
    columns : tuple of Column
        In their order.
    rows : tuple of tuple
        One cell for each column: str, int, Decimal or float, date, bool, or None where there is nothing.
    name : str
        What the rows are: the name of the sheet in Excel.

    Raises
    ------
    ValueError
        If a row has not one cell for each column, or two columns have one name.

    Examples
    --------
    >>> columns = (Column("place", "text", "A place."), Column("beds", "integer", "Its beds.", "张"))
    >>> table = Table(columns, (("白水县", 86),))
    >>> table
    <Table table: 1 row, 2 columns>
    >>> print(table.to_csv(), end="")
    place,beds
    白水县,86
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...] = field(repr=False)
    name: str = "table"

    def __post_init__(self) -> None:
        width = len(self.columns)
        if len(set(self.names)) != width:
            raise ValueError(f"two columns of the table {self.name} have one name.")
        for number, row in enumerate(self.rows):
            if len(row) != width:
                raise ValueError(f"row {number} of the table {self.name} has {len(row)} cells for {width} columns.")
        rows = tuple(tuple(clean(cell) if isinstance(cell, str) else cell for cell in row) for row in self.rows)
        object.__setattr__(self, "rows", rows)

    def __len__(self) -> int:
        """Return how many rows there are."""
        return len(self.rows)

    def __iter__(self) -> Iterator[dict[str, Cell]]:
        """Yield each row as a dict by the names of the columns."""
        names = self.names
        return (dict(zip(names, row, strict=True)) for row in self.rows)

    def __repr__(self) -> str:
        rows = "1 row" if len(self.rows) == 1 else f"{len(self.rows)} rows"
        return f"<Table {self.name}: {rows}, {len(self.columns)} columns>"

    def _repr_html_(self) -> str:
        """Return the first rows as an HTML table, as notebooks show it."""
        from html import escape

        def line(cells: tuple[Cell, ...] | tuple[str, ...], tag: str) -> str:
            shown = ("" if cell is None else escape(str(plain_cell(cell))) for cell in cells)
            return "<tr>" + "".join(f"<{tag}>{text}</{tag}>" for text in shown) + "</tr>"

        head = line(self.names, "th")
        body = "".join(line(row, "td") for row in self.rows[:_SHOWN])
        more = f"<p>{len(self.rows)} rows</p>" if len(self.rows) > _SHOWN else ""
        return f"<table><thead>{head}</thead><tbody>{body}</tbody></table>{more}"

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(column.name for column in self.columns)

    def to_dicts(self) -> list[dict[str, Any]]:
        """Return the rows as JSON values: one dict a row, numbers as int or float, dates as ``YYYY-MM-DD``.

        Returns
        -------
        list of dict
            Every dict with every column, in order; None where there is nothing.
        """
        names = self.names
        return [dict(zip(names, map(plain_cell, row), strict=True)) for row in self.rows]

    def to_json(self) -> str:
        """Return the rows as a JSON array of objects.

        Returns
        -------
        str
            Indented JSON.
        """
        from healthie.export.json_text import table_to_json

        return table_to_json(self)

    def to_jsonl(self) -> str:
        """Return the rows as JSON, one object a line.

        Returns
        -------
        str
            Lines, each with its end; empty without rows.
        """
        from healthie.export.json_text import table_to_jsonl

        return table_to_jsonl(self)

    def to_csv(self, path: str | os.PathLike[str] | None = None, *, header: bool = True, bom: bool = False) -> str:
        r"""Return the rows as CSV, and write them to a file if one is named.

        Parameters
        ----------
        path : path, optional
            A file to write, in UTF-8.
        header : bool
            Whether to begin with the names of the columns.
        bom : bool
            Whether to begin with the byte order mark by which Excel knows UTF-8.

        Returns
        -------
        str
            The lines, each ended by ``\n``. A cell of text that a spreadsheet would take for a formula begins with
            ``'``.
        """
        from healthie.export.csv_text import table_to_csv

        return table_to_csv(self, path, header=header, bom=bom)

    def to_excel(self, path: str | os.PathLike[str]) -> None:
        """Write an Excel file: one sheet, its first row frozen, numbers as numbers, dates as dates, text as text.

        Parameters
        ----------
        path : path
            The file to write (.xlsx). It bears the date of 1 January 1980, so that equal tables are equal files.

        Raises
        ------
        ImportError
            If openpyxl is not installed.
        ValueError
            If there are more rows than a sheet can hold.
        """
        from healthie.export.excel import table_to_excel

        table_to_excel(self, path)

    def to_arrow(self) -> pa.Table:
        """Return a pyarrow table; meaning and unit of each column stand in the metadata of its field.

        Returns
        -------
        pyarrow.Table
            Types string, int64, float64, date32 and bool.

        Raises
        ------
        ImportError
            If pyarrow is not installed.
        """
        from healthie.export.frames import table_to_arrow

        return table_to_arrow(self)

    def to_pandas(self) -> pd.DataFrame:
        """Return a pandas frame.

        Returns
        -------
        pandas.DataFrame
            Types string, Int64, float64, datetime64 and boolean.

        Raises
        ------
        ImportError
            If pandas or pyarrow is not installed.
        """
        from healthie.export.frames import table_to_pandas

        return table_to_pandas(self)

    def to_polars(self) -> pl.DataFrame:
        """Return a polars frame.

        Returns
        -------
        polars.DataFrame
            Types String, Int64, Float64, Date and Boolean.

        Raises
        ------
        ImportError
            If polars or pyarrow is not installed.
        """
        from healthie.export.frames import table_to_polars

        return table_to_polars(self)

    def to_parquet(self, path: str | os.PathLike[str]) -> None:
        """Write a Parquet file, with the types and the metadata of `to_arrow`.

        Parameters
        ----------
        path : path
            The file to write.

        Raises
        ------
        ImportError
            If pyarrow is not installed.
        """
        from healthie.export.frames import table_to_parquet

        table_to_parquet(self, path)


def clean(text: str) -> str:
    """Return text of the same length that UTF-8 can write: lone surrogates as U+FFFD.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    str
        Mostly the same.
    """
    return _SURROGATES.sub("\ufffd", text)


def plain_cell(cell: Cell) -> str | int | float | bool | None:
    """Return a cell as a JSON value.

    Parameters
    ----------
    cell : str, int, float, Decimal, date, bool or None
        A cell of a table.

    Returns
    -------
    str, int, float, bool or None
        A decimal as an int where it is whole, else as the nearest float; a date as ``YYYY-MM-DD``.
    """
    if isinstance(cell, Decimal):
        return plain(cell)
    return cell.isoformat() if isinstance(cell, date) else cell
