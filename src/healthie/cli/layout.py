"""The formats of the command's output, and how the pieces made of files become one of them.

Start at `Layout`. A piece is text in the format of the output; for Excel and Parquet it is JSON, one row a line.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING, Any

from healthie.cli.ending import UNWRITTEN, Ended, complain, usage_error
from healthie.cli.journal import Piece
from healthie.cli.output import is_device

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path
    from typing import BinaryIO

    from healthie.export import Column, Table

__all__ = ["Format", "Layout", "format_of", "table_text", "write_table"]


class Format(str, Enum):
    """How rows are written; the name is also the suffix of such files."""

    TABLE = "table"
    CSV = "csv"
    JSONL = "jsonl"
    JSON = "json"
    XLSX = "xlsx"
    PARQUET = "parquet"

    @property
    def is_binary(self) -> bool:
        """Whether it needs a file."""
        return self in {Format.XLSX, Format.PARQUET}


_SUFFIXES = {".txt": Format.TABLE, ".csv": Format.CSV, ".jsonl": Format.JSONL, ".json": Format.JSON}
_SUFFIXES |= {".xlsx": Format.XLSX, ".parquet": Format.PARQUET}


def format_of(form: Format | None, output: Path | None) -> Format:
    """Return the format asked for, else that of the output's suffix, else a table to read.

    Parameters
    ----------
    form : Format or None
        What ``--format`` says.
    output : Path or None
        What ``--output`` says.

    Returns
    -------
    Format
        How to write.

    Raises
    ------
    Ended
        If the suffix is not known, the format needs a file, or there can be no file of that name.
    """
    stream = output is None or is_device(output)
    if output is not None and output.is_dir():
        raise usage_error(f"{output}: it is a folder: name a file in it.")
    if output is not None and not output.parent.is_dir():
        raise usage_error(f"{output}: there is no folder {output.parent}.")
    if form is None and output is not None and not stream:
        form = _SUFFIXES.get(output.suffix.lower())
        if form is None:
            known = ", ".join(_SUFFIXES)
            raise usage_error(f"{output}: its suffix is none of {known}: name the format with --format.")
    form = form or Format.TABLE
    if form.is_binary and stream:
        raise usage_error(f"--format {form.value} needs a file: name it with --output.")
    return form


@dataclass(frozen=True, slots=True)
class Layout:
    """How pieces become one output.

    Attributes
    ----------
    form : Format
        Its format.
    columns : tuple of Column
        Those of its rows.
    name : str
        What its rows are.
    options : dict
        What the pieces depend on besides the files: version, command and options.
    """

    form: Format
    columns: tuple[Column, ...]
    name: str
    options: dict[str, str]

    def text(self, pieces: Iterable[tuple[str, Piece]], *, many: bool) -> Iterator[str]:
        """Yield the output bit by bit, so that a long run holds one piece at a time.

        Parameters
        ----------
        pieces : iterable of (str, Piece)
            Names and what was made of them.
        many : bool
            Whether each table to read is headed by its name.

        Yields
        ------
        str
            Text.
        """
        from healthie.export import Table
        from healthie.export.console import printable

        if self.form is Format.JSON:
            yield "["
        if self.form is Format.CSV:
            yield Table(self.columns, (), self.name).to_csv()
        for number, (name, piece) in enumerate(pieces):
            match self.form:
                case Format.TABLE:
                    yield ("\n" if number else "") + (f"{printable(name)}: " if many else "") + piece.text
                case Format.JSON:
                    yield (",\n" if number else "\n") + piece.text
                case _:
                    yield piece.text
        if self.form is Format.JSON:
            yield "\n]\n"

    def write(self, stream: BinaryIO, pieces: Iterable[tuple[str, Piece]], *, many: bool) -> None:
        """Write the output to a file.

        Parameters
        ----------
        stream : BinaryIO
            The file.
        pieces : iterable of (str, Piece)
            Names and what was made of them.
        many : bool
            As for `text`.

        Raises
        ------
        OSError
            If it cannot be written.
        """
        if self.form.is_binary:
            write_table(self._table(pieces), self.form, stream)
        else:
            stream.writelines(text.encode("utf-8", "backslashreplace") for text in self.text(pieces, many=many))

    def _table(self, pieces: Iterable[tuple[str, Piece]]) -> Table:
        from healthie.export import Table

        rows = (json.loads(line) for _, piece in pieces for line in piece.text.splitlines())
        return Table(
            self.columns,
            tuple(tuple(_cell(column, row[column.name]) for column in self.columns) for row in rows),
            self.name,
        )


def _cell(column: Column, cell: Any) -> Any:  # noqa: ANN401 - a JSON value, and a cell
    return date.fromisoformat(cell) if column.type == "date" and cell is not None else cell


def write_table(table: Table, form: Format, stream: BinaryIO) -> None:
    """Write a table to a file of a binary format.

    Parameters
    ----------
    table : Table
        The table.
    form : Format
        One that needs a file.
    stream : BinaryIO
        The file.

    Raises
    ------
    Ended
        If what writes it is not installed, or it cannot hold so many rows.
    OSError
        If it cannot be written.
    """
    from healthie.export.excel import table_to_excel
    from healthie.export.frames import table_to_parquet

    try:
        if form is Format.XLSX:
            table_to_excel(table, stream)
        else:
            table_to_parquet(table, stream)
    except (ImportError, ValueError) as error:
        complain(str(error))
        raise Ended(UNWRITTEN) from None


def table_text(table: Table, form: Format) -> str:
    """Return a table in a format of text."""
    if form is Format.CSV:
        return table.to_csv()
    return table.to_json() + "\n" if form is Format.JSON else table.to_jsonl()
