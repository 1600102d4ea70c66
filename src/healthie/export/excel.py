"""Tables as Excel files: typed cells, a frozen header, columns as wide as what they hold, and no formula ever.

Start at `table_to_excel`.
"""

from __future__ import annotations

import errno
import math
import os
import re
from contextlib import contextmanager, suppress
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from tempfile import gettempdir
from typing import IO, TYPE_CHECKING, Any, Literal
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from rich.cells import cell_len

from healthie.export.table import plain_cell
from healthie.extras import need

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from healthie.export.table import Cell, Table

__all__ = ["table_to_excel"]

_MOST_ROWS = 1_048_576
_LONGEST_TEXT = 32_767
_NARROWEST, _WIDEST = 8, 60
_MEASURED_ROWS = 1000
# XML has no way to write these, and Excel calls a file that holds them damaged.
_REFUSED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
# Excel reads _x0041_ as the character of that number: the first underscore is written as one itself.
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_FIRST_YEAR = 1900
_NO_TITLE = re.compile(r"[\[\]:*?/\\]")
_LONGEST_TITLE = 31
_WRITTEN = datetime(1980, 1, 1)  # noqa: DTZ001  the first that a ZIP file can say, without a zone


def table_to_excel(table: Table, target: str | os.PathLike[str] | BinaryIO) -> None:
    """Write a table as `Table.to_excel` does, to a path or to an open file."""
    openpyxl = need("openpyxl", "Writing Excel files", extra="tables")
    if len(table) >= _MOST_ROWS:
        raise ValueError(f"{len(table)} rows are more than an Excel sheet holds: write CSV or Parquet.")
    if isinstance(target, str | os.PathLike):
        with Path(target).open("ab"):  # a place that cannot be written is told before the work, by its own error
            pass
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet(_NO_TITLE.sub(" ", table.name)[:_LONGEST_TITLE])
    sheet.freeze_panes = "A2"
    last = openpyxl.utils.get_column_letter(len(table.columns))
    sheet.auto_filter.ref = f"A1:{last}{len(table) + 1}"
    for number, width in enumerate(_widths(table), 1):
        sheet.column_dimensions[openpyxl.utils.get_column_letter(number)].width = width
    make = openpyxl.cell.WriteOnlyCell
    sheet.append([_head(make(sheet), name, openpyxl.styles.Font(bold=True)) for name in table.names])
    with _faults_of_the_disk(sheet):
        for row in table.rows:
            sheet.append([None if cell is None else _fill(make(sheet), cell) for cell in row])
        book.properties.created = book.properties.modified = _WRITTEN
        openpyxl.writer.excel.ExcelWriter(book, _Archive(target, "w", ZIP_DEFLATED)).save()


@contextmanager
def _faults_of_the_disk(sheet: Any) -> Iterator[None]:  # noqa: ANN401  a sheet of openpyxl
    """Raise as an OSError what lxml, with which openpyxl writes its temporary file, says of a disk that is full."""
    try:
        yield
    except Exception as error:
        fault = getattr(errno, str(error).removeprefix("IO_"), None)  # IO_ENOSPC
        if type(error).__name__ != "SerialisationError" or fault is None:
            raise
        with suppress(Exception):  # else it fails once more while it is thrown away, which Python prints
            sheet.close()
        raise OSError(fault, os.strerror(fault), gettempdir()) from error


class _Archive(ZipFile):
    """A ZIP file whose parts all bear one date, so that equal tables are equal files."""

    def open(
        self, name: str | ZipInfo, mode: Literal["r", "w"] = "r", pwd: bytes | None = None, *, force_zip64: bool = False
    ) -> IO[bytes]:
        if isinstance(name, ZipInfo):
            name.date_time = _WRITTEN.timetuple()[:6]
        return super().open(name, mode, pwd, force_zip64=force_zip64)


def _head(target: Any, name: str, font: Any) -> Any:  # noqa: ANN401  cells of openpyxl
    target.font = font
    return _fill(target, name)


def _fill(target: Any, cell: Cell) -> Any:  # noqa: ANN401  cells of openpyxl
    """Put a value into a cell of openpyxl: what Excel has no number or date for is text."""
    if isinstance(cell, Decimal):
        number = plain_cell(cell)
        cell = f"{cell:f}" if math.isinf(float(cell)) else number
    if isinstance(cell, date) and cell.year < _FIRST_YEAR:
        cell = cell.isoformat()
    if isinstance(cell, str):
        target.value = _text(cell)
        target.data_type = "s"  # openpyxl takes what begins with = for a formula
    else:
        target.value = cell
    if isinstance(cell, date):
        target.number_format = "yyyy-mm-dd"
    return target


def _text(text: str) -> str:
    """Return text as a cell can hold it: lines end in LF, what XML refuses is U+FFFD, no longer than Excel allows."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = _ESCAPE.sub("_x005F_", _REFUSED.sub("\ufffd", text))
    return text if len(text) <= _LONGEST_TEXT else text[: _LONGEST_TEXT - 1] + "…"


def _widths(table: Table) -> list[int]:
    """Return how wide each column is: as its widest cell of the first rows, within limits."""
    widths = []
    for index, name in enumerate(table.names):
        cells = (str(plain_cell(row[index]) or "") for row in table.rows[:_MEASURED_ROWS])
        widest = max(map(cell_len, (name, *(cell[:_WIDEST] for cell in cells))))
        widths.append(min(max(widest + 2, _NARROWEST), _WIDEST))
    return widths
