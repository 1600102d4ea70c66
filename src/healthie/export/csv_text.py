"""Tables as CSV after RFC 4180, with no cell that a spreadsheet would run.

Start at `table_to_csv`.
"""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING

from healthie.export.table import plain_cell

if TYPE_CHECKING:
    import os

    from healthie.export.table import Cell, Column, Table

__all__ = ["table_to_csv"]

# What makes a spreadsheet read a cell as a formula; in Chinese and Japanese ones the full-width signs do too.
_FORMULA = tuple("=+-@\t\r\n＝＋－＠")


class _Lines(list[str]):
    """Takes what a csv writer writes: one line a call."""

    write = list.append


def table_to_csv(table: Table, path: str | os.PathLike[str] | None, *, header: bool, bom: bool) -> str:
    """Return a table as `Table.to_csv` does."""
    lines = _Lines()
    # With this end of line the writer puts quotes around both \r and \n within cells.
    writer = csv.writer(lines, lineterminator="\r\n")
    if header:
        writer.writerow(table.names)
    writer.writerows(map(_cell, table.columns, row) for row in table.rows)
    text = "\ufeff" * bom + "".join(line.removesuffix("\r\n") + "\n" for line in lines)
    if path is not None:
        Path(path).write_text(text, encoding="utf-8", newline="")
    return text


def _cell(column: Column, cell: Cell) -> str | int | float | bool | None:
    """Return a cell as it is written: text that a spreadsheet would take for a formula behind an apostrophe."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if not isinstance(cell, str):
        return plain_cell(cell)
    text = cell.replace("\0", "\ufffd")  # which readers of CSV take for the end
    # "-" alone, the name of standard input, is no formula
    is_formula = column.type == "text" and text.startswith(_FORMULA) and text != "-"
    return f"'{text}" if is_formula else text
